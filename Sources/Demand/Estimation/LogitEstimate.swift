import Foundation
import GSL

/// A multinomial logit of choices among products at prices, estimated by maximum likelihood.
///
/// Utility is constant - sensitivity x price + Gumbel noise; where nothing can be bought, that has utility 0, and where it
/// never can, the first product's constant is 0. The log-likelihood is concave (McFadden 1974), so that Newton's method
/// with step halving finds its only maximum, if there is one: none exists where some weighing of products and price
/// foretells every choice (separation; Albert & Anderson 1984). Then each Newton step still gains about the same number
/// of units of utility and never comes to rest, by which it is told; so is a fit that foretells all but one choice in
/// 1e13. Verified by `LogitEstimateTests`: known coefficients within their standard errors, log-odds in closed form.
public struct LogitEstimate: Sendable, Hashable {
  /// Something that could be chosen: a product, by a number from 0, or nil for nothing; and its price, in money.
  public struct Option: Sendable, Hashable {
    /// The product; nil for buying nothing.
    public let product: Int?
    /// The price; ignored for buying nothing.
    public let price: Double

    /// An option.
    public init(product: Int?, price: Double) {
      self.product = product
      self.price = price
    }
  }

  /// A choice made, or many of the same.
  public struct Choice: Sendable, Hashable {
    /// What could be chosen.
    public let options: [Option]
    /// The place of what was.
    public let chosen: Int
    /// How many times.
    public let count: Double

    /// A choice.
    public init(_ options: [Option], chosen: Int, count: Double = 1) {
      self.options = options
      self.chosen = chosen
      self.count = count
    }
  }

  /// The constant of each product, in utility.
  public let constants: [Double]
  /// The utility that one unit of money costs; positive where customers prefer to pay less.
  public let priceSensitivity: Double
  /// Standard errors of the constants (0 for one that was set to 0) and, last, of the sensitivity.
  public let standardErrors: [Double]

  /// An estimate from choices.
  ///
  /// - Throws: ``DemandError`` where no finite coefficients fit best, and where the choices do not tell them all.
  public init(_ choices: [Choice], productCount: Int) throws {
    let scale = choices.lazy.flatMap(\.options).reduce(0.0) { $1.product == nil ? $0 : max($0, abs($1.price)) }
    guard scale > 0, scale.isFinite else { throw DemandError("no price is shown") }
    let hasNothing = choices.contains { $0.options.contains { $0.product == nil } }
    // The place of each product's constant among the coefficients; the sensitivity comes last.
    let places: [Int?] = (0..<productCount).map { hasNothing ? $0 : $0 == 0 ? nil : $0 - 1 }
    let count = productCount - (hasNothing ? 0 : 1) + 1
    var likelihood = LogitLikelihood(choices, places: places, count: count, scale: scale)
    var coefficients = [Double](repeating: 0, count: count)
    var isBest = false
    for _ in 0..<Self.mostSteps where !isBest {
      let step: [Double]
      do {
        step = try likelihood.step(from: coefficients)
      } catch is GSLError {
        break
      }
      isBest = zip(step, likelihood.gradient).reduce(0) { $0 + $1.0 * $1.1 } <= 1e-16
      var share = 1.0
      let value = likelihood.value
      while share > 1e-6 {
        let trial = zip(coefficients, step).map { $0 + share * $1 }
        if try likelihood.evaluate(at: trial, hasSlopes: false) >= value - 1e-12 * abs(value) {
          coefficients = trial
          break
        }
        share /= 2
      }
    }
    guard isBest, let errors = try? likelihood.standardErrors(at: coefficients) else {
      throw DemandError(
        "no finite coefficients fit best: the choices do not tell the products and the price apart, or a rule without "
          + "any chance foretells all of them; ask more respondents, or show more prices")
    }
    constants = places.map { $0.map { coefficients[$0] } ?? 0 }
    priceSensitivity = -coefficients[count - 1] / scale
    standardErrors = places.map { $0.map { errors[$0] } ?? 0 } + [errors[count - 1] / scale]
  }

  /// From no coefficients at all, each step gains at least about one unit of utility.
  private static let mostSteps = 34
}

/// The log-likelihood of choices with its slopes; prices are in units of `scale`.
private struct LogitLikelihood {
  let choices: [LogitEstimate.Choice]
  let places: [Int?]
  let count: Int
  let scale: Double
  private(set) var value = 0.0
  private(set) var gradient: [Double]
  /// Minus the matrix of second derivatives, row by row.
  private var information: [Double]

  init(_ choices: [LogitEstimate.Choice], places: [Int?], count: Int, scale: Double) {
    (self.choices, self.places, self.count, self.scale) = (choices, places, count, scale)
    gradient = [Double](repeating: 0, count: count)
    information = [Double](repeating: 0, count: count * count)
  }

  @discardableResult
  mutating func evaluate(at coefficients: [Double], hasSlopes: Bool) throws -> Double {
    value = 0
    for i in gradient.indices { gradient[i] = 0 }
    for i in information.indices { information[i] = 0 }
    for choice in choices {
      let utilities = choice.options.map { option -> Double in
        guard let product = option.product else { return 0 }
        return (places[product].map { coefficients[$0] } ?? 0) + coefficients[count - 1] * option.price / scale
      }
      let highest = utilities.max() ?? 0
      let weights = utilities.map { exp($0 - highest) }
      let total = weights.reduce(0, +)
      value += choice.count * (utilities[choice.chosen] - highest - log(total))
      guard hasSlopes else { continue }
      var mean = [Double](repeating: 0, count: count)
      for (place, option) in choice.options.enumerated() {
        guard let product = option.product else { continue }
        let share = weights[place] / total
        let price = option.price / scale
        let constant = places[product]
        if let constant {
          mean[constant] += share
          information[constant * count + constant] += choice.count * share
          information[constant * count + count - 1] += choice.count * share * price
          information[(count - 1) * count + constant] += choice.count * share * price
        }
        mean[count - 1] += share * price
        information[count * count - 1] += choice.count * share * price * price
        if place == choice.chosen {
          if let constant { gradient[constant] += choice.count }
          gradient[count - 1] += choice.count * price
        }
      }
      for i in 0..<count {
        gradient[i] -= choice.count * mean[i]
        for j in 0..<count { information[i * count + j] -= choice.count * mean[i] * mean[j] }
      }
    }
    return value
  }

  /// The Newton step.
  mutating func step(from coefficients: [Double]) throws -> [Double] {
    try evaluate(at: coefficients, hasSlopes: true)
    return try solve(gradient)
  }

  mutating func standardErrors(at coefficients: [Double]) throws -> [Double] {
    try evaluate(at: coefficients, hasSlopes: true)
    return try (0..<count).map { place in
      try solve((0..<count).map { $0 == place ? 1 : 0 })[place].squareRoot()
    }
  }

  private func solve(_ right: [Double]) throws -> [Double] {
    // A matrix that is singular but for rounding tells nothing.
    let diagonal = (0..<count).map { information[$0 * count + $0].squareRoot() }
    let scaled = (0..<(count * count)).map { information[$0] / (diagonal[$0 / count] * diagonal[$0 % count]) }
    _ = try CholeskyFactor(
      of: (0..<count).map { row in (0..<count).map { scaled[row * count + $0] + ($0 == row ? -1e-11 : 0) } })
    return zip(try solveLinearSystem(scaled, right: zip(right, diagonal).map { $0 / $1 }), diagonal).map { $0 / $1 }
  }
}
