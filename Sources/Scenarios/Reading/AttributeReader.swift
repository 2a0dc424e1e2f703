import Demand
import Foundation

/// Reads what the products are like, from a file or from the scenario itself.
struct AttributeReader {
  private let folder: URL
  private let products: [String]
  /// The bytes of the file read.
  private(set) var bytes: [UInt8] = []

  init(folder: URL, assortment: Assortment) {
    self.folder = folder
    products = assortment.products.map(\.name)
  }

  /// The attributes in the order of the assortment's products; none if they are left out, nil after a report.
  mutating func attributes(_ customers: Record) -> ProductAttributes? {
    guard customers.isWritten("attributes") else { return ProductAttributes() }
    guard let value = customers.value("attributes") else { return nil }
    if let table = value.table { return inline(table) }
    return customers.dataFile("attributes", folder: folder, bytes: &bytes).flatMap { data in
      customers.reading("attributes") { try AttributeFile(data, products: products).attributes }
    }
  }

  private func inline(_ table: [Value.Entry]) -> ProductAttributes? {
    var attributes = ProductAttributes()
    var isRight = true
    var names: Set<String> = []
    for entry in table {
      if let objection = ProductAttributes.objection(to: entry.key, products: products) {
        entry.reportKey(objection)
        isRight = false
      }
      if !names.insert(ColumnName.folded(entry.key)).inserted {
        entry.reportKey("an attribute of that name was already described")
        isRight = false
      }
      guard let levels = levels(entry) else {
        isRight = false
        continue
      }
      let numbers = levels.compactMap(\.number)
      let words = levels.compactMap(\.text)
      if numbers.count == products.count {
        attributes.add(entry.key, numbers: numbers)
      } else if words.count == products.count {
        attributes.add(entry.key, words: words)
      } else {
        entry.value.report("found numbers and words; write all levels in numbers, or all in words")
        isRight = false
      }
    }
    return isRight && !table.isEmpty ? attributes : nil
  }

  /// The level of each product; nil after a report about a product unknown or missing.
  private func levels(_ attribute: Value.Entry) -> [Value]? {
    guard let table = attribute.value.table else { return nil }
    let unknown = table.filter { !products.contains($0.key) }
    for entry in unknown { entry.reportUnknown("product", known: products) }
    let missing = products.filter { product in !table.contains { $0.key == product } }
    guard !attribute.value.isReported else { return nil }
    guard missing.isEmpty else {
      attribute.value.report(
        "no level of \(quoted(attribute.key)) for \(listed(missing.map(quoted), "and")); write one for each product")
      return nil
    }
    return products.compactMap { product in table.first { $0.key == product }?.value }
  }
}
