import Demand
import Selling

/// What every candidate has earned, and was to be expected to earn, up to each checkpoint of the calendar; the difference
/// to perfect knowledge is its regret. Kept only in studies with a strategy that learns.
struct RegretBook {
  private let study: Study
  private let checkpoints: [Int]
  private var next = 0
  /// What a customer of each segment brings on average, by what all sellers post.
  private var margins: [[PriceList]: [Double]] = [:]
  /// By candidate: what was to be expected so far, in money before research.
  private var totals: [Double] = []

  /// More lists than this are forgotten, so that memory does not grow with strategies that never repeat a price.
  private static let mostLists = 1000

  init(_ study: Study) {
    self.study = study
    checkpoints = study.reportsRegret ? Checkpoints(periodCount: study.market.periodCount).periods : []
  }

  /// Adds what the posted prices are expected to earn in a period.
  ///
  /// - Throws: what expected demand throws.
  mutating func open(period: Int, _ worlds: [World], _ demand: inout ExpectedDemand) throws {
    guard !checkpoints.isEmpty, study.hasExpectedRegret else { return }
    if totals.isEmpty { totals = worlds.map { _ in 0 } }
    let customers = study.market.arrivals.mean(period: period)
    let shares = study.market.population.shares(period: period)
    for index in worlds.indices {
      let margins = try margins(worlds[index], &demand)
      totals[index] += customers * zip(shares, margins).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  private mutating func margins(_ world: World, _ demand: inout ExpectedDemand) throws -> [Double] {
    if let known = margins[world.lists] { return known }
    let fresh = try world.expectedMargins(&demand)
    if margins.count >= Self.mostLists { margins.removeAll(keepingCapacity: true) }
    margins[world.lists] = fresh
    return fresh
  }

  /// Notes where the candidates stand at the end of a period, if it is a checkpoint.
  mutating func close(period: Int, _ worlds: inout [World]) {
    guard next < checkpoints.count, checkpoints[next] == period + 1 else { return }
    next += 1
    for index in worlds.indices {
      let own = worlds[index].outcome.sellers[study.studied]
      worlds[index].outcome.earned.append(own.contribution)
      guard !totals.isEmpty else { continue }
      worlds[index].outcome.expected.append(totals[index] - own.researchCost - own.adjustmentCost)
    }
  }
}

extension Study {
  /// Whether some candidate learns from its own sales.
  public var reportsRegret: Bool { candidates.contains { $0.strategy.catalogueEntry.learns } }

  /// Whether what a period's prices earn on average can be told from these prices alone: nothing runs out, nobody waits
  /// or remembers, unit costs stay, and nobody is bought.
  var hasExpectedRegret: Bool {
    market.aggregate == nil && market.looksAtTodayOnly && market.profiles.allSatisfy(\.capacities.isEmpty)
      && market.profiles[studied].hasPlainCosts && market.ownership.mergers.isEmpty
  }
}

extension World {
  /// By segment: what a customer brings the studied seller on average at the prices of this period, in money over unit
  /// cost.
  ///
  /// - Throws: what expected demand throws.
  func expectedMargins(_ demand: inout ExpectedDemand) throws -> [Double] {
    let (profile, list) = (study.market.profiles[study.studied], lists[study.studied])
    let slots = menu.slots[study.studied]
    return try study.market.population.segments.enumerated().map { segment, definition in
      let choice = try demand.choice(from: menus[menuNumbers[segment]], segment: segment)
      var total = 0.0
      for (place, offer) in list.offers.enumerated()
      where !list.hasGroupOffers || list.isBest(place, for: definition.group) {
        let slot = menu.index(of: slots[place])
        let margin = profile.pocketPrice(of: offer) - profile.unitCost(of: offer.contents)
        total += choice.units[slot] * margin - (choice.rebates[slot] ?? 0)
      }
      return total
    }
  }
}
