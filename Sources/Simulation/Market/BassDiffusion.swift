import Foundation

/// A new product that spreads: of everyone who will ever adopt it, some do so on their own and more because others have.
///
/// F(t), the share that has adopted by time t, solves F' = (p + q F)(1 - F), F(0) = 0, so that
/// F(t) = (1 - e^-(p+q)t) / (1 + (q/p) e^-(p+q)t). Bass (1969), Management Science 15, equation 9. Verified against the
/// published peak of room air conditioners and a numerical solution of the equation (`BassDiffusionTests`).
public struct BassDiffusion: Sendable, Hashable {
  /// How many will adopt in the end.
  public let market: Double
  /// Coefficient of innovation p, per period; more than 0.
  public let innovation: Double
  /// Coefficient of imitation q, per period.
  public let imitation: Double

  /// A diffusion.
  public init(market: Double, innovation: Double, imitation: Double) {
    self.market = market
    self.innovation = innovation
    self.imitation = imitation
  }

  /// Adopters in a period, counted from 0: market x (F(period + 1) - F(period)), written so that nothing cancels.
  public func adopters(period: Int) -> Double {
    let speed = innovation + imitation
    let now = exp(-speed * Double(period))
    let next = exp(-speed * Double(period + 1))
    let scale = (innovation + imitation * now) * (innovation + imitation * next)
    return market * speed * innovation * now * -expm1(-speed) / scale
  }
}
