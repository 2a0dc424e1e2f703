/// A piece of work that is done again and again, and timed.
public protocol Work {
  /// Does the work once.
  ///
  /// - Returns: how much was done, in the unit of the work: customers, markets, periods.
  mutating func run() throws -> Double

  /// What the work came to, for comparison with its peers. Not timed.
  mutating func results() throws -> [Double]
}

/// The works by name, as `compare`, `guard` and the benchmarks ask for them.
public enum Works {
  /// Every name.
  public static let names =
    Draws.names.map { "draws-\($0)" } + [
      "mixed-logit", "sampled-choice", "sampled-choice-two", "bundle", "bundle-choice",
      "bundle-optimum", "equilibrium", "q-learning",
    ]

  /// A work of some size: customers, markets, or sessions of learning.
  ///
  /// - Throws: `UnknownWork` for a name that is not in ``names``; what the work throws.
  public static func work(_ name: String, size: Int) throws -> any Work {
    switch name {
    case _ where name.hasPrefix("draws-"): try Draws(String(name.dropFirst(6)), customers: size)
    case "mixed-logit": try MixedLogit(customers: size)
    case "sampled-choice": try SampledChoice(customers: size, candidates: 1)
    case "sampled-choice-two": try SampledChoice(customers: size, candidates: 2)
    case "bundle": try BundleEvaluation(customers: size)
    case "bundle-choice": try BundleChoice(customers: size)
    case "bundle-optimum": try BundleOptimum(customers: size)
    case "equilibrium": try Equilibrium(markets: size)
    case "q-learning": try QLearning(sessions: size)
    default: throw UnknownWork(name: name)
    }
  }
}

/// A work that does not exist.
public struct UnknownWork: Error, CustomStringConvertible {
  let name: String
  /// What was asked for, and what there is.
  public var description: String { "no work is called \(name); there are \(Works.names.joined(separator: ", "))" }
}
