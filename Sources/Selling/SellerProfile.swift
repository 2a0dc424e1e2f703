import Demand

/// One product as its seller knows it.
public struct SellerProduct: Sendable, Hashable {
  /// The product's name.
  public let name: String
  /// What one more unit costs to make, in money: below the first volume step, at the starting experience.
  public let productionCost: Double
  /// What the service items that it includes cost, in money.
  public let serviceCost: Double
  /// How production cost depends on the units of a period; nil if it does not.
  public let volume: VolumeCost?
  /// How production cost falls with cumulative output; nil if it does not.
  public let experience: ExperienceCurve?

  /// What one more unit costs, in money.
  public var unitCost: Double { productionCost + serviceCost }

  /// A product with its unit cost.
  ///
  /// - Parameter unitCost: what one more unit costs without service items, in money.
  public init(name: String, unitCost: Double, volume: VolumeCost? = nil, experience: ExperienceCurve? = nil) {
    self.init(
      name: name, productionCost: unitCost, serviceCost: 0, volume: volume, experience: experience)
  }

  fileprivate init(
    name: String, productionCost: Double, serviceCost: Double, volume: VolumeCost?, experience: ExperienceCurve?
  ) {
    self.name = name
    self.productionCost = productionCost
    self.serviceCost = serviceCost
    self.volume = volume
    self.experience = experience
  }

  fileprivate func with(productionCost: Double? = nil, serviceCost: Double? = nil) -> SellerProduct {
    SellerProduct(
      name: name, productionCost: productionCost ?? self.productionCost, serviceCost: serviceCost ?? self.serviceCost,
      volume: volume, experience: experience)
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

/// What a seller is: its products, costs and capacities, and when it is there. It knows this much for sure.
public struct SellerProfile: Sendable, Hashable {
  /// The name, unique in a market.
  public let name: String
  /// What it sells.
  public let products: [SellerProduct]
  /// Cost of a period that does not depend on sales, in money.
  public let fixedCost: Double
  /// What limits its sales.
  public let capacities: [Capacity]
  /// What comes with products.
  public let serviceItems: [ServiceItem]
  /// Fixed costs by started blocks of units.
  public let stepCosts: [StepCost]
  /// Changes of production cost that are dated.
  public let costShocks: [DatedChange]
  /// Chance in production cost; nil for none.
  public let randomCostShocks: RandomFactor?
  /// How many periods old the rivals' prices are that it sees; at least 1.
  public let priceDelay: Int
  /// The periods, counted from 0, in which it is in the market.
  public let presence: ClosedRange<Int>
  /// What lies between its posted prices and what it keeps; nil where it keeps what it posts.
  public let terms: PriceTerms?
  /// What it asks of its price lists.
  public let rules: PriceRules

  /// Always in the market.
  public static let always = 0...Int.max

  /// A seller. The cost of service items is added to the unit cost of the products that include them.
  public init(
    name: String, products: [SellerProduct], fixedCost: Double = 0, capacities: [Capacity] = [],
    serviceItems: [ServiceItem] = [], stepCosts: [StepCost] = [], costShocks: [DatedChange] = [],
    randomCostShocks: RandomFactor? = nil, priceDelay: Int = 1, presence: ClosedRange<Int> = SellerProfile.always,
    terms: PriceTerms? = nil, rules: PriceRules = PriceRules()
  ) {
    self.name = name
    self.products =
      serviceItems.isEmpty
      ? products
      : products.indices.map { product in
        let items = serviceItems.filter { $0.products.positions.contains(product) }
        return products[product].with(serviceCost: items.reduce(0) { $0 + $1.cost })
      }
    self.fixedCost = fixedCost
    self.capacities = capacities
    self.serviceItems = serviceItems
    self.stepCosts = stepCosts
    self.costShocks = costShocks
    self.randomCostShocks = randomCostShocks
    self.priceDelay = max(1, priceDelay)
    self.presence = presence
    self.terms = terms
    self.rules = rules
  }

  /// The same seller at other production costs.
  func with(productionCosts: [Double]) -> SellerProfile {
    SellerProfile(
      name: name, products: zip(products, productionCosts).map { $0.with(productionCost: $1) }, fixedCost: fixedCost,
      capacities: capacities, serviceItems: serviceItems, stepCosts: stepCosts, costShocks: costShocks,
      randomCostShocks: randomCostShocks, priceDelay: priceDelay, presence: presence, terms: terms, rules: rules)
  }

  /// Whether it is in the market in a period, counted from 0.
  public func isPresent(in period: Int) -> Bool { presence.contains(period) }

  /// Unit cost of a set of products taken by one customer, in money.
  public func unitCost(of contents: ProductSet) -> Double {
    let separately = contents.positions.reduce(0) { $0 + products[$1].unitCost }
    return itemsPerCustomer.reduce(separately) { cost, item in
      cost - item.cost * Double(max(0, (item.products.bits & contents.bits).nonzeroBitCount - 1))
    }
  }

  /// Fixed cost and the cost of capacity in one period, in money.
  public var standingCost: Double {
    capacities.reduce(fixedCost) { $0 + Double($1.units) * $1.unitCost }
  }
}
