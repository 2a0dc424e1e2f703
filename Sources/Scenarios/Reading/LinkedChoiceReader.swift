import Demand
import Foundation

/// Reads what products are worth together and how many units of them customers may take.
struct LinkedChoiceReader {
  let assortment: Assortment

  private var names: [String] { assortment.products.map(\.name) }

  /// The synergies of a segment; nil after a report.
  func synergies(_ segment: Record) -> [Synergy]? {
    guard segment.isWritten("synergy") else { return [] }
    var synergies: [Synergy] = []
    var isComplete = !(segment.value("synergy")?.isReported ?? true)
    for entry in segment.table("synergy") {
      guard let worth = entry.value.number, let products = products(entry) else {
        isComplete = false
        continue
      }
      guard !synergies.contains(where: { $0.products == products.sorted() }) else {
        entry.reportKey("a synergy of the same products was already stated")
        isComplete = false
        continue
      }
      synergies.append(Synergy(of: products, worth: worth))
    }
    return isComplete ? synergies : nil
  }

  /// The products that are joined by `+`; nil after a report.
  private func products(_ entry: Value.Entry) -> [Int]? {
    var products: [Int] = []
    for part in entry.key.split(separator: "+", omittingEmptySubsequences: false) {
      let name = part.trimmingCharacters(in: .whitespaces)
      guard let product = names.firstIndex(of: name) else {
        entry.reportKey(unknown("product", name, known: names) + "; no seller sells it")
        return nil
      }
      products.append(product)
    }
    guard products.count > 1, Set(products).count == products.count else {
      entry.reportKey("a synergy is one of two or more different products, written as `one + other`")
      return nil
    }
    guard Set(products.map { assortment.products[$0].category }).count == products.count else {
      entry.reportKey("a synergy names at most one product of a category: a customer takes one of them")
      return nil
    }
    return products
  }

  /// The usage curves of a segment by product; nil after a report.
  func usage(_ segment: Record) -> [Int: UsageCurve]? {
    guard segment.isWritten("units") else { return [:] }
    var usage: [Int: UsageCurve] = [:]
    var isComplete = !(segment.value("units")?.isReported ?? true)
    for entry in segment.table("units") {
      guard let product = names.firstIndex(of: entry.key) else {
        entry.reportKey(unknown("product", entry.key, known: names) + "; no seller sells it")
        isComplete = false
        continue
      }
      guard let record = entry.value.record, let count = record.count("up to") else {
        isComplete = false
        continue
      }
      do {
        usage[product] = try UsageCurve(
          upTo: count, satiation: record.number("satiation") ?? 0,
          decline: record.choice("curve").flatMap(UsageCurve.Decline.init) ?? .geometric)
      } catch {
        entry.value.report("\(error)")
        isComplete = false
      }
    }
    return isComplete ? usage : nil
  }
}
