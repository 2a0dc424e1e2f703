import Demand
import Selling
import Strategies
import Testing

/// What holds for every strategy of the catalogue.
@Suite struct CatalogueTests {
  /// A seller whom every strategy can serve: two categories, rivals for both products, capacity, stock, volume and experience.
  private static let market = TestMarket(
    categories: [0, 1], sources: [[0, 1], [0, 1]], unitCosts: [2, 3], fixedCost: 10,
    capacities: [
      Capacity(name: "rooms", units: 50, renewal: .eachPeriod, use: [1, 1], unitCost: 1),
      Capacity(name: "stock", units: 500, renewal: .never, use: [1, 1]),
    ],
    volume: VolumeCost([.init(above: 10, unitCost: 1.5)]), experience: ExperienceCurve(learning: 0.1, start: 100),
    groups: ["card"])

  /// Sellers of what some strategies are limited to: one product, one capacity that all products share, or no stock that
  /// several products share.
  private static func market(for name: String) -> TestMarket {
    let rooms = Capacity(name: "rooms", units: 50, renewal: .eachPeriod, use: [1, 1])
    switch name {
    case "gallego-van-ryzin":
      return TestMarket(
        categories: [0, 1], sources: [[0], [0, 1]], unitCosts: [2],
        capacities: [Capacity(name: "rooms", units: 50, renewal: .eachPeriod, use: [1])])
    case "booking-limits", "thompson-sampling":
      return TestMarket(categories: [0, 1], sources: [[0, 1], [0, 1]], unitCosts: [2, 3], capacities: [rooms])
    default: return market
    }
  }

  /// The least that has to be given.
  private static func required(_ entry: CatalogueEntry) -> [String: Arguments.Value] {
    var given: [String: Arguments.Value] = [:]
    for parameter in entry.parameters where parameter.fallback == .required {
      switch parameter.kind {
      case .prices: given[parameter.name] = prices([6, 7])
      case .choice(let words): given[parameter.name] = .choice(words[0])
      case .share(let range): given[parameter.name] = .number((range.lowerBound + range.upperBound) / 2)
      case .number(let range, _): given[parameter.name] = .number(max(range.lowerBound, min(range.upperBound, 100)))
      case .count(let range, _): given[parameter.name] = .number(Double(range.lowerBound))
      case .rival: given[parameter.name] = .rival(1)
      case .products: given[parameter.name] = .products([0, 1])
      case .numbers(let range, _): given[parameter.name] = .numbers([range.lowerBound, range.upperBound])
      case .answers: break
      case .amounts(let names, let range, _):
        let places = names == .products ? [0, 1] : names == .rivals ? [1] : [0]
        given[parameter.name] = .amounts(
          places.map { .init(name: "one", index: $0, value: max(range.lowerBound, min(range.upperBound, 1))) })
      }
    }
    return given
  }

  /// What customers who would pay these amounts answer, without noise; conjoint tasks show a price and nothing else.
  static func answers(_ rows: [[Double]], to method: ResearchMethod, own: [Int], products: [Int]) -> SurveyAnswers {
    func shown(_ design: ConjointDesign) -> [(row: [Double], alternative: Int, price: Double)] {
      rows.flatMap { row in
        products.indices.flatMap { alternative in design.prices.map { (row, alternative, $0) } }
      }
    }
    switch method {
    case .willingnessToPay: return SurveyAnswers(willingnessToPay: rows)
    case .purchase(let prices):
      return SurveyAnswers(
        .purchase(
          own.map { place in
            PurchaseAnswers(prices: prices, buys: rows.map { row in prices.map { row[place] >= $0 } })
          }))
    case .priceThresholds(let parts):
      return SurveyAnswers(
        .priceThresholds(
          own.map { place in
            rows.map {
              PriceThresholds(
                tooCheap: parts[0] * $0[place], cheap: parts[1] * $0[place], expensive: parts[2] * $0[place],
                tooExpensive: parts[3] * $0[place])
            }
          }))
    case .ratings(let design):
      return SurveyAnswers(
        .ratings(
          shown(design).map {
            RatedProfile(
              Profile(product: products[$0.alternative], price: $0.price), rating: $0.row[$0.alternative] - $0.price)
          } + rows.map { _ in RatedProfile(.nothing, rating: 0) }))
    case .choices(let design):
      return SurveyAnswers(
        .choices(
          shown(design).map {
            ChoiceTask(
              [Profile(product: products[$0.alternative], price: $0.price), .nothing],
              chosen: $0.row[$0.alternative] >= $0.price ? 0 : 1)
          }))
    }
  }

  /// A model of the market: four independent goods with linear demand.
  private static func belief(alternatives count: Int) throws -> MarketBelief {
    let demand = try LinearDemand(
      intercepts: Array([10, 10, 12, 12].prefix(count)),
      interaction: (0..<count).map { row in (0..<count).map { $0 == row ? 1 : 0 } })
    let regime = MarketBelief.Regime(
      first: 0, alternatives: [0, 1, 2, 3], owners: [0, 1, 0, 1], equilibrium: [6, 6, 7.5, 7.5],
      collusion: [7, 7, 8.5, 8.5])
    return MarketBelief(
      demand: demand, unitCosts: [2, 2, 3, 3], regimes: [regime], customers: .init(repeating: 9, count: 10))
  }

  @Test(arguments: Catalogue.entries.map(\.name))
  func canBeBuiltWithDefaultsAndPostsPrices(_ name: String) throws {
    let type = try #require(Catalogue.strategy(named: name))
    let market = Self.market(for: name)
    var given = Self.required(type.entry)
    // Some ask about prices where they have no answers yet.
    if type.entry.parameters.contains(where: { $0.name == "prices" && $0.kind == .numbers(0...1e12, unit: "money") }) {
      given["prices"] = .numbers([5, 8, 11])
    }
    var strategy = try type.init(
      Arguments(given, for: type.entry.parameters), seller: market.seller,
      market: market.market())
    let rows: [[Double]] = (0..<10).map { row in [4, 7, 10, 13].map { Double(($0 + row * 7) % 11 + 4) } }
    let posted = [PriceList(prices: [6, 7].prefix(market.unitCosts.count).map { $0 }), PriceList(prices: [5, 8])]
    let assortment = try market.market().assortment
    let answers = strategy.survey.map {
      Self.answers(rows, to: $0.method, own: assortment.alternativesBySource[0], products: assortment.alternatives)
    }
    for period in -1...3 {
      let sales = (0..<max(0, period)).map { _ in [OfferSales(offer: Offer(product: 0, price: 6), units: 20)] }
      let list = try strategy.postPrices(
        market.view(
          period: period, posted: period < 0 ? nil : posted, sales: sales,
          capacityLeft: market.capacities.map(\.units), answers: answers,
          belief: strategy.belief == nil ? nil : Self.belief(alternatives: assortment.alternatives.count)))
      #expect(throws: Never.self) { try list.check() }
      if period >= 0 {
        #expect(!list.offers.isEmpty)
        #expect(throws: Never.self) { try Menu([list, posted[1]], in: assortment) }
      }
    }
  }

  @Test func namesAreUniqueAndWellFormed() {
    let names = Catalogue.entries.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count == Catalogue.strategies.count)
    for entry in Catalogue.entries {
      #expect(entry.name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) || $0 == "-" }, "\(entry.name)")
      #expect(!entry.name.hasPrefix("-") && !entry.name.hasSuffix("-"))
      #expect(entry.family != .benchmark)
      let parameters = entry.parameters.map(\.name)
      #expect(Set(parameters).count == parameters.count, "\(entry.name)")
      for name in parameters { #expect(name.allSatisfy { $0.isLowercase && $0.isASCII || $0 == " " }, "\(name)") }
    }
    for name in names { #expect(Catalogue.strategy(named: name)?.entry.name == name) }
    #expect(Catalogue.strategy(named: "no-such-strategy") == nil)
    #expect(
      Set(Catalogue.entries.map(\.family)).isSuperset(of: [.costBased, .marketBased, .valueBased, .bundle, .dynamic]))
  }

  @Test func everyTextSaysSomething() {
    for entry in Catalogue.entries {
      for text in [entry.idea, entry.formula, entry.needs, entry.works, entry.fails, entry.belief, entry.source] {
        #expect(text.count > 5, "\(entry.name): \(text)")
        #expect(text == text.filter { !$0.isNewline })
      }
      for parameter in entry.parameters {
        #expect(parameter.meaning.count > 10, "\(entry.name), \(parameter.name)")
        #expect(!parameter.allowedWords.isEmpty && !parameter.defaultWords.isEmpty)
        if case .number(_, let unit) = parameter.kind { #expect(unit == unit.filter { !$0.isNewline }) }
      }
    }
  }

  /// A default is itself a value that may be given.
  @Test(arguments: Catalogue.entries.map(\.name))
  func defaultsAreWithinBounds(_ name: String) throws {
    let entry = try #require(Catalogue.strategy(named: name)).entry
    for parameter in entry.parameters {
      var given = Self.required(entry)
      switch parameter.fallback {
      case .number(let number): given[parameter.name] = .number(number)
      case .choice(let word): given[parameter.name] = .choice(word)
      case .required, .absent: continue
      }
      #expect(throws: Never.self) { try Arguments(given, for: entry.parameters) }
    }
  }

  /// Just within bounds is accepted, just beyond and of the wrong kind is refused with the parameter's name.
  @Test(arguments: Catalogue.entries.map(\.name))
  func bounds(_ name: String) throws {
    let entry = try #require(Catalogue.strategy(named: name)).entry
    for parameter in entry.parameters {
      var wrong: [Arguments.Value] = []
      var right: [Arguments.Value] = []
      switch parameter.kind {
      case .share(let range), .number(let range, _):
        right = [.number(range.lowerBound), .number(range.upperBound)]
        wrong = [
          .number(range.lowerBound.nextDown), .number(range.upperBound.nextUp), .number(.nan), .number(.infinity),
          .choice("much"), prices([1, 2]),
        ]
      case .count(let range, _):
        right = [.number(Double(range.lowerBound)), .number(Double(range.upperBound))]
        wrong = [
          .number(Double(range.lowerBound - 1)), .number(Double(range.upperBound + 1)),
          .number(Double(range.lowerBound) + 0.5), .number(.nan), .number(.infinity), .choice("many"),
        ]
      case .choice(let words):
        right = words.map { .choice($0) }
        wrong = [.choice("no such word"), .number(1), .choice("")]
      case .prices:
        right = [prices([1, 2])]
        wrong = [prices([1, .nan]), prices([.infinity, 1]), .number(3), .choice("cheap")]
      case .rival:
        right = [.rival(1)]
        wrong = [.number(1), .choice("Rival 1")]
      case .products:
        right = [.products([1])]
        wrong = [.number(1), .choice("product 1")]
      case .numbers(let range, _):
        right = [.numbers([range.lowerBound, range.upperBound])]
        wrong = [
          .numbers([]), .numbers([range.lowerBound.nextDown]), .numbers([range.upperBound.nextUp]), .numbers([.nan]),
          .number(1),
        ]
      case .amounts(_, let range, _):
        right = [range.lowerBound, range.upperBound].map { .amounts([.init(name: "one", index: 0, value: $0)]) }
        wrong =
          [range.lowerBound.nextDown, range.upperBound.nextUp, .nan]
          .map { .amounts([.init(name: "one", index: 0, value: $0)]) } + [.number(1)]
      case .answers(let format):
        let all: [(ResearchFormat, Arguments.Value)] = [
          (.willingnessToPay, .answers(.willingnessToPay([[5, 6, 7, 8]]))), (.purchase, .answers(.purchase([]))),
          (.priceThresholds, .answers(.priceThresholds([]))), (.conjoint, .answers(.ratings([]))),
          (.conjoint, .answers(.choices([]))),
        ]
        right = all.filter { $0.0 == format }.map(\.1)
        wrong = all.filter { $0.0 != format }.map(\.1) + [.number(1), .choice("answers.csv")]
      }
      var given = Self.required(entry)
      for value in right {
        given[parameter.name] = value
        #expect(throws: Never.self, "\(parameter.name) = \(value)") { try Arguments(given, for: entry.parameters) }
      }
      for value in wrong {
        given[parameter.name] = value
        let error = #expect(throws: StrategyError.self, "\(parameter.name) = \(value)") {
          try Arguments(given, for: entry.parameters)
        }
        #expect(error?.parameter == parameter.name)
        #expect(error?.description.hasPrefix("\(parameter.name) is ") == true)
      }
    }
  }

  @Test(arguments: Catalogue.entries.map(\.name))
  func unknownAndMissingNames(_ name: String) throws {
    let entry = try #require(Catalogue.strategy(named: name)).entry
    var given = Self.required(entry)
    for missing in given.keys.sorted() {
      var rest = given
      rest[missing] = nil
      let error = #expect(throws: StrategyError.self) { try Arguments(rest, for: entry.parameters) }
      #expect(error?.description.hasPrefix("\(missing) is missing: ") == true)
      #expect(error?.parameter == missing)
    }
    given["colour"] = .number(1)
    #expect(refusal { try Arguments(given, for: entry.parameters) } == "no parameter is called colour")
  }

  @Test func argumentsAreReadAsDeclared() throws {
    let count = Parameter("many", .count(1...9, unit: "things"), default: .number(4), "how many things there are")
    let price = Parameter("price", .prices, default: .absent, "what they cost")
    let other = Parameter("other", .number(0...1, unit: ""), default: .absent, "something else")
    let word = Parameter("word", .choice(["one", "two"]), default: .choice("two"), "which of the two")
    let arguments = try Arguments(["price": prices([3])], for: [count, price, other, word])
    #expect(try arguments.count(count) == 4)
    #expect(arguments.prices(price) == [Offer(product: 0, price: 3)])
    #expect(arguments.optionalNumber(other) == nil)
    #expect(try arguments.choice(word) == "two")
    #expect(refusal { try arguments.number(other) } == "other is not in the strategy's table of parameters")
  }
}
