/// How customers compare a price with the one that they remember.
///
/// The reference r of an offer is the market's memory of its posted prices, by exponential smoothing: after a period at
/// price p it becomes memory x r + (1 - memory) x p (adaptive expectations; Winer 1986, Journal of Consumer Research 13;
/// Kalyanaram & Winer 1995, Marketing Science 14; Popescu & Wu 2007, Operations Research 55). In the choice the offer
/// feels as if it cost p + loss x max(0, p - r) - gain x max(0, r - p), in money, and where a ``Fairness`` is stated its
/// penalty more; what is paid stays p. A loss above the gain is loss aversion; other values are allowed. Verified against
/// the formula by hand, in closed form and customer by customer (`ReferencePriceTests`, `ReferenceMarketTests`,
/// `OutlookByCustomerTests`).
public struct ReferencePrice: Sendable, Hashable {
  /// The weight of the past in the reference of the next period, from 0 (the last price alone) to 1 (it never changes).
  public let memory: Double
  /// What each unit of money above the reference feels dearer, in money.
  public let loss: Double
  /// What each unit of money below the reference feels cheaper, in money.
  public let gain: Double
  /// The reference of the first period by product; where a product has none, the first posted price takes its place. A
  /// bundle starts at its first posted price.
  public let start: [Int: Double]
  /// When a price is felt to be unfair; nil for never.
  public let fairness: Fairness?

  /// The largest loss, gain and penalty.
  public static let largestWeight = 100.0

  /// A comparison with remembered prices; checked by ``Segment``.
  public init(
    memory: Double, loss: Double = 0, gain: Double = 0, start: [Int: Double] = [:], fairness: Fairness? = nil
  ) {
    self.memory = memory
    self.loss = loss
    self.gain = gain
    self.start = start
    self.fairness = fairness
  }

  /// What a price feels dearer than it is, in money; negative where it feels cheaper, and exactly 0 at the reference.
  public func surcharge(price: Double, reference: Double) -> Double {
    guard price != reference else { return 0 }
    let felt = price > reference ? loss * (price - reference) : -gain * (reference - price)
    return felt + (fairness?.penalty(price: price, reference: reference) ?? 0)
  }

  /// The reference of the next period, in money; exactly the old one where the price was the reference.
  public func next(reference: Double, price: Double) -> Double { reference + (1 - memory) * (price - reference) }

  /// Whether the same prices in every period are felt as they are: nothing but posted prices ever entered the memory.
  public var isNeutralToConstantPrices: Bool { start.isEmpty }

  /// - Throws: ``DemandError`` for a weight or a price that cannot be.
  func check(productCount: Int, segment: String) throws {
    func check(_ value: Double, _ range: ClosedRange<Double>, _ what: String) throws {
      guard range.contains(value) else {
        throw DemandError(
          "segment \(segment): \(what) of \(value); it lies between \(range.lowerBound) and \(range.upperBound)")
      }
    }
    try check(memory, 0...1, "a memory for prices")
    try check(loss, 0...Self.largestWeight, "a loss per unit of money")
    try check(gain, 0...Self.largestWeight, "a gain per unit of money")
    for (product, price) in start.sorted(by: { $0.key < $1.key }) {
      guard (0..<productCount).contains(product), price.isFinite else {
        throw DemandError("segment \(segment): a first reference of \(price) for product number \(product)")
      }
    }
    guard let fairness else { return }
    try check(fairness.tolerance, 0...Self.largestWeight, "a tolerance for higher prices")
    try check(fairness.penalty, 0...Self.largestWeight, "a penalty per unit of money")
  }
}

/// When a price is felt to be unfair: the *dual entitlement* of Kahneman, Knetsch & Thaler (1986), American Economic
/// Review 76, by which customers hold a seller to the reference transaction, but bear some rise.
public struct Fairness: Sendable, Hashable {
  /// How far above the reference a price may go, as a share of the reference.
  public let tolerance: Double
  /// What each unit of money beyond that feels dearer still, in money.
  public let penalty: Double

  /// A feeling for fairness; checked by ``Segment``.
  public init(tolerance: Double = 0, penalty: Double) {
    self.tolerance = tolerance
    self.penalty = penalty
  }

  /// What a price feels dearer because it is unfair, in money: penalty x max(0, p - (1 + tolerance) r). The tolerance of
  /// a negative reference is a share of its size.
  public func penalty(price: Double, reference: Double) -> Double {
    penalty * max(0, price - (reference + tolerance * abs(reference)))
  }
}
