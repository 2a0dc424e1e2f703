import Demand
import GSL
import Selling
import Strategies
import Testing

/// Stated economic value and value in use.
struct ValueStrategyTests {
  private static let market = TestMarket(categories: [0, 0], sources: [[0], [1], [1]], unitCosts: [20])
  private static let posted = [PriceList(prices: [0]), PriceList(prices: [90]), PriceList(prices: [110])]

  private static func amounts(_ values: [String: Double]) -> Arguments.Value {
    .amounts(values.sorted { $0.key < $1.key }.enumerated().map { .init(name: $1.key, index: $0, value: $1.value) })
  }

  private static func price<Strategy: PricingStrategy>(
    _ type: Strategy.Type, _ given: [String: Arguments.Value], posted: [PriceList]? = posted
  ) throws -> Double? {
    var strategy = try market.strategy(type, given)
    return try strategy.postPrices(market.view(period: posted == nil ? -1 : 0, posted: posted)).price(ofProduct: 0)
  }

  /// 90 + 60% of (30 + 8 + 5 + 4) - (6 + 3): positive and negative drivers of every kind, by hand.
  @Test func driversByHand() throws {
    let given: [String: Arguments.Value] = [
      "economic": Self.amounts(["saves time": 30, "slower start": -6]), "social": Self.amounts(["image": 8]),
      "psychological": Self.amounts(["trust": 5]), "customer costs": Self.amounts(["time": 3, "worry": -4]),
      "captured": .number(0.6),
    ]
    #expect(try Self.price(ValueDrivers.self, given) == 90 + 0.6 * 47 - 9)
    for (word, reference) in [("cheapest", 90.0), ("mean", 100), ("dearest", 110)] {
      let price = try Self.price(ValueDrivers.self, given.merging(["reference": .choice(word)]) { $1 })
      #expect(price == reference + 0.6 * 47 - 9)
    }
    #expect(try Self.price(ValueDrivers.self, given.merging(["next best": .rival(2)]) { $1 }) == 110 + 0.6 * 47 - 9)
  }

  /// Rival 1 sells the same product, rival 2 a substitute: whoever is named next best is the reference.
  @Test func nextBestSellsSubstitute() throws {
    let market = TestMarket(categories: [0, 0], sources: [[0], [0], [1]], unitCosts: [20])
    for (rival, reference) in [(1, 90.0), (2, 110)] {
      var strategy = try market.strategy(
        ValueDrivers.self, ["economic": Self.amounts(["better": 10]), "next best": .rival(rival)])
      let price = try strategy.postPrices(market.view(period: 0, posted: Self.posted)).price(ofProduct: 0)
      #expect(price == reference + 5)
    }
  }

  /// Nothing is sold below unit cost, and where nothing is seen the stated alternative stands in.
  @Test func floorAndOpening() throws {
    let worse: [String: Arguments.Value] = ["economic": Self.amounts(["worse": -80])]
    #expect(try Self.price(ValueDrivers.self, worse) == 20)
    let better: [String: Arguments.Value] = ["economic": Self.amounts(["better": 10]), "otherwise": prices([70])]
    #expect(try Self.price(ValueDrivers.self, better, posted: nil) == 75)
    #expect(try Self.price(ValueDrivers.self, ["economic": Self.amounts(["better": 10])], posted: nil) == 20)
  }

  @Test func refusals() throws {
    #expect(refusal { try Self.market.strategy(ValueDrivers.self) }.hasPrefix("economic is missing"))
    let alone = TestMarket(categories: [0], sources: [[0]], unitCosts: [20])
    let given: [String: Arguments.Value] = ["economic": Self.amounts(["better": 10])]
    #expect(
      refusal { try alone.strategy(ValueDrivers.self, given) }
        == "no rival sells product 0 or a substitute; give the alternative's price under `otherwise`")
    #expect(refusal { try Self.market.strategy(ValueInUse.self) }.hasPrefix("saves is missing"))
  }

  /// The price per period and the price at once against sums over periods, for random contracts (1e-12 of the price). What is
  /// paid per period is worth as much as what is paid at once: the premiums differ by the factor of the annuity.
  @Test func valueInUse() throws {
    var stream = RandomStream(seed: 5, replication: 0, purpose: 1, period: 0, index: 0)
    var largest = 0.0
    for number in 0..<300 {
      let life = 1 + Int(stream.uniform() * 240)
      let rate = number % 10 == 0 ? 0 : stream.uniform() * (number % 2 == 0 ? 0.05 : 1e-9)
      let savings = 2 + 30 * stream.uniform()
      let switching = stream.uniform() * 40
      let captured = stream.uniform()
      var factor = 0.0
      var discount = 1.0
      for _ in 0..<life {
        discount /= 1 + rate
        factor += discount
      }
      let value = factor * savings - switching
      let share = value > 0 ? captured : 1
      var given: [String: Arguments.Value] = [
        "saves": Self.amounts(["labour": savings + 5, "material": -5]), "switching cost": .number(switching),
        "life": .number(Double(life)), "discount rate": .number(rate), "captured": .number(captured),
      ]
      let periodic = try #require(try Self.price(ValueInUse.self, given))
      given["paid"] = .choice("at once")
      let atOnce = try #require(try Self.price(ValueInUse.self, given))
      let expected = (max(20, 90 + share * value / factor), max(20, 90 + share * value))
      largest = max(largest, abs(periodic - expected.0) / expected.0, abs(atOnce - expected.1) / expected.1)
    }
    print("value in use, largest relative error of the price:", largest)
    #expect(largest < 1e-12)
  }
}
