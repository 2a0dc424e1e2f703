/// The value of stock by units as time left grows: steps of Dormand & Prince (1980, Journal of Computational and Applied
/// Mathematics 6), of order five, with an error estimate of order four that sets their length.
struct StockSolver {
  /// By units.
  private(set) var values: [Double]
  /// The sum of the error estimates of all steps.
  private(set) var error = 0.0
  private let tolerance: Double
  private let negligible: Double
  /// Customers expected in the shortest step: near a kink of demand, which every level of stock meets at a time of its own, a
  /// shorter one gains too little for its time.
  private let fewestCustomers: Double
  private var step = Double.infinity
  private var slopes: [[Double]]
  private var trial: [Double]

  private static let stages: [[Double]] = [
    [1.0 / 5],
    [3.0 / 40, 9.0 / 40],
    [44.0 / 45, -56.0 / 15, 32.0 / 9],
    [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
    [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
    [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
  ]
  private static let difference: [Double] = [
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40,
  ]

  /// Stock without time.
  ///
  /// - Parameters:
  ///   - tolerance: the error that a unit of time may add, in money.
  ///   - negligible: a value of one more unit, in money, below which more units are worth the same.
  ///   - customers: how many are expected in all.
  init(levels: Int, tolerance: Double, negligible: Double, customers: Double) {
    // No more than about 1e7 steps of one level, however demand is bent.
    fewestCustomers = min(1, max(1e-6, 1e-7 * customers * Double(levels)))
    values = [Double](repeating: 0, count: levels)
    slopes = [[Double]](repeating: values, count: 7)
    trial = values
    (self.tolerance, self.negligible) = (tolerance, negligible)
  }

  /// Adds to the time left at constant demand.
  mutating func advance(by length: Double, rate: Double, _ frontier: RevenueFrontier) {
    guard rate > 0 else { return }
    var left = length
    let shortest = fewestCustomers / rate
    while left > 0 {
      // A rounding's rest belongs to the step.
      let size = step < left * (1 - 1e-12) ? step : left
      let active = activeLevels
      let estimate = attempt(size, rate, frontier, active)
      let allowed = tolerance * size
      let isShort = size <= max(shortest, 1e-12 * length)
      if estimate <= allowed || isShort {
        values = trial
        error += estimate
        left = size == left ? 0 : left - size
      }
      let growth = estimate > 0 ? 0.9 * power(allowed / estimate) : 4
      let next = max(shortest, size * min(4, max(0.2, growth)))
      // A step cut short by the end says nothing against a longer one.
      step = (estimate <= allowed || isShort) && size < step ? max(step, next) : next
    }
  }

  /// The fourth root: the estimate over the length of a step grows with its fourth power.
  private func power(_ ratio: Double) -> Double { ratio.squareRoot().squareRoot() }

  /// Units up to where more are worth the same, and those that one step can reach beyond.
  private var activeLevels: Int {
    var level = 1
    while level < values.count, values[level] - values[level - 1] > negligible { level += 1 }
    return min(values.count - 1, level + 8)
  }

  /// One step into ``trial``; returns the largest error estimate.
  private mutating func attempt(_ size: Double, _ rate: Double, _ frontier: RevenueFrontier, _ active: Int) -> Double {
    setSlopes(0, of: values, rate, frontier, active)
    for (stage, weights) in Self.stages.enumerated() {
      for level in 1...active {
        var sum = 0.0
        for (earlier, weight) in weights.enumerated() { sum += weight * slopes[earlier][level] }
        trial[level] = values[level] + size * sum
      }
      setSlopes(stage + 1, of: trial, rate, frontier, active)
    }
    var largest = 0.0
    for level in 1...active {
      var sum = 0.0
      for (stage, weight) in Self.difference.enumerated() { sum += weight * slopes[stage][level] }
      largest = max(largest, abs(size * sum))
    }
    for level in (active + 1)..<max(active + 1, values.count) { trial[level] = trial[active] }
    return largest
  }

  private mutating func setSlopes(
    _ stage: Int, of values: [Double], _ rate: Double, _ frontier: RevenueFrontier, _ active: Int
  ) {
    for level in 1...active {
      slopes[stage][level] = rate * frontier.rate(max(0, values[level] - values[level - 1]))
    }
  }
}
