import GSL
import Simulation
import Tables

/// Two runs against each other, strategy by strategy: what a change of the scenario does to what each earns.
///
/// Replications of two runs with the same seed meet the same random draws, so that they are paired; with different seeds
/// or numbers of replications the runs are independent, and the interval is Welch's (1947), with Satterthwaite's degrees of
/// freedom. Both are verified against values by hand and by scipy (`RunComparisonTests`).
public struct RunComparison: Sendable {
  /// One strategy that is in both runs.
  public struct Row: Sendable {
    /// The strategy, by the user's name for it.
    public let strategy: String
    /// Its rank in each run; nil for perfect knowledge.
    public let ranks: (first: Int?, second: Int?)
    /// Its mean profit in each run, in money.
    public let profits: (first: Double, second: Double)
    /// The interval of the difference of mean profits, second less first; nil with one replication.
    public let interval: Interval?
    /// Two-sided p-value that the means are the same, unadjusted; nil with one replication.
    public let pValue: Double?

    /// Second less first, in money.
    public var difference: Double { profits.second - profits.first }
  }

  /// A value that the two scenarios state differently; nil where one of them does not state it.
  public struct InputChange: Sendable, Hashable {
    /// The way to it from the top of the scenario file.
    public let field: String
    /// What the first states.
    public let first: String?
    /// What the second states.
    public let second: String?

    package init(field: String, first: String?, second: String?) {
      self.field = field
      self.first = first
      self.second = second
    }
  }

  /// The runs.
  public let runs: (first: Results, second: Results)
  /// Strategies of both runs, in the order of the second.
  public let rows: [Row]
  /// Strategies that only one of them has.
  public let missing: (first: [String], second: [String])
  /// What the scenarios state differently, in their order.
  public let inputs: [InputChange]
  /// Whether replications are paired.
  public let isPaired: Bool
  /// The confidence of intervals: the second run's.
  public let confidence: Double

  /// The files that a comparison reads.
  public static let files = [ResultFile.summary, .replications, .inputs]

  /// Compares two runs.
  ///
  /// - Throws: ``ResultsError`` where their money is not the same; `GSLError` where a quantile cannot be computed.
  public init(_ first: Results, _ second: Results) throws {
    let currencies = (first.manifest.currency, second.manifest.currency)
    guard currencies.0 == currencies.1 else {
      throw ResultsError(
        "\(first.folder) is in \(currencies.0), \(second.folder) in \(currencies.1): amounts do not compare")
    }
    runs = (first, second)
    confidence = second.manifest.confidence
    isPaired =
      first.manifest.seed == second.manifest.seed && first.manifest.replications == second.manifest.replications
    let profits = (try Self.profits(first), try Self.profits(second))
    let summaries = (first.table(.summary).rows, second.table(.summary).rows)
    let labels = (summaries.0.map { $0.text("strategy") }, summaries.1.map { $0.text("strategy") })
    missing = (labels.1.filter { !labels.0.contains($0) }, labels.0.filter { !labels.1.contains($0) })
    var rows: [Row] = []
    for row in summaries.1 {
      let label = row.text("strategy")
      guard let place = labels.0.firstIndex(of: label), let one = profits.0[label], let other = profits.1[label]
      else { continue }
      let test = try isPaired ? Self.paired(one, other, confidence) : Self.welch(one, other, confidence)
      rows.append(
        Row(
          strategy: label, ranks: (Self.rank(summaries.0[place]), Self.rank(row)),
          profits: (summaries.0[place].number("profit_mean") ?? .nan, row.number("profit_mean") ?? .nan),
          interval: test?.interval, pValue: test?.pValue))
    }
    self.rows = rows
    inputs = Self.changes(first.table(.inputs), second.table(.inputs))
  }

  private static func rank(_ row: Table.Row) -> Int? { row.number("rank").flatMap { Int(exactly: $0) } }

  /// Profit by strategy and replication.
  ///
  /// - Throws: ``ResultsError`` where the replications are not those of the summary.
  private static func profits(_ results: Results) throws -> [String: [Double]] {
    let table = results.table(.replications)
    guard let strategy = table.columns.firstIndex(of: "strategy"), let profit = table.columns.firstIndex(of: "profit")
    else { return [:] }
    var profits: [String: [Double]] = [:]
    for start in stride(from: 0, to: table.cells.count, by: table.columns.count) {
      guard let label = table.cells[start + strategy].text, let amount = table.cells[start + profit].number
      else { continue }
      profits[label, default: []].append(amount)
    }
    for row in results.table(.summary).rows {
      let own = profits[row.text("strategy")] ?? []
      let (mean, stated) = (moments(own).mean, row.number("profit_mean") ?? .nan)
      let scale = max(own.map(abs).max() ?? 0, .leastNormalMagnitude)
      guard own.count == results.manifest.replications, abs(mean - stated) <= 1e-9 * scale else {
        throw ResultsError(
          "\(results.folder): replications.csv does not belong to summary.csv; run the scenario again")
      }
    }
    return profits
  }

  /// Values that differ, in the order of the second scenario, then those that only the first states.
  private static func changes(_ first: Table, _ second: Table) -> [InputChange] {
    func values(_ table: Table) -> [(field: String, value: String)] {
      table.rows.map { ($0.text("field"), $0.text("value")) }
    }
    let (old, new) = (values(first), values(second))
    let before = Dictionary(old.map { ($0.field, $0.value) }) { $1 }
    let after = Dictionary(new.map { ($0.field, $0.value) }) { $1 }
    return new.filter { before[$0.field] != $0.value }.map {
      InputChange(field: $0.field, first: before[$0.field], second: $0.value)
    } + old.filter { after[$0.field] == nil }.map { InputChange(field: $0.field, first: $0.value, second: nil) }
  }
}

extension RunComparison {
  /// An interval and a p-value of a difference of means.
  package struct Test {
    package let interval: Interval
    package let pValue: Double
  }

  /// Student's t on the differences of pairs; nil with one pair.
  package static func paired(_ one: [Double], _ other: [Double], _ confidence: Double) throws -> Test? {
    var moments = RunningMoments()
    for (first, second) in zip(one, other) { moments.add(second - first) }
    guard let error = moments.standardError else { return nil }
    return try test(moments.mean, error, degreesOfFreedom: Double(moments.count - 1), confidence)
  }

  /// Welch's t for independent samples; nil where one of them has one number.
  package static func welch(_ one: [Double], _ other: [Double], _ confidence: Double) throws -> Test? {
    let (first, second) = (moments(one), moments(other))
    guard let left = first.standardError, let right = second.standardError else { return nil }
    let (a, b) = (left * left, right * right)
    let spread = a * a / Double(first.count - 1) + b * b / Double(second.count - 1)
    let freedom = spread > 0 ? (a + b) * (a + b) / spread : Double(first.count + second.count - 2)
    return try test(second.mean - first.mean, (a + b).squareRoot(), degreesOfFreedom: freedom, confidence)
  }

  private static func moments(_ numbers: [Double]) -> RunningMoments {
    numbers.reduce(into: RunningMoments()) { $0.add($1) }
  }

  private static func test(
    _ difference: Double, _ error: Double, degreesOfFreedom: Double, _ confidence: Double
  ) throws -> Test {
    let student = try StudentT(degreesOfFreedom: degreesOfFreedom)
    let half = try student.quantile(0.5 + confidence / 2) * error
    let pValue = error > 0 ? try 2 * student.survival(abs(difference / error)) : (difference == 0 ? 1 : 0)
    return Test(interval: Interval(low: difference - half, high: difference + half), pValue: pValue)
  }
}
