import Demand

/// Reads demand that is stated for the market as a whole.
struct AggregateReader {
  let assortment: Assortment

  /// The demand, or nil after a report; `customers` has one of the fields `linear` and `ces`.
  func demand(_ customers: Record) -> AggregateDemand? {
    let names = assortment.alternatives.map { assortment.products[$0].name }
    guard Set(names).count == names.count else {
      customers.report(
        "with `linear` or `ces` demand each product has one seller; give rivals products of their own names")
      return nil
    }
    do {
      if let record = customers.record("linear") {
        guard assortment.hasOutsideOption else {
          customers.report(
            "with `linear` demand customers may always buy nothing; leave this out", at: "outside option")
          return nil
        }
        guard let intercepts = values("intercepts", record), let own = values("own slopes", record),
          let interaction = interaction(own, record)
        else { return nil }
        return .linear(try LinearDemand(intercepts: intercepts, interaction: interaction))
      }
      guard let record = customers.record("ces"), let qualities = values("qualities", record),
        let elasticity = record.number("elasticity"), let budget = record.number("budget")
      else { return nil }
      return .constantElasticity(
        try CESDemand(
          qualities: qualities, elasticity: elasticity, budget: budget, hasOutsideOption: assortment.hasOutsideOption))
    } catch {
      customers.report("\(error)", at: customers.isWritten("linear") ? "linear" : "ces")
      return nil
    }
  }

  /// Numbers by alternative.
  private func values(_ field: String, _ record: Record) -> [Double]? {
    SegmentReader.byProduct(record.table(field), record, field, assortment) { $0.number }
      .map { values in assortment.alternatives.map { values[$0] } }
  }

  private func interaction(_ own: [Double], _ record: Record) -> [[Double]]? {
    let cross = SegmentReader.pairs("cross slopes", record, assortment, diagonal: 0)
    guard let cross else { return nil }
    return own.indices.map { row in
      own.indices.map { column in
        row == column ? own[row] : cross[assortment.alternatives[row]][assortment.alternatives[column]]
      }
    }
  }
}
