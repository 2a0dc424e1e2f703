import Demand

/// Reads how the customers of a segment look beyond today's price.
enum OutlookReader {
  /// The memory of adaptive beliefs where the scenario states none.
  private static let usualMemory = 0.5

  /// How they compare prices with remembered ones; nil for not at all, or after a report.
  static func referencePrice(_ segment: Record, _ assortment: Assortment) -> ReferencePrice? {
    if segment.isWritten("fairness"), !segment.isWritten("reference price") {
      segment.report(
        "fairness compares with a reference price; say how customers remember prices: give `reference price` too",
        at: "fairness")
    }
    guard let record = segment.record("reference price"), let memory = record.number("memory"),
      let loss = record.number("loss"), let gain = record.number("gain")
    else { return nil }
    let names = assortment.products.map(\.name)
    var start: [Int: Double] = [:]
    for entry in record.table("start") {
      guard let product = names.firstIndex(of: entry.key) else {
        entry.reportKey(unknown("product", entry.key, known: names) + "; no seller sells it")
        continue
      }
      start[product] = entry.value.number
    }
    var fairness: Fairness?
    if let record = segment.record("fairness"), let tolerance = record.number("tolerance"),
      let penalty = record.number("penalty")
    {
      fairness = Fairness(tolerance: tolerance, penalty: penalty)
    }
    return ReferencePrice(memory: memory, loss: loss, gain: gain, start: start, fairness: fairness)
  }

  /// How they weigh now against later; nil if they never wait, or after a report.
  static func patience(_ segment: Record, _ assortment: Assortment) -> Patience? {
    guard let record = segment.record("patience") else { return nil }
    if !assortment.hasOutsideOption {
      segment.report("who must buy cannot wait; leave `patience` out, or let customers buy nothing", at: "patience")
    }
    let isAnnounced = record.choice("belief") == "announced"
    if isAnnounced, record.isWritten("memory") {
      record.report("an announced price needs no memory; leave it out, or write `belief: adaptive`", at: "memory")
    }
    guard let discountFactor = record.number("discount factor"), let periods = record.count("periods") else {
      return nil
    }
    return Patience(
      discountFactor: discountFactor, periods: periods,
      belief: isAnnounced ? .announced : .adaptive(memory: record.number("memory") ?? usualMemory))
  }
}
