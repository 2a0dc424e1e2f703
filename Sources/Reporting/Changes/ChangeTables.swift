import Simulation

extension ResultTables {
  /// One row for each candidate but the baseline and each offer of the studied seller: its price and volume against the
  /// baseline, and the change of volume at which the price move breaks even.
  public var changes: CSVText {
    var text = CSVText(header: [
      "strategy", "baseline", "offer", "price_baseline", "price_mean", "price_change", "unit_cost",
      "break_even_volume_change", "units_baseline", "units_mean", "volume_change", "contribution_change",
      "cannibalised_units", "cannibalisation", "posted_price_baseline", "posted_price_mean",
    ])
    for row in report.rows where row.index != study.baseline {
      for change in report.offerChanges(row) {
        text.cell(row.label)
        text.cell(study.candidates[study.baseline].label)
        text.cell(report.name(of: change.offer))
        text.cell(change.priceBefore)
        text.cell(change.priceAfter)
        text.cell(change.move?.change)
        text.cell(change.unitCost)
        text.cell(change.move?.breakEvenVolumeChange)
        text.cell(change.unitsBefore)
        text.cell(change.unitsAfter)
        text.cell(change.volumeChange)
        text.cell(change.contributionChange)
        text.cell(change.cannibalised)
        text.cell(change.cannibalisation)
        text.cell(change.postedBefore)
        text.cell(change.postedAfter)
        text.endRow()
      }
    }
    return text
  }

  /// One row for each candidate but the baseline and each segment: what it means for the segment's customers.
  public var winners: CSVText {
    var text = CSVText(header: [
      "strategy", "baseline", "segment", "verdict", "customers_mean", "surplus_change_mean", "surplus_change_ci_low",
      "surplus_change_ci_high", "surplus_change_per_customer", "buyers_change", "units_change", "revenue_change",
    ])
    for row in report.rows where row.index != study.baseline {
      for change in report.segmentChanges(row) {
        text.cell(row.label)
        text.cell(study.candidates[study.baseline].label)
        text.cell(change.segment)
        text.cell(change.verdict.rawValue)
        text.cell(change.customers)
        text.cell(change.surplusChange)
        text.cell(change.interval?.low)
        text.cell(change.interval?.high)
        text.cell(change.surplusChangePerCustomer)
        text.cell(change.buyersChange)
        text.cell(change.unitsChange)
        text.cell(change.revenueChange)
        text.endRow()
      }
    }
    return text
  }
}
