import Demand

/// What lies between a posted list price and what the seller keeps of it: the *price waterfall*.
///
/// With L the list price of an offer of n products, t the tax, and amounts either a share or money per unit of a product:
///
/// - list price without tax N = L / (1 + t) where posted prices include tax, else L;
/// - invoice price V = N (1 - sum of discount shares) - n sum of discount amounts: shares are of N, all alike;
/// - pocket price P = V (1 - sum of shares) - n sum of amounts, over rebates and costs to serve: shares are of V;
/// - the customer pays V (1 + t), and counts
///   C = (1 + t) (V (1 - sum of felt x share) - n sum of felt x amount), over rebates: a rebate comes back with its tax.
///
/// Customers choose by C; revenue is P. All are straight lines in L, so that P = k C - const with
/// k = (1 - shares of rebates and costs) / ((1 + t) (1 - felt shares of rebates)): to a market in customers' prices the
/// seller looks like one without terms whose unit costs are the C at which P is its unit cost (``SellerProfile/inCustomerPrices``).
///
/// Marn & Rosiello (1992), Managing Price, Gaining Profit, Harvard Business Review 70. Verified by hand-made waterfalls, and
/// all lines against each other on random terms (`PriceTermsTests`).
public struct PriceTerms: Sendable, Hashable {
  /// What an item takes off.
  public enum Amount: Sendable, Hashable {
    /// A share of the price before.
    case share(Double)
    /// Money for each unit of a product, without tax.
    case money(Double)
  }

  /// A discount, rebate or cost.
  public struct Item: Sendable, Hashable {
    /// The name.
    public let name: String
    /// What it takes off.
    public let amount: Amount
    /// The share of it that customers count when they choose; of rebates only.
    public let felt: Double

    /// An item.
    public init(_ name: String, _ amount: Amount, felt: Double = 1) {
      self.name = name
      self.amount = amount
      self.felt = felt
    }

    var share: Double { if case .share(let share) = amount { share } else { 0 } }
    var money: Double { if case .money(let money) = amount { money } else { 0 } }
  }

  /// The tax on sales, as a share of the price without it.
  public let tax: Double
  /// Whether posted prices include it.
  public let isTaxIncluded: Bool
  /// What the invoice takes off the list price.
  public let discounts: [Item]
  /// What customers get back later.
  public let rebates: [Item]
  /// What a sale costs the seller beside the product: freight, card fees, commission.
  public let costs: [Item]

  /// Straight lines in the list price: slope and, for each product of an offer, what is taken off.
  private struct Line: Hashable {
    let slope: Double
    let perProduct: Double

    func value(_ price: Double, _ count: Double) -> Double { slope * price - count * perProduct }
    func inverse(_ value: Double, _ count: Double) -> Double { (value + count * perProduct) / slope }
  }

  private let invoice: Line
  private let pocket: Line
  private let customer: Line

  /// Terms.
  ///
  /// - Throws: ``StrategyError`` that names the part for a tax or amounts below 0, a felt share beyond 0 to 1, and shares
  ///   that leave nothing of the price.
  public init(
    tax: Double = 0, isTaxIncluded: Bool = true, discounts: [Item] = [], rebates: [Item] = [], costs: [Item] = []
  ) throws {
    guard tax >= 0, tax <= 10 else { throw StrategyError("the tax is \(tax)", parameter: "tax") }
    for (part, items) in [("discounts", discounts), ("rebates", rebates), ("costs to serve", costs)] {
      for item in items where !(item.share >= 0 && item.money >= 0 && item.money <= 1e12 && 0...1 ~= item.felt) {
        throw StrategyError("\(item.name) is \(item.amount), of which customers feel \(item.felt)", parameter: part)
      }
    }
    let discounted = 1 - discounts.reduce(0) { $0 + $1.share }
    guard discounted > 1e-9 else {
      throw StrategyError("the discounts leave nothing of the list price", parameter: "discounts")
    }
    let kept = 1 - (rebates + costs).reduce(0) { $0 + $1.share }
    guard kept > 1e-9 else {
      throw StrategyError(
        "rebates and costs to serve leave nothing of the invoice price",
        parameter: rebates.isEmpty ? "costs to serve" : "rebates")
    }
    self.tax = tax
    self.isTaxIncluded = isTaxIncluded
    self.discounts = discounts
    self.rebates = rebates
    self.costs = costs
    let off = discounts.reduce(0) { $0 + $1.money }
    let slope = isTaxIncluded ? discounted / (1 + tax) : discounted
    invoice = Line(slope: slope, perProduct: off)
    pocket = Line(slope: kept * slope, perProduct: kept * off + (rebates + costs).reduce(0) { $0 + $1.money })
    let counted = 1 - rebates.reduce(0) { $0 + $1.felt * $1.share }
    customer = Line(
      slope: (1 + tax) * counted * slope,
      perProduct: (1 + tax) * (counted * off + rebates.reduce(0) { $0 + $1.felt * $1.money }))
  }

  /// What the seller keeps of an offer at a list price, in money.
  public func pocketPrice(list: Double, of contents: ProductSet) -> Double {
    pocket.value(list, Double(contents.count))
  }

  /// What customers count an offer as, in money.
  public func customerPrice(list: Double, of contents: ProductSet) -> Double {
    customer.value(list, Double(contents.count))
  }

  /// What the invoice says without tax, in money.
  public func invoicePrice(list: Double, of contents: ProductSet) -> Double {
    invoice.value(list, Double(contents.count))
  }

  /// The list price of which the seller keeps this much, in money.
  public func listPrice(pocket: Double, of contents: ProductSet) -> Double {
    self.pocket.inverse(pocket, Double(contents.count))
  }

  /// The list price that customers count as this much, in money.
  public func listPrice(customer: Double, of contents: ProductSet) -> Double {
    self.customer.inverse(customer, Double(contents.count))
  }

  /// What a seller keeps of one more unit of money that customers count: k.
  public var keptShare: Double { pocket.slope / customer.slope }

  /// What rebates and costs to serve in money add to the unit cost of a product that is compared with customers' prices.
  var addedUnitCost: Double {
    customer.value(pocket.inverse(0, 1), 1)
  }
}

extension PriceTerms {
  /// A step of the waterfall.
  public struct Step: Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Sendable, Hashable {
      /// A price that is reached.
      case price
      /// The tax in the list price.
      case tax
      /// A discount on the invoice.
      case discount
      /// What customers get back.
      case rebate
      /// What the sale costs the seller.
      case cost
    }

    /// What it is.
    public let kind: Kind
    /// Its name.
    public let name: String
    /// Its money: of an item what it takes off.
    public let amount: Double
  }

  /// The steps from a list price down to the pocket price.
  public func waterfall(list: Double, of contents: ProductSet) -> [Step] {
    let count = Double(contents.count)
    let net = isTaxIncluded ? list / (1 + tax) : list
    let invoiced = invoicePrice(list: list, of: contents)
    func step(_ kind: Step.Kind, _ items: [Item], of price: Double) -> [Step] {
      items.map { Step(kind: kind, name: $0.name, amount: $0.share * price + $0.money * count) }
    }
    return [Step(kind: .price, name: "list price", amount: list)]
      + (isTaxIncluded && tax > 0 ? [Step(kind: .tax, name: "tax", amount: list - net)] : [])
      + step(.discount, discounts, of: net)
      + [Step(kind: .price, name: "invoice price", amount: invoiced)]
      + step(.rebate, rebates, of: invoiced) + step(.cost, costs, of: invoiced)
      + [Step(kind: .price, name: "pocket price", amount: pocketPrice(list: list, of: contents))]
  }
}
