/// Customers' thresholds for a unit of what a price is asked for, one for each customer or unit.
struct Thresholds {
  /// The price up to which it is taken.
  var prices: [Double] = []
  /// What is earned from the customer above that price when they take it.
  var takers: [Double] = []
  /// What is earned from them otherwise.
  var refusers: [Double] = []
  /// How many customers each is the threshold of.
  var weights: [Double] = []

  /// None yet.
  init(capacity: Int) {
    prices.reserveCapacity(capacity)
    takers.reserveCapacity(capacity)
    refusers.reserveCapacity(capacity)
    weights.reserveCapacity(capacity)
  }

  /// Adds one.
  mutating func append(price: Double, with taken: Double, without refused: Double, weight: Double = 1) {
    prices.append(price)
    takers.append(taken)
    refusers.append(refused)
    weights.append(weight)
  }

  /// The prices, highest first.
  var fallingPrices: [Double] { prices.fallingOrder.map { prices[Int($0)] } }

  /// The price that earns most, with what it earns in total; `otherwise` where it is best that nobody takes it.
  func best(otherwise: Double) -> (price: Double, total: Double)? {
    prices.isEmpty ? nil : ThresholdKernel.bestPrice(self, otherwise: otherwise)
  }
}

/// Several prices that a list of customers meets, each known one by one.
///
/// With all other prices held, each customer takes what one price is asked for up to a threshold, and what is earned is a
/// line between thresholds; the best price is therefore one of them and found exactly by sorting (``bestPrice(of:prices:)``).
protocol ThresholdPricing {
  /// Customers.
  var customerCount: Int { get }
  /// What a unit costs that each price is asked for, in money.
  var costs: [Double] { get }
  /// A price that nobody pays.
  var largestWorth: Double { get }
  /// Sets of offers that each customer compares.
  var setCount: Int { get }
  /// What an average customer leaves over unit cost, in money.
  func contribution(at prices: [Double]) -> Double
  /// The customers' thresholds for one price; empty where nothing hangs on it.
  func thresholds(of offer: Int, prices: [Double]) -> Thresholds
}

extension ThresholdPricing {
  /// The best of one price, all others held, with what is earned in total; nil where nothing hangs on it.
  func bestPrice(of offer: Int, prices: [Double]) -> (price: Double, total: Double)? {
    thresholds(of: offer, prices: prices).best(otherwise: max(prices[offer], largestWorth))
  }

  /// Improves one price after the other, but for one to be held, until nothing changes by more than a part in 1e9.
  func climb(
    from start: [Double], rounds: Int = 50, backwards: Bool = false, holding held: Int? = nil
  ) -> SampledPrices {
    var prices = start
    var earned = contribution(at: prices)
    // Nothing has changed for an offer since it was improved, but its own price: it need not be tried again.
    var isSettled = [Bool](repeating: false, count: prices.count)
    for _ in 0..<rounds {
      let before = earned
      for step in prices.indices {
        let offer = backwards ? prices.count - 1 - step : step
        guard offer != held, !isSettled[offer] else { continue }
        isSettled[offer] = true
        guard let best = bestPrice(of: offer, prices: prices), best.price != prices[offer] else { continue }
        var trial = prices
        trial[offer] = best.price
        // Where other prices stand at thresholds too, indifferent customers can be worth more than the best price knows.
        let gained = contribution(at: trial)
        guard gained >= earned else { continue }
        (prices, earned) = (trial, gained)
        for other in isSettled.indices where other != offer { isSettled[other] = false }
      }
      if earned <= before + 1e-9 * abs(before) { break }
    }
    return SampledPrices(prices: prices, contribution: earned, costs: costs)
  }

  /// The best prices found: from each start, from random starts with a fixed seed, and by moves of two prices at once from
  /// the best of these. The fewer the customers, the rougher what they leave, and the more starts and moves are tried.
  func search(from starts: [[Double]]) -> SampledPrices {
    var best = climb(from: starts.first ?? costs)
    func consider(_ found: SampledPrices) { if found.contribution > best.contribution { best = found } }
    for start in starts.dropFirst() { consider(climb(from: start)) }
    let work = max(1, customerCount * setCount * costs.count)
    let tops = costs.indices.map { offer in
      thresholds(of: offer, prices: costs.map { _ in largestWorth + 1 }).prices.max() ?? costs[offer]
    }
    let restarts = min(100, Self.restartBudget / work)
    for restart in 0..<restarts {
      let start = costs.indices.map { offer in
        costs[offer] + Self.share(restart, offer) * max(0, tops[offer] - costs[offer])
      }
      consider(climb(from: start, backwards: restart % 2 == 1))
    }
    guard costs.count > 1, work <= Self.largestPairWork else { return best }
    while let better = bestPairMove(from: best) { best = better }
    return best
  }

  private static var restartBudget: Int { 40_000 }
  private static var largestPairWork: Int { 1200 }

  /// A number from 0 to 1 for an offer of a restart: the steps of a Kronecker lattice by square roots.
  private static func share(_ restart: Int, _ offer: Int) -> Double {
    let roots = [2.0, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53]
    let turn = Double(restart + 1) * roots[offer % roots.count].squareRoot() + Double(offer / roots.count) * 0.37
    return turn - turn.rounded(.down)
  }

  /// One price moved to each of its thresholds, or out of the market, and another to its best answer; nil if none earns
  /// more.
  private func bestPairMove(from start: SampledPrices) -> SampledPrices? {
    var best = start
    for first in costs.indices {
      let moves = Set(thresholds(of: first, prices: start.prices).prices.filter { $0 >= 0 } + [largestWorth + 1])
      for move in moves.sorted() {
        for second in costs.indices where second != first {
          var trial = start.prices
          trial[first] = move
          trial[second] = bestPrice(of: second, prices: trial)?.price ?? trial[second]
          let earned = contribution(at: trial)
          if earned > best.contribution { best = SampledPrices(prices: trial, contribution: earned, costs: costs) }
        }
      }
    }
    guard best.contribution > start.contribution + 1e-9 * abs(start.contribution) else { return nil }
    let climbed = climb(from: best.prices)
    return climbed.contribution > best.contribution ? climbed : best
  }
}

/// Prices found on a list of customers.
public struct SampledPrices: Sendable, Hashable {
  /// The prices, in the order in which they were asked for. Customers are indifferent at them and counted where they earn
  /// most: the limit of ``posted``.
  public let prices: [Double]
  /// What an average customer leaves over unit cost, in money.
  public let contribution: Double
  /// The unit cost of what each price is asked for.
  let costs: [Double]

  /// The prices to post, at which nobody is indifferent; see ``decisivePrice(_:unitCost:)``.
  public var posted: [Double] { zip(prices, costs).map { decisivePrice($0, unitCost: $1) } }
}

/// A price lowered by a part in 1e9 of its margin, in money.
///
/// A market splits customers who are indifferent, or sends them to a rival. Where all prices leave a share of their margin
/// to the buyer, whatever a customer is indifferent between, they take what earns most, sets of offers and several units
/// included; and whoever changes their mind for a hair does so in favour of the seller. So the list earns at least
/// 1 - 1e-9 of what it would if all ties fell the seller's way (`PostedPricesTests`).
public func decisivePrice(_ price: Double, unitCost: Double) -> Double { price - 1e-9 * (price - unitCost) }

/// The best of several things by worth; of equal ones the one that earns more, which is the limit of a price a hair lower.
struct BestChoice {
  var worth = -Double.infinity
  var margin = 0.0

  mutating func consider(_ worth: Double, margin: Double, tolerance: Double) {
    guard worth > self.worth + tolerance || (worth >= self.worth - tolerance && margin > self.margin) else { return }
    (self.worth, self.margin) = (max(worth, self.worth), margin)
  }
}
