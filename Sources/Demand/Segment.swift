import GSL

/// Where a segment's valuations come from.
public enum ValuationSource: Sendable, Hashable {
  /// One distribution for each product, joined by a Gaussian copula. `correlation` is the correlation matrix of the
  /// underlying normals (for normal valuations, of the valuations themselves); nil means independent.
  case distributions([Valuation], correlation: [[Double]]?)
  /// Surveyed respondents, one row each with a valuation for every product. A simulated customer is a whole row, so
  /// that whatever goes together in the survey goes together in the simulation.
  case respondents([[Double]])
  /// Utilities with coefficients that vary from customer to customer; the taste noise is then in units of utility.
  case utility(UtilityModel)
  /// Kinds of customers with known utilities, drawn by weight; the taste noise is then in units of utility.
  case agents([Agent])
}

/// Customers who are alike in how they value the products.
public struct Segment: Sendable, Hashable {
  /// The name, unique in a population.
  public let name: String
  /// The share of all customers, between 0 and 1.
  public internal(set) var share: Double
  /// What they would pay.
  public let valuations: ValuationSource
  /// The scale mu of the Gumbel taste noise on every alternative and, by a draw of its own, on buying nothing; in
  /// money (of utilities, in utility: 1 in the usual logit). 0 means that a customer follows the valuations alone.
  public let taste: Double
  /// Groups of products with noise in common; a product is in at most one.
  public let nests: [Nest]
  /// What products are worth together beyond their own worths; none of worth 0.
  public let synergies: [Synergy]
  /// How the worth of each product falls from unit to unit, by product; empty where nobody takes more than one unit.
  let usage: [UsageCurve?]
  /// Whether nobody takes more than one unit of a product.
  public var takesOneUnit: Bool { usage.isEmpty }
  /// The lower-triangular factor of the correlation matrix, row by row; nil if independent.
  let correlationFactor: [[Double]]?
  /// The distributions of valuations or of coefficients, ready to be drawn from; none for respondents and agents.
  let samplers: [ValuationSampler]
  /// How its customers compare prices with those that they remember; nil for not at all.
  public let referencePrice: ReferencePrice?
  /// How its customers weigh buying now against buying later; nil if they never wait.
  public let patience: Patience?
  /// The observable group that its customers belong to, by number; nil for none.
  public let group: Int?
  /// Factors on how many of them come, by period and again and again from the first; empty where they come like all
  /// customers.
  public internal(set) var profile: [Double]

  /// A segment of customers.
  ///
  /// - Parameters:
  ///   - synergies: what products of different categories are worth together.
  ///   - usage: for products of which customers may take several units, by number, how their worth falls.
  ///   - group: the observable group of all its customers, by number; see ``divided(among:)`` where only some are in one.
  ///   - profile: factors on how many of them come, none negative and not all 0.
  /// - Throws: ``DemandError`` for a share or taste that cannot be, a distribution that does not exist, correlations
  ///   that contradict each other, respondents whose rows have different lengths, an outlook that cannot be, or synergies
  ///   or units that make no sense.
  public init(
    name: String, share: Double, valuations: ValuationSource, taste: Double = 0, nests: [Nest] = [],
    referencePrice: ReferencePrice? = nil,
    patience: Patience? = nil,
    synergies: [Synergy] = [],
    usage: [Int: UsageCurve] = [:],
    group: Int? = nil, profile: [Double] = []
  ) throws {
    guard profile.allSatisfy({ $0.isFinite && $0 >= 0 }), profile.isEmpty || profile.contains(where: { $0 > 0 }) else {
      throw DemandError("segment \(name): factors of a profile are finite, none negative and not all 0")
    }
    guard share.isFinite, share > 0, share <= 1 else {
      throw DemandError("segment \(name): a share of \(share); a share is more than 0 and at most 1")
    }
    guard taste.isFinite, taste >= 0 else {
      throw DemandError("segment \(name): taste of \(taste); taste is 0 or more")
    }
    var factor: [[Double]]?
    var samplers: [ValuationSampler] = []
    switch valuations {
    case .distributions(let distributions, let correlation):
      for distribution in distributions { try distribution.check() }
      if let correlation { factor = try Self.factor(correlation, count: distributions.count, segment: name) }
      samplers = try distributions.map { try ValuationSampler($0, isCorrelated: correlation != nil) }
    case .respondents(let rows):
      guard let first = rows.first else { throw DemandError("segment \(name): a survey without respondents") }
      for (number, row) in rows.enumerated() {
        guard row.count == first.count, row.allSatisfy(\.isFinite) else {
          throw DemandError("segment \(name): respondent \(number + 1) lacks a finite value for some product")
        }
      }
    case .utility(let model):
      samplers = try model.distributions.map { try ValuationSampler($0, isCorrelated: false) }
      guard taste > 0 else {
        throw DemandError("segment \(name): utilities need noise; their taste is 1 unless stated, and never 0")
      }
    case .agents(let agents):
      guard let first = agents.first, agents.allSatisfy({ $0.utilities.count == first.utilities.count }) else {
        throw DemandError("segment \(name): each of its agents needs a utility for every product")
      }
    }
    try Self.check(nests, taste: taste, segment: name)
    self.name = name
    self.share = share
    self.valuations = valuations
    self.taste = taste
    self.nests = nests
    self.correlationFactor = factor
    self.samplers = samplers
    let productCount = Self.productCount(valuations)
    self.synergies = try Self.checked(synergies, productCount: productCount, segment: name)
    self.usage = try Self.checked(usage, productCount: productCount, segment: name)
    self.referencePrice = referencePrice
    self.patience = patience
    self.group = group
    self.profile = profile
    try checkOutlook()
  }

  private func checkOutlook() throws {
    try referencePrice?.check(productCount: productCount, segment: name)
    try patience?.check(segment: name)
  }

  private static func check(_ nests: [Nest], taste: Double, segment: String) throws {
    var seen: Set<Int> = []
    for nest in nests {
      guard nest.dissimilarity > 0, nest.dissimilarity <= 1 else {
        throw DemandError(
          "segment \(segment), nest \(nest.name): a dissimilarity of \(nest.dissimilarity); it is above 0 and at most 1"
        )
      }
      guard nest.products.allSatisfy({ seen.insert($0).inserted }) else {
        throw DemandError("segment \(segment), nest \(nest.name): a product is in two nests; it can be in one")
      }
    }
    guard nests.isEmpty || taste > 0 else {
      throw DemandError("segment \(segment): nests share taste noise, but there is none; give a taste")
    }
  }

  private static func factor(_ correlation: [[Double]], count: Int, segment: String) throws -> [[Double]] {
    guard correlation.count == count, correlation.allSatisfy({ $0.count == count }) else {
      throw DemandError("segment \(segment): the correlation matrix must have a row and a column for each product")
    }
    for (row, values) in correlation.enumerated() {
      for (column, value) in values.enumerated()
      where !value.isFinite || abs(value) > 1 || value != correlation[column][row] || (row == column && value != 1) {
        throw DemandError(
          "segment \(segment): a correlation of \(value); correlations lie between -1 and 1, are the same both ways, "
            + "and are 1 of a product with itself")
      }
    }
    do {
      return try CholeskyFactor(of: correlation).lower
    } catch {
      throw DemandError(
        "segment \(segment): these correlations contradict each other (the matrix is not positive definite)"
          + contradiction(correlation))
    }
  }

  /// The smallest set of products, by number from 1, whose correlations already contradict each other.
  private static func contradiction(_ correlation: [[Double]]) -> String {
    // The leading minor that fails first names the product that does not fit to those before it.
    let last = correlation.indices.first { size in
      (try? CholeskyFactor(of: (0...size).map { row in (0...size).map { correlation[row][$0] } })) == nil
    }
    guard let last else { return "" }
    for first in 0..<last {
      for second in (first + 1)..<max(first + 1, last) {
        let rows = [first, second, last]
        guard (try? CholeskyFactor(of: rows.map { row in rows.map { correlation[row][$0] } })) == nil else { continue }
        return ": \(correlation[first][second]) between products \(first + 1) and \(second + 1), "
          + "\(correlation[first][last]) between \(first + 1) and \(last + 1), and "
          + "\(correlation[second][last]) between \(second + 1) and \(last + 1) cannot all hold"
      }
    }
    return "; those of product \(last + 1) do not go with those of the products before it"
  }

  /// The scale of the taste noise in money; where price sensitivity varies, that of the least sensitive customers, but
  /// for one in a thousand.
  var tasteInMoney: Double {
    switch valuations {
    case .distributions, .respondents: return taste
    case .utility(let model):
      let lowest = (try? model.priceSensitivity.quantile(1e-3)) ?? model.priceSensitivity.mean
      return taste / max(lowest, 1e-3 * model.priceSensitivity.mean)
    case .agents(let agents): return taste / (agents.map(\.priceSensitivity).min() ?? 1)
    }
  }

  /// The nest of a product, if it is in one that matters.
  func nest(ofProduct product: Int) -> Int? {
    nests.firstIndex { $0.dissimilarity < 1 && $0.products.contains(product) }
  }

  /// How many products the valuations cover.
  public var productCount: Int { Self.productCount(valuations) }

  private static func productCount(_ valuations: ValuationSource) -> Int {
    switch valuations {
    case .distributions(let distributions, _): distributions.count
    case .respondents(let rows): rows.first?.count ?? 0
    case .utility(let model): model.meanUtilities.count
    case .agents(let agents): agents.first?.utilities.count ?? 0
    }
  }

  /// The mean valuation of each product, in money; of random utilities, at the mean coefficients.
  public var meanValuations: [Double] {
    switch valuations {
    case .distributions(let distributions, _): return distributions.map(\.mean)
    case .respondents(let rows):
      return (0..<productCount).map { product in rows.reduce(0) { $0 + $1[product] } / Double(rows.count) }
    case .utility(let model):
      let coefficients = model.coefficients.map(\.mean)
      return (0..<productCount).map {
        model.utility(of: $0, coefficients: coefficients) / model.priceSensitivity.mean
      }
    case .agents(let agents):
      let weight = agents.reduce(0) { $0 + $1.weight }
      return (0..<productCount).map { product in
        agents.reduce(0) { $0 + $1.weight * $1.utilities[product] / $1.priceSensitivity } / weight
      }
    }
  }
}

/// All customers of a market: segments and what they choose from.
public struct Population: Sendable, Hashable {
  /// The segments; their shares sum to 1. A segment of whom some are in a group stands here in parts of the same name.
  public internal(set) var segments: [Segment]
  /// Names of the observable groups.
  public let groups: [String]
  /// The names of the segments, each once.
  public let segmentNames: [String]
  /// The place among ``segmentNames`` of each of ``segments``.
  public let segmentNumbers: [Int]
  /// What they choose from.
  public let assortment: Assortment
  /// The categories that each segment's synergies link.
  let synergyGroups: [[SynergyGroup]]

  /// Customers in segments.
  ///
  /// - Throws: ``DemandError`` unless the shares sum to 1 (within 1e-9), names differ (but for parts of a segment that are
  ///   in different groups), every segment values every product, and synergies are of products of different categories.
  public init(segments: [Segment], assortment: Assortment, groups: [String] = []) throws {
    guard !segments.isEmpty else { throw DemandError("a market needs at least one segment of customers") }
    try Self.checkShares(segments.map(\.share))
    var names: [String] = []
    for (index, segment) in segments.enumerated() {
      if !names.contains(segment.name) { names.append(segment.name) }
      guard !segments[..<index].contains(where: { $0.name == segment.name && $0.group == segment.group }) else {
        throw DemandError("two segments have the same name")
      }
      guard segment.group.map(groups.indices.contains) ?? true else {
        throw DemandError("segment \(segment.name): group number \(segment.group ?? 0) is unknown")
      }
    }
    for segment in segments where segment.productCount != assortment.products.count {
      throw DemandError(
        "segment \(segment.name) values \(segment.productCount) products; the market has \(assortment.products.count)")
    }
    for segment in segments {
      for nest in segment.nests {
        let categories = Set(
          nest.products.map { assortment.products.indices.contains($0) ? assortment.products[$0].category : -1 })
        guard categories.count == 1, !categories.contains(-1) else {
          throw DemandError(
            "segment \(segment.name), nest \(nest.name): the products of a nest are substitutes of one category")
        }
      }
    }
    self.segments = segments
    self.groups = groups
    segmentNames = names
    segmentNumbers = segments.map { segment in names.firstIndex(of: segment.name) ?? 0 }
    self.assortment = assortment
    synergyGroups = try segments.map { try SynergyGroup.groups(of: $0, in: assortment) }
  }

  /// - Throws: ``DemandError`` unless the shares sum to 1 (within 1e-9).
  public static func checkShares(_ shares: [Double]) throws {
    let total = shares.reduce(0, +)
    guard abs(total - 1) < 1e-9 else {
      let percent = (total * 1e10).rounded() / 1e8
      throw DemandError("the shares of the segments sum to \(percent)%; they must sum to 100%")
    }
  }
}
