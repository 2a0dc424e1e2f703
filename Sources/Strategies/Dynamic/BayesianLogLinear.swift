import Demand
import Foundation
import Selling

/// The best price for log-linear demand as sales so far leave it open.
public struct BayesianLogLinear: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "bayesian-log-linear", family: .dynamic,
    idea:
      "Begin with a belief about sales and elasticity, sharpen it by what each price sells, and charge what is best for "
      + "demand as the belief has it: sales at one price teach about all.",
    formula:
      "units of a period are Poisson with ln mean = level - elasticity x (price / p0 - 1) (`exponential`) or level - "
      + "elasticity x ln(price / p0) (`isoelastic`), p0 halfway between the first and the last of `prices`; level ~ "
      + "normal(ln expected, spread), elasticity ~ normal(elasticity, deviation). Posterior by Laplace's approximation from "
      + "all periods; the price with the highest (price - unit cost) x mean, for parameters drawn from it (`by: draw`) or at "
      + "its mode (`by: mean`), ties at random. Each product by itself; a sold-out period teaches nothing",
    needs:
      "a list of prices, a belief to begin with, and its own sales and unit costs; nothing about customers or rivals",
    works: "there are many prices and few sales, and demand bends about as believed: it needs no period at most prices",
    fails:
      "the belief is wrong and held too firmly, or demand has another shape: it then settles at the wrong price and is "
      + "sure of it. With `by: mean` prices can settle at a wrong one too, where sales confirm what is believed",
    example: "new-app-learning", belief: "own sales",
    source:
      "Talluri & van Ryzin (2004), The Theory and Practice of Revenue Management, section 7.3.3; Gelman et al. (2013), "
      + "Bayesian Data Analysis, sections 4.1 and 16.1",
    parameters: [PriceGrid.prices, PriceGrid.base, expected, spread, elasticity, deviation, demand, by], learns: true)

  static let expected = Parameter(
    "expected", .number(1e-9...1e12, unit: "units a period"), default: .number(1),
    "what the seller believes to sell at p0 before it has sold anything")
  static let spread = Parameter(
    "spread", .number(0.01...100, unit: ""), default: .number(3),
    "the standard deviation of the logarithm of that: 0.1 for within 10% or so, 3 for anything from a twentieth to "
      + "twentyfold")
  static let elasticity = Parameter(
    "elasticity", .number(0...100, unit: ""), default: .number(2),
    "the elasticity at p0 that the seller believes in: 2 if demand falls by 2% as the price rises by 1%")
  static let deviation = Parameter(
    "deviation", .number(0.01...100, unit: ""), default: .number(1), "the standard deviation of that elasticity")
  static let demand = Parameter(
    "demand", .choice(LogLinearRule.Curve.allCases.map(\.rawValue)),
    default: .choice(LogLinearRule.Curve.exponential.rawValue),
    "whether the elasticity rises with the price or is the same at all prices")
  static let by = Parameter(
    "by", .choice(["draw", "mean"]), default: .choice("draw"),
    "whether prices are best for a draw from what is still believed, which goes on trying, or for the mean of it, which "
      + "may stop learning")

  private var seller: GridSeller<LogLinearRule>

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for prices that are not above 0 or do not rise, or products without a base price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let prior = LogLinearRule.Prior(
      level: log(try arguments.number(Self.expected)), levelDeviation: try arguments.number(Self.spread),
      elasticity: try arguments.number(Self.elasticity), elasticityDeviation: try arguments.number(Self.deviation))
    let curve = LogLinearRule.Curve(rawValue: try arguments.choice(Self.demand)) ?? .exponential
    let draws = try arguments.choice(Self.by) == "draw"
    self.seller = GridSeller(
      try PriceGrid.grids(arguments, seller), stocks: ProductStock.all(.ignored, seller, market)
    ) { grid in
      let reference = ((grid.first ?? 1) + (grid.last ?? 1)) / 2
      return LogLinearRule(prices: grid, reference: reference, curve: curve, prior: prior, draws: draws)
    }
  }

  /// One price of each product's grid.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList { try seller.postPrices(view) }
}
