import Foundation

/// Utilities as discrete-choice models state them, with coefficients that vary from customer to customer (mixed logit:
/// McFadden & Train 2000; Train 2009, Discrete Choice Methods with Simulation, chapter 6).
///
/// Customer i has for product j the utility
///
///     u = mean utility of j + sum over attributes of coefficient x level - sensitivity x price + noise,
///
/// where buying nothing has mean utility 0. Dividing by the price sensitivity, which is positive, turns it into money:
/// (utility without price) / sensitivity is what the customer would pay.
public struct UtilityModel: Sendable, Hashable {
  /// The mean utility of each product, without the part of attributes and price.
  public let meanUtilities: [Double]
  /// The level of each attribute, by attribute and then by product.
  public let attributes: [[Double]]
  /// How the coefficient of each attribute is spread over customers.
  public let coefficients: [Valuation]
  /// How the price sensitivity (minus the price coefficient, utility per unit of money) is spread over customers. Where
  /// its density at 0 is positive (exponential, uniform from 0), 1 / sensitivity, and with it consumer surplus in money,
  /// has no mean: choices are right, surplus is then a number without meaning.
  public let priceSensitivity: Valuation

  /// Utilities.
  ///
  /// - Throws: ``DemandError`` for a price sensitivity that could be 0 or negative, coefficients that do not exist,
  ///   levels that do not cover the products.
  public init(
    meanUtilities: [Double], attributes: [[Double]] = [], coefficients: [Valuation] = [], priceSensitivity: Valuation
  ) throws {
    try priceSensitivity.check()
    let lowest = priceSensitivity.support.lowerBound
    let isPositive = if case .fixed = priceSensitivity { lowest > 0 } else { lowest >= 0 }
    guard isPositive else {
      throw DemandError(
        "a price sensitivity of \(priceSensitivity.words) can be 0 or negative: some customers would rather pay more; "
          + "choose a distribution of positive numbers, such as log-normal or truncated-normal")
    }
    for coefficient in coefficients { try coefficient.check() }
    guard coefficients.count == attributes.count, attributes.allSatisfy({ $0.count == meanUtilities.count }),
      meanUtilities.allSatisfy(\.isFinite), attributes.joined().allSatisfy(\.isFinite)
    else {
      throw DemandError("every attribute needs a coefficient, and a finite level for each product")
    }
    self.meanUtilities = meanUtilities
    self.attributes = attributes
    self.coefficients = coefficients
    self.priceSensitivity = priceSensitivity
  }

  /// The distributions of everything that varies: the coefficients of the attributes, then the price sensitivity.
  var distributions: [Valuation] { coefficients + [priceSensitivity] }

  /// The utility of a product before price for a customer with these coefficients.
  func utility(of product: Int, coefficients: [Double]) -> Double {
    var utility = meanUtilities[product]
    for attribute in attributes.indices { utility += coefficients[attribute] * attributes[attribute][product] }
    return utility
  }

  /// By how much at most utilities change against each other and against buying nothing, for customers who hesitate,
  /// when one of ``distributions`` goes from one normal score to another: how fine an integral has to be.
  func change(of quantity: Int, from: Double, to: Double, among products: [Int]) throws -> Double {
    let (low, high) = (
      try distributions[quantity].value(normalScore: from), try distributions[quantity].value(normalScore: to)
    )
    guard quantity == attributes.count else {
      let levels = products.map { attributes[quantity][$0] } + [0]
      return abs(high - low) * ((levels.max() ?? 0) - (levels.min() ?? 0))
    }
    // Who hesitates has sensitivity x price near the utility, so that the change is relative.
    let means = coefficients.map(\.mean)
    let largest = products.reduce(0.0) { largest, product in
      let spread = attributes.indices.reduce(0.0) {
        $0 + 2 * abs(attributes[$1][product]) * coefficients[$1].variance.squareRoot()
      }
      return max(largest, abs(utility(of: product, coefficients: means)) + spread)
    }
    return largest * abs(log(high / max(low, .leastNormalMagnitude)))
  }
}

/// A customer, or a kind of customer, with known utilities: a respondent of a choice-based conjoint, a latent class, an
/// integration node of an estimated model.
public struct Agent: Sendable, Hashable {
  /// How many customers it stands for, relative to the other agents.
  public let weight: Double
  /// The utility of each product before price; buying nothing has 0.
  public let utilities: [Double]
  /// Utility per unit of money; positive.
  public let priceSensitivity: Double

  /// A kind of customer.
  ///
  /// - Throws: ``DemandError`` for a weight or price sensitivity that is not positive, or a utility that is not finite.
  public init(weight: Double = 1, utilities: [Double], priceSensitivity: Double) throws {
    guard weight.isFinite, weight > 0 else { throw DemandError("a weight of \(weight); a weight is more than 0") }
    guard priceSensitivity.isFinite, priceSensitivity > 0 else {
      throw DemandError(
        "a price sensitivity of \(priceSensitivity) (minus the price coefficient); it must be more than 0")
    }
    guard utilities.allSatisfy(\.isFinite) else { throw DemandError("a utility that is not a finite number") }
    self.weight = weight
    self.utilities = utilities
    self.priceSensitivity = priceSensitivity
  }

  /// What the agent would pay for each product, in money.
  var valuations: [Double] { utilities.map { $0 / priceSensitivity } }
}

/// Products that are closer substitutes for each other than for others of their category (nested logit: McFadden 1978;
/// Train 2009, chapter 4).
public struct Nest: Sendable, Hashable {
  /// The name.
  public let name: String
  /// The products in it, all of one category.
  public let products: [Int]
  /// The dissimilarity lambda, above 0 and at most 1: 1 is no nest at all; near 0 the products differ by price only. In
  /// terms of the correlation of noise inside the nest it is the square root of 1 - correlation.
  public let dissimilarity: Double

  /// A nest.
  public init(name: String, products: [Int], dissimilarity: Double) {
    self.name = name
    self.products = products
    self.dissimilarity = dissimilarity
  }

  /// The noise that the products have in common, from two uniforms: lambda times the logarithm of a positive stable
  /// variable of index lambda (Kanter 1975, Annals of Probability 3), which makes lambda x Gumbel noise of each product's
  /// own into the generalised extreme value distribution of the nested logit. Verified by shares (`NestedLogitTests`).
  func commonNoise(_ first: Double, _ second: Double) -> Double {
    guard dissimilarity < 1 else { return 0 }
    let angle = Double.pi * first
    let rest = 1 - dissimilarity
    return dissimilarity * log(sin(dissimilarity * angle)) - log(sin(angle))
      + rest * (log(sin(rest * angle)) - log(-log(second)))
  }
}
