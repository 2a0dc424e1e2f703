/// Demand for every alternative of a market at given prices, with its slopes: q(p) and its Jacobian.
///
/// Quantities are per average customer; an alternative at an infinite price is not on sale and has none.
public protocol DemandSystem: Sendable {
  /// How many alternatives there are.
  var alternativeCount: Int { get }

  /// Demand at prices by alternative.
  ///
  /// - Parameter hasSlopes: whether slopes are wanted; they may cost much more than the units.
  /// - Throws: ``DemandError`` or `GSLError` where demand cannot be computed.
  func response(at prices: [Double], hasSlopes: Bool) throws -> DemandResponse

  /// What first-order conditions need of demand at prices, which may be much less than all its slopes.
  ///
  /// - Parameters:
  ///   - markups: price less unit cost of each alternative; 0 where it is not on sale.
  ///   - owners: who earns the markup of each alternative: numbers from 0, none left out.
  /// - Throws: as ``response(at:hasSlopes:)``.
  func earnings(at prices: [Double], markups: [Double], owners: [Int]) throws -> EarningSlopes

  /// The price above which nearly nobody buys an alternative while the others are on sale at `prices` (its own is
  /// ignored; infinite ones are not on sale); infinite where everybody must buy it.
  func highestPrice(of alternative: Int, at prices: [Double]) throws -> Double

  /// Prices of some alternatives that earn most from a few hundred sampled customers, all other prices held: where a
  /// search may start; nil where the system knows no customers.
  func sampledPrices(of own: [Int], at prices: [Double], unitCosts: [Double]) throws -> [Double]?

  /// Whether customers may buy nothing, so that a monopoly has a highest price.
  var hasOutsideOption: Bool { get }

  /// Whether demand at a price of 0 is finite.
  var hasLimitAtNoPrice: Bool { get }
}

extension DemandSystem {
  /// Demand at a price of 0 is finite unless a system says otherwise.
  public var hasLimitAtNoPrice: Bool { true }

  /// From all slopes, unless a system knows a shorter way.
  public func earnings(at prices: [Double], markups: [Double], owners: [Int]) throws -> EarningSlopes {
    EarningSlopes(try response(at: prices, hasSlopes: true), markups: markups, owners: owners)
  }

  /// No customers are known unless a system says otherwise.
  public func sampledPrices(of own: [Int], at prices: [Double], unitCosts: [Double]) throws -> [Double]? { nil }
}

/// How what owners earn from an average customer changes with their prices.
public struct EarningSlopes: Sendable {
  /// The derivative by each price of what the owner of the alternative earns over unit cost: 0 at the best price.
  public var slopes: [Double]
  /// As ``DemandResponse/directSlopes``; empty where the system has none, and so are the others then.
  public var directSlopes: [Double]

  init(slopes: [Double], directSlopes: [Double]) {
    self.slopes = slopes
    self.directSlopes = directSlopes
  }

  /// From all slopes of demand.
  init(_ response: DemandResponse, markups: [Double], owners: [Int]) {
    guard !response.directSlopes.isEmpty else {
      self.init(slopes: [], directSlopes: [])
      return
    }
    let slopes = owners.indices.map { alternative in
      var slope = response.units[alternative]
      // What is not on sale has a markup of 0, and whatever its slope is, it adds nothing.
      for other in owners.indices where owners[other] == owners[alternative] && markups[other] != 0 {
        slope += markups[other] * response.slope(of: other, by: alternative)
      }
      return slope
    }
    self.init(slopes: slopes, directSlopes: response.directSlopes)
  }
}

/// What an average customer takes at some prices, and how that changes with each price.
public struct DemandResponse: Sendable {
  /// Units of each alternative.
  public var units: [Double]
  /// Row by row: the derivative of the units of one alternative (row) by the price of another (column); empty if slopes
  /// were not asked for.
  public var slopes: [Double]
  /// The part of each own-price slope that leaves the total utility of choosing as it is (Lambda of Morrow & Skerlos
  /// 2011, negative), where the system has one; else empty.
  public var directSlopes: [Double]
  /// Consumer surplus over buying nothing, in money. Its derivative by a price is minus the units.
  public var surplus: Double
  /// An estimate of the largest error in ``units``.
  public var error: Double

  /// The derivative of the units of one alternative by the price of another.
  public func slope(of alternative: Int, by price: Int) -> Double { slopes[alternative * units.count + price] }

  /// Elasticity of the units of one alternative to the price of another: relative change by relative change.
  public func elasticity(of alternative: Int, by price: Int, prices: [Double]) -> Double {
    slope(of: alternative, by: price) * prices[price] / units[alternative]
  }

  /// Diversion ratio: of the customers whom a price rise drives away from `loser`, the share who turn to `winner`
  /// (Shapiro 1996, Antitrust 10; Conlon & Mortimer 2021).
  public func diversion(from loser: Int, to winner: Int) -> Double {
    -slope(of: winner, by: loser) / slope(of: loser, by: loser)
  }
}
