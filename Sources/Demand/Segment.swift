import GSL

/// Where a segment's valuations come from.
public enum ValuationSource: Sendable, Hashable {
  /// One distribution for each product, joined by a Gaussian copula. `correlation` is the correlation matrix of the
  /// underlying normals (for normal valuations, of the valuations themselves); nil means independent.
  case distributions([Valuation], correlation: [[Double]]?)
  /// Surveyed respondents, one row each with a valuation for every product. A simulated customer is a whole row, so
  /// that whatever goes together in the survey goes together in the simulation.
  case respondents([[Double]])
}

/// Customers who are alike in how they value the products.
public struct Segment: Sendable, Hashable {
  /// The name, unique in a population.
  public let name: String
  /// The share of all customers, between 0 and 1.
  public let share: Double
  /// What they would pay.
  public let valuations: ValuationSource
  /// The scale mu of the Gumbel taste noise on every alternative and, by a draw of its own, on buying nothing; in
  /// money. 0 means that a customer follows the valuations alone.
  public let taste: Double
  /// The lower-triangular factor of the correlation matrix, row by row; nil if independent.
  let correlationFactor: [[Double]]?

  /// A segment of customers.
  ///
  /// - Throws: ``DemandError`` for a share or taste that cannot be, a distribution that does not exist, correlations
  ///   that contradict each other, or respondents whose rows have different lengths.
  public init(name: String, share: Double, valuations: ValuationSource, taste: Double = 0) throws {
    guard share.isFinite, share > 0, share <= 1 else {
      throw DemandError("segment \(name): a share of \(share); a share is more than 0 and at most 1")
    }
    guard taste.isFinite, taste >= 0 else {
      throw DemandError("segment \(name): taste of \(taste); taste is 0 or more")
    }
    var factor: [[Double]]?
    switch valuations {
    case .distributions(let distributions, let correlation):
      for distribution in distributions { try distribution.check() }
      if let correlation { factor = try Self.factor(correlation, count: distributions.count, segment: name) }
    case .respondents(let rows):
      guard let first = rows.first else { throw DemandError("segment \(name): a survey without respondents") }
      for (number, row) in rows.enumerated() {
        guard row.count == first.count, row.allSatisfy(\.isFinite) else {
          throw DemandError("segment \(name): respondent \(number + 1) lacks a finite value for some product")
        }
      }
    }
    self.name = name
    self.share = share
    self.valuations = valuations
    self.taste = taste
    self.correlationFactor = factor
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
        "segment \(segment): these correlations contradict each other (the matrix is not positive definite); "
          + "for example, two products cannot both go with a third and strongly against one another")
    }
  }

  /// How many products the valuations cover.
  public var productCount: Int {
    switch valuations {
    case .distributions(let distributions, _): distributions.count
    case .respondents(let rows): rows.first?.count ?? 0
    }
  }

  /// The mean valuation of each product, in money.
  public var meanValuations: [Double] {
    switch valuations {
    case .distributions(let distributions, _): return distributions.map(\.mean)
    case .respondents(let rows):
      return (0..<productCount).map { product in rows.reduce(0) { $0 + $1[product] } / Double(rows.count) }
    }
  }
}

/// All customers of a market: segments and what they choose from.
public struct Population: Sendable, Hashable {
  /// The segments; their shares sum to 1.
  public let segments: [Segment]
  /// What they choose from.
  public let assortment: Assortment

  /// Customers in segments.
  ///
  /// - Throws: ``DemandError`` unless the shares sum to 1 (within 1e-9), names differ, and every segment values every
  ///   product.
  public init(segments: [Segment], assortment: Assortment) throws {
    guard !segments.isEmpty else { throw DemandError("a market needs at least one segment of customers") }
    try Self.checkShares(segments.map(\.share))
    guard Set(segments.map(\.name)).count == segments.count else {
      throw DemandError("two segments have the same name")
    }
    for segment in segments where segment.productCount != assortment.products.count {
      throw DemandError(
        "segment \(segment.name) values \(segment.productCount) products; the market has \(assortment.products.count)")
    }
    self.segments = segments
    self.assortment = assortment
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
