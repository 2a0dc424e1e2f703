/// A change of one price, and how far volume may move before it no longer pays.
///
/// Nagle & Müller, The Strategy and Tactics of Pricing, chapter on financial analysis: with unit cost c a move from price
/// p to p + d leaves contribution as it was if volume changes by -d / (p - c + d). Verified by recomputing contribution at
/// that volume (`PriceMoveTests`).
public struct PriceMove: Sendable, Hashable {
  /// The price before, in money.
  public let before: Double
  /// The price after, in money.
  public let after: Double
  /// Unit cost, in money.
  public let unitCost: Double

  /// A move of the price.
  public init(from before: Double, to after: Double, unitCost: Double) {
    self.before = before
    self.after = after
    self.unitCost = unitCost
  }

  /// The change as a share of the price before; nil where that was not positive.
  public var change: Double? { before > 0 ? (after - before) / before : nil }

  /// The change of volume, as a share, at which contribution stays the same: a price cut has to bring at least that much, a
  /// price rise may lose no more. Nil where a unit earned nothing before, or earns nothing after: then no volume balances.
  public var breakEvenVolumeChange: Double? {
    guard before > unitCost, after > unitCost else { return nil }
    return (before - unitCost) / (after - unitCost) - 1
  }
}
