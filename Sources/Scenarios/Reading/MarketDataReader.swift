import Demand
import Foundation

/// Reads what is observed of the products from a file of prices and shares, for a calibration.
struct MarketDataReader {
  let customers: Record
  let sellers: [Record]
  let currency: String?

  /// What is observed of each product, by its name; nil after a report.
  func observations(folder: URL) -> [String: ObservedProduct]? {
    var bytes: [UInt8] = []
    guard let data = customers.dataFile("market data", folder: folder, bytes: &bytes),
      let file = customers.reading("market data", { try MarketFile(data, currency: currency) })
    else { return nil }
    var owners: [String: (name: String, owner: Int)] = [:]
    for (owner, seller) in sellers.enumerated() {
      for product in seller.table("products") { owners[ColumnName.folded(product.key)] = (product.key, owner) }
    }
    var isRight = true
    func report(_ message: String) {
      customers.report(message, at: "market data")
      isRight = false
    }
    let quantity = file.observations.reduce(0) { $0 + ($1.quantity ?? 0) }
    if quantity > 0, customers.flag("outside option") ?? true {
      report(
        "the file has quantities, which do not tell how many customers buy nothing; give a column `share` of all customers, "
          + "or write `outside option: no` if everybody buys")
    }
    var found: [String: ObservedProduct] = [:]
    for one in file.observations {
      guard let (name, owner) = owners[ColumnName.folded(one.product)] else {
        report(
          "row \(one.row) of the file: " + unknown("product", one.product, known: owners.values.map(\.name).sorted()))
        continue
      }
      let seller = sellers[owner].text("name") ?? ""
      if let other = one.seller, ColumnName.folded(other) != ColumnName.folded(seller) {
        report(
          "row \(one.row) of the file: \(quoted(name)) is sold by \(quoted(other)) there, by \(quoted(seller)) here")
      }
      if one.cost == 0 {
        report(
          "row \(one.row) of the file: a unit cost of 0, a margin of 100%; leave the cell blank if it is not known")
      }
      let margin = one.margin ?? one.cost.map { (one.price - $0) / one.price }
      found[name] = ObservedProduct(
        price: one.price, share: one.share ?? (one.quantity ?? 0) / quantity, margin: margin, owner: owner)
    }
    for (name, _) in owners.values.sorted(by: { $0.name < $1.name }) where found[name] == nil && isRight {
      report("the file has no row for the product \(quoted(name))")
    }
    return isRight ? found : nil
  }
}
