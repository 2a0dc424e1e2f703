import Foundation
import Reporting
import Simulation
import Testing

/// Intervals, p-values and ranks, against Student's t by hand.
struct StudyReportTests {
  /// Three candidates whose profits vary between replications.
  private func run(replications: Int, confidence: String = "95%") throws -> Known.Run {
    try Known.run(
      Known.study(
        [("a", "20"), ("b", "22"), ("c", "9")], replications: replications, customers: "{ poisson: 30 }",
        value: "uniform(0, 40)", confidence: confidence))
  }

  private func moments(_ numbers: [Double]) -> (mean: Double, error: Double) {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(numbers.count - 1) / Double(numbers.count)).squareRoot())
  }

  /// Two-sided quantiles of Student's t from tables with sixteen digits: n - 1 degrees of freedom. 1e-9 relative.
  @Test(arguments: [
    (2, "95%", 12.706_204_736_174_705), (3, "95%", 4.302_652_729_696_142), (5, "95%", 2.776_445_105_197_793),
    (31, "95%", 2.042_272_456_301_237), (3, "90%", 2.919_985_580_355_516), (5, "99%", 4.604_094_871_415_897),
  ])
  func intervals(replications: Int, confidence: String, quantile: Double) throws {
    let run = try run(replications: replications, confidence: confidence)
    let base = run.profits[0]
    for row in run.report.rows {
      let profit = moments(run.profits[row.index])
      let interval = try #require(row.profit)
      #expect(abs(interval.low - (profit.mean - quantile * profit.error)) < 1e-8 * abs(profit.mean))
      #expect(abs(interval.high - (profit.mean + quantile * profit.error)) < 1e-8 * abs(profit.mean))
      let difference = moments(zip(run.profits[row.index], base).map { $0 - $1 })
      let paired = try #require(row.difference)
      #expect(abs(paired.low - (difference.mean - quantile * difference.error)) < 1e-8 * abs(profit.mean))
    }
  }

  /// In closed form: with one degree of freedom p = 1 - 2 arctan(t)/pi, with two p = 1 - t/sqrt(2 + t^2). 1e-9.
  @Test(arguments: [2, 3]) func pValues(replications: Int) throws {
    let run = try run(replications: replications)
    for row in run.report.candidates where row.index != 0 {
      let difference = moments(zip(run.profits[row.index], run.profits[0]).map { $0 - $1 })
      let t = abs(difference.mean / difference.error)
      let expected = replications == 2 ? 1 - 2 * atan(t) / .pi : 1 - t / (2 + t * t).squareRoot()
      #expect(abs((row.pValue ?? .nan) - expected) < 1e-9)
    }
    #expect(run.report.candidates.first { $0.index == 0 }?.pValue == nil)
    #expect(run.report.benchmark?.pValue == nil)
  }

  /// Differences without any spread: certain where they are not 0, and no evidence at all where they are.
  @Test func certainDifferences() throws {
    let run = try Known.run(Known.study([("a", "20"), ("twin", "20"), ("b", "21")], replications: 4))
    let rows = run.report.candidates.sorted { $0.index < $1.index }
    #expect(rows.map(\.pValue) == [nil, 1, 0])
    #expect(rows.map(\.probabilityBetter) == [nil, 0.5, 1])
    #expect(rows.map(\.probabilityBest) == [0, 0, 1])
    #expect(rows[1].difference?.low == 0 && rows[1].difference?.high == 0)
  }

  /// Best first; equals in the order of the file; the benchmark last and without a rank.
  @Test func ranks() throws {
    let run = try Known.run(
      Known.study([("c", "10"), ("b", "20"), ("twin of b", "20"), ("a", "40"), ("d", "5")], replications: 2))
    #expect(run.report.rows.map(\.label) == ["a", "b", "twin of b", "c", "d", "perfect knowledge"])
    #expect(run.report.rows.map(\.rank) == [1, 2, 3, 4, 5, nil])
    #expect(run.report.benchmark?.label == "perfect knowledge")
  }

  /// A share compares contribution: fixed cost that no price can change does not enter. Prices are whole numbers, so exact.
  @Test func shareOfPerfectKnowledge() throws {
    let study = try Known.study(
      [("half", "20"), ("all", "40")], customers: "{ fixed: 10 }", value: "40", extra: "fixed cost: 399")
    let run = try Known.run(study)
    let rows = run.report.candidates
    // A valuation that everybody has is approached from below by the search.
    #expect(abs((rows[1].shareOfClairvoyant ?? 0) - 0.5) < 1e-4)
    #expect(abs((rows[0].shareOfClairvoyant ?? 0) - 1) < 1e-4)
  }

  @Test func oneReplication() throws {
    let run = try run(replications: 1)
    for row in run.report.rows {
      #expect(row.profit == nil && row.difference == nil && row.pValue == nil)
      #expect(row.probabilityBest == nil && row.probabilityBetter == nil)
    }
  }
}
