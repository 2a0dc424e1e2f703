import Selling

/// How an amount per period, such as fixed cost, is spread over the units of several products.
///
/// In proportion to unit cost is what accountants call an overhead rate on direct cost. With one markup on all products it
/// is the same as spreading by revenue: shares of revenue then are shares of cost (`FullCostMarkupTests`).
struct FixedCostSpread {
  static let spread = Parameter(
    "spread", .choice(["units", "cost"]), default: .choice("units"),
    "how fixed cost is spread over products: the same for every unit, or in proportion to unit cost")
  static let mix = Parameter(
    "mix", .amounts(of: .products, 0...1e12, unit: ""), default: .absent,
    "how planned units divide over the products, in any unit; equally if it is left out. Only `spread: cost` reads it")

  private let byCost: Bool
  private let mix: [Double]

  /// - Throws: ``StrategyError`` for a mix without units, and for a spread over costs that are all zero.
  init(_ arguments: Arguments, seller: SellerProfile) throws {
    byCost = try arguments.choice(Self.spread) == "cost"
    let given = arguments.amounts(Self.mix)
    guard byCost || given.isEmpty else {
      throw StrategyError("a mix makes no difference unless `spread` is cost", parameter: Self.mix.name)
    }
    let mix = arguments.values(Self.mix, count: seller.products.count, otherwise: given.isEmpty ? 1 : 0)
    self.mix = mix
    guard !byCost || zip(seller.products, mix).contains(where: { $0.unitCost * $1 > 0 }) else {
      throw StrategyError(
        "all unit costs of the mix are 0, so that nothing can be spread in proportion to them",
        parameter: given.isEmpty ? Self.spread.name : Self.mix.name)
    }
  }

  /// Unit cost of each product with its share of fixed cost, in money.
  ///
  /// - Parameters:
  ///   - units: units of all products in a period; without any, a share of fixed cost has no bound.
  ///   - amount: what is to be spread besides fixed and step cost, in money per period.
  ///   - sold: units by product that stand for the mix; the stated mix where it is nil or without cost.
  func fullCosts(_ seller: SellerProfile, units: Double, and amount: Double = 0, sold: [Double]? = nil) -> [Double] {
    let fixed = perUnit(
      seller.standingCost + seller.stepCost(ofUnits: units) + amount, units: units, over: seller.products, sold: sold)
    return zip(seller.products, fixed).map { $0.unitCost + $1 }
  }

  private func perUnit(_ amount: Double, units: Double, over products: [SellerProduct], sold: [Double]?) -> [Double] {
    guard amount != 0 else { return products.map { _ in 0 } }
    let share = amount / units
    guard byCost else { return products.map { _ in share } }
    for weights in [sold ?? mix, mix] {
      let total = weights.reduce(0, +)
      let mean = zip(weights, products).reduce(0) { $0 + $1.0 * $1.1.unitCost } / total
      // A product without cost bears nothing, also where nothing is sold and the share of a unit has no bound.
      if total > 0, mean > 0 { return products.map { $0.unitCost > 0 ? share * ($0.unitCost / mean) : 0 } }
    }
    // Costs that a shock took to 0: nothing to be in proportion to.
    return products.map { _ in share }
  }
}
