import Selling
import Simulation

/// The CSV files of a study, as the contract of results fixes them; columns beyond it stand at the end.
public struct ResultTables: Sendable {
  let report: StudyReport
  var study: Study { report.study }

  /// The tables of a report.
  public init(_ report: StudyReport) { self.report = report }

  /// The files by name, without `replications.csv`, which is written as the replications come.
  public var files: [(name: String, text: CSVText)] {
    [
      ("summary.csv", summary), ("comparisons.csv", comparisons), ("segments.csv", segments),
      ("sellers.csv", sellers), ("offers.csv", offers), ("periods.csv", periods),
      ("changes.csv", changes), ("winners.csv", winners),
    ] + RulesTables(report: report).files + (study.reportsRegret ? [("regret.csv", regret)] : [])
  }

  /// Files that some studies have and others do not.
  public static var optionalFileNames: [String] { RulesTables.fileNames + ["regret.csv"] }

  /// One row a strategy, best first, perfect knowledge last.
  public var summary: CSVText {
    var text = CSVText(header: [
      "rank", "strategy", "family", "profit_mean", "profit_ci_low", "profit_ci_high", "revenue_mean", "cost_mean",
      "units_mean", "margin_mean", "customers_mean", "consumer_surplus_mean", "share_of_clairvoyant",
      "clairvoyant_kind", "probability_best", "belief", "contribution_mean",
    ])
    for row in report.rows {
      text.cell(row.rank)
      text.cell(row.label)
      text.cell(row.family.rawValue)
      text.cell(row.tally.profit.mean)
      text.cell(row.profit?.low)
      text.cell(row.profit?.high)
      text.cell(row.tally.revenue.mean)
      text.cell(row.tally.cost.mean)
      text.cell(row.tally.units.mean)
      text.cell(row.tally.margin.count > 0 ? row.tally.margin.mean : nil)
      text.cell(row.tally.customers.mean)
      text.cell(row.tally.surplus.mean)
      text.cell(row.shareOfClairvoyant)
      text.cell(report.clairvoyant.rawValue)
      text.cell(row.probabilityBest)
      text.cell(row.belief)
      text.cell(row.tally.contribution.mean)
      text.endRow()
    }
    return text
  }

  /// One row for each candidate but the baseline.
  public var comparisons: CSVText {
    var text = CSVText(header: [
      "strategy", "baseline", "profit_difference_mean", "profit_difference_ci_low", "profit_difference_ci_high",
      "p_value", "probability_better",
    ])
    for row in report.candidates where row.index != study.baseline {
      text.cell(row.label)
      text.cell(study.candidates[study.baseline].label)
      text.cell(row.tally.difference.mean)
      text.cell(row.difference?.low)
      text.cell(row.difference?.high)
      text.cell(row.pValue)
      text.cell(row.probabilityBetter)
      text.endRow()
    }
    return text
  }

  /// One row for each strategy and segment.
  public var segments: CSVText {
    var text = CSVText(header: [
      "strategy", "segment", "customers_mean", "buyers_mean", "units_mean", "revenue_mean", "consumer_surplus_mean",
    ])
    for row in report.rows {
      for (segment, tally) in zip(study.market.population.segmentNames, row.tally.segments) {
        text.cell(row.label)
        text.cell(segment)
        text.cell(tally.customers.mean)
        text.cell(tally.buyers.mean)
        text.cell(tally.units.mean)
        text.cell(tally.revenue.mean)
        text.cell(tally.surplus.mean)
        text.endRow()
      }
    }
    return text
  }

  /// One row for each strategy and seller.
  public var sellers: CSVText {
    var text = CSVText(header: [
      "strategy", "seller", "price_mean", "units_mean", "revenue_mean", "profit_mean", "share_mean",
    ])
    for row in report.rows {
      let units = row.tally.sellers.reduce(0) { $0 + $1.units.mean }
      for (profile, tally) in zip(study.market.profiles, row.tally.sellers) {
        text.cell(row.label)
        text.cell(profile.name)
        text.cell(ratio(tally.revenue.mean, tally.units.mean))
        text.cell(tally.units.mean)
        text.cell(tally.revenue.mean)
        text.cell(tally.profit.mean)
        text.cell(ratio(tally.units.mean, units))
        text.endRow()
      }
    }
    return text
  }

  /// One row for each strategy, seller and offer: what was bought over the whole calendar, and how often.
  public var offers: CSVText {
    var text = CSVText(header: [
      "strategy", "seller", "offer", "price_mean", "units_mean", "revenue_mean", "share_mean",
    ])
    for row in report.rows {
      let sold = row.tally.offers.map { offer in
        (
          units: offer.periods.reduce(0) { $0 + $1.units }, revenue: offer.periods.reduce(0) { $0 + $1.revenue }
        )
      }
      let all = sold.reduce(0) { $0 + $1.units }
      for (offer, sold) in zip(row.tally.offers, sold) {
        text.cell(row.label)
        text.cell(study.market.profiles[offer.seller].name)
        text.cell(report.name(of: offer.key))
        text.cell(ratio(sold.revenue, sold.units))
        text.cell(sold.units / Double(report.replications))
        text.cell(sold.revenue / Double(report.replications))
        text.cell(ratio(sold.units, all))
        text.endRow()
      }
    }
    return text
  }

  /// One row for each strategy, period and offer that was posted; of a calendar of more than 10,000 periods for each span
  /// of as many as `periods` says, by its first.
  public var periods: CSVText {
    var text = CSVText(header: [
      "strategy", "period", "offer", "price_mean", "price_p10", "price_p90", "units_mean", "revenue_mean", "seller",
      "further_price_mean", "further_from_mean", "periods",
    ])
    for row in report.rows {
      for span in 0..<study.market.spans.count {
        let periods = study.market.spans.periods(of: span)
        for offer in row.tally.offers {
          let tally = offer.periods[span]
          guard tally.price.count > 0 else { continue }
          text.cell(row.label)
          text.cell(periods.lowerBound + 1)
          text.cell(report.name(of: offer.key))
          text.cell(tally.price.mean)
          text.cell(tally.prices.percentile(0.1))
          text.cell(tally.prices.percentile(0.9))
          text.cell(tally.units / Double(report.replications))
          text.cell(tally.revenue / Double(report.replications))
          text.cell(study.market.profiles[offer.seller].name)
          text.cell(tally.furtherPrice.count > 0 ? tally.furtherPrice.mean : nil)
          text.cell(tally.furtherFrom.count > 0 ? tally.furtherFrom.mean : nil)
          text.cell(periods.count)
          text.endRow()
        }
      }
    }
    return text
  }

  /// One row for each strategy and checkpoint: what perfect knowledge had earned more by then, as it came out and as it was
  /// to be expected at the prices that were posted.
  public var regret: CSVText {
    var text = CSVText(header: [
      "strategy", "period", "regret_mean", "regret_ci_low", "regret_ci_high", "pseudo_regret_mean",
      "pseudo_regret_ci_low", "pseudo_regret_ci_high",
    ])
    for row in report.candidates {
      for (index, period) in StudyTally.checkpoints(study).enumerated() where index < row.tally.regret.count {
        text.cell(row.label)
        text.cell(period)
        let pseudo = row.tally.pseudoRegret.indices.contains(index) ? row.tally.pseudoRegret[index] : nil
        for moments in [row.tally.regret[index], pseudo] {
          let interval = moments.flatMap { report.interval($0) }
          text.cell(moments?.mean)
          text.cell(interval?.low)
          text.cell(interval?.high)
        }
        text.endRow()
      }
    }
    return text
  }

  private func ratio(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }

  /// The header of `replications.csv`.
  public static var replicationsHeader: CSVText {
    CSVText(header: [
      "replication", "strategy", "profit", "revenue", "cost", "units", "customers", "consumer_surplus",
    ])
  }

  /// The rows of one replication in `replications.csv`.
  public static func rows(
    replication: Int, outcomes: [CandidateOutcome], candidates: [Candidate], study: Study
  ) -> CSVText {
    var text = CSVText()
    let isRelative = !study.market.population.assortment.hasOutsideOption
    for (candidate, outcome) in zip(candidates, outcomes) {
      let own = outcome.sellers[study.studied]
      text.cell(replication + 1)
      text.cell(candidate.label)
      text.cell(own.profit)
      text.cell(own.revenue)
      text.cell(own.cost)
      text.cell(own.units)
      text.cell(outcome.customers)
      text.cell(outcome.surplus - (isRelative ? outcomes[study.baseline].surplus : 0))
      text.endRow()
    }
    return text
  }
}
