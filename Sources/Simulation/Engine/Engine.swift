import Demand
import GSL
import Selling

/// Runs the calendar for all candidates at once: customers are drawn once, and every candidate serves the same ones.
///
/// One engine is one worker's room; what it computes for a replication depends on the study and the replication's number
/// alone (verified by running with different numbers of threads, `EngineTests`).
public struct Engine: ~Copyable {
  private let study: Study
  private var candidates: [Candidate]
  private var block: CustomerBlock
  /// Nil where customers are drawn anew each time.
  private var kept: KeptCustomers?
  private let choice: BlockChoice
  private var expected: ExpectedDemand

  /// Room for one worker.
  ///
  /// - Parameter candidates: whom to run; the study's own and perhaps a benchmark.
  public init(_ study: Study, candidates: [Candidate]) {
    self.init(study, candidates: candidates, keepsCustomers: false)
  }

  /// - Parameter keepsCustomers: whether customers stay once they are drawn, so that ``run(_:replication:purpose:)`` is
  ///   cheaper the next time; always with the same purpose.
  init(_ study: Study, candidates: [Candidate], keepsCustomers: Bool) {
    kept = keepsCustomers ? KeptCustomers(study.market.population) : nil
    self.study = study
    self.candidates = candidates
    block = CustomerBlock(study.market.population)
    choice = BlockChoice(study.market.population.assortment)
    expected = ExpectedDemand(study.market.population)
  }

  /// Runs one replication with other candidates.
  mutating func run(
    _ candidates: [Candidate], replication: Int, purpose: DrawKey.Purpose
  ) throws -> [CandidateOutcome] {
    self.candidates = candidates
    return try run(replication: replication, purpose: purpose)
  }

  /// Runs one replication.
  ///
  /// - Parameter purpose: `.customers` for results; benchmarks tune themselves on other customers.
  /// - Returns: one outcome for each candidate, in order.
  /// - Throws: what a strategy throws, with the candidate's name.
  public mutating func run(
    replication: Int, purpose: DrawKey.Purpose = .customers
  ) throws -> [CandidateOutcome] {
    let number = UInt32(truncatingIfNeeded: replication)
    var surveyor = Surveyor(study, replication: number)
    var worlds: [World] = []
    for index in candidates.indices {
      do {
        var world = try World(
          study, candidate: candidates[index].strategy, replication: number, surveyor: &surveyor)
        try world.post(period: -1)
        worlds.append(world)
      } catch { throw named(error, index) }
    }
    var arrivals: [Int] = []
    let waits = study.market.longestWait > 0
    var book = RegretBook(study)
    var paths = FactorPaths(study, DrawKey(seed: study.seed, replication: number, purpose: purpose))
    for period in 0..<study.market.periodCount {
      let factors = try paths.next(period: period)
      for index in worlds.indices {
        do { try worlds[index].post(period: period) } catch { throw named(error, index) }
      }
      try book.open(period: period, worlds, &expected)
      if let aggregate = study.market.aggregate {
        let sales = try AggregateSales(
          study, aggregate, factor: factors.demand, replication: number, period: period, purpose: purpose)
        for index in worlds.indices {
          do { try worlds[index].serve(sales) } catch { throw named(error, index) }
        }
        for index in worlds.indices { worlds[index].close(period: period, costFactors: factors.costs) }
        book.close(period: period, &worlds)
        continue
      }
      switch study.demand {
      case .sampled:
        let key = DrawKey(seed: study.seed, replication: number, purpose: purpose, period: UInt32(period))
        try serveWaiting(&worlds, key, arrivals: arrivals)
        let count = try serve(&worlds, key, factor: factors.demand)
        if waits { arrivals.append(count) }
      case .expected:
        let mean = study.market.arrivals.mean(period: period)
        for index in worlds.indices { try worlds[index].serve(expected: mean, period: period, &expected) }
      }
      for index in worlds.indices { worlds[index].close(period: period, costFactors: factors.costs) }
      book.close(period: period, &worlds)
    }
    return worlds.map(\.finished)
  }

  /// Serves the customers of a period, and says how many came.
  private mutating func serve(_ worlds: inout [World], _ key: DrawKey, factor: Double) throws -> Int {
    var stream = RandomStream(
      seed: key.seed, replication: key.replication, purpose: DrawKey.Purpose.arrivals.rawValue, period: key.period,
      index: key.purpose == .customers ? 0 : 1)
    let arrivals = try study.market.arrivals.count(
      period: Int(key.period), uniform: stream.uniform(), factor: factor)
    var first = 0
    let shares = study.market.population.shares(period: Int(key.period))
    var clock = ArrivalClock(key, customers: arrivals)
    // By index: a closure over the worlds themselves would copy each of them.
    let needsTimes = worlds.indices.contains { worlds[$0].reprices }
    while first < arrivals {
      let count = min(arrivals - first, CustomerBlock.capacity)
      let times = needsTimes ? clock.next(count) : []
      let visit = Visit(arrival: Int(key.period), first: first, isReturn: false, times: times)
      try serve(&worlds, key, visit, count: count, shares)
      first += count
    }
    return arrivals
  }

  /// Lets all candidates serve a block of customers.
  private mutating func serve(
    _ worlds: inout [World], _ key: DrawKey, _ visit: Visit, count: Int, _ shares: [Double]
  ) throws {
    let again = kept?.block(key, first: visit.first, count: count, shares: shares)
    if again == nil { block.draw(key, first: visit.first, count: count, shares: shares) }
    for index in worlds.indices {
      do {
        if let again {
          try worlds[index].serve(again.customers, choice, visit)
        } else {
          try worlds[index].serve(block, choice, visit)
        }
      } catch { throw named(error, index) }
    }
  }

  /// Serves those who came in earlier periods and still wait, before anyone new: who has waited longest comes first. They
  /// are drawn again from their keys.
  private mutating func serveWaiting(_ worlds: inout [World], _ key: DrawKey, arrivals: [Int]) throws {
    let longest = study.market.longestWait
    guard longest > 0 else { return }
    for arrival in max(0, arrivals.count - longest)..<arrivals.count
    where worlds.contains(where: { $0.hasWaiting(arrival: arrival) }) {
      var earlier = key
      earlier.period = UInt32(arrival)
      let shares = study.market.population.shares(period: arrival)
      for first in stride(from: 0, to: arrivals[arrival], by: CustomerBlock.capacity)
      where worlds.contains(where: { $0.hasWaiting(arrival: arrival, first: first) }) {
        let visit = Visit(arrival: arrival, first: first, isReturn: true)
        try serve(&worlds, earlier, visit, count: min(arrivals[arrival] - first, CustomerBlock.capacity), shares)
      }
    }
  }

  /// An error with the name of the candidate whose it is.
  private func named(_ error: any Error, _ index: Int) -> SimulationError {
    SimulationError("\(candidates[index].label): \(error)")
  }
}
