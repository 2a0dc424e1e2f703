import Demand
import Dispatch
import GSL
import Selling
import Synchronization

/// Searches constant prices by simulation, where rivals react or several products share a capacity. Tuned on customers
/// that no candidate meets, so that the benchmark does not profit from the luck of the draw.
struct PriceSearch {
  private let study: Study
  private let offers: [Offer]
  private let replications: Int
  /// One for each thread, who sees to every so many replications.
  private let workers: [Worker]

  /// An engine that keeps its customers from trial to trial.
  private final class Worker: Sendable {
    let engine: Mutex<Engine>

    init(_ study: Study, keepsCustomers: Bool) {
      engine = Mutex(Engine(study, candidates: [], keepsCustomers: keepsCustomers))
    }
  }

  /// Numbers that are kept of customers between trials, at most.
  private static let mostKept = 8e6

  /// Customers on whom one trial is judged, about.
  private static let customersPerTrial = 40_000.0

  /// - Parameter offers: what is to be priced; the prices that they have do not matter.
  init(_ study: Study, offers: [Offer], threads: Int) {
    self.study = study
    self.offers = offers
    let customers = (0..<study.market.periodCount).reduce(0.0) { $0 + study.market.arrivals.mean(period: $1) }
    let replications = Int(min(64, max(1, Self.customersPerTrial / max(1, customers))))
    self.replications = replications
    let size = KeptCustomers.size(of: customers * Double(replications), in: study.market.population)
    workers = (0..<min(threads, replications)).map { _ in Worker(study, keepsCustomers: size < Self.mostKept) }
  }

  /// The best constant prices found by Nelder-Mead from the best of several starts and of their multiples.
  func best(from starts: [[Double]]) throws -> PostedPolicy {
    let trials = [1, 0.8, 1.2, 1.5, 2].flatMap { multiple in starts.map { $0.map { $0 * multiple } } }
    let earned = try contributions(of: trials)
    let first = zip(trials, earned).max { $0.1 < $1.1 }?.0 ?? offers.map { _ in 0 }
    let polished = try minimiseNelderMead(
      from: first, steps: first.map { max(0.05 * abs($0), 1e-3) }, tolerance: 1e-4,
      maximumIterations: 20 * offers.count + 20
    ) { prices in
      guard prices.allSatisfy({ $0 >= 0 }) else { return .infinity }
      return -(try contributions(of: [prices])[0])
    }
    return policy(polished.point)
  }

  private func policy(_ prices: [Double]) -> PostedPolicy {
    PostedPolicy(
      PriceList(zip(offers, prices).map { Offer($0.contents, price: $1, group: $0.group) }),
      study.market.profiles[study.studied].terms)
  }

  /// Mean contribution of each trial on the same customers.
  private func contributions(of trials: [[Double]]) throws -> [Double] {
    let candidates = trials.map {
      Candidate(label: "perfect knowledge", family: .benchmark, belief: "perfect", strategy: policy($0))
    }
    let found = Mutex([Result<[Double], any Error>?](repeating: nil, count: replications))
    DispatchQueue.concurrentPerform(iterations: workers.count) { number in
      workers[number].engine.withLock { engine in
        for replication in stride(from: number, to: replications, by: workers.count) {
          let earned = Result {
            try engine.run(candidates, replication: replication, purpose: .tuning)
              .map { $0.sellers[study.studied].contribution }
          }
          found.withLock { $0[replication] = earned }
        }
      }
    }
    // By rising number, so that the last bit does not depend on who ran which.
    var totals = [Double](repeating: 0, count: trials.count)
    for result in found.withLock({ $0 }) {
      for (index, earned) in (try result?.get() ?? []).enumerated() { totals[index] += earned }
    }
    return totals.map { $0 / Double(replications) }
  }
}
