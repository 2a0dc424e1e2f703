import Simulation
import Tables

extension ResultTables {
  /// One row for each candidate but the baseline and each offer of the studied seller: its price and volume against the
  /// baseline, and the change of volume at which the price move breaks even.
  public var changes: Table {
    var table = ResultFile.changes.table
    for row in report.rows where row.index != study.baseline {
      for change in report.offerChanges(row) {
        table.cell(row.label)
        table.cell(study.candidates[study.baseline].label)
        table.cell(report.name(of: change.offer))
        table.cell(change.priceBefore)
        table.cell(change.priceAfter)
        table.cell(change.move?.change)
        table.cell(change.unitCost)
        table.cell(change.move?.breakEvenVolumeChange)
        table.cell(change.unitsBefore)
        table.cell(change.unitsAfter)
        table.cell(change.volumeChange)
        table.cell(change.contributionChange)
        table.cell(change.cannibalised)
        table.cell(change.cannibalisation)
        table.cell(change.postedBefore)
        table.cell(change.postedAfter)
        table.endRow()
      }
    }
    return table
  }

  /// One row for each candidate but the baseline and each segment: what it means for the segment's customers.
  public var winners: Table {
    var table = ResultFile.winners.table
    for row in report.rows where row.index != study.baseline {
      for change in report.segmentChanges(row) {
        table.cell(row.label)
        table.cell(study.candidates[study.baseline].label)
        table.cell(change.segment)
        table.cell(change.verdict.rawValue)
        table.cell(change.customers)
        table.cell(change.surplusChange)
        table.cell(change.interval?.low)
        table.cell(change.interval?.high)
        table.cell(change.surplusChangePerCustomer)
        table.cell(change.buyersChange)
        table.cell(change.unitsChange)
        table.cell(change.revenueChange)
        table.endRow()
      }
    }
    return table
  }
}
