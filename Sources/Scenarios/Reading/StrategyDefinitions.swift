import Demand
import Foundation
import Selling
import Strategies

/// The strategies of the catalogue as parts of a scenario: their tables of parameters turned into fields.
enum StrategyDefinitions {
  /// One definition for each strategy.
  static let all = Catalogue.entries.map(definition)

  static func definition(_ entry: CatalogueEntry) -> RecordDefinition {
    let isInline = isInline(entry)
    return RecordDefinition(
      entry.name, entry.idea, entry.parameters.map(field) + [Part.ownRules], isInline: isInline,
      synonyms: Catalogue.synonyms.filter { $0.value == entry.name }.map(\.key))
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
      case .rival, .answers: .text
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

  /// The strategy that a scenario names, with its arguments, under the seller's price terms and rules; nil after a report.
  static func strategy(
    _ name: String, _ record: Record, seller: SellerProfile, market: PublicMarket, files: ResearchFiles
  ) -> (any PricingStrategy)? { prepared(name, record, seller: seller, market: market, files: files)?.strategy }

  /// The strategy with its recipe; nil after a report.
  static func prepared(
    _ name: String, _ record: Record, seller: SellerProfile, market: PublicMarket, files: ResearchFiles
  ) -> (strategy: any PricingStrategy, recipe: StrategyRecipe)? {
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
      case .answers(let format):
        guard record.isWritten(parameter.name) else { continue }
        let answers = files.answers(parameter.name, record, format, seller: seller, market: market)
        values[parameter.name] = answers.map { .answers($0) }
        isComplete = isComplete && answers != nil
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
        if isComplete, !checkGroupPrices(offers, entries) { isComplete = false }
        values[parameter.name] = .prices(offers)
      }
    }
    // What is written and was not understood has been reported: nothing is to be said of its absence.
    guard isComplete, type.entry.parameters.allSatisfy({ !record.isWritten($0.name) || values[$0.name] != nil }) else {
      return nil
    }
    // A required value that is missing here was reported when its field was read.
    let missing = type.entry.parameters.contains { $0.fallback == .required && values[$0.name] == nil }
    guard !missing else { return nil }
    guard let rules = rules(record, seller) else { return nil }
    let isTermed = market.terms.contains { $0 != nil }
    let recipe = StrategyRecipe(
      entry: type.entry, values: values,
      offerName: { offer in
        offer.contents.positions.map { seller.products[$0].name }.joined(separator: " + ")
          + (offer.group.map { " for " + market.groups[$0] } ?? "")
      }
    ) { values in
      // A scenario states list prices, and what the seller is to keep; a strategy thinks in what customers pay.
      var values = values.mapValues { value in
        guard case .prices(let offers) = value else { return value }
        return .prices(PriceList(offers).inCustomerPrices(seller.terms).offers)
      }
      if let kept = seller.terms?.keptShare {
        for parameter in type.entry.parameters where parameter.isOwnMoney {
          values[parameter.name] = values[parameter.name]?.grossedUp(by: kept)
        }
      }
      let plain = try type.init(
        Arguments(values, for: type.entry.parameters), seller: seller.inCustomerPrices, market: market)
      guard seller.terms == nil || !plain.offerKinds.contains(.tariffs) else {
        throw StrategyError("\(type.entry.name) posts tariffs, which a seller with `terms` cannot")
      }
      let strategy: any PricingStrategy = isTermed ? TermedStrategy(plain, terms: seller.terms) : plain
      return rules.isEmpty ? strategy : try RuledStrategy(strategy, rules: rules, seller: seller)
    }
    do {
      return (try recipe.strategy(), recipe)
    } catch let error as StrategyError {
      let field = error.parameter.flatMap { name in record.isWritten(name) ? name : nil }
      record.report(error.description, at: field)
    } catch {
      record.report("\(error)")
    }
    return nil
  }

  /// The seller's rules with those of the strategy's own in their place; nil after a report, of the seller's own rules before.
  private static func rules(_ record: Record, _ seller: SellerProfile) -> PriceRules? {
    guard let own = record.definition.field(Part.ownRules.name).flatMap({ record.record($0.name) }) else {
      return (try? seller.rules.check(seller)) == nil ? nil : seller.rules
    }
    let rules = RulesReader.rules(own, products: seller.products.map(\.name), seller: seller.name).over(seller.rules)
    do {
      try rules.check(seller)
      return rules
    } catch {
      RulesReader.report(error, own)
      return nil
    }
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
      if entries.isEmpty, parameter.fallback == .required, isComplete {
        value.report("found nothing in it; it has to be given: \(parameter.allowedWords)")
        return nil
      }
      return isComplete && amounts.count == entries.count ? .amounts(amounts) : nil
    default: return nil
    }
  }

  /// Reports prices for groups that nobody would pay, or that leave everybody else without a price; whether there are none.
  ///
  /// - Parameter entries: what the offers stand for, one by one.
  private static func checkGroupPrices(_ offers: [Offer], _ entries: [Value.Entry]) -> Bool {
    var isRight = true
    var forgotten: Set<ProductSet> = []
    for (offer, entry) in zip(offers, entries) where offer.group != nil {
      let name = entry.key.range(of: " for ", options: .backwards).map { String(entry.key[..<$0.lowerBound]) } ?? ""
      if let general = offers.first(where: { $0.contents == offer.contents && $0.group == nil }) {
        guard offer.price > general.price else { continue }
        entry.reportKey(
          "found \(plain(offer.price)), above \(plain(general.price)) for everybody: members leave the card in the pocket; "
            + "write less, or leave it out")
        isRight = false
      } else if offer.contents.count == 1,
        !offers.contains(where: {
          $0.group == nil && !Set($0.contents.positions).isDisjoint(with: offer.contents.positions)
        }),
        forgotten.insert(offer.contents).inserted
      {
        entry.reportKey(
          "there is no price of \(quoted(name)) for everybody, so that only groups could buy it; add \(printable(name)): "
            + "..., with a price that nobody pays if that is meant")
        isRight = false
      }
    }
    return isRight
  }

  /// The price of a product, or of a bundle whose products are joined by `+`, for all or for a group; nil after a report.
  private static func offer(_ entry: Value.Entry, _ seller: SellerProfile, _ market: PublicMarket) -> Offer? {
    guard let price = entry.value.number else { return nil }
    let known = seller.products.map(\.name)
    var key = entry.key
    var group: Int?
    if !known.contains(key), let fence = key.range(of: " for ", options: .backwards) {
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
    guard let contents = RulesReader.contents(key, entry, products: known, seller: seller.name) else { return nil }
    guard Set(contents.positions.map { market.category(ofOwnProduct: $0) }).count == contents.count else {
      entry.reportKey("a bundle holds at most one product of a category: a customer takes one of them")
      return nil
    }
    return Offer(contents, price: price, group: group)
  }
}
