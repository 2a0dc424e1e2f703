import GSL

/// A rule that posts one of a grid of prices a period and learns from what that period sold.
///
/// It keeps running sums, one entry for each price, so that memory and time of a period do not grow with the calendar.
/// Customers who came and did not buy are not seen.
public protocol LearningRule: Sendable {
  /// Chooses the price of the next period.
  ///
  /// - Parameters:
  ///   - margins: what a unit earns at each price, price less unit cost, in money.
  ///   - allowance: units that may be sold in this period so that the stock lasts; nil where nothing limits them.
  ///   - random: chance.
  /// - Returns: the place of the price in the grid; nil for not selling at all.
  /// - Throws: `GSLError` where chance cannot be drawn.
  mutating func choose(margins: [Double], allowance: Double?, random: inout RandomStream) throws -> Int?

  /// Learns from a period.
  ///
  /// - Parameters:
  ///   - price: the place of the posted price in the grid.
  ///   - units: units sold.
  ///   - contribution: revenue less unit costs, in money.
  mutating func learn(price: Int, units: Double, contribution: Double)
}

/// What each price of a grid has brought so far: how many periods, and the sum of their rewards.
public struct PriceRecord: Sendable, Hashable {
  /// Periods at each price.
  public private(set) var periods: [Double]
  /// Sum of the rewards at each price. Sums instead of running means, so that equal means of whole numbers are equal to
  /// the last bit, and ties are found.
  public private(set) var rewards: [Double]
  /// Periods in all.
  public private(set) var total = 0.0

  /// Nothing yet.
  ///
  /// - Parameter count: the number of prices.
  public init(count: Int) {
    periods = [Double](repeating: 0, count: count)
    rewards = periods
  }

  /// Adds a period.
  public mutating func add(price: Int, reward: Double) {
    periods[price] += 1
    rewards[price] += reward
    total += 1
  }

  /// The mean reward of a price that was tried.
  public func mean(_ price: Int) -> Double { rewards[price] / periods[price] }

  /// The first price that has not been tried; nil if all have.
  public var firstUntried: Int? { periods.firstIndex(of: 0) }

  /// The price with the highest mean reward, of equal ones any with the same probability. All have to be tried.
  public func best(_ random: inout RandomStream) throws -> Int? {
    try random.best(of: periods.indices) { mean($0) }
  }
}

extension RandomStream {
  /// The place with the highest score; of equal ones any, with the same probability. Nil if there is none.
  mutating func best(of places: Range<Int>, _ score: (Int) throws -> Double) throws -> Int? {
    var best: Int?
    var (highest, ties) = (0.0, 0)
    for place in places {
      let value = try score(place)
      if best == nil || value > highest {
        (best, highest, ties) = (place, value, 1)
      } else if value == highest {
        // The newcomer replaces the one kept so far with probability 1 / ties: each is left with the same.
        ties += 1
        if try integer(below: ties) == 0 { best = place }
      }
    }
    return best
  }
}
