import Demand
import Foundation

/// Whether two numbers agree to a relative tolerance (or an absolute one, for numbers near zero).
func isClose(_ a: Double, _ b: Double, relative: Double = 0, absolute: Double = 0) -> Bool {
  a == b || (a.isFinite && b.isFinite && abs(a - b) <= max(relative * max(abs(a), abs(b)), absolute))
}

/// A small generator for random test inputs (SplitMix64: Steele, Lea & Flood 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// All kinds of valuation, in several shapes; those whose densities or higher moments are not finite have tests of their
/// own.
let everyKind: [Valuation] = [
  .fixed(7), .normal(mean: 20, standardDeviation: 4), .normal(mean: -1, standardDeviation: 3),
  .logNormal(mean: 10, standardDeviation: 4), .logNormal(mean: 3, standardDeviation: 6),
  .uniform(low: 0, high: 1), .uniform(low: -3, high: 9), .exponential(mean: 12),
  .gumbel(location: 10, scale: 2), .gumbel(location: -1, scale: 0.5),
  .pareto(minimum: 5, elasticity: 4.5), .logistic(location: 12, scale: 2), .weibull(shape: 1.5, scale: 10),
  .gamma(shape: 2.5, scale: 4), .beta(alpha: 2, beta: 3, low: 10, high: 50), .triangular(low: 2, mode: 5, high: 11),
  .truncatedNormal(mean: 5, standardDeviation: 4), .truncatedNormal(mean: -6, standardDeviation: 4),
  .mixture([
    .init(share: 0.25, valuation: .normal(mean: 5, standardDeviation: 1)),
    .init(share: 0.75, valuation: .gamma(shape: 6, scale: 2)),
  ]),
]

/// Those of ``everyKind`` with a spread.
let everySpreadKind = everyKind.filter { $0.variance > 0 }

/// An assortment of which source `s` sells the products `sources[s]`; product `p` is of category `categories[p]`.
func assortment(
  categories: [Int], sources: [[Int]], hasOutsideOption: Bool = true
) throws -> Assortment {
  try Assortment(
    categories: (0...(categories.max() ?? 0)).map { "category \($0)" },
    products: categories.enumerated().map { Product(name: "product \($0)", category: $1) }, sources: sources,
    hasOutsideOption: hasOutsideOption)
}

/// One segment that values products in these categories, all sold by one source.
func monopoly(
  _ valuations: [Valuation], categories: [Int]? = nil, correlation: [[Double]]? = nil, taste: Double = 0
) throws -> Population {
  let segment = try Segment(
    name: "all", share: 1, valuations: .distributions(valuations, correlation: correlation), taste: taste)
  return try Population(
    segments: [segment],
    assortment: assortment(
      categories: categories ?? Array(valuations.indices), sources: [Array(valuations.indices)]))
}

/// A matrix with ones on its diagonal and `value` elsewhere.
func equicorrelation(_ count: Int, _ value: Double) -> [[Double]] {
  (0..<count).map { row in (0..<count).map { $0 == row ? 1 : value } }
}

/// What many sampled customers do.
struct SampledMarket {
  var units: [Double]
  var surplus = 0.0
  var squaredSurplus = 0.0
  let count: Int

  /// Lets `count` customers choose.
  init(_ population: Population, _ menu: Menu, count: Int, seed: UInt64) {
    self.count = count
    units = [Double](repeating: 0, count: menu.singlePrices.count + menu.bundles.count)
    var block = CustomerBlock(population)
    let choice = BlockChoice(population.assortment)
    let key = DrawKey(seed: seed, replication: 0, purpose: .customers)
    var first = 0
    while first < count {
      block.draw(key, first: first, count: min(CustomerBlock.capacity, count - first))
      choice.choose(block, from: menu)
      choice.tally(menu, lanes: 0..<block.count, into: &units)
      for lane in 0..<block.count {
        let surplus = choice.surplus(lane: lane)
        self.surplus += surplus
        squaredSurplus += surplus * surplus
      }
      first += block.count
    }
  }

  /// The mean surplus and its standard error.
  var meanSurplus: (mean: Double, standardError: Double) {
    let mean = surplus / Double(count)
    return (mean, ((squaredSurplus / Double(count) - mean * mean) / Double(count)).squareRoot())
  }
}

/// The valuation of one alternative for the first `count` customers, in order of arrival.
func sampledValues(
  _ population: Population, alternative: Int = 0, count: Int, seed: UInt64 = 1, period: UInt32 = 0
) -> [Double] {
  var block = CustomerBlock(population)
  let key = DrawKey(seed: seed, replication: 0, purpose: .customers, period: period)
  var values: [Double] = []
  values.reserveCapacity(count)
  while values.count < count {
    block.draw(key, first: values.count, count: min(CustomerBlock.capacity, count - values.count))
    for arrival in 0..<block.count {
      values.append(block.value(ofAlternative: alternative, lane: block.lane(ofArrival: arrival)))
    }
  }
  return values
}

/// The mean and variance of a sample.
func moments(_ sample: [Double]) -> (mean: Double, variance: Double) {
  let count = Double(sample.count)
  let mean = sample.reduce(0, +) / count
  return (mean, sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1))
}

/// Pearson's correlation of two samples.
func correlation(_ first: [Double], _ second: [Double]) -> Double {
  let (one, two) = (moments(first), moments(second))
  let covariance =
    zip(first, second).reduce(0) { $0 + ($1.0 - one.mean) * ($1.1 - two.mean) } / Double(first.count - 1)
  return covariance / (one.variance * two.variance).squareRoot()
}

/// Kolmogorov and Smirnov's distance between a sample and a continuous distribution function.
func kolmogorovDistance(_ sample: [Double], _ cdf: (Double) -> Double) -> Double {
  let count = Double(sample.count)
  return sample.sorted().enumerated().reduce(0.0) { distance, pair in
    let expected = cdf(pair.element)
    return max(distance, expected - Double(pair.offset) / count, Double(pair.offset + 1) / count - expected)
  }
}

/// The distance that a sample of the right distribution exceeds with a probability of 0.001 (asymptotically).
func kolmogorovLimit(_ count: Int) -> Double { 1.9495 / Double(count).squareRoot() }

/// The sentence of the ``DemandError`` that `work` throws, or what happened instead.
func refusal<Result>(_ work: () throws -> Result) -> String {
  do {
    _ = try work()
    return "(accepted)"
  } catch let error as DemandError {
    return error.description
  } catch {
    return "(another error) \(error)"
  }
}
