import Simulation

/// Reads how many customers come.
enum ArrivalsReader {
  /// The arrivals, or nil after a report.
  static func arrivals(_ record: Record) -> Arrivals? {
    let poisson = record.number("poisson")
    let fixed = record.number("fixed")
    if record.isWritten("poisson") == record.isWritten("fixed") {
      record.report("give either `poisson` or `fixed`, for example poisson: 300")
      return nil
    }
    guard let mean = poisson ?? fixed else { return nil }
    let season = record.record("season")
    return Arrivals(
      poisson == nil ? .fixed : .poisson, mean: mean, seasonLength: season?.number("every"),
      seasonSwing: season?.number("swing") ?? 0, seasonPeak: season?.number("peak") ?? 1,
      trend: record.number("trend") ?? 0)
  }
}
