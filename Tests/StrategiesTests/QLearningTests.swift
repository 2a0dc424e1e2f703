import Demand
import Selling
import Strategies
import Testing

/// The seller that learns by Q-learning from its own sales.
struct QLearningTests {
  private let duopoly = TestMarket(categories: [0, 0], sources: [[0], [1]], unitCosts: [1])

  private func sold(_ price: Double, _ units: Double) -> [OfferSales] {
    PriceList(prices: [price]).offers.map { OfferSales(offer: $0, units: units) }
  }

  private func posted(_ prices: Double...) -> [PriceList] { prices.map { PriceList(prices: [$0]) } }

  /// Two prices, 2 and 3, cost 1, no exploring after period 0. In each state it leaves a price when it has earned less than
  /// the other promises, by the formula: with the state the same throughout, Q(2) and Q(3) start at 10 / (1 - 0.5) = 20;
  /// who earns 0 is left with .5 x 20 + .5 x (0 + .5 x 20) = 15 and is not taken again while the other has 20.
  @Test func learnsByTheFormula() throws {
    var strategy = try duopoly.strategy(
      QLearning.self,
      [
        "prices": .numbers([2, 3]), "learning rate": .number(0.5), "discount factor": .number(0.5),
        "exploration decay": .number(1000), "expected profit": .number(10),
      ])
    #expect(strategy.isConstant == false)
    #expect(strategy.belief == nil && strategy.beliefSource == "own sales")
    let opening = try strategy.postPrices(duopoly.view(period: -1))
    let first = try #require(opening.price(ofProduct: 0))
    #expect([2.0, 3].contains(first))
    // Period 0 explores for sure, so that period 1 is the first greedy one; the rival's price never changes.
    var charged = try #require(
      try strategy.postPrices(duopoly.view(period: 0, posted: posted(first, 2))).price(ofProduct: 0))
    var values: [Double: [Double: Double]] = [2: [2: 20, 3: 20], 3: [2: 20, 3: 20]]
    var state = first
    var sales: [[OfferSales]] = []
    for period in 1..<40 {
      // The higher price sells 4 units for 8, the lower 3 for 3, now and then nobody comes.
      let units = period % 5 == 0 ? 0.0 : (charged == 3 ? 4.0 : 3)
      sales.append(sold(charged, units))
      let best = values[charged].map { max($0[2] ?? 0, $0[3] ?? 0) } ?? 0
      let before = values[state]?[charged] ?? 0
      values[state]?[charged] = 0.5 * before + 0.5 * (units * (charged - 1) + 0.5 * best)
      state = charged
      let next = try #require(
        try strategy.postPrices(duopoly.view(period: period, posted: posted(charged, 2), sales: sales))
          .price(ofProduct: 0))
      let row = try #require(values[state])
      let (low, high) = (row[2] ?? 0, row[3] ?? 0)
      if low != high { #expect(next == (low > high ? 2 : 3), "period \(period): \(row)") }
      charged = next
    }
    #expect(values[3].map { $0[3] ?? 0 } ?? 0 != 20)
  }

  /// Prices that are not on the grid count as the nearest: the same moves against a rival at 2.4 as at 2, others than
  /// against one at 2.6, which is taken for 3.
  @Test func seesTheNearestPrice() throws {
    func moves(_ rival: Double) throws -> [Double] {
      var strategy = try duopoly.strategy(
        QLearning.self, ["prices": .numbers([2, 3]), "exploration decay": .number(1000)])
      var own = try strategy.postPrices(duopoly.view(period: -1)).price(ofProduct: 0) ?? 0
      var moves: [Double] = []
      var sales: [[OfferSales]] = []
      for period in 0..<30 {
        // The rival changes sides in every third period.
        let other = period % 3 == 0 ? 2 : rival
        let view = try duopoly.view(period: period, posted: posted(own, other), sales: sales)
        own = try strategy.postPrices(view).price(ofProduct: 0) ?? 0
        sales.append(sold(own, (own == 3) == (other < 2.5) ? 4 : 1))
        moves.append(own)
      }
      return moves
    }
    #expect(try moves(2.4) == moves(2))
    #expect(try moves(2.6) == moves(3))
    #expect(try moves(2.6) == moves(99))
  }

  /// The grid of Calvano et al.: 15 prices from a tenth of the way below Nash to a tenth above the joint price.
  @Test func gridFromTheEquilibrium() throws {
    let strategy = try duopoly.strategy(QLearning.self)
    #expect(strategy.belief == .collusion && strategy.beliefSource == "own sales, perfect grid")
    let demand = try LinearDemand(
      intercepts: [10, 10], interaction: [[2, 1], [1, 2]])
    func belief(_ nash: [Double]?, _ joint: [Double]?) -> MarketBelief {
      MarketBelief(
        demand: demand, unitCosts: [1, 1],
        regimes: [.init(first: 0, alternatives: [0, 1], owners: [0, 1], equilibrium: nash, collusion: joint)])
    }
    let grids = try strategy.priceGrids(belief([1.5, 9], [2, 9]))
    #expect(grids.count == 1)
    let grid = grids[0]
    #expect(grid.count == 15)
    for (place, price) in grid.enumerated() { #expect(abs(price - (1.45 + 0.6 * Double(place) / 14)) < 1e-12) }
    #expect(refusal { try strategy.priceGrids(belief(nil, [2, 9])) }.contains("state `prices`"))
    #expect(refusal { try strategy.priceGrids(belief([1.5, 9], nil)) }.contains("state `prices`"))
    #expect(refusal { try strategy.priceGrids(belief([2, 9], [2, 9])) }.contains("not above the equilibrium price"))
    #expect(refusal { try strategy.priceGrids(nil) }.contains("state `prices`"))
  }

  @Test(arguments: [
    ("prices", Arguments.Value.numbers([2, 1]), "prices rise from one to the next, and 1.0 comes after 2.0"),
    ("prices", .numbers([1, 1]), "prices rise"), ("prices", .numbers([1]), "nothing to learn"),
    ("points", .number(1), "points is"), ("points", .number(-3), "points is"), ("margin", .number(-0.1), "margin is"),
    ("learning rate", .number(0), "learning rate is"), ("learning rate", .number(2), "learning rate is"),
    ("exploration decay", .number(0), "exploration decay is"),
    ("exploration decay", .number(-1), "exploration decay is"),
    ("discount factor", .number(1), "discount factor is"), ("discount factor", .number(-0.5), "discount factor is"),
    ("memory", .number(0), "memory is"), ("memory", .number(9), "fewer prices or a shorter memory"),
  ])
  func refusals(name: String, value: Arguments.Value, words: String) throws {
    let found = refusal { try duopoly.strategy(QLearning.self, [name: value]) }
    #expect(found.contains(words), "\(found)")
  }

  /// Two products learn as two sellers of one would: the second earns nothing at 3, and leaves it.
  @Test func eachProductByItself() throws {
    let two = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [1, 1])
    var strategy = try two.strategy(
      QLearning.self,
      [
        "prices": .numbers([2, 3]), "exploration decay": .number(1000), "expected profit": .number(10),
        "discount factor": .number(0),
      ])
    var list = try strategy.postPrices(two.view(period: -1))
    var sales: [[OfferSales]] = []
    for period in 0..<300 {
      list = try strategy.postPrices(
        two.view(period: period, posted: [list], sales: sales))
      sales.append(
        list.offers.enumerated().map { product, offer in
          OfferSales(offer: offer, units: product == 0 ? (offer.price == 3 ? 2 : 1) : (offer.price == 3 ? 0 : 2))
        })
    }
    #expect(list.offers.map(\.price) == [3, 2])
  }
}
