import Demand
import Selling

/// Sellers on price grids in a market of expected demand: what each earns at every combination of their prices, tabulated
/// once, so that millions of periods cost a look-up each.
///
/// Actions are places in a seller's grid; a *profile* is everybody's actions as one number, the last seller's the
/// quickest to change; a *state* is the profiles of the last `memory` periods, the last period's the quickest to change.
public struct LearningGame: Sendable {
  /// Prices that theory knows, and what they earn.
  public struct Benchmark: Sendable {
    /// By seller, in money.
    public let prices: [Double]
    /// By seller, over unit cost, in money from an average customer.
    public let profits: [Double]

    /// Prices and what they earn.
    public init(prices: [Double], profits: [Double]) {
      self.prices = prices
      self.profits = profits
    }
  }

  /// Names of the sellers.
  public let sellers: [String]
  /// How each learns.
  public let rules: [QLearningRule]
  /// Each seller's prices, rising.
  public let grids: [[Double]]
  /// How many combinations of prices there are.
  public let profileCount: Int
  /// How many states there are.
  public let stateCount: Int
  /// Profit over unit cost from an average customer: of seller i at profile p at place p x sellers + i.
  public let profits: [Double]
  /// By seller and action the values that learning starts from.
  public let starts: [[Double]]
  /// Bertrand-Nash prices; nil where none are known.
  public let nash: Benchmark?
  /// The prices that earn all sellers together most; nil where none are known.
  public let joint: Benchmark?

  /// A game of which profits are known.
  ///
  /// - Parameters:
  ///   - expected: what each seller thinks that a period earns at any price before it has learnt anything; nil for the
  ///     mean against rivals who charge any price of their grids (Calvano et al. 2020, equation 8).
  ///   - profitsAt: profit of every seller at the prices of all.
  /// - Throws: ``SimulationError`` for grids out of order, rules that do not fit together, and tables that do not fit
  ///   `memoryLimit` bytes; what `profitsAt` throws.
  public init(
    sellers: [String], rules: [QLearningRule], grids: [[Double]], expected: [Double?], nash: Benchmark? = nil,
    joint: Benchmark? = nil, memoryLimit: Double = .infinity, profitsAt: ([Double]) throws -> [Double]
  ) throws {
    for (seller, grid) in zip(sellers, grids) {
      let isRising = zip(grid, grid.dropFirst()).allSatisfy { $0 < $1 } && grid.allSatisfy(\.isFinite)
      guard grid.count >= 2, isRising else {
        throw SimulationError("\(seller) needs two prices or more, each above the one before; found \(grid)")
      }
    }
    guard let memory = rules.first?.memory, rules.allSatisfy({ $0.memory == memory }) else {
      throw SimulationError("sellers that learn against each other need the same memory")
    }
    let size = LearningSize(gridSizes: grids.map(\.count), memory: memory)
    guard size.bytes <= memoryLimit, size.states < 0x1p31 else {
      throw SimulationError(
        "\(sellers.count) sellers with \(grids.map { "\($0.count)" }.joined(separator: ", ")) prices and a memory of "
          + "\(memory) have \(size.words); \(LearningSize.words(bytes: memoryLimit)) may be used. Give them fewer "
          + "prices or a shorter memory")
    }
    self.sellers = sellers
    self.rules = rules
    self.grids = grids
    self.nash = nash
    self.joint = joint
    let count = grids.count
    profileCount = grids.reduce(1) { $0 * $1.count }
    stateCount = (0..<memory).reduce(1) { states, _ in states * grids.reduce(1) { $0 * $1.count } }
    var profits: [Double] = []
    profits.reserveCapacity(profileCount * count)
    var sums = grids.map { $0.map { _ in 0.0 } }
    for profile in 0..<profileCount {
      let actions = Self.actions(profile, gridSizes: grids.map(\.count))
      let earned = try profitsAt(actions.indices.map { grids[$0][actions[$0]] })
      for (seller, action) in actions.enumerated() { sums[seller][action] += earned[seller] }
      profits += earned
    }
    self.profits = profits
    let profileCount = profileCount
    starts = sums.indices.map { seller in
      sums[seller].map { sum in
        let mean = sum / Double(profileCount / grids[seller].count)
        return (expected[seller] ?? mean) / (1 - rules[seller].discountFactor)
      }
    }
  }

  /// Everybody's actions in a profile.
  public func actions(_ profile: Int) -> [Int] { Self.actions(profile, gridSizes: grids.map(\.count)) }

  private static func actions(_ profile: Int, gridSizes: [Int]) -> [Int] {
    var rest = profile
    var actions = gridSizes
    for seller in gridSizes.indices.reversed() {
      actions[seller] = rest % gridSizes[seller]
      rest /= gridSizes[seller]
    }
    return actions
  }

  /// The profile of everybody's actions.
  public func profile(_ actions: [Int]) -> Int {
    zip(actions, grids).reduce(0) { $0 * $1.1.count + $1.0 }
  }

  /// The state after a profile was played in a state.
  public func state(after state: Int, profile: Int) -> Int {
    (state % (stateCount / profileCount)) * profileCount + profile
  }

  /// What everybody earns at a profile, in money from an average customer.
  public func profits(at profile: Int) -> ArraySlice<Double> {
    profits[profile * sellers.count..<(profile + 1) * sellers.count]
  }

  /// The action that earns a seller most in one period if the others keep theirs; of several the lowest price.
  public func bestResponse(of seller: Int, to actions: [Int]) -> Int {
    var best = (action: 0, profit: -Double.infinity)
    for action in grids[seller].indices {
      var trial = actions
      trial[seller] = action
      let profit = profits[profile(trial) * sellers.count + seller]
      if profit > best.profit { best = (action, profit) }
    }
    return best.action
  }

  /// The profit gain Delta: of what all sellers earn above Nash profit, the share of what they would earn at joint prices;
  /// 0 at Nash prices, 1 at joint prices (Calvano et al. 2020, equation 9, for sellers that need not be alike). Nil where
  /// there is nothing to gain.
  public func profitGain(_ profits: [Double]) -> Double? {
    guard let nash, let joint else { return nil }
    let least = nash.profits.reduce(0, +)
    let most = joint.profits.reduce(0, +)
    guard most - least > 1e-9 * abs(most) else { return nil }
    return (profits.reduce(0, +) - least) / (most - least)
  }

  /// How large a session's tables are.
  public var size: LearningSize { LearningSize(gridSizes: grids.map(\.count), memory: rules.first?.memory ?? 1) }
}
