/// A menu of versions of which each customer takes one or none: which versions to sell, and at what prices.
///
/// What each customer would pay is known but not who is who, so that a version is taken by those who gain most from it
/// (self-selection). On discrete types it gives the menu of Mussa & Rosen (1978), Journal of Economic Theory 18, to the last
/// digits (`VersionMenuTests`).
public struct VersionMenu: Sendable {
  /// One version of a menu.
  public struct Version: Sendable, Hashable {
    /// Its place in the source's list of products.
    public let product: Int
    /// Its price, in money.
    public let price: Double
    /// The share of customers who take it.
    public let share: Double
    /// The least that one of them gains over buying elsewhere or nothing, in money: 0 where participation binds.
    public let participation: Double
    /// The least that one of them gains over the next best other version, in money: 0 where self-selection binds, and
    /// infinite where there is no other.
    public let incentive: Double
  }

  /// The versions that somebody takes, cheapest first.
  public let versions: [Version]
  /// What an average customer leaves over unit cost, in money.
  public let contribution: Double

  /// Whether nobody would rather take another version, or none.
  public var isIncentiveCompatible: Bool { versions.allSatisfy { $0.participation >= 0 && $0.incentive >= 0 } }

  /// The best menu found in one category: of all choices of versions, or where those are too many of versions added and
  /// exchanged one by one; each choice priced from several starts.
  ///
  /// - Parameters:
  ///   - valuations: one row a customer, one valuation for each alternative of the assortment.
  ///   - category: the category of the versions.
  ///   - mostVersions: how many may be sold.
  ///   - source: whose versions they are.
  ///   - unitCosts: the unit cost of each of its products.
  ///   - others: the price list of every source; the source's own and all bundles are ignored.
  /// - Throws: ``DemandError`` for no customers.
  public init(
    valuations: [[Double]], category: Int, mostVersions: Int, assortment: Assortment, source: Int,
    unitCosts: [Double], others: [PriceList]
  ) throws {
    guard !valuations.isEmpty else { throw DemandError("no customers to find prices for") }
    let own = assortment.alternativesBySource[source]
    let products = own.indices.filter { assortment.category(ofAlternative: own[$0]) == category }
    let gains = GainsOverRivals(valuations: valuations, assortment: assortment, source: source, others: others).rows
    func options(_ chosen: [Int]) -> ChargedOptions {
      ChargedOptions(
        charges: [[]] + chosen.indices.map { [$0] }, worths: gains.flatMap { row in [0] + chosen.map { row[$0] } },
        serviceCosts: gains.flatMap { _ in [0] + chosen.map { unitCosts[$0] } },
        costs: chosen.map { max(0, unitCosts[$0]) })
    }
    /// Quick starts: everything at cost, each version at its best price by itself, and all of them out of the market.
    func starts(_ options: ChargedOptions) -> [[Double]] {
      let nothing = options.costs.map { _ in options.largestWorth + 1 }
      let alone = options.costs.indices.map { options.bestPrice(of: $0, prices: nothing)?.price ?? options.costs[$0] }
      return [options.costs, alone, nothing]
    }
    func quick(_ chosen: [Int]) -> Double {
      let options = options(chosen)
      return starts(options).flatMap { start in
        [false, true].map { options.climb(from: start, backwards: $0).contribution }
      }.max() ?? 0
    }
    let choices = Self.choices(
      of: products, most: mostVersions, limit: max(60, 60_000 / (gains.count * max(1, mostVersions))),
      thorough: max(6, 3000 / gains.count), worth: quick)
    // Fewer versions first, so that of equally good menus the shorter one is sold.
    var best: (chosen: [Int], found: SampledPrices)?
    for chosen in choices.sorted(by: { $0.count < $1.count }) {
      let options = options(chosen)
      let found = options.search(from: starts(options))
      if found.contribution > (best?.found.contribution ?? -.infinity) * (1 + 1e-12) { best = (chosen, found) }
    }
    contribution = best?.found.contribution ?? 0
    versions = best.map { Self.versions($0.chosen, $0.found.prices, gains, unitCosts) } ?? []
  }

  /// The choices worth a thorough search: the best at a quick look.
  private static func choices(
    of products: [Int], most: Int, limit: Int, thorough: Int, worth: ([Int]) -> Double
  ) -> [[Int]] {
    let most = min(max(1, most), products.count)
    var all: [[Int]] = [[]]
    for product in products where all.count <= 4 * limit {
      all += all.filter { $0.count < most }.map { $0 + [product] }
    }
    all.removeAll(where: \.isEmpty)
    if all.count <= limit {
      let ranked = all.map { (choice: $0, worth: worth($0)) }.sorted { $0.worth > $1.worth }
      return ranked.prefix(thorough).map(\.choice)
    }
    var chosen: [Int] = []
    var found: [[Int]] = []
    var earned = -Double.infinity
    while true {
      let rest = products.filter { !chosen.contains($0) }
      let added = chosen.count < most ? rest.map { chosen + [$0] } : []
      let exchanged = chosen.indices.flatMap { place in
        rest.map { product in chosen.enumerated().map { $0.offset == place ? product : $0.element } }
      }
      let next = (added + exchanged).map { (choice: $0, worth: worth($0)) }.max { $0.worth < $1.worth }
      guard let next, next.worth > earned else { return found }
      (chosen, earned) = (next.choice, next.worth)
      found = [chosen.sorted()] + found.prefix(5)
    }
  }

  private static func versions(
    _ products: [Int], _ prices: [Double], _ gains: [[Double]], _ unitCosts: [Double]
  ) -> [Version] {
    let tolerance = 1e-13 * gains.joined().reduce(0) { max($0, abs($1)) }
    var takers = [Int](repeating: 0, count: products.count)
    var participation = [Double](repeating: .infinity, count: products.count)
    var incentive = participation
    for row in gains {
      let surplus = products.indices.map { row[products[$0]] - prices[$0] }
      var best = BestChoice(worth: 0, margin: 0)
      var taken: Int?
      for place in products.indices {
        let before = best
        best.consider(surplus[place], margin: prices[place] - unitCosts[products[place]], tolerance: tolerance)
        if best.margin != before.margin || best.worth > before.worth + tolerance { taken = place }
      }
      guard let taken else { continue }
      takers[taken] += 1
      func slack(_ difference: Double) -> Double { abs(difference) <= tolerance ? 0 : difference }
      participation[taken] = min(participation[taken], slack(surplus[taken]))
      for other in products.indices where other != taken {
        incentive[taken] = min(incentive[taken], slack(surplus[taken] - surplus[other]))
      }
    }
    return products.indices.filter { takers[$0] > 0 }
      .map {
        Version(
          product: products[$0], price: prices[$0], share: Double(takers[$0]) / Double(gains.count),
          participation: participation[$0], incentive: incentive[$0])
      }.sorted { $0.price < $1.price }
  }
}
