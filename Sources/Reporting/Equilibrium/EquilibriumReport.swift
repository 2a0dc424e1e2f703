import Demand

/// A market at the prices of one or several kinds of competition, ready for tables.
public struct EquilibriumReport: Sendable {
  /// What kind of prices they are.
  public enum Conduct: String, Sendable {
    /// Every seller's price is its best answer to the others' (Bertrand-Nash).
    case equilibrium
    /// The same after a merger.
    case merger
    /// One hand sets all prices.
    case joint = "joint profit"
    /// One seller posts first.
    case leadership
    /// One seller answers to given prices.
    case bestResponse = "best response"
    /// The prices that the scenario states.
    case today
  }

  /// Whether somebody would rather charge other prices.
  public enum Status: String, Sendable {
    /// Nobody gains by other prices, by a global search for every seller.
    case verified = "equilibrium"
    /// First-order conditions hold, and yet somebody gains by other prices.
    case stationary = "no equilibrium"
    /// Prices that are no equilibrium and are not meant to be one.
    case given
  }

  /// A market at prices of one kind.
  public struct Entry: Sendable {
    /// The kind.
    public let conduct: Conduct
    /// 1 for the first result of its kind, 2 for the next.
    public let number: Int
    /// Whether it is an equilibrium.
    public let status: Status
    /// The market at these prices.
    public let measures: MarketMeasures
    /// By how much the worst price misses its first-order condition, in money; nil where none is asked for.
    public let residual: Double?
    /// The seller who would gain most by other prices, and by how much per customer.
    public let deviation: EquilibriumCandidate.Deviation?
    /// Who sets the price of each alternative.
    public let owners: [Int]

    /// An entry.
    public init(
      _ conduct: Conduct, number: Int = 1, status: Status, measures: MarketMeasures, residual: Double? = nil,
      deviation: EquilibriumCandidate.Deviation? = nil, owners: [Int]
    ) {
      self.conduct = conduct
      self.number = number
      self.status = status
      self.measures = measures
      self.residual = residual
      self.deviation = deviation
      self.owners = owners
    }
  }

  /// The name of the product of each alternative.
  public let products: [String]
  /// Names of the sellers.
  public let sellers: [String]
  /// The seller of each alternative, before any merger.
  public let sellersByAlternative: [Int]
  /// Unit cost of each alternative, in money.
  public let unitCosts: [Double]
  /// The currency.
  public let currency: String
  /// What a period is called.
  public let periodUnit: String
  /// Customers in an average period; units, money and surplus in tables are for all of them.
  public let customers: Double
  /// Whether customers may buy nothing. If not, their surplus has no zero and is counted from that of the first entry.
  public let hasOutsideOption: Bool
  /// The results, in the order in which they are shown.
  public var entries: [Entry]

  /// A report without entries.
  public init(
    products: [String], sellers: [String], sellersByAlternative: [Int], unitCosts: [Double], currency: String,
    periodUnit: String, customers: Double, hasOutsideOption: Bool
  ) {
    self.products = products
    self.sellers = sellers
    self.sellersByAlternative = sellersByAlternative
    self.unitCosts = unitCosts
    self.currency = currency
    self.periodUnit = periodUnit
    self.customers = customers
    self.hasOutsideOption = hasOutsideOption
    entries = []
  }

  /// The name of a product, with its seller where several sell it.
  public func name(ofAlternative alternative: Int) -> String {
    let name = products[alternative]
    guard products.count(where: { $0 == name }) > 1 else { return name }
    return "\(name) (\(sellers[sellersByAlternative[alternative]]))"
  }

  /// The name of whoever sets prices: after a merger the names of all who merged.
  public func name(ofOwner owner: Int, in entry: Entry) -> String {
    var members: [Int] = []
    for (alternative, other) in entry.owners.enumerated() where other == owner {
      let seller = sellersByAlternative[alternative]
      if !members.contains(seller) { members.append(seller) }
    }
    return members.sorted().map { sellers[$0] }.joined(separator: " + ")
  }

  /// Consumer surplus in a period, in money: over buying nothing, or over the first entry where everybody buys.
  public func consumerSurplus(_ entry: Entry) -> Double {
    let zero = hasOutsideOption ? 0 : entries.first?.measures.response.surplus ?? 0
    return customers * (entry.measures.response.surplus - zero)
  }

  /// Profit of all sellers over unit cost in a period, in money.
  public func profit(_ entry: Entry) -> Double { customers * entry.measures.profits.reduce(0, +) }

  /// Whether anybody buys an alternative.
  public func isSold(_ alternative: Int, in entry: Entry) -> Bool {
    entry.measures.response.units[alternative] > 1e-12 * max(1e-12, entry.measures.response.units.max() ?? 0)
  }

  /// The first verified entry of a kind.
  public func first(_ conduct: Conduct) -> Entry? {
    entries.first { $0.conduct == conduct && $0.status != .stationary }
  }
}
