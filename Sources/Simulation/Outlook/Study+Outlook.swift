import Demand
import Selling

extension Market {
  /// The most periods that any customer waits; 0 if nobody does.
  var longestWait: Int { population.segments.compactMap { $0.patience?.periods }.max() ?? 0 }

  /// How many periods ahead some customers believe announced prices; 0 if nobody does.
  var longestAnnouncement: Int {
    population.segments.compactMap { $0.patience?.belief == .announced ? $0.patience?.periods : nil }.max() ?? 0
  }

  /// Whether demand in a period depends on the prices of that period alone.
  var looksAtTodayOnly: Bool {
    population.segments.allSatisfy { $0.referencePrice == nil && $0.patience == nil }
  }

  /// Whether the same prices in every period sell as if customers looked at today's price alone: nobody waits for what
  /// stays as it is, and a price that was always the same is its own reference.
  var isNeutralToConstantPrices: Bool {
    population.segments.allSatisfy { $0.referencePrice?.isNeutralToConstantPrices ?? true }
  }

  /// - Throws: ``SimulationError`` where customers would wait who must buy, or whom the study does not draw.
  func checkPatience(_ demand: DemandMode) throws {
    for segment in population.segments where segment.patience != nil {
      guard demand == .sampled else {
        throw SimulationError(
          "customers of segment \(segment.name) may wait, and expected demand does not know who waits; use sampled, or "
            + "leave `patience` out")
      }
      guard population.assortment.hasOutsideOption else {
        throw SimulationError(
          "customers of segment \(segment.name) may wait, but everybody must buy; let customers buy nothing, or leave "
            + "`patience` out")
      }
    }
  }
}
