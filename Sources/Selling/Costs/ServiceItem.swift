import Demand

/// Something that comes with products and costs the seller, such as delivery or a hotline.
public struct ServiceItem: Sendable, Hashable {
  /// What the cost arises for.
  public enum Basis: String, Sendable, Hashable {
    /// Each unit sold of a product that includes it.
    case unit
    /// Each customer of a period who takes at least one product that includes it: two products, one delivery.
    case customer
  }

  /// The name.
  public let name: String
  /// The cost, in money.
  public let cost: Double
  /// What the cost arises for.
  public let basis: Basis
  /// The seller's products that include it, by position.
  public let products: ProductSet

  /// An item.
  public init(name: String, cost: Double, basis: Basis = .unit, products: ProductSet) {
    self.name = name
    self.cost = cost
    self.basis = basis
    self.products = products
  }
}

/// A fixed cost for each started block of units: one more shift, van or server.
public struct StepCost: Sendable, Hashable {
  /// The name.
  public let name: String
  /// What a started block costs in a period, in money.
  public let cost: Double
  /// Units of all products of the seller in a block.
  public let every: Double

  /// A step cost.
  public init(name: String, cost: Double, every: Double) {
    self.name = name
    self.cost = cost
    self.every = every
  }

  /// What a period with this many units costs, in money. A trillionth of the units is forgiven: expected units are sums
  /// of fractions, and a rounding error must not start a block.
  public func cost(ofUnits units: Double) -> Double { cost * max(0, units / every * (1 - 1e-12)).rounded(.up) }
}

extension SellerProfile {
  /// What started blocks cost in a period with this many units of all products, in money.
  public func stepCost(ofUnits units: Double) -> Double { stepCosts.reduce(0) { $0 + $1.cost(ofUnits: units) } }

  /// Whether unit costs never change: no volume costs, experience or shocks.
  public var hasConstantUnitCosts: Bool {
    costShocks.isEmpty && randomCostShocks == nil && products.allSatisfy(\.hasConstantCost)
  }

  /// Whether what a period costs is its units times constant unit costs, plus something that does not depend on sales.
  public var hasPlainCosts: Bool {
    hasConstantUnitCosts && stepCosts.isEmpty && serviceItems.allSatisfy { $0.basis == .unit }
  }

  /// Items whose cost arises once for a customer who takes several products with them.
  var itemsPerCustomer: [ServiceItem] { serviceItems.filter { $0.basis == .customer } }
}
