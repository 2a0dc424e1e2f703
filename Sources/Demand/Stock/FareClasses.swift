import Foundation
import GSL

/// Demand for one fare class: how many would book it.
public enum ClassDemand: Sendable, Hashable {
  /// Normal with this mean and standard deviation, as the classic rules of booking limits take it; a deviation of 0 means
  /// that it is known.
  case normal(mean: Double, deviation: Double)
  /// Whole numbers from 0 on with these probabilities, which sum to 1.
  case counts([Double])

  /// Poisson with this mean, at most 1e6.
  case poisson(mean: Double)

  /// The mean.
  public var mean: Double {
    switch self {
    case .normal(let mean, _), .poisson(let mean): mean
    case .counts(let probabilities): probabilities.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    }
  }

  func check() throws {
    switch self {
    case .normal(let mean, let deviation):
      guard mean.isFinite, mean >= 0, deviation.isFinite, deviation >= 0 else {
        throw DemandError(
          "demand of a class has mean \(mean) and deviation \(deviation); both are finite and at least 0")
      }
    case .poisson(let mean):
      guard mean >= 0, mean <= 1e6 else { throw DemandError("mean demand of a class is \(mean); it is 0 to 1e6") }
    case .counts(let probabilities):
      let total = probabilities.reduce(0, +)
      guard probabilities.allSatisfy({ $0 >= 0 }), abs(total - 1) < 1e-9 else {
        throw DemandError("the probabilities of a class's demand sum to \(total); they are at least 0 and sum to 1")
      }
    }
  }

  /// The units to keep for this demand where one sold for certain brings a share of what one of these brings: by
  /// Littlewood's rule the least y with P(D > y) <= share, which is 0 if even the first unit is not worth keeping.
  func protection(share: Double) throws -> Double {
    switch self {
    case .normal(let mean, let deviation):
      guard share < 1 else { return 0 }
      guard share > 0 else { return .infinity }
      guard deviation > 0 else { return mean }
      return max(0, mean - deviation * (try Normal().quantile(share)))
    case .poisson(let mean):
      guard share < 1 else { return 0 }
      return share > 0 ? Double(try Poisson(mean: mean).quantile(1 - share)) : .infinity
    case .counts(let probabilities):
      var left = probabilities.reduce(0, +)
      for (count, probability) in probabilities.enumerated() {
        left -= probability
        if left <= share { return Double(count) }
      }
      return Double(max(0, probabilities.count - 1))
    }
  }

  /// Demand for two classes together; of different kinds, by their means and variances as if normal.
  static func + (left: ClassDemand, right: ClassDemand) -> ClassDemand {
    switch (left, right) {
    case (.poisson(let mean), .poisson(let other)): return .poisson(mean: mean + other)
    case (.counts(let a), .counts(let b)):
      var sum = [Double](repeating: 0, count: max(0, a.count + b.count - 1))
      for (i, p) in a.enumerated() where p > 0 {
        for (j, q) in b.enumerated() { sum[i + j] += p * q }
      }
      return .counts(sum)
    default:
      return .normal(mean: left.mean + right.mean, deviation: (left.variance + right.variance).squareRoot())
    }
  }

  private var variance: Double {
    switch self {
    case .normal(_, let deviation): return deviation * deviation
    case .poisson(let mean): return mean
    case .counts(let probabilities):
      let mean = mean
      return probabilities.enumerated().reduce(0) { $0 + pow(Double($1.offset) - mean, 2) * $1.element }
    }
  }
}

/// Classes that are sold from one capacity, the dearest first, and how many units each rule keeps from the cheaper ones.
///
/// Cheaper classes are taken to book before dearer ones, and nobody who is refused books another class. The answer of a rule
/// is a list of *nested protection levels*: the j-th says how many units are kept for the classes 1...j together, so
/// that class j + 1 is sold while more than that are left; the booking limit of class j + 1 is capacity less it. Fares are
/// over what a unit costs.
///
/// Verified against published levels for four classes (Brumelle & McGill 1993 and the EMSR rules of Belobaba), against a
/// lattice programme, and among themselves: for two classes all rules are Littlewood's (`FareClassesTests`).
public struct FareClasses: Sendable, Hashable {
  /// What a unit earns in each class, falling, in money.
  public let fares: [Double]
  /// Demand for each class.
  public let demands: [ClassDemand]

  /// Classes.
  ///
  /// - Throws: ``DemandError`` unless there is a class, fares are finite, above 0 and do not rise, and demands are as
  ///   ``ClassDemand`` says, one for each fare.
  public init(fares: [Double], demands: [ClassDemand]) throws {
    guard !fares.isEmpty, fares.count == demands.count else {
      throw DemandError("\(fares.count) fares and \(demands.count) demands; each class has one of each")
    }
    guard fares.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw DemandError("fares are \(fares); they are finite and above 0")
    }
    for (dear, cheap) in zip(fares, fares.dropFirst()) where cheap > dear {
      throw DemandError("a fare of \(cheap) follows one of \(dear); fares have to fall")
    }
    for demand in demands { try demand.check() }
    (self.fares, self.demands) = (fares, demands)
  }

  /// Littlewood's rule (1972, AGIFORS Symposium Proceedings 12), exact for two classes: keep y_1 units with
  /// P(D_1 > y_1) = f_2 / f_1.
  ///
  /// - Throws: ``DemandError`` for more than two classes.
  public func littlewood() throws -> [Double] {
    guard fares.count <= 2 else { throw DemandError("Littlewood's rule is for two classes; there are \(fares.count)") }
    return try emsrA()
  }

  /// EMSR-a (Belobaba 1987; Talluri & van Ryzin 2004, section 2.2.4.1): what Littlewood's rule keeps from class j + 1 for
  /// each dearer class alone, added up.
  ///
  /// - Throws: `GSLError` where quantiles fail.
  public func emsrA() throws -> [Double] {
    try (1..<max(1, fares.count)).map { next in
      try (0..<next).reduce(0) { try $0 + demands[$1].protection(share: fares[next] / fares[$1]) }
    }
  }

  /// EMSR-b (Belobaba 1992; Talluri & van Ryzin 2004, section 2.2.4.2): Littlewood's rule for the dearer classes together,
  /// at their fare weighted by mean demand.
  ///
  /// - Throws: `GSLError` where quantiles fail.
  public func emsrB() throws -> [Double] {
    var together: ClassDemand?
    var (revenue, mean) = (0.0, 0.0)
    return try (1..<max(1, fares.count)).map { next in
      let demand = demands[next - 1]
      let sum = together.map { $0 + demand } ?? demand
      together = sum
      revenue += fares[next - 1] * demand.mean
      mean += demand.mean
      return mean > 0 ? try sum.protection(share: fares[next] * mean / revenue) : 0
    }
  }
}
