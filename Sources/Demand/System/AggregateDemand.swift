/// Demand systems of a representative customer: nobody has a willingness to pay of their own, so that they take single
/// prices only and are sampled as counts.
public enum AggregateDemand: Sendable, Hashable {
  /// Linear demand for differentiated goods.
  case linear(LinearDemand)
  /// Constant elasticity of substitution.
  case constantElasticity(CESDemand)

  /// The demand system.
  public var system: any DemandSystem {
    switch self {
    case .linear(let demand): demand
    case .constantElasticity(let demand): demand
    }
  }
}
