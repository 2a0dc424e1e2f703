import Selling
import Simulation
import Tables

/// The result files of sellers with price terms or rules; a study without them has none.
struct RulesTables {
  let report: StudyReport
  private var profiles: [SellerProfile] { report.study.market.profiles }

  /// The files by name.
  var files: [(name: String, table: Table)] {
    (profiles.contains { $0.terms != nil } ? [("waterfall.csv", waterfall)] : [])
      + (hasRules ? [("price_changes.csv", priceChanges)] : [])
  }

  /// Candidates may have rules of their own; where nobody pays for changes and no seller has rules, there is no file.
  private var hasRules: Bool {
    profiles.contains { !$0.rules.isEmpty } || report.study.candidates.contains { $0.strategy is RuledStrategy }
  }

  /// From the list price down to the pocket margin, on average over the units sold: every step is a straight line in the
  /// list price, so that the mean pocket price tells all of them.
  private var waterfall: Table {
    var table = ResultFile.waterfall.table
    for row in report.rows {
      for offer in row.tally.offers {
        let profile = profiles[offer.seller]
        let contents = offer.key.contents
        let units = offer.periods.reduce(0) { $0 + $1.units }
        guard let terms = profile.terms, units > 0 else { continue }
        let pocket = offer.periods.reduce(0) { $0 + $1.revenue } / units
        let list = terms.listPrice(pocket: pocket, of: contents)
        var steps = terms.waterfall(list: list, of: contents).map { ($0.kind.rawValue, $0.name, $0.amount) }
        if profile.hasPlainCosts {
          let cost = profile.unitCost(of: contents)
          steps += [("unit cost", "unit cost", cost), ("margin", "pocket margin", pocket - cost)]
        }
        let paid = terms.invoicePrice(list: list, of: contents) * (1 + terms.tax)
        for (kind, name, amount) in steps + [("customer", "customer pays", paid)] {
          table.cell(row.label)
          table.cell(profile.name)
          table.cell(report.name(of: offer.key))
          table.cell(kind)
          table.cell(name)
          table.cell(amount)
          table.cell(list > 0 ? amount / list : nil)
          table.endRow()
        }
      }
    }
    return table
  }

  /// How often each seller changed a price after the opening, and what that cost.
  private var priceChanges: Table {
    var table = ResultFile.priceChanges.table
    for row in report.rows {
      for (profile, tally) in zip(profiles, row.tally.sellers) {
        table.cell(row.label)
        table.cell(profile.name)
        table.cell(tally.priceChanges.mean)
        table.cell(tally.adjustmentCost.mean)
        table.endRow()
      }
    }
    return table
  }
}
