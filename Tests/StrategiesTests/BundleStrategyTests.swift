import Demand
import Selling
import Strategies
import Testing

/// Pure bundles, prices by size, cross-selling, versions and options: against hand-made cases and their own formulas.
@Suite struct BundleStrategyTests {
  private static let two = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [20, 30])
  private static let three = TestMarket(categories: [0, 1, 2], sources: [[0, 1, 2]], unitCosts: [0, 0, 0])
  private static let four: [[Double]] = [[10, 90], [50, 50], [60, 40], [90, 10]]

  private static func list<Strategy: PricingStrategy>(
    _ type: Strategy.Type, _ market: TestMarket, _ given: [String: Arguments.Value] = [:], _ rows: [[Double]]? = nil
  ) throws -> PriceList {
    var strategy = try market.strategy(type, given)
    return try strategy.postPrices(market.view(period: -1, survey: rows))
  }

  private static func price(_ list: PriceList, _ products: [Int]) -> Double? {
    list.offers.first { $0.contents == ProductSet(products) }?.price
  }

  /// Adams & Yellen's four customers: all value both at 100 together, so that the bundle earns 4 x 50.
  @Test func pureBundle() throws {
    #expect(
      areHairBelow(
        try Self.list(PureBundle.self, Self.two, [:], Self.four).offers, [Offer(ProductSet([0, 1]), price: 100)]))
    var stated = try Self.two.strategy(PureBundle.self, ["price": .number(77)])
    #expect(stated.survey == nil && stated.isConstant)
    #expect(try stated.postPrices(Self.two.view(period: -1)).offers == [Offer(ProductSet([0, 1]), price: 77)])
    let twice = TestMarket(categories: [0, 1, 1], sources: [[0, 1, 2]], unitCosts: [0, 0, 0])
    #expect(
      refusal { try twice.strategy(PureBundle.self, ["price": .number(5)]) }
        == "Own has several products of one category, and so 2 different bundles; leave the price to the survey")
  }

  /// Who wants one product would pay 6, who wants two 10, who wants three 12: the sizes cost just that.
  @Test func bundleSize() throws {
    let rows: [[Double]] = [[6, 0, 0], [0, 0, 6], [5, 5, 0], [0, 5, 5], [4, 4, 4]]
    let list = try Self.list(BundleSize.self, Self.three, [:], rows)
    #expect(list.offers.count == 7)
    for offer in list.offers { #expect(isHairBelow(offer.price, [6, 10, 12][offer.contents.count - 1])) }
    let stated = try Self.list(BundleSize.self, Self.three, ["by size": .numbers([5, 9, 10])])
    #expect(Self.price(stated, [1]) == 5 && Self.price(stated, [0, 2]) == 9 && Self.price(stated, [0, 1, 2]) == 10)
    #expect(
      refusal { try Self.three.strategy(BundleSize.self, ["by size": .numbers([5, 9])]) }
        == "2 prices; a customer can take 1 to 3 products, and each number has its price")
    #expect(
      refusal { try Self.three.strategy(BundleSize.self, ["by size": .numbers([5, 11, 12])]) }
        == "2 products cost 11.0, but 10.0 in smaller sets: nobody would pay more")
  }

  /// Stated prices and discount, to the last digit.
  @Test func statedCrossSell() throws {
    let list = try Self.list(
      CrossSell.self, Self.three,
      ["first": .products([1]), "prices": prices([10, 20, 40]), "discount": .number(0.25)])
    #expect(Self.price(list, [0]) == 10 && Self.price(list, [1]) == 20 && Self.price(list, [2]) == 40)
    #expect(Self.price(list, [0, 1]) == 27.5)
    #expect(Self.price(list, [1, 2]) == 50)
    #expect(Self.price(list, [0, 1, 2]) == 57.5)
    #expect(Self.price(list, [0, 2]) == nil)
  }

  /// The best whole percentage: the second product at 10 sells to those who come for it, at 5 to the buyers of the first.
  @Test func crossSellOnASurvey() throws {
    let rows: [[Double]] = [[50, 5], [50, 5], [0, 10], [0, 10], [0, 10]]
    let market = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [0, 0])
    let list = try Self.list(CrossSell.self, market, [:], rows)
    #expect(isHairBelow(Self.price(list, [0]), 50) && isHairBelow(Self.price(list, [1]), 10))
    #expect(isHairBelow(Self.price(list, [0, 1]), 55))
    let none = try Self.list(CrossSell.self, market, [:], [[50, 10], [0, 10]])
    #expect(none.offers.count == 2)
    #expect(
      refusal { try Self.three.strategy(CrossSell.self, ["first": .products([0]), "second": .products([0, 1])]) }
        == "the products that are bought together are of different categories; name one of each")
    #expect(
      refusal { try Self.three.strategy(CrossSell.self, ["first": .products([0, 1])]) }
        == "one product is bought first; 2 are named")
    #expect(
      refusal { try Self.three.strategy(CrossSell.self, ["prices": prices([1, 2])]) }
        == "no price is given for product 2")
  }

  /// Mussa & Rosen's two types with theta 4 and 3, one to four, among nine qualities that cost q^2/2: qualities 4 and
  /// 2.75 at 8.25 and 13.25; a hair lower for the better one.
  @Test func versions() throws {
    let qualities = (1...18).map { 0.25 * Double($0) }
    let market = TestMarket(
      categories: qualities.map { _ in 0 }, sources: [Array(qualities.indices)],
      unitCosts: qualities.map { $0 * $0 / 2 })
    let rows = [4.0, 3, 3, 3, 3].map { theta in qualities.map { theta * $0 } }
    var strategy = try market.strategy(GoodBetterBest.self, ["versions": .number(2)])
    let list = try strategy.postPrices(market.view(period: -1, survey: rows))
    #expect(list.offers.map(\.contents.positions) == [[10], [15]])
    #expect(isHairBelow(list.price(ofProduct: 10), 8.25))
    #expect(abs((list.price(ofProduct: 15) ?? 0) - 13.25) < 2e-8)
    #expect(strategy.menus.count == 1 && strategy.menus[0].isIncentiveCompatible)
    let nobody = try Self.list(GoodBetterBest.self, market, [:], [qualities.map { _ in 0 }])
    #expect(
      !nobody.offers.isEmpty && nobody.offers.allSatisfy { $0.price >= 0 && $0.price.isFinite },
      "at unit cost, not refused")
  }

  /// Everybody needs the core at 10; some an option at 4, some one at 3, one both for 6: parts at their worth, the
  /// package for the last.
  @Test func flexibleOffering() throws {
    let rows: [[Double]] = [[10, 4, 0], [10, 4, 0], [10, 0, 3], [10, 0, 3], [10, 0, 0], [10, 3, 2.5]]
    let list = try Self.list(FlexibleOffering.self, Self.three, [:], rows)
    #expect(isHairBelow(Self.price(list, [0]), 10))
    #expect(isHairBelow(Self.price(list, [0, 1]), 14) && isHairBelow(Self.price(list, [0, 2]), 13))
    #expect(isHairBelow(Self.price(list, [0, 1, 2]), 15.5))
    #expect(list.offers.allSatisfy { $0.contents.positions.contains(0) })
    // Without the package the options are best at 3 and 2.5.
    let stated = try Self.list(FlexibleOffering.self, Self.three, ["package discount": .number(0.1)], rows)
    #expect(isHairBelow(Self.price(stated, [0, 1, 2]), 13.95))
    let twice = TestMarket(categories: [0, 1, 1], sources: [[0, 1, 2]], unitCosts: [0, 0, 0])
    #expect(
      refusal { try twice.strategy(FlexibleOffering.self) }
        == "each option is of a category of its own; Own has two products of one")
  }

  /// Ten products: every strategy answers with a menu that can be posted; eleven are refused.
  @Test func tenProducts() throws {
    let ten = TestMarket(
      categories: Array(0..<10), sources: [Array(0..<10)], unitCosts: .init(repeating: 1, count: 10))
    let rows = (0..<40).map { row -> [Double] in
      (0..<10).map { product -> Double in
        let mixed: Int = product * product + 7 * row * (product + 1)
        return Double(mixed % 23)
      }
    }
    let answers = try ten.market().assortment
    for type in [PureBundle.self, MixedBundle.self, BundleSize.self] as [any PricingStrategy.Type] {
      var strategy = try type.init(
        Arguments([:], for: type.entry.parameters), seller: ten.seller, market: ten.market())
      let list = try strategy.postPrices(ten.view(period: -1, survey: rows))
      #expect(throws: Never.self) { try Menu([list], in: answers) }
    }
    let eleven = TestMarket(
      categories: Array(0..<11), sources: [Array(0..<11)], unitCosts: .init(repeating: 1, count: 11))
    #expect(
      refusal { try eleven.strategy(BundleSize.self) } == "11 products; bundle-size prices up to 10")
  }

  /// With rivals nothing new is posted before their prices are seen, and what is optimised is kept.
  @Test func rivalsAreSeenFirst() throws {
    let market = TestMarket(categories: [0, 1], sources: [[0, 1], [0]], unitCosts: [0, 0])
    let rows: [[Double]] = [[10, 10, 6], [8, 8, 6]]
    let posted = [PriceList([]), PriceList(prices: [3])]
    for type in [PureBundle.self, BundleSize.self, CrossSell.self, GoodBetterBest.self, FlexibleOffering.self]
      as [any PricingStrategy.Type]
    {
      var strategy = try type.init(
        Arguments([:], for: type.entry.parameters), seller: market.seller, market: market.market())
      #expect(try strategy.postPrices(market.view(period: -1, survey: rows)).offers.isEmpty)
      let first = try strategy.postPrices(market.view(period: 0, posted: posted, survey: rows))
      #expect(!first.offers.isEmpty)
      #expect(try strategy.postPrices(market.view(period: 4, posted: posted, survey: [[1, 1, 1]])) == first)
      // Nobody pays more than the rival's 3 for the one and 6 for the other.
      let whole = first.offers.first { $0.contents.count == 2 }?.price ?? 0
      #expect(whole <= 9 + 1e-6)
    }
  }
}
