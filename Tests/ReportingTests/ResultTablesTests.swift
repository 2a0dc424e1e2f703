import Foundation
import Reporting
import Simulation
import Tables
import Testing

/// The contract of results: names, order and meaning of columns.
struct ResultTablesTests {
  private static let contract = [
    "summary.csv":
      "rank,strategy,family,profit_mean,profit_ci_low,profit_ci_high,revenue_mean,cost_mean,units_mean,margin_mean,"
      + "customers_mean,consumer_surplus_mean,share_of_clairvoyant,clairvoyant_kind,probability_best",
    "comparisons.csv":
      "strategy,baseline,profit_difference_mean,profit_difference_ci_low,profit_difference_ci_high,p_value,"
      + "probability_better",
    "segments.csv": "strategy,segment,customers_mean,buyers_mean,units_mean,revenue_mean,consumer_surplus_mean",
    "sellers.csv": "strategy,seller,price_mean,units_mean,revenue_mean,profit_mean,share_mean",
    "periods.csv": "strategy,period,offer,price_mean,price_p10,price_p90,units_mean,revenue_mean",
  ]

  private func study(replications: Int) throws -> Study {
    try Known.study(
      [("today", "20"), ("dear", "30"), ("=cheap", "5")], replications: replications,
      customers: "{ poisson: 50 }", value: "uniform(0, 40)", periods: 2, extra: "fixed cost: 100")
  }

  @Test func headersAreTheContract() throws {
    let files = ResultTables(try Known.run(study(replications: 3)).report).files
    for (name, header) in Self.contract {
      let file = try #require(files.first { $0.name == name })
      let columns = cells(file.table)[0]
      let fixed = header.components(separatedBy: ",")
      #expect(Array(columns.prefix(fixed.count)) == fixed, "\(name)")
      #expect(Set(columns).count == columns.count)
      for row in cells(file.table) { #expect(row.count == columns.count, "\(name): \(row)") }
    }
    let replications = "replication,strategy,profit,revenue,cost,units,customers,consumer_surplus"
    #expect(ResultFile.replications.columns.map(\.name).joined(separator: ",").hasPrefix(replications))
  }

  /// Best first, the clairvoyant last without a rank; money adds up by row (1e-9 of the sum).
  @Test func summary() throws {
    let run = try Known.run(study(replications: 40))
    let rows = cells(ResultTables(run.report).summary).dropFirst()
    #expect(rows.map { $0[0] } == ["1", "2", "3", ""])
    #expect(rows.map { $0[1] } == ["today", "dear", "'=cheap", "perfect knowledge"])
    #expect(rows.last?[2] == "benchmark")
    #expect(rows.allSatisfy { $0[13] == "exact" })
    let profits = rows.compactMap { Double($0[3]) }
    #expect(profits[0] > profits[1] && profits[1] > profits[2])
    for row in rows {
      let numbers = row.map { Double($0) ?? .nan }
      #expect(abs(numbers[6] - numbers[7] - numbers[3]) < 1e-9 * abs(numbers[6]))
      #expect(numbers[4] < numbers[3] && numbers[3] < numbers[5])
      #expect(numbers[9] == 1, "no unit cost, so that all of the price is margin")
    }
    #expect(rows.last?[12] == "1", "perfect knowledge is all of itself")
    #expect(rows.last?[14] == "")
    let certain = rows.compactMap { Double($0[14]) }.reduce(0, +)
    #expect(abs(certain - 1) < 1e-12)
  }

  @Test func replications() throws {
    let run = try Known.run(study(replications: 5))
    let rows = run.rows.flatMap { cells($0, hasHeader: false) }
    #expect(rows.count == 5 * 4)
    for (index, row) in rows.enumerated() {
      #expect(row[0] == "\(index / 4 + 1)")
      let numbers = row.map { Double($0) ?? .nan }
      #expect(abs(numbers[3] - numbers[4] - numbers[2]) < 1e-9 * abs(numbers[3]))
      #expect(numbers[2] == run.profits[index % 4][index / 4], "reads back to the same double")
      #expect(row[6] == rows[index / 4 * 4][6], "all meet the same customers")
    }
  }

  /// With one replication there is nothing to say about chance: the cells are empty, not 0 and not missing.
  @Test func oneReplication() throws {
    let tables = ResultTables(try Known.run(study(replications: 1)).report)
    for row in cells(tables.summary).dropFirst() {
      #expect(row[4].isEmpty && row[5].isEmpty && row[14].isEmpty)
      #expect(Double(row[3]) != nil)
    }
    for row in cells(tables.comparisons).dropFirst() {
      #expect(Array(row[3...6]) == ["", "", "", ""])
      #expect(Double(row[2]) != nil)
    }
  }

  /// Periods count from 1, and add up to the summary (1e-9 of the sum).
  @Test func periodsAndSegmentsAddUp() throws {
    let tables = ResultTables(try Known.run(study(replications: 10)).report)
    for row in cells(tables.summary).dropFirst() {
      func total(_ table: Table, _ column: Int) -> Double {
        cells(table).filter { $0[0] == row[1] }.reduce(0) { $0 + (Double($1[column]) ?? 0) }
      }
      let revenue = Double(row[6]) ?? .nan
      let units = Double(row[8]) ?? .nan
      #expect(abs(total(tables.periods, 7) - revenue) < 1e-9 * revenue)
      #expect(abs(total(tables.periods, 6) - units) < 1e-9 * units)
      #expect(abs(total(tables.segments, 5) - revenue) < 1e-9 * revenue)
      #expect(abs(total(tables.sellers, 4) - revenue) < 1e-9 * revenue)
    }
    #expect(Set(cells(tables.periods).dropFirst().map { $0[1] }) == ["1", "2"])
    let today = cells(tables.periods).filter { $0[0] == "today" }
    #expect(
      today.allSatisfy { Array($0[3...5]) == ["20", "20", "20"] }, "a constant price is exact in all its figures")
  }

  /// Where nothing is sold the price is missing, and perfect knowledge that earns nothing is no yardstick.
  @Test func nobodyBuys() throws {
    let study = try Known.study([("dear", "20")], replications: 2, value: "0")
    let tables = ResultTables(try Known.run(study).report)
    let row = cells(tables.summary)[1]
    #expect(row[8] == "0")
    #expect(row[9].isEmpty)
    #expect(row[12].isEmpty)
    #expect(cells(tables.sellers)[1][2].isEmpty)
  }
}
