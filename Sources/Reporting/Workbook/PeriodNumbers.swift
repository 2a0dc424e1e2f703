#if Workbook
  import Tables

  /// Prices and sales of the studied seller over time, arranged by offer and strategy.
  struct PeriodNumbers {
    /// What one strategy posted and sold of one offer, by period; nothing where it did not offer it.
    struct Course {
      var prices: [Double?]
      var units: [Double?]
    }

    /// The first period of each row of `periods.csv`, in order.
    let periods: [Int]
    /// The offers, that with the largest revenue first.
    let offers: [String]
    /// By offer and strategy.
    let courses: [String: [String: Course]]
    /// Whether a row covers several periods.
    let hasSpans: Bool

    /// Arranges a table of periods.
    init(_ table: Table, seller: String) {
      let index = Dictionary(table.columns.enumerated().map { ($1, $0) }) { first, _ in first }
      func column(_ name: String) -> Int { index[name] ?? 0 }
      let places = (
        strategy: column("strategy"), period: column("period"), offer: column("offer"), price: column("price_mean"),
        units: column("units_mean"), revenue: column("revenue_mean"), seller: column("seller"), span: column("periods")
      )
      var rows: [ArraySlice<Table.Cell>] = []
      var periods: Set<Int> = []
      var hasSpans = false
      for first in stride(from: 0, to: table.cells.count, by: max(1, table.columns.count)) {
        let row = table.cells[first..<first + table.columns.count]
        guard row[first + places.seller].text == seller, let period = row[first + places.period].number else {
          continue
        }
        rows.append(row)
        periods.insert(Int(period))
        if let span = row[first + places.span].number, span > 1 { hasSpans = true }
      }
      let ordered = periods.sorted()
      let positions = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
      let empty = Course(
        prices: [Double?](repeating: nil, count: ordered.count), units: [Double?](repeating: nil, count: ordered.count))
      var courses: [String: [String: Course]] = [:]
      var revenues: [String: Double] = [:]
      for row in rows {
        let first = row.startIndex
        guard let strategy = row[first + places.strategy].text, let offer = row[first + places.offer].text,
          let period = row[first + places.period].number, let position = positions[Int(period)]
        else { continue }
        courses[offer, default: [:]][strategy, default: empty].prices[position] = row[first + places.price].number
        courses[offer, default: [:]][strategy, default: empty].units[position] = row[first + places.units].number
        revenues[offer, default: 0] += row[first + places.revenue].number ?? 0
      }
      self.periods = ordered
      self.courses = courses
      self.hasSpans = hasSpans
      offers = revenues.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
  }
#endif
