import Reporting
import Scenarios
import Tables
import Testing

/// The files of sellers with price terms or rules.
struct WaterfallTests {
  private func files(_ extra: String) throws -> [String: [[String]]] {
    let study = try Known.study(
      [("today", "121"), ("dear", "242")], customers: "{ fixed: 10 }", value: "200", periods: 2, extra: extra)
    let files = ResultTables(try Known.run(study).report).files
    return Dictionary(
      uniqueKeysWithValues: files.map { file in
        let lines = String(decoding: CSVText(file.table).bytes, as: UTF8.self).split(separator: "\r\n")
        return (file.name, lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) })
      })
  }

  /// Neither terms nor rules: neither file.
  @Test func noFile() throws {
    let files = try files("fixed cost: 1")
    #expect(files["summary.csv"] != nil && files["waterfall.csv"] == nil && files["price_changes.csv"] == nil)
  }

  /// 121 with 21% tax is 100; 10% off is 90; 3% and 1.20 of it are 86.10. What nobody buys has no waterfall. 1e-12 of
  /// the list price.
  @Test func waterfall() throws {
    let files = try files(
      "terms: { tax: 21%, discounts: { volume: 10% }, rebates: { bonus: 3% }, costs to serve: { freight: 1.20 } }")
    let rows = try #require(files["waterfall.csv"])
    #expect(rows[0] == ["strategy", "seller", "offer", "kind", "step", "amount_mean", "share_of_list"])
    let own = rows.filter { $0[0] == "today" }
    let expected: [(String, Double)] = [
      ("list price", 121), ("tax", 21), ("volume", 10), ("invoice price", 90), ("bonus", 2.7), ("freight", 1.2),
      ("pocket price", 86.1), ("unit cost", 0), ("pocket margin", 86.1), ("customer pays", 108.9),
    ]
    #expect(own.map { $0[4] } == expected.map(\.0))
    for (row, (_, amount)) in zip(own, expected) {
      #expect(abs((Double(row[5]) ?? .nan) - amount) < 1e-10)
      #expect(abs((Double(row[6]) ?? .nan) - amount / 121) < 1e-12)
    }
    #expect(!rows.contains { $0[0] == "dear" })
    #expect(files["price_changes.csv"] == nil)
  }

  @Test func priceChanges() throws {
    let rows = try #require(try files("rules: { cost of a change: 3 }")["price_changes.csv"])
    #expect(rows[0] == ["strategy", "seller", "changes_mean", "adjustment_cost_mean"])
    #expect(rows.contains(["today", "We", "0", "0"]))
  }
}
