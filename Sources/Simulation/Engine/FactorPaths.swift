import Demand
import GSL
import Selling

/// The random factors of one replication, period by period: of the number of customers, and of each seller's unit costs.
/// All candidates meet the same.
struct FactorPaths {
  /// The factors of one period.
  struct Factors {
    /// On the number of customers.
    var demand = 1.0
    /// On unit costs, by seller.
    var costs: [Double]
  }

  private struct Path {
    let factor: RandomFactor
    let purpose: DrawKey.Purpose
    let index: Int
    var state: Double?
  }

  private let key: DrawKey
  private var demand: Path?
  private var costs: [Path?]

  init(_ study: Study, _ key: DrawKey) {
    self.key = key
    // The mean customer meets no chance; tuning draws its own.
    let isChancy = study.demand == .sampled
    let offset = key.purpose == .customers ? 0 : 1
    demand =
      isChancy
      ? study.market.arrivals.randomShocks.map { Path(factor: $0, purpose: .demandShocks, index: offset) } : nil
    costs = study.market.profiles.enumerated().map { seller, profile in
      isChancy
        ? profile.randomCostShocks.map { Path(factor: $0, purpose: .costShocks, index: 2 * seller + offset) } : nil
    }
  }

  /// The factors of the next period; periods are asked for in order from 0.
  mutating func next(period: Int) throws -> Factors {
    var factors = Factors(costs: costs.map { _ in 1 })
    if demand != nil { factors.demand = try advance(&demand, period: period) }
    for seller in costs.indices where costs[seller] != nil {
      factors.costs[seller] = try advance(&costs[seller], period: period)
    }
    return factors
  }

  private func advance(_ path: inout Path?, period: Int) throws -> Double {
    guard var current = path else { return 1 }
    var stream = RandomStream(
      seed: key.seed, replication: key.replication, purpose: current.purpose.rawValue, period: UInt32(period),
      index: UInt32(current.index))
    let state = try current.factor.next(after: current.state, uniform: stream.uniform())
    current.state = state
    path = current
    return current.factor.factor(state: state)
  }
}
