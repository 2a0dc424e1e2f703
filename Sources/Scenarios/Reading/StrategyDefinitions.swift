import Demand
import Foundation
import Selling
import Strategies

/// The strategies of the catalogue as parts of a scenario: their tables of parameters turned into fields.
enum StrategyDefinitions {
  /// One definition for each strategy.
  static let all = Catalogue.entries.map(definition)

  static func definition(_ entry: CatalogueEntry) -> RecordDefinition {
    RecordDefinition(entry.name, entry.idea, entry.parameters.map(field), isInline: isInline(entry))
  }

  /// A strategy whose only parameter is its prices is written with the prices at once.
  private static func isInline(_ entry: CatalogueEntry) -> Bool {
    entry.parameters.count == 1 && entry.parameters[0].kind == .prices
  }

  private static func field(_ parameter: Parameter) -> Field {
    let shape: Shape =
      switch parameter.kind {
      case .share(let range): .number(.between(range.lowerBound, range.upperBound), percent: true)
      case .number(let range, let unit):
        .number(.between(range.lowerBound, range.upperBound), unit: unit.isEmpty ? nil : unit)
      case .count(let range, _): .count(.between(Double(range.lowerBound), Double(range.upperBound)))
      case .prices:
        .table(
          keys: parameter.forGroups
            ? "a product, or a bundle as `one + other`, for a group of customers followed by `for` and the group,"
            : "a product, or a bundle as `one + other`,",
          values: .number(Part.money, unit: "money"))
      case .choice(let words): .choice(words.map { .init($0, "") })
      case .rival: .text
      case .products: .list(of: .text, count: .between(1, 64))
      case .numbers(let range, let unit):
        .list(of: number(range, unit), count: .between(1, Double(Parameter.longestList)))
      case .amounts(let names, let range, let unit): .table(keys: names.words, values: number(range, unit))
      }
    let presence: Field.Presence =
      switch parameter.fallback {
      case .required: .required
      case .absent: .optional(otherwise: "none")
      case .number, .choice: .default(parameter.defaultWords)
      }
    return Field(parameter.name, shape, sentence(parameter.meaning), presence)
  }

  private static func number(_ range: ClosedRange<Double>, _ unit: String) -> Shape {
    let isShare = unit == "share"
    return .number(
      .between(range.lowerBound, range.upperBound), unit: isShare || unit.isEmpty ? nil : unit, percent: isShare)
  }

  private static func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst() + "."
  }

  /// The strategy that a scenario names, with its arguments; nil after a report.
  static func strategy(
    _ name: String, _ record: Record, seller: SellerProfile, market: PublicMarket
  ) -> (any PricingStrategy)? {
    guard let type = Catalogue.strategy(named: name) else { return nil }
    var values: [String: Arguments.Value] = [:]
    var isComplete = true
    for parameter in type.entry.parameters {
      switch parameter.kind {
      case .share, .number: values[parameter.name] = record.number(parameter.name).map { .number($0) }
      case .count: values[parameter.name] = record.count(parameter.name).map { .number(Double($0)) }
      case .choice: values[parameter.name] = record.choice(parameter.name).map { .choice($0) }
      case .rival, .products, .numbers, .amounts:
        guard record.isWritten(parameter.name) else { continue }
        values[parameter.name] = list(parameter, record, seller, market)
        isComplete = isComplete && values[parameter.name] != nil
      case .prices:
        guard record.isWritten(parameter.name) else { continue }
        let entries = record.table(parameter.name)
        let offers = entries.compactMap { offer($0, seller, market) }
        let isWrong = record.value(parameter.name)?.isReported ?? true
        isComplete = isComplete && offers.count == entries.count && !isWrong
        let isTwice = offers.indices.contains { index in
          offers[..<index].contains { $0.contents == offers[index].contents && $0.group == offers[index].group }
        }
        if isTwice {
          record.report("the same products are priced twice", at: parameter.name)
          isComplete = false
        }
        values[parameter.name] = .prices(offers)
      }
    }
    guard isComplete else { return nil }
    // A required value that is missing here was reported when its field was read.
    let missing = type.entry.parameters.contains { $0.fallback == .required && values[$0.name] == nil }
    guard !missing else { return nil }
    do {
      return try type.init(Arguments(values, for: type.entry.parameters), seller: seller, market: market)
    } catch let error as StrategyError {
      let field = error.parameter.flatMap { name in record.isWritten(name) ? name : nil }
      record.report(error.description, at: field)
    } catch {
      record.report("\(error)")
    }
    return nil
  }

  /// A rival, products, numbers or amounts; nil after a report.
  private static func list(
    _ parameter: Parameter, _ record: Record, _ seller: SellerProfile, _ market: PublicMarket
  ) -> Arguments.Value? {
    guard let value = record.value(parameter.name) else { return nil }
    let isComplete = !value.isReported
    let products = seller.products.map(\.name)
    let rivals = market.sellers.filter { $0 != seller.name }
    switch parameter.kind {
    case .rival:
      guard let name = value.text, rivals.contains(name) else {
        value.reportUnknown("rival", known: rivals)
        return nil
      }
      return market.sellers.firstIndex(of: name).map { .rival($0) }
    case .products:
      let items = record.list(parameter.name)
      let found = items.compactMap { item in
        let place = products.firstIndex(of: item.text ?? "")
        if place == nil { item.reportUnknown("product of \(quoted(seller.name))", known: products) }
        return place
      }
      if Set(found).count < found.count { value.report("a product is named twice") }
      return isComplete && Set(found).count == items.count ? .products(found) : nil
    case .numbers:
      return isComplete ? .numbers(record.numbers(parameter.name)) : nil
    case .amounts(let names, _, _):
      let entries = record.table(parameter.name)
      let amounts = entries.enumerated().compactMap { place, entry -> Arguments.Amount? in
        guard let number = entry.value.number else { return nil }
        switch names {
        case .anything: return .init(name: entry.key, index: place, value: number)
        case .products:
          guard let product = products.firstIndex(of: entry.key) else {
            entry.reportUnknown("product of \(quoted(seller.name))", known: products)
            return nil
          }
          return .init(name: entry.key, index: product, value: number)
        case .rivals:
          guard rivals.contains(entry.key), let rival = market.sellers.firstIndex(of: entry.key) else {
            entry.reportUnknown("rival", known: rivals)
            return nil
          }
          return .init(name: entry.key, index: rival, value: number)
        }
      }
      return isComplete && amounts.count == entries.count ? .amounts(amounts) : nil
    default: return nil
    }
  }

  /// The price of a product, or of a bundle whose products are joined by `+`, for all or for a group; nil after a report.
  private static func offer(_ entry: Value.Entry, _ seller: SellerProfile, _ market: PublicMarket) -> Offer? {
    guard let price = entry.value.number else { return nil }
    let known = seller.products.map(\.name)
    if let product = known.firstIndex(of: entry.key) { return Offer(product: product, price: price) }
    var key = entry.key
    var group: Int?
    if let fence = key.range(of: " for ", options: .backwards) {
      let name = key[fence.upperBound...].trimmingCharacters(in: .whitespaces)
      let before = key[..<fence.lowerBound].trimmingCharacters(in: .whitespaces)
      group = market.groups.firstIndex(of: name)
      if group == nil, known.contains(before) || before.contains("+") {
        entry.reportKey(
          market.groups.isEmpty
            ? "the scenario has no groups of customers; state `groups` under `customers`"
            : unknown("group of customers", name, known: market.groups))
        return nil
      }
      if group != nil { key = before }
    }
    if let product = known.firstIndex(of: key) { return Offer(product: product, price: price, group: group) }
    var products: [Int] = []
    for part in key.split(separator: "+", omittingEmptySubsequences: false) {
      let name = part.trimmingCharacters(in: .whitespaces)
      guard let product = known.firstIndex(of: name) else {
        entry.reportKey(unknown("product of \(quoted(seller.name))", name, known: known))
        return nil
      }
      products.append(product)
    }
    guard Set(products).count == products.count else {
      entry.reportKey("a bundle holds a product once")
      return nil
    }
    guard Set(products.map { market.category(ofOwnProduct: $0) }).count == products.count else {
      entry.reportKey("a bundle holds at most one product of a category: a customer takes one of them")
      return nil
    }
    return Offer(ProductSet(products), price: price, group: group)
  }
}
