/// Products that share resources, at fixed fares: the deterministic linear programme of network revenue management, which
/// takes demand as its mean (Talluri & van Ryzin 2004, section 3.3.1).
///
/// Its objective bounds what any policy can earn on average. Its duals are *bid prices*: what a unit of each resource is
/// worth, so that a product is sold where its fare covers what it uses. Verified by hand on two legs
/// (`LinearProgrammeTests`).
public struct NetworkProgramme: Sendable, Hashable {
  /// How many of each product to sell.
  public let allocations: [Double]
  /// What a unit of each resource is worth, in money.
  public let bidPrices: [Double]
  /// The bound on what can be earned, in money.
  public let bound: Double

  /// Solves the programme.
  ///
  /// - Parameters:
  ///   - fares: what a unit of each product earns over its cost, in money; may be below 0, and then none is sold.
  ///   - uses: by resource, then by product: units of the resource that a unit of the product takes.
  ///   - capacities: units left of each resource.
  ///   - demands: expected demand for each product from now on.
  /// - Throws: ``DemandError`` as ``LinearProgramme`` does, and for uses below 0.
  public init(fares: [Double], uses: [[Double]], capacities: [Double], demands: [Double]) throws {
    guard uses.allSatisfy({ $0.allSatisfy { $0 >= 0 } }) else {
      throw DemandError("a product uses less than 0 of a resource; uses are at least 0")
    }
    guard demands.allSatisfy(\.isFinite) else { throw DemandError("expected demand is \(demands); it is finite") }
    let solution = try LinearProgramme(gains: fares, rows: uses, capacities: capacities, limits: demands).solution()
    (allocations, bidPrices, bound) = (solution.amounts, solution.prices, solution.objective)
  }
}
