import Demand
import Foundation
import Selling

/// Reads what a seller, or one of its strategies, asks of posted prices.
enum RulesReader {
  /// The rules as written; wrong ones are reported and left out.
  static func rules(_ record: Record, products: [String], seller: String) -> PriceRules {
    func limit(_ field: String) -> PriceRules.Limit? {
      guard let value = record.value(field) else { return nil }
      if let amount = value.number { return .all(amount) }
      let amounts = (value.table ?? []).compactMap { entry -> (ProductSet, Double)? in
        guard let contents = contents(entry, products: products, seller: seller), let amount = entry.value.number else {
          return nil
        }
        return (contents, amount)
      }
      return .some(Dictionary(amounts) { first, _ in first })
    }
    var rules = PriceRules()
    rules.ending = ending(record)
    rules.rounding = record.choice("rounding").flatMap(PriceEnding.Rounding.init)
    rules.floor = limit("floor")
    rules.ceiling = limit("ceiling")
    rules.leastMarkup = record.number("least markup")
    rules.largestMarkup = record.number("largest markup")
    rules.largestStep = record.number("largest step")
    rules.fewestPeriods = record.count("periods between changes")
    rules.notice = record.count("notice")
    rules.costOfChange = record.number("cost of a change")
    return rules
  }

  private static func ending(_ record: Record) -> PriceEnding? {
    guard let value = record.value("ending") else { return nil }
    let every = value.record?.number("every") ?? (value.number == nil ? nil : 1)
    guard let every, let at = value.number ?? value.record?.number("at") else { return nil }
    do {
      return try PriceEnding(every: every, at: at)
    } catch {
      if value.number != nil {
        let cents = Double(plain(((at - at.rounded(.down)) * 1e9).rounded() / 1e9)) ?? 0
        value.report(
          "found \(plain(at)), but an ending is less than 1: \(plain(cents)) permits \(plain(1 + cents)), "
            + "\(plain(2 + cents)) and so on; for other steps write { every: 10, at: \(plain(at)) }")
      }
      value.record?.report("found \(plain(at)), which is not less than `every`, \(plain(every))", at: "at")
      return nil
    }
  }

  /// The product, or the products joined by `+`, that an entry is called after; nil after a report.
  static func contents(_ entry: Value.Entry, products known: [String], seller: String) -> ProductSet? {
    contents(entry.key, entry, products: known, seller: seller)
  }

  /// The products that part of an entry's name stands for; nil after a report.
  static func contents(_ key: String, _ entry: Value.Entry, products known: [String], seller: String) -> ProductSet? {
    if let product = known.firstIndex(of: key) { return ProductSet([product]) }
    var products: [Int] = []
    for part in key.split(separator: "+", omittingEmptySubsequences: false) {
      let name = part.trimmingCharacters(in: .whitespaces)
      guard let product = known.firstIndex(of: name) else {
        entry.reportKey(unknown("product of \(quoted(seller))", name, known: known))
        return nil
      }
      products.append(product)
    }
    guard Set(products).count == products.count else {
      entry.reportKey("a bundle holds a product once")
      return nil
    }
    return ProductSet(products)
  }

  /// Reports rules of a seller that contradict each other.
  static func check(_ profile: SellerProfile, _ record: Record) {
    do {
      try profile.rules.check(profile)
    } catch {
      report(error, record)
    }
  }

  /// Reports an error of the rules at the field that it names.
  static func report(_ error: any Error, _ record: Record) {
    let field = (error as? StrategyError)?.parameter.flatMap { record.isWritten($0) ? $0 : nil }
    record.report("\(error)", at: field)
  }
}
