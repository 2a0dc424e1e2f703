import Foundation
import GSL

/// Quasi-random customers of one segment for the integrals that quadrature cannot reach: Sobol points, centred in their
/// cells, sent through the inverse distribution functions.
struct ValuationSample: Sendable {
  let count: Int
  /// The alternatives whose last piece of randomness is left to be integrated in closed form; empty if none is.
  let pivotAlternatives: [Int]
  private let columns: [Int: Int]
  /// Valuations column by column.
  private(set) var values: [Double]
  /// The product whose own valuation is the pivot; nil where the pivot is taste noise, or there is none.
  let pivotProduct: Int?
  /// Valuations of the products without taste, and what a unit of utility is worth, where customers may take several
  /// units.
  private var valuations: [Int: [Double]] = [:]
  private(set) var money: [Double] = []
  private let pivotDistribution: Valuation?
  private var pivotScores: [Double] = []
  private let pivotDeviation: Double
  /// What the sample's mean surplus misses because it holds too few, or none, of the very highest valuations.
  let tailSurplus: Double
  /// The scale of the pivot's noise of each customer where it is taste; else empty.
  private var pivotScales: [Double] = []

  /// Draws `count` customers.
  ///
  /// - Parameters:
  ///   - isLinked: whether bundles link several categories, so that taste noise has to be drawn too.
  ///   - pivot: the product to be left open; by default the one of the widest spread.
  /// - Throws: `GSLError` where more than 40 quantities are uncertain at once.
  init(
    _ segment: Segment, products: [Int], alternatives: [Int], assortment: Assortment, isLinked: Bool, count: Int,
    pivot: Int? = nil
  ) throws {
    self.count = count
    columns = Dictionary(uniqueKeysWithValues: alternatives.enumerated().map { ($1, $0) })
    values = [Double](repeating: 0, count: count * alternatives.count)
    let categories = Set(alternatives.map(assortment.category(ofAlternative:))).sorted()
    let drawsTaste = isLinked && segment.taste > 0
    var uncertain: [Int] = []
    var pivotProduct: Int?
    if case .distributions(let distributions, let correlation) = segment.valuations {
      uncertain = products.filter { if case .fixed = distributions[$0] { false } else { true } }
      if segment.taste == 0 {
        pivotProduct =
          pivot
          ?? uncertain.filter { correlation == nil || distributions[$0].hasConditional }
          .max { distributions[$0].variance < distributions[$1].variance }
      }
    }
    let others = uncertain.filter { $0 != pivotProduct }
    let kinds =
      switch segment.valuations {
      case .respondents, .agents: 1
      case .utility(let model): model.distributions.count
      case .distributions: 0
      }
    let nestByColumn = alternatives.map { segment.nest(ofProduct: assortment.alternatives[$0]) }
    let tasteStart = others.count + kinds
    let outsideStart = tasteStart + (drawsTaste ? alternatives.count - 1 : 0)
    let nestStart = outsideStart + (drawsTaste && assortment.hasOutsideOption ? categories.count : 0)
    let dimensions = nestStart + (drawsTaste ? 2 * segment.nests.count : 0)
    self.pivotProduct = pivotProduct
    if !segment.usage.isEmpty {
      for product in products { valuations[product] = [Double](repeating: 0, count: count) }
    }
    var points = try CentredSobol(dimensions: max(1, dimensions), count: count)
    let map = try ValuationMap(segment, order: others + [pivotProduct].compactMap { $0 })

    var tails = try HeavyTails(segment, products: others)
    for customer in 0..<count {
      let point = try points.next()
      let (drawn, money) = try map.valuations(
        point, known: others.count, score: &pivotScores, hasPivot: pivotProduct != nil)
      tails.add(weight: 1 / Double(count)) { drawn[$0] }
      let taste = segment.taste * money
      if !segment.usage.isEmpty {
        for product in products where product != pivotProduct {
          valuations[product]?[customer] = drawn[product] * money
        }
        self.money.append(money)
      }
      for (column, alternative) in alternatives.enumerated() {
        let product = assortment.alternatives[alternative]
        var value = product == pivotProduct ? 0 : drawn[product] * money
        if drawsTaste {
          let nest = nestByColumn[column].map { segment.nests[$0] }
          let own = nest?.dissimilarity ?? 1
          // The first alternative's own noise is the pivot.
          if column > 0 {
            value -= taste * own * log(-log(point[tasteStart + column - 1]))
          } else {
            pivotScales.append(taste * own)
          }
          if let nest, let number = nestByColumn[column] {
            value += taste * nest.commonNoise(point[nestStart + 2 * number], point[nestStart + 2 * number + 1])
          }
          if assortment.hasOutsideOption,
            let category = categories.firstIndex(of: assortment.category(ofAlternative: alternative))
          {
            value += taste * log(-log(point[outsideStart + category]))
          }
        }
        values[column * count + customer] = value
      }
    }
    tailSurplus = tails.missing { _ in true }
    if drawsTaste {
      pivotAlternatives = Array(alternatives.prefix(1))
      pivotDistribution = nil
      pivotDeviation = 1
      pivotScores = []
    } else if let pivotProduct, case .distributions(let distributions, _) = segment.valuations {
      pivotAlternatives = alternatives.filter { assortment.alternatives[$0] == pivotProduct }
      pivotDistribution = distributions[pivotProduct]
      pivotDeviation = map.lastDeviation
    } else {
      pivotAlternatives = []
      pivotDistribution = nil
      pivotDeviation = 1
    }
  }

  /// Where an alternative stands in a customer's row; nil if it was not drawn.
  func column(ofAlternative alternative: Int) -> Int? { columns[alternative] }

  /// What a customer would pay for the alternative in a column, without the pivot's part.
  func value(column: Int, customer: Int) -> Double { values[column * count + customer] }

  /// What a customer values a product at, without taste; 0 for the pivot. Known where customers may take several units.
  func valuation(product: Int, customer: Int) -> Double { valuations[product]?[customer] ?? 0 }

  /// The density of the pivot at a value given everything else about the customer, for pivots of any kind.
  func pivotDensity(customer: Int, at value: Double) -> Double? {
    guard !pivotScores.isEmpty else { return pivotDistribution?.density(at: value) }
    return try? pivotDistribution?.density(
      at: value, scoreMean: pivotScores[customer], scoreDeviation: pivotDeviation)
  }

  /// The distribution of the pivot given everything else about the customer.
  func pivot(customer: Int) -> Valuation? {
    if !pivotScales.isEmpty { return .gumbel(location: 0, scale: pivotScales[customer]) }
    guard !pivotScores.isEmpty else { return pivotDistribution }
    return pivotDistribution?.conditional(scoreMean: pivotScores[customer], scoreDeviation: pivotDeviation)
  }
}

/// Sobol points with the origin, moved to the centres of their cells, so that none lies on the boundary.
struct CentredSobol: ~Copyable {
  private var sequence: SobolSequence
  private let dimensions: Int
  private let shift: Double
  private var isFirst = true

  init(dimensions: Int, count: Int) throws {
    sequence = try SobolSequence(dimensions: dimensions)
    self.dimensions = dimensions
    shift = 0.5 / Double(count)
  }

  mutating func next() throws -> [Double] {
    defer { isFirst = false }
    let point = isFirst ? [Double](repeating: 0, count: dimensions) : try sequence.next()
    return point.map { min(1 - 1e-12, $0 + shift) }
  }
}

/// Sends uniforms to a segment's valuations, the products in a given order so that the last can be left open.
struct ValuationMap {
  private let segment: Segment
  private let order: [Int]
  private let factor: [[Double]]?
  private let means: [Double]
  /// The deviation of the last product's normal given the others; 1 if independent.
  let lastDeviation: Double

  init(_ segment: Segment, order: [Int]) throws {
    self.segment = segment
    self.order = order
    means = segment.meanValuations
    if let correlation = segment.correlation {
      factor = try CholeskyFactor(of: order.map { row in order.map { correlation[row][$0] } }).lower
    } else {
      factor = nil
    }
    lastDeviation = factor?.last?.last ?? 1
  }

  /// Valuations, or utilities, by product, with what a unit of them is worth in money; products outside the order have
  /// their mean. With a pivot, its conditional normal mean given the first `known` products is appended to `score`.
  func valuations(
    _ point: [Double], known: Int, score: inout [Double], hasPivot: Bool
  ) throws -> (values: [Double], money: Double) {
    var drawn = means
    switch segment.valuations {
    case .respondents(let rows):
      return (rows[min(rows.count - 1, Int(point[0] * Double(rows.count)))], 1)
    case .agents(let agents):
      var remaining = point[0] * agents.reduce(0) { $0 + $1.weight }
      let place = agents.firstIndex { agent in
        remaining -= agent.weight
        return remaining < 0
      }
      let agent = agents[place ?? agents.count - 1]
      return (agent.utilities, 1 / agent.priceSensitivity)
    case .utility(let model):
      let coefficients = try model.distributions.enumerated().map { try $1.quantile(point[$0]) }
      return (
        means.indices.map { model.utility(of: $0, coefficients: coefficients) },
        1 / coefficients[coefficients.count - 1]
      )
    case .distributions(let distributions, _):
      guard let factor else {
        for position in 0..<known {
          drawn[order[position]] = try distributions[order[position]].quantile(point[position])
        }
        return (drawn, 1)
      }
      let normals = try (0..<known).map { try Normal().quantile(point[$0]) }
      for position in 0..<known {
        let correlated = (0...position).reduce(0) { $0 + factor[position][$1] * normals[$1] }
        drawn[order[position]] = try segment.samplers[order[position]].value(normalScore: correlated)
      }
      if hasPivot, let last = factor.last { score.append((0..<known).reduce(0) { $0 + last[$1] * normals[$1] }) }
      return (drawn, 1)
    }
  }
}

extension ValuationSampler {
  /// The valuation whose underlying normal is `score`.
  func value(normalScore score: Double) throws -> Double {
    valuation.curve == nil ? try valuation.value(normalScore: score) : try value(score: score)
  }
}

extension Valuation {
  /// The valuation whose underlying normal is `score`, of the kinds without tables.
  func value(normalScore score: Double) throws -> Double {
    switch self {
    case .fixed(let value): return value
    case .normal(let mean, let deviation): return mean + deviation * score
    case .logNormal(let mean, let deviation):
      let moments = Self.logarithmicMoments(mean: mean, standardDeviation: deviation)
      return exp(moments.mean + moments.standardDeviation * score)
    // By the tail above, which keeps its digits where the probability below is nearly 1.
    case .exponential(let mean): return -mean * log(Self.normalTail(score))
    case .gumbel(let location, let scale): return location - scale * log(-log1p(-Self.normalTail(score)))
    default:
      return try quantile(min(1 - 1e-16, max(1e-300, 1 - Self.normalTail(score))))
    }
  }
}
