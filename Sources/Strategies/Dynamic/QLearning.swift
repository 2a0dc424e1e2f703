import Demand
import Foundation
import Selling

/// A price learnt by trial from own profit, knowing nothing of demand or of how rivals price.
public struct QLearning: PriceGridStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "q-learning", family: .dynamic,
    idea:
      "Try the prices of a grid, remember what each earned after what everybody had charged, and charge what did best. "
      + "Two sellers who do so may learn to keep prices high without a word between them (`bertrand learn`).",
    formula:
      "Q(s, p) <- (1 - a) Q(s, p) + a (profit + d max Q(s', any p)), with s the prices of the last `memory` periods; any "
      + "price of the grid with probability exp(-decay x period), else the one of the largest Q(s, p)",
    needs:
      "its own sales and unit cost, and rivals' posted prices; a computed grid also the equilibrium and joint prices",
    works: "the market stays as it is for very many periods: a million, where two sellers learn against each other",
    fails:
      "time is short: it tries prices at random for long, and in the example it earns less than a fixed price in every "
      + "calendar that a business would live through",
    example: "algorithmic-duopoly", belief: "own sales",
    source: "Calvano, Calzolari, Denicolò & Pastorello (2020), American Economic Review 110; Watkins & Dayan (1992)",
    parameters: [grid, points, margin, memory, learningRate, decay, discount, expected], learns: true)

  static let grid = Parameter(
    "prices", .numbers(-1e12...1e12, unit: "money"), default: .absent,
    "the prices that it chooses among, each above the one before; without them a grid is computed from the market's "
      + "equilibrium prices and those that earn all sellers together most", isLever: false)
  static let points = Parameter(
    "points", .count(2...1000, unit: "prices"), default: .number(15), "how many prices a computed grid has",
    isLever: false)
  static let margin = Parameter(
    "margin", .share(0...10), default: .number(0.1),
    "how far a computed grid reaches beyond equilibrium and joint price, as a share of what lies between",
    isLever: false)
  static let memory = Parameter(
    "memory", .count(1...64, unit: "periods"), default: .number(1), "how many past periods' prices it looks at",
    isLever: false)
  static let learningRate = Parameter(
    "learning rate", .number(1e-6...1, unit: ""), default: .number(0.15), "the weight of what the last period taught")
  static let decay = Parameter(
    "exploration decay", .number(1e-12...1000, unit: ""), default: .number(4e-6),
    "how fast it stops to try prices at random: by how much the logarithm of their probability falls in a period")
  static let discount = Parameter(
    "discount factor", .number(0...0.9999, unit: ""), default: .number(0.95),
    "what profit of the next period is worth beside profit of this one", isLever: false)
  static let expected = Parameter(
    "expected profit", .number(-1e15...1e15, unit: "money"), default: .absent,
    "what it thinks that a period earns at any price, before it has tried one; without it 0 where it learns from its own "
      + "sales, and in `bertrand learn` the mean against rivals who price at random")

  /// How it learns.
  public let learning: QLearningRule
  /// What it thinks that a period earns before it has learnt anything, in money.
  public let expectedProfit: Double?
  private let statedPrices: [Double]
  private let points: Int
  private let margin: Double
  /// The alternatives that its products are.
  private let own: [Int]
  /// By product whose prices make up a state: its own and those of the rivals' products that compete with it.
  private let watched: [[(seller: Int, product: Int)]]
  private var learners: [GridLearner] = []

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a grid out of order, and more states than there is memory for.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    statedPrices = arguments.numbers(Self.grid)
    for (price, next) in zip(statedPrices, statedPrices.dropFirst()) where price >= next {
      throw StrategyError(
        "prices rise from one to the next, and \(next) comes after \(price)", parameter: Self.grid.name)
    }
    guard statedPrices.count != 1 else {
      throw StrategyError("one price leaves nothing to learn; give two or more", parameter: Self.grid.name)
    }
    points = statedPrices.isEmpty ? try arguments.count(Self.points) : statedPrices.count
    margin = try arguments.number(Self.margin)
    learning = try QLearningRule(
      learningRate: arguments.number(Self.learningRate), explorationDecay: arguments.number(Self.decay),
      discountFactor: arguments.number(Self.discount), memory: arguments.count(Self.memory))
    expectedProfit = arguments.optionalNumber(Self.expected)
    own = market.assortment.alternativesBySource[market.own]
    watched = seller.products.indices.map { [(market.own, $0)] + market.rivals(ofOwnProduct: $0) }
    for products in watched {
      let size = LearningSize(gridSizes: products.map { _ in points }, memory: learning.memory)
      guard size.states * 8 * Double(points) <= LearningSize.mostBytes else {
        throw StrategyError(
          "\(points) prices of \(products.count) products and a memory of \(learning.memory) have \(size.words); "
            + "\(LearningSize.words(bytes: LearningSize.mostBytes)) may be used. Give it fewer prices or a shorter memory",
          parameter: Self.memory.name)
      }
    }
  }

  /// Nothing where the grid is stated, else equilibrium and joint prices.
  public var belief: BeliefPlan? { statedPrices.isEmpty ? .collusion : nil }
  /// Where its prices come from.
  public var beliefSource: String { statedPrices.isEmpty ? "own sales, perfect grid" : Self.entry.belief }

  /// The stated prices, or as many as asked for at even steps from below the equilibrium price to above the joint price.
  ///
  /// - Throws: ``StrategyError`` where the market has no such prices, or they are the same.
  public func priceGrids(_ belief: MarketBelief?) throws -> [[Double]] {
    guard statedPrices.isEmpty else { return own.map { _ in statedPrices } }
    let regime = belief?.regime(period: 0)
    return try own.map { alternative in
      guard let nash = regime?.equilibrium?[alternative], let joint = regime?.collusion?[alternative], nash.isFinite,
        joint.isFinite
      else {
        throw StrategyError("this market has no equilibrium or no joint prices to compute a grid from; state `prices`")
      }
      let gap = joint - nash
      guard gap > 1e-9 * abs(joint) else {
        throw StrategyError(
          "the joint price \(joint) is not above the equilibrium price \(nash), as with a single seller; state `prices`"
        )
      }
      let (low, high) = (nash - margin * gap, joint + margin * gap)
      return (0..<points).map { low + (high - low) * Double($0) / Double(points - 1) }
    }
  }

  /// Learns from the last period and chooses a price of each product, each by itself; opening prices are of the grid at
  /// random.
  ///
  /// - Throws: what ``priceGrids(_:)`` throws.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if learners.isEmpty {
      learners = try zip(priceGrids(view.belief), watched).map { prices, products in
        GridLearner(prices, learning, expected: expectedProfit ?? 0, products.count)
      }
    }
    var random = view.random
    var prices: [Double] = []
    for product in learners.indices {
      if let posted = view.postedLists, view.period >= 0 {
        let seen = watched[product].map { posted[$0.seller].price(ofProduct: $0.product) }
        learners[product].observe(seen, profit: earned(product, view))
      }
      prices.append(learners[product].choose(period: max(0, view.period), uniform: random.uniform()))
    }
    return PriceList(prices: prices)
  }

  /// What a product earned over its unit cost in the last period, in money; nil before the first.
  private func earned(_ product: Int, _ view: SellerView) -> Double? {
    let unitCost = view.seller.products[product].unitCost
    return view.sales.last.map { sales in
      sales.reduce(0) {
        $1.offer.contents.positions.contains(product) ? $0 + $1.revenue - $1.units * unitCost : $0
      }
    }
  }
}

/// A seller that learns on a grid from what it sees, period by period.
struct GridLearner {
  private let prices: [Double]
  private let rule: QLearningRule
  private var tables: QTables
  private let profileCount: Int
  private var state = 0
  /// The action taken last in ``state``, of which the profit is not known yet.
  private var pending: Int?

  init(_ prices: [Double], _ rule: QLearningRule, expected: Double, _ products: Int) {
    self.prices = prices
    self.rule = rule
    profileCount = (0..<products).reduce(1) { count, _ in count * prices.count }
    let states = (0..<rule.memory).reduce(1) { [profileCount] count, _ in count * profileCount }
    tables = QTables(
      stateCount: states, starts: [prices.map { _ in expected / (1 - rule.discountFactor) }], rules: [rule])
  }

  /// Takes in the prices of the last period, and what was earned in it if anything could be.
  mutating func observe(_ seen: [Double?], profit: Double?) {
    let profile = seen.reduce(0) { $0 * prices.count + nearest($1) }
    let next = (state % (tables.stateCount / profileCount)) * profileCount + profile
    if let pending, let profit { tables.learn(0, state: state, action: pending, profit: profit, next: next) }
    state = next
  }

  /// The price of a period.
  mutating func choose(period: Int, uniform: Double) -> Double {
    let action = QTables.action(
      uniform, exploration: rule.exploration(period: period), actionCount: prices.count,
      greedy: Int32(tables.greedyAction(0, state: state)))
    pending = action
    return prices[action]
  }

  /// The place in the grid that is nearest to a price; a product that nobody can buy is as one at the highest.
  private func nearest(_ price: Double?) -> Int {
    guard let price else { return prices.count - 1 }
    var (low, high) = (0, prices.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if prices[middle] <= price { low = middle } else { high = middle }
    }
    return price - prices[low] <= prices[high] - price ? low : high
  }
}
