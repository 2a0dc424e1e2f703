import Demand
import Selling

/// The best constant prices by group of a seller who knows demand, where nothing runs out and rivals keep their prices.
///
/// What members and others pay bears on them alone as long as each group's best price is not above the general one, for
/// then nobody hides a card. So each group is priced as if it were the market; where a group's price comes out above the
/// general one, it is priced together with those in none, and the best list found is no more than that. Verified against
/// third-degree price discrimination in closed form (`GroupBenchmarkTests`).
struct GroupOptimum {
  /// The general prices, and those of groups that are lower.
  let list: PriceList
  /// Whether no prices by group earn more.
  let isExact: Bool

  /// The customers who face the same prices.
  private struct Part {
    let group: Int?
    let share: Double
    var problem: PricingProblem
    let optimum: PriceOptimum
  }

  /// - Parameters:
  ///   - others: every seller's list; the studied seller's own is ignored.
  ///   - known: lists to start from if they earn more than what is found.
  /// - Throws: what expected demand throws.
  init(_ study: Study, others: [PriceList], known: [PriceList]) throws {
    let population = study.market.averagePopulation
    let seller = study.market.profiles[study.studied].inCustomerPrices
    let contents = seller.products.indices.map { ProductSet([$0]) }
    func part(_ group: Int?, where isMember: (Int?) -> Bool) throws -> Part? {
      guard let (share, members) = try population.members(where: isMember) else { return nil }
      var problem = PricingProblem(
        ExpectedDemand(members), source: study.studied, contents: contents,
        unitCosts: seller.products.map(\.unitCost), others: others.map { $0.seen(by: group) })
      let starts = known.compactMap { list in
        let seen = list.seen(by: group)
        let prices = contents.indices.compactMap { seen.price(ofProduct: $0) }
        return prices.count == contents.count ? prices : nil
      }
      let optimum = try problem.maximise(alsoFrom: starts)
      return Part(group: group, share: share, problem: problem, optimum: optimum)
    }
    let groups: [Int?] = [nil] + population.groups.indices.map(Optional.some)
    var parts = try groups.compactMap { group in try part(group) { $0 == group } }

    /// A list of general prices with the groups' own where they are lower.
    func list(general: [Double], without merged: [Int] = []) -> PriceList {
      let single = contents.indices.map { Offer(product: $0, price: general[$0]) }
      let fenced = parts.flatMap { part -> [Offer] in
        guard let group = part.group, !merged.contains(group) else { return [] }
        return contents.indices.compactMap { product in
          let price = part.optimum.prices[product]
          return price < general[product] ? Offer(product: product, price: price, group: group) : nil
        }
      }
      return PriceList(single + fenced)
    }
    let general =
      parts.first { $0.group == nil }?.optimum.prices
      ?? contents.indices.map { product in parts.map { $0.optimum.prices[product] }.max() ?? 0 }
    let isInOrder = parts.allSatisfy { part in zip(part.optimum.prices, general).allSatisfy { $0 <= $1 } }
    isExact = isInOrder && parts.allSatisfy(\.optimum.isGlobal)
    guard !isInOrder else {
      self.list = list(general: general)
      return
    }
    var trials = [list(general: general)] + known
    var merged: [Int] = []
    var pooled = general
    while let next = parts.first(where: { part in
      part.group.map { !merged.contains($0) } ?? false
        && zip(part.optimum.prices, pooled).contains { $0 > $1 }
    }), let group = next.group {
      merged.append(group)
      guard let pool = try part(nil, where: { $0.map(merged.contains) ?? true }) else { break }
      pooled = pool.optimum.prices
      trials.append(list(general: pooled, without: merged))
    }
    /// What an average customer leaves over unit cost.
    func earned(_ list: PriceList) throws -> Double {
      var total = 0.0
      for index in parts.indices {
        let seen = list.seen(by: parts[index].group)
        let prices = contents.indices.map { seen.price(ofProduct: $0) ?? .infinity }
        guard prices.allSatisfy(\.isFinite), seen.offerKinds.isEmpty else { return -.infinity }
        total += parts[index].share * (try parts[index].problem.outcome(at: prices).contribution)
      }
      return total
    }
    var best = (list: trials[0], earned: -Double.infinity)
    for trial in trials {
      let value = try earned(trial)
      if value > best.earned { best = (trial, value) }
    }
    self.list = best.list
  }
}
