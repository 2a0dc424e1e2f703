/// A product with options: a price for the bare product, one for each option, and one for the package of everything.
///
/// An option is sold with the product only, so that a customer who takes the product takes each option that is worth its
/// price to them, or the package. Verified against full grids (`OptionPricingTests`).
public struct OptionPricing: Sendable {
  private let options: ChargedOptions
  private let optionCount: Int
  /// A price of the core and of each option that nobody pays, or that is its cost.
  private let highest: [Double]

  /// Prices of a product with options.
  public struct Prices: Sendable, Hashable {
    /// Of the bare product, in money.
    public let core: Double
    /// Of each option, in money.
    public let options: [Double]
    /// Of everything together, in money; no more than the sum.
    public let package: Double
    /// What an average customer leaves over unit cost, in money.
    public let contribution: Double
  }

  /// - Parameters:
  ///   - valuations: one row a customer, one valuation for each alternative of the assortment.
  ///   - core: the product, by its place in the source's list.
  ///   - options: the options, each of a category of its own; at most 8.
  ///   - source: whose prices are sought.
  ///   - unitCosts: the unit cost of each of its products.
  ///   - others: the price list of every source; the source's own and all bundles are ignored.
  /// - Throws: ``DemandError`` for no customers, or more than 8 options.
  public init(
    valuations: [[Double]], core: Int, options: [Int], assortment: Assortment, source: Int, unitCosts: [Double],
    others: [PriceList]
  ) throws {
    guard !valuations.isEmpty else { throw DemandError("no customers to find prices for") }
    guard options.count <= 8 else { throw DemandError("\(options.count) options; at most 8 are priced") }
    let gains = GainsOverRivals(valuations: valuations, assortment: assortment, source: source, others: others).rows
    let subsets = (0..<(1 << options.count)).map { bits in options.indices.filter { bits & (1 << $0) != 0 } }
    func total(_ values: [Double], _ subset: [Int]) -> Double {
      subset.reduce(values[core]) { $0 + values[options[$1]] }
    }
    let everything = Array(options.indices)
    let service = [0] + subsets.map { total(unitCosts, $0) } + [total(unitCosts, everything)]
    optionCount = options.count
    highest = ([core] + options).map { product in
      max(unitCosts[product], (gains.map { $0[product] }.max() ?? 0) * (1 + 1e-9), 0)
    }
    self.options = ChargedOptions(
      charges: [[]] + subsets.map { [0] + $0.map { $0 + 1 } } + [[options.count + 1]],
      worths: gains.flatMap { row in [0] + subsets.map { total(row, $0) } + [total(row, everything)] },
      serviceCosts: gains.flatMap { _ in service },
      costs: [unitCosts[core]] + options.map { unitCosts[$0] } + [total(unitCosts, everything)])
  }

  /// What an average customer leaves over unit cost at these prices, in money.
  public func contribution(core: Double, options prices: [Double], package: Double) -> Double {
    options.contribution(at: [core] + prices + [package])
  }

  /// The best prices found.
  ///
  /// - Parameter discount: the package's discount off the sum as a share; nil to find its price as well. With a stated
  ///   discount the other prices are those that are best without the package.
  public func maximise(discount: Double? = nil) -> Prices {
    let out = options.largestWorth + 1
    let atCost = options.costs.map { max(0, $0) }
    let held = discount == nil ? nil : optionCount + 1
    let parts = [Array(atCost.dropLast()), [atCost[0]] + (0..<optionCount).map { _ in out }]
    let climbs = parts.map { options.climb(from: $0 + [out], holding: held) }
    let apart = climbs[1].contribution > climbs[0].contribution ? climbs[1] : climbs[0]
    if let discount {
      // What nobody takes is priced where nobody just takes it, so that the sum means something.
      let parts = zip(apart.posted, highest).map { min($0, $1) }
      let package = parts.reduce(0, +) * (1 - discount)
      return Prices(
        core: parts[0], options: Array(parts.dropFirst()), package: package,
        contribution: options.contribution(at: parts + [package]))
    }
    let packageOnly = atCost.dropLast().map { _ in out } + [atCost[optionCount + 1]]
    let found = options.search(from: [atCost, packageOnly] + climbs.map(\.prices))
    return prices(found.posted)
  }

  /// Prices that a price list can state: no package dearer than its parts, and no part dearer than the package.
  private func prices(_ found: [Double]) -> Prices {
    var found = found
    let package = found[optionCount + 1]
    for place in 0...optionCount { found[place] = min(found[place], package) }
    found[optionCount + 1] = min(package, found.dropLast().reduce(0, +))
    return Prices(
      core: found[0], options: Array(found[1...].dropLast()), package: found[optionCount + 1],
      contribution: options.contribution(at: found))
  }
}
