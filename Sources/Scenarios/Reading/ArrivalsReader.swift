import Selling
import Simulation

/// Reads how many customers come.
enum ArrivalsReader {
  private static let kinds = ["poisson", "fixed", "negative binomial", "bass"]

  /// The arrivals, or nil after a report.
  static func arrivals(_ record: Record, periodCount: Int) -> Arrivals? {
    let shocks = ShockReader.shocks(record, at: "shocks", periodCount: periodCount)
    let written = kinds.filter(record.isWritten)
    guard written.count == 1 else {
      record.report("give either `poisson`, `fixed`, `negative binomial` or `bass`, for example poisson: 300")
      return nil
    }
    let season = record.record("season")
    func arrivals(
      _ variation: Arrivals.Variation, mean: Double = 0, spread: Double = 0, diffusion: BassDiffusion? = nil
    ) -> Arrivals {
      Arrivals(
        variation, mean: mean, spread: spread, seasonLength: season?.number("every"),
        seasonSwing: season?.number("swing") ?? 0, seasonPeak: season?.number("peak") ?? 1,
        trend: record.number("trend") ?? 0, profile: record.numbers("profile"), shocks: shocks,
        randomShocks: ShockReader.random(record, at: "random shocks"), diffusion: diffusion)
    }
    if let mean = record.number("poisson") { return arrivals(.poisson, mean: mean) }
    if let mean = record.number("fixed") { return arrivals(.fixed, mean: mean) }
    if let kind = record.record("negative binomial"), let mean = kind.number("mean"), let spread = kind.number("spread")
    {
      return arrivals(.negativeBinomial, mean: mean, spread: spread)
    }
    if let bass = record.record("bass"), let market = bass.number("market"),
      let innovation = bass.number("innovation"), let imitation = bass.number("imitation")
    {
      return arrivals(
        bass.choice("counts") == "fixed" ? .fixed : .poisson,
        diffusion: BassDiffusion(market: market, innovation: innovation, imitation: imitation))
    }
    return nil
  }
}

/// Reads changes, dated or by chance, of the number of customers or of costs.
enum ShockReader {
  /// The dated changes; wrong ones are reported and left out.
  static func shocks(_ record: Record, at field: String, periodCount: Int) -> [DatedChange] {
    record.records(field).compactMap { shock in
      guard let first = shock.count("period"), let change = shock.number("change") else { return nil }
      let last = shock.count("until") ?? first
      guard first <= periodCount else {
        shock.report("period \(first) lies beyond the calendar, which has \(periodCount)", at: "period")
        return nil
      }
      guard last >= first else {
        shock.report("`until` is \(last), before `period`, which is \(first)", at: "until")
        return nil
      }
      return DatedChange(first - 1...last - 1, change: change)
    }
  }

  /// The random factor; nil where none is wanted.
  static func random(_ record: Record, at field: String) -> RandomFactor? {
    guard let shocks = record.record(field), let spread = shocks.number("spread") else { return nil }
    return RandomFactor(spread: spread, persistence: shocks.number("persistence") ?? 0)
  }
}
