import Foundation

/// Isoelastic demand: up to the smallest valuation everybody buys, and from there each percent on the price costs
/// `elasticity` percent of demand.
///
/// D(p) = (minimum/p)^elasticity. The mean is infinite for an elasticity of 1 or less. Verified by
/// `ValuationTests` and, for the best price c e/(e - 1), by `MonopolyTests`.
struct ParetoCurve: DemandCurve {
  let minimum: Double
  let elasticity: Double

  var mean: Double { minimum * elasticity / (elasticity - 1) }

  var variance: Double {
    guard elasticity > 2 else { return .infinity }
    let ratio = minimum / (elasticity - 1)
    return ratio * ratio * elasticity / (elasticity - 2)
  }

  var support: ClosedRange<Double> { minimum...Double.infinity }

  func demand(at price: Double) -> Double { price <= minimum ? 1 : pow(minimum / price, elasticity) }

  func share(below price: Double) -> Double {
    price <= minimum ? 0 : -expm1(-elasticity * log(price / minimum))
  }

  func density(at price: Double) -> Double {
    price < minimum ? 0 : elasticity / price * pow(minimum / price, elasticity)
  }

  func expectedSurplus(at price: Double) -> Double {
    price <= minimum ? mean - price : price / (elasticity - 1) * pow(minimum / price, elasticity)
  }

  func value(below: Double, above: Double) -> Double {
    minimum * exp((below < 0.5 ? -log1p(-below) : -log(above)) / elasticity)
  }
}
