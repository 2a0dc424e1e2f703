import Demand

/// One product as its seller knows it.
public struct SellerProduct: Sendable, Hashable {
  /// The product's name.
  public let name: String
  /// What one more unit costs, in money.
  public let unitCost: Double

  /// A product with its unit cost.
  public init(name: String, unitCost: Double) {
    self.name = name
    self.unitCost = unitCost
  }
}

/// Something limited that products use up: rooms, seats, hours, stock.
public struct Capacity: Sendable, Hashable {
  /// When the capacity is there again.
  public enum Renewal: String, Sendable, Hashable {
    /// Anew in each period; what is not sold perishes.
    case eachPeriod = "period"
    /// Never: one stock for the whole calendar.
    case never = "calendar"
  }

  /// The name.
  public let name: String
  /// How many units there are.
  public let units: Int
  /// When they are there again.
  public let renewal: Renewal
  /// Units that one unit of each of the seller's products uses.
  public let use: [Int]
  /// What one unit costs in each period, sold or not, in money.
  public let unitCost: Double

  /// A capacity.
  public init(name: String, units: Int, renewal: Renewal, use: [Int], unitCost: Double = 0) {
    self.name = name
    self.units = units
    self.renewal = renewal
    self.use = use
    self.unitCost = unitCost
  }

  /// Units that a set of products uses.
  public func use(of contents: ProductSet) -> Int { contents.positions.reduce(0) { $0 + use[$1] } }
}

/// What a seller is: its products, costs and capacities. It knows this much for sure.
public struct SellerProfile: Sendable, Hashable {
  /// The name, unique in a market.
  public let name: String
  /// What it sells.
  public let products: [SellerProduct]
  /// Cost of a period that does not depend on sales, in money.
  public let fixedCost: Double
  /// What limits its sales.
  public let capacities: [Capacity]

  /// A seller.
  public init(name: String, products: [SellerProduct], fixedCost: Double = 0, capacities: [Capacity] = []) {
    self.name = name
    self.products = products
    self.fixedCost = fixedCost
    self.capacities = capacities
  }

  /// Unit cost of a set of products, in money.
  public func unitCost(of contents: ProductSet) -> Double {
    contents.positions.reduce(0) { $0 + products[$1].unitCost }
  }

  /// Fixed cost and the cost of capacity in one period, in money.
  public var standingCost: Double {
    capacities.reduce(fixedCost) { $0 + Double($1.units) * $1.unitCost }
  }
}
