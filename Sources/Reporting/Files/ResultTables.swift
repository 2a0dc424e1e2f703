import Selling
import Simulation
import Tables

/// The CSV files of a study, as the contract of results fixes them; columns beyond it stand at the end.
public struct ResultTables: Sendable {
  let report: StudyReport
  var study: Study { report.study }

  /// The tables of a report.
  public init(_ report: StudyReport) { self.report = report }

  /// The files by name, without `replications.csv`, which is written as the replications come.
  public var files: [(name: String, table: Table)] {
    [
      ("summary.csv", summary), ("comparisons.csv", comparisons), ("segments.csv", segments),
      ("sellers.csv", sellers), ("offers.csv", offers), ("periods.csv", periods),
      ("changes.csv", changes), ("winners.csv", winners),
    ] + RulesTables(report: report).files + (study.reportsRegret ? [("regret.csv", regret)] : [])
  }

  /// One row a strategy, best first, perfect knowledge last.
  public var summary: Table {
    var table = ResultFile.summary.table
    for row in report.rows {
      table.cell(row.rank)
      table.cell(row.label)
      table.cell(row.family.rawValue)
      table.cell(row.tally.profit.mean)
      table.cell(row.profit?.low)
      table.cell(row.profit?.high)
      table.cell(row.tally.revenue.mean)
      table.cell(row.tally.cost.mean)
      table.cell(row.tally.units.mean)
      table.cell(row.tally.margin.count > 0 ? row.tally.margin.mean : nil)
      table.cell(row.tally.customers.mean)
      table.cell(row.tally.surplus.mean)
      table.cell(row.shareOfClairvoyant)
      table.cell(report.clairvoyant.rawValue)
      table.cell(row.probabilityBest)
      table.cell(row.belief)
      table.cell(row.tally.contribution.mean)
      table.endRow()
    }
    return table
  }

  /// One row for each candidate but the baseline.
  public var comparisons: Table {
    var table = ResultFile.comparisons.table
    for row in report.candidates where row.index != study.baseline {
      table.cell(row.label)
      table.cell(study.candidates[study.baseline].label)
      table.cell(row.tally.difference.mean)
      table.cell(row.difference?.low)
      table.cell(row.difference?.high)
      table.cell(row.pValue)
      table.cell(row.probabilityBetter)
      table.endRow()
    }
    return table
  }

  /// One row for each strategy and segment.
  public var segments: Table {
    var table = ResultFile.segments.table
    for row in report.rows {
      for (segment, tally) in zip(study.market.population.segmentNames, row.tally.segments) {
        table.cell(row.label)
        table.cell(segment)
        table.cell(tally.customers.mean)
        table.cell(tally.buyers.mean)
        table.cell(tally.units.mean)
        table.cell(tally.revenue.mean)
        table.cell(tally.surplus.mean)
        table.endRow()
      }
    }
    return table
  }

  /// One row for each strategy and seller.
  public var sellers: Table {
    var table = ResultFile.sellers.table
    for row in report.rows {
      let units = row.tally.sellers.reduce(0) { $0 + $1.units.mean }
      for (profile, tally) in zip(study.market.profiles, row.tally.sellers) {
        table.cell(row.label)
        table.cell(profile.name)
        table.cell(ratio(tally.revenue.mean, tally.units.mean))
        table.cell(tally.units.mean)
        table.cell(tally.revenue.mean)
        table.cell(tally.profit.mean)
        table.cell(ratio(tally.units.mean, units))
        table.endRow()
      }
    }
    return table
  }

  /// One row for each strategy, seller and offer: what was bought over the whole calendar, and how often.
  public var offers: Table {
    var table = ResultFile.offers.table
    for row in report.rows {
      let sold = row.tally.offers.map { offer in
        (
          units: offer.periods.reduce(0) { $0 + $1.units }, revenue: offer.periods.reduce(0) { $0 + $1.revenue }
        )
      }
      let all = sold.reduce(0) { $0 + $1.units }
      for (offer, sold) in zip(row.tally.offers, sold) {
        table.cell(row.label)
        table.cell(study.market.profiles[offer.seller].name)
        table.cell(report.name(of: offer.key))
        table.cell(ratio(sold.revenue, sold.units))
        table.cell(sold.units / Double(report.replications))
        table.cell(sold.revenue / Double(report.replications))
        table.cell(ratio(sold.units, all))
        table.endRow()
      }
    }
    return table
  }

  /// One row for each strategy, period and offer that was posted; of a calendar of more than 10,000 periods for each span
  /// of as many as `periods` says, by its first.
  public var periods: Table {
    var table = ResultFile.periods.table
    for row in report.rows {
      for span in 0..<study.market.spans.count {
        let periods = study.market.spans.periods(of: span)
        for offer in row.tally.offers {
          let tally = offer.periods[span]
          guard tally.price.count > 0 else { continue }
          table.cell(row.label)
          table.cell(periods.lowerBound + 1)
          table.cell(report.name(of: offer.key))
          table.cell(tally.price.mean)
          table.cell(tally.prices.percentile(0.1))
          table.cell(tally.prices.percentile(0.9))
          table.cell(tally.units / Double(report.replications))
          table.cell(tally.revenue / Double(report.replications))
          table.cell(study.market.profiles[offer.seller].name)
          table.cell(tally.furtherPrice.count > 0 ? tally.furtherPrice.mean : nil)
          table.cell(tally.furtherFrom.count > 0 ? tally.furtherFrom.mean : nil)
          table.cell(periods.count)
          table.endRow()
        }
      }
    }
    return table
  }

  /// One row for each strategy and checkpoint: what perfect knowledge had earned more by then, as it came out and as it was
  /// to be expected at the prices that were posted.
  public var regret: Table {
    var table = ResultFile.regret.table
    for row in report.candidates {
      for (index, period) in StudyTally.checkpoints(study).enumerated() where index < row.tally.regret.count {
        table.cell(row.label)
        table.cell(period)
        let pseudo = row.tally.pseudoRegret.indices.contains(index) ? row.tally.pseudoRegret[index] : nil
        for moments in [row.tally.regret[index], pseudo] {
          let interval = moments.flatMap { report.interval($0) }
          table.cell(moments?.mean)
          table.cell(interval?.low)
          table.cell(interval?.high)
        }
        table.endRow()
      }
    }
    return table
  }

  /// One row for each value that the scenario states.
  public static func inputs(_ values: [(field: String, value: String)]) -> Table {
    var table = ResultFile.inputs.table
    for (field, value) in values {
      table.cell(field)
      table.cell(value)
      table.endRow()
    }
    return table
  }

  private func ratio(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }

  /// The rows of one replication in `replications.csv`.
  public static func rows(
    replication: Int, outcomes: [CandidateOutcome], candidates: [Candidate], study: Study
  ) -> Table {
    var table = ResultFile.replications.table
    let isRelative = !study.market.population.assortment.hasOutsideOption
    for (candidate, outcome) in zip(candidates, outcomes) {
      let own = outcome.sellers[study.studied]
      table.cell(replication + 1)
      table.cell(candidate.label)
      table.cell(own.profit)
      table.cell(own.revenue)
      table.cell(own.cost)
      table.cell(own.units)
      table.cell(outcome.customers)
      table.cell(outcome.surplus - (isRelative ? outcomes[study.baseline].surplus : 0))
      table.endRow()
    }
    return table
  }
}
