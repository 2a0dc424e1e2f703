/// What is known of a product on a market whose demand is not: its price, how much of it is sold, who owns it, and, for
/// some products, what is earned on it.
public struct ObservedProduct: Sendable, Hashable {
  /// The price, in money; more than 0.
  public let price: Double
  /// Its share of quantity: of all customers where they may buy nothing, else of all units; between 0 and 1, neither
  /// included.
  public let share: Double
  /// The Lerner margin, (price - unit cost)/price, between 0 and 1, neither included; nil where it is not known.
  public let margin: Double?
  /// A number that all products of one owner have in common.
  public let owner: Int

  /// An observation; ``LogitCalibration`` checks it.
  public init(price: Double, share: Double, margin: Double? = nil, owner: Int) {
    self.price = price
    self.share = share
    self.margin = margin
    self.owner = owner
  }

  /// - Throws: ``DemandError`` for a price, share or margin that cannot be.
  func check(number: Int) throws {
    guard price.isFinite, price > 0 else {
      throw DemandError("product \(number): a price of \(price); an observed price is more than 0")
    }
    guard share > 0, share < 1 else {
      throw DemandError("product \(number): a share of \(share); an observed share is more than 0 and less than 1")
    }
    guard let margin else { return }
    guard margin > 0, margin < 1 else {
      throw DemandError("product \(number): a margin of \(margin); an observed margin is more than 0 and less than 1")
    }
  }
}
