#if Workbook
  import Tables

  /// What sheets and charts ask of results.
  struct WorkbookNumbers {
    let results: Results

    var manifest: Manifest { results.manifest }
    var confidence: String { "\((manifest.confidence * 1000).rounded() / 10)%".replacing(".0%", with: "%") }

    /// Candidates, best first, and perfect knowledge last.
    var ranked: [Table.Row] { results.table(.summary).rows }

    /// The candidates' comparisons with the baseline, by strategy.
    var comparisons: [String: Table.Row] {
      Dictionary(results.table(.comparisons).rows.map { ($0.text("strategy"), $0) }) { first, _ in first }
    }

    /// The largest profit in view, which says how many decimals money has.
    var largestProfit: Double { ranked.reduce(0) { max($0, abs($1.number("profit_mean") ?? 0)) } }

    func money(isChange: Bool = false) -> String { NumberFormat.of(.money, largest: largestProfit, isChange: isChange) }

    /// The strategies that a chart with room for `count` shows: the best, with the baseline and perfect knowledge whatever
    /// their rank.
    func shown(_ count: Int) -> [Table.Row] {
      ranked.enumerated().filter { index, row in
        index < count || isBaseline(row) || isPerfect(row)
      }.map(\.element)
    }

    func isBaseline(_ row: Table.Row) -> Bool { row.text("strategy") == manifest.baseline && !isPerfect(row) }
    func isPerfect(_ row: Table.Row) -> Bool { row["rank"] == .missing }

    /// Half of an interval, for an error bar: intervals of means are symmetric.
    static func half(_ row: Table.Row?, _ low: String, _ high: String) -> Double? {
      guard let low = row?.number(low), let high = row?.number(high) else { return nil }
      return (high - low) / 2
    }
  }
#endif
