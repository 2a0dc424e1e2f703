import Demand
import GSL
import Selling

/// Finds the parameters with which a strategy earns most, by simulation on common random numbers.
///
/// One parameter: a scan over the bounds, then Brent's method in the best three regions, so that a second peak is no trap.
/// Several: Nelder and Mead from the best of the scenario's own values and quasi-random points over the bounds, three
/// times. All trials meet the same customers, and none that results are about: the search has draws of its own, and what
/// is reported of the optimum comes from fresh ones, so that it is not a winner's curse. Verified against closed forms
/// and a strategy whose profit has two peaks (`ParameterSearchTests`).
public struct ParameterSearch: Sendable {
  private let study: Study
  private let candidate: Candidate
  private let recipe: StrategyRecipe
  private let replications: Int
  private let runs: TrialRuns

  /// Searches number their replications from here, far beyond those of any run: surveys, too, are then others.
  private static let firstReplication = 2_000_000_000
  private static let scanSteps = 24
  private static let starts = 3

  /// A search.
  ///
  /// - Parameters:
  ///   - candidate: an index of the study's candidates.
  ///   - replications: on which trials are judged.
  ///   - threads: at least 1; the result does not depend on it.
  /// - Throws: ``SimulationError`` for a candidate that cannot be made again with other parameters.
  public init(_ study: Study, candidate: Int, replications: Int, threads: Int) throws {
    let chosen = study.candidates[candidate]
    guard let recipe = chosen.recipe else {
      throw SimulationError("\(chosen.label) has no parameters that can be tuned")
    }
    self.study = study
    self.candidate = chosen
    self.recipe = recipe
    self.replications = max(2, replications)
    runs = TrialRuns(study: study, threads: max(1, threads))
  }

  /// Finds the optimum and judges it on fresh customers.
  ///
  /// - Parameters:
  ///   - dials: what may be turned, each within bounds; nil bounds start from the usual ones, and widen while a single
  ///     dial's optimum lies at their end.
  ///   - fresh: replications on which the optimum is judged: the first ones of `bertrand run`.
  ///   - progress: called with the number of trials so far; returns false to stop.
  /// - Returns: nil if it was stopped.
  /// - Throws: ``SimulationError`` where no trial can be run; what strategies throw.
  public func optimum(
    of dials: [(dial: StrategyRecipe.Dial, bounds: ClosedRange<Double>?)], fresh: Int,
    progress: @escaping (Int) -> Bool = { _ in true }
  ) throws -> ParameterOptimum? {
    guard !dials.isEmpty else { throw SimulationError("\(candidate.label) has nothing to tune") }
    var trials = Trials(dials.map(\.dial), progress: progress)
    var bounds = dials.map { $0.bounds ?? $0.dial.usual }
    do {
      var best = try search(bounds, &trials)
      var widenings = 0
      while dials.count == 1, dials[0].bounds == nil, widenings < 4,
        let wider = ParameterOptimum.Setting(dial: dials[0].dial, bounds: bounds[0], value: best[0]).wider
      {
        bounds = [wider]
        best = try search(bounds, &trials)
        widenings += 1
      }
      return try judged(best, bounds, fresh: fresh, &trials)
    } catch is Stopped {
      return nil
    }
  }

  private struct Stopped: Error {}

  /// Keeps count, and profits that were computed before.
  private struct Trials {
    let dials: [StrategyRecipe.Dial]
    let progress: (Int) -> Bool
    var count = 0
    var known: [[Double]: Double] = [:]
    /// Why the first trial that could not be run could not.
    var failure: String?

    init(_ dials: [StrategyRecipe.Dial], progress: @escaping (Int) -> Bool) {
      self.dials = dials
      self.progress = progress
    }
  }

  private func search(_ bounds: [ClosedRange<Double>], _ trials: inout Trials) throws -> [Double] {
    bounds.count == 1 ? [try search(bounds[0], &trials)] : try searchSeveral(bounds, &trials)
  }

  /// Values from one bound to the other, both exactly.
  private static func grid(_ bounds: ClosedRange<Double>) -> [Double] {
    let (low, high) = (bounds.lowerBound, bounds.upperBound)
    return (0...scanSteps).map { step in
      step == scanSteps ? high : low + (high - low) * Double(step) / Double(scanSteps)
    }
  }

  /// One dial.
  private func search(_ bounds: ClosedRange<Double>, _ trials: inout Trials) throws -> Double {
    let (low, high) = (bounds.lowerBound, bounds.upperBound)
    guard high > low else { return low }
    let grid = Self.grid(bounds)
    let profits = try profits(grid.map { [$0] }, &trials)
    var best = grid.indices.max { profits[$0] < profits[$1] } ?? 0
    guard profits[best] > -.infinity else { throw impossible(trials) }
    let peaks = grid.indices.filter { step in
      profits[step] > -.infinity && (step == 0 || profits[step] >= profits[step - 1])
        && (step + 1 == grid.count || profits[step] >= profits[step + 1])
    }.sorted { profits[$0] > profits[$1] }
    var point = (value: grid[best], profit: profits[best])
    for peak in peaks.prefix(Self.starts) {
      best = peak
      let found = try minimise(
        from: grid[max(0, best - 1)], to: grid[min(grid.count - 1, best + 1)], scanSteps: 4, tolerance: 1e-5
      ) { -(try self.profits([[$0]], &trials)[0]) }
      if -found.value > point.profit { point = (found.point, -found.value) }
    }
    return point.value
  }

  /// Several dials.
  private func searchSeveral(_ bounds: [ClosedRange<Double>], _ trials: inout Trials) throws -> [Double] {
    let count = bounds.count
    var points = [zip(trials.dials, bounds).map { min($1.upperBound, max($1.lowerBound, $0.value)) }]
    var sequence = try SobolSequence(dimensions: count)
    for unit in try sequence.next(min(96, 12 * count)) {
      points.append(zip(unit, bounds).map { $1.lowerBound + $0 * ($1.upperBound - $1.lowerBound) })
    }
    let profits = try profits(points, &trials)
    let order = points.indices.sorted { profits[$0] > profits[$1] }
    guard profits[order[0]] > -.infinity else { throw impossible(trials) }
    var best = (point: points[order[0]], profit: profits[order[0]])
    // The scenario's own values are a start of their own: they may sit on a narrow peak.
    for start in Set(order.prefix(Self.starts) + [0]).sorted() where profits[start] > -.infinity {
      let steps = zip(points[start], bounds).map { value, range in
        let step = 0.1 * (range.upperBound - range.lowerBound)
        return value + step <= range.upperBound ? max(step, 1e-12) : -max(step, 1e-12)
      }
      let found = try minimiseNelderMead(
        from: points[start], steps: steps, tolerance: 1e-4, maximumIterations: 60 * count
      ) { point in
        guard zip(point, bounds).allSatisfy({ $1.contains($0) }) else { return .infinity }
        return -(try self.profits([point], &trials)[0])
      }
      if -found.value > best.profit { best = (found.point, -found.value) }
    }
    return best.point
  }

  private func strategy(_ point: [Double], _ dials: [StrategyRecipe.Dial]) throws -> any PricingStrategy {
    try recipe.strategy(Array(zip(dials, point)).map { (dial: $0, value: $1) })
  }

  /// Mean profit at each point; minus infinity where the strategy refuses.
  private func profits(_ points: [[Double]], _ trials: inout Trials) throws -> [Double] {
    let new = points.filter { trials.known[$0] == nil }
    var made: [(point: [Double], candidate: Candidate)] = []
    for point in new {
      do {
        made.append((point, Candidate(label: candidate.label, strategy: try strategy(point, trials.dials))))
      } catch let error as StrategyError {
        trials.known[point] = -.infinity
        trials.failure = trials.failure ?? "\(candidate.label): \(error)"
      }
    }
    for batch in stride(from: 0, to: made.count, by: 32).map({ made[$0..<min($0 + 32, made.count)] }) {
      for (trial, profits) in zip(batch, tuned(batch.map(\.candidate), &trials)) {
        trials.known[trial.point] = profits.map { RunningMoments($0).mean } ?? -.infinity
      }
      trials.count += batch.count
      guard trials.progress(trials.count) else { throw Stopped() }
    }
    return points.map { trials.known[$0] ?? -.infinity }
  }

  /// Profits on the customers of the search; nil where a strategy finds no price on the way.
  private func tuned(_ candidates: [Candidate], _ trials: inout Trials) -> [[Double]?] {
    do {
      return try runs.profits(candidates, replications: tuning, purpose: .tuning)
    } catch {
      trials.failure = trials.failure ?? "\(error)"
      guard candidates.count > 1 else { return [nil] }
      return candidates.flatMap { tuned([$0], &trials) }
    }
  }

  private func impossible(_ trials: Trials) -> SimulationError {
    SimulationError(trials.failure ?? "\(candidate.label) cannot be run within the bounds")
  }

  private var tuning: Range<Int> { Self.firstReplication..<(Self.firstReplication + replications) }

  /// The optimum on fresh customers, with the profit curve around it.
  private func judged(
    _ best: [Double], _ bounds: [ClosedRange<Double>], fresh: Int, _ trials: inout Trials
  ) throws -> ParameterOptimum {
    var curve: [ParameterOptimum.CurvePoint] = []
    for index in best.indices {
      let (low, high) = (bounds[index].lowerBound, bounds[index].upperBound)
      let values = Set(Self.grid(bounds[index])).union([best[index], min(high, max(low, trials.dials[index].value))])
        .sorted()
      let points = values.map { value in best.enumerated().map { $0 == index ? value : $1 } }
      let made = points.enumerated().compactMap { place, point in
        (try? strategy(point, trials.dials)).map { (values[place], Candidate(label: candidate.label, strategy: $0)) }
      }
      for (value, profits) in zip(made.map(\.0), tuned(made.map(\.1), &trials)) {
        guard let profits else { continue }
        curve.append(.init(setting: index, value: value, profit: RunningMoments(profits)))
      }
      trials.count += made.count
      guard trials.progress(trials.count) else { throw Stopped() }
    }
    let tuned = Candidate(label: candidate.label, strategy: try strategy(best, trials.dials))
    let isKnown = tuned.strategy.isConstant && tuned.strategy.survey == nil
    let posted =
      isKnown ? try PerfectKnowledge.openingList(tuned.strategy, seller: study.studied, study) : nil
    let profits = try runs.profits(
      [tuned, candidate, study.candidates[study.baseline]], replications: 0..<fresh, purpose: .customers)
    return ParameterOptimum(
      settings: best.indices.map { .init(dial: trials.dials[$0], bounds: bounds[$0], value: best[$0]) },
      tunedProfit: trials.known[best] ?? .nan, profit: RunningMoments(profits[0]),
      gain: RunningMoments(zip(profits[0], profits[1]).map(-)),
      gainOverBaseline: RunningMoments(zip(profits[0], profits[2]).map(-)),
      curve: curve, posted: posted, tuningReplications: replications, trials: trials.count)
  }
}
