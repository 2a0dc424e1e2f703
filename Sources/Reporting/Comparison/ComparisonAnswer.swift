import Foundation
import Tables

/// Two runs against each other, as a table and in words.
public struct ComparisonAnswer: Sendable {
  private let comparison: RunComparison

  /// What a comparison says.
  public init(_ comparison: RunComparison) { self.comparison = comparison }

  private var money: Money {
    Money(largest: comparison.rows.flatMap { [abs($0.profits.first), abs($0.profits.second)] }.max() ?? 0)
  }

  /// One row for each strategy of both runs.
  public var table: Table {
    var table = Table(columns: [
      "strategy", "rank_first", "rank_second", "profit_mean_first", "profit_mean_second", "profit_difference_mean",
      "profit_difference_ci_low", "profit_difference_ci_high", "p_value", "paired",
    ])
    for row in comparison.rows {
      table.cell(row.strategy)
      table.cell(row.ranks.first)
      table.cell(row.ranks.second)
      table.cell(row.profits.first)
      table.cell(row.profits.second)
      table.cell(row.difference)
      table.cell(row.interval?.low)
      table.cell(row.interval?.high)
      table.cell(row.pValue)
      table.cell(comparison.isPaired ? "yes" : "no")
      table.endRow()
    }
    return table
  }

  /// Which strategy earns most in each run, and what becomes of it in the other.
  public var sentence: String {
    let (first, second) = comparison.runs
    if comparison.inputs.isEmpty, comparison.isPaired, comparison.rows.allSatisfy({ $0.difference == 0 }) {
      return "The two runs are the same: every strategy earns in \(TextTable.plain(second.folder)) what it earns in "
        + "\(TextTable.plain(first.folder))."
    }
    let best = (Self.best(first), Self.best(second))
    let names = (TextTable.plain(first.folder), TextTable.plain(second.folder))
    var text =
      best.0 == best.1
      ? "\(TextTable.plain(best.1)) earns most in both runs."
      : "\(TextTable.plain(best.0)) earns most in \(names.0), \(TextTable.plain(best.1)) in \(names.1)."
    if let row = comparison.rows.first(where: { $0.strategy == best.1 }) {
      let difference = row.difference
      text +=
        " \(TextTable.plain(best.1)) earns \(money.text(abs(difference))) \(first.manifest.currency) "
        + "\(difference < 0 ? "less" : "more") in \(names.1)"
      if let interval = row.interval {
        let ends = difference < 0 ? (-interval.high, -interval.low) : (interval.low, interval.high)
        text += " (\(Self.percent(comparison.confidence)): \(money.text(ends.0)) to \(money.text(ends.1)))"
      }
      text += "."
    }
    if comparison.rows.contains(where: { $0.interval != nil }), !comparison.isPaired {
      text += " The runs have different seeds or numbers of replications: with the same, differences are surer."
    }
    return text
  }

  private static func best(_ results: Results) -> String {
    results.table(.summary).rows.first?.text("strategy") ?? ""
  }

  /// The whole answer, no line longer than `width` where names can be cut so far.
  public func text(width: Int) -> String {
    var parts = [sentence, strategies(width)]
    for (names, run) in [
      (comparison.missing.first, comparison.runs.first), (comparison.missing.second, comparison.runs.second),
    ] where !names.isEmpty {
      parts.append("Not in \(TextTable.plain(run.folder)): " + names.map(TextTable.plain).joined(separator: ", ") + ".")
    }
    parts.append(inputs(width))
    return parts.joined(separator: "\n\n")
  }

  private func strategies(_ width: Int) -> String {
    let half = comparison.rows.contains { $0.interval != nil } ? "± " + Self.percent(comparison.confidence) : ""
    var rows = [["", "", "strategy", "before", "now", "difference", half, "p"]]
    for row in comparison.rows {
      let before = row.ranks.first.map(String.init) ?? ""
      rows.append([
        row.ranks.second.map(String.init) ?? "", row.ranks.first == row.ranks.second ? "" : "was \(before)",
        TextTable.plain(row.strategy), money.text(row.profits.first), money.text(row.profits.second),
        (row.difference > 0 ? "+" : "") + money.text(row.difference),
        row.interval.map { money.text(($0.high - $0.low) / 2) } ?? "", row.pValue.map(Self.probability) ?? "",
      ])
    }
    let isNumeric = [true, true, false, true, true, true, true, true]
    return TextTable(rows, isNumeric: isNumeric, width: width, names: 2).text
  }

  /// Changes that a terminal shows.
  private static let mostInputs = 20

  private func inputs(_ width: Int) -> String {
    guard !comparison.inputs.isEmpty else { return "The two scenarios state the same." }
    var rows = [["what the scenarios state differently", "before", "now"]]
    for change in comparison.inputs.prefix(Self.mostInputs) {
      // The end of the way to a field tells it from others, the beginning of a value.
      let values = [change.first ?? "-", change.second ?? "-"].map { TextWidth.cut(TextTable.plain($0), to: width / 4) }
      let room = width - values.reduce(4) { $0 + max(6, TextWidth.of($1)) }
      rows.append([TextWidth.cutInFront(TextTable.plain(change.field), to: max(20, room))] + values)
    }
    let table = TextTable(rows, isNumeric: [false, true, true], width: width).text
    let hidden = comparison.inputs.count - Self.mostInputs
    return hidden > 0 ? table + "\nand \(hidden) more" : table
  }

  private static func percent(_ share: Double) -> String { String(format: "%.4g%%", 100 * share) }

  private static func probability(_ value: Double) -> String {
    value < 0.001 ? "<0.001" : String(format: "%.3f", value)
  }

  /// What the scenarios state differently, for programs.
  private struct Input: Encodable {
    let field: String
    let first: String?
    let second: String?
  }

  private struct JSON: Encodable {
    let answer: String
    let first: String
    let second: String
    let confidence: Double
    let currency: String
    let strategies: Rows
    let inputs: [Input]
  }

  /// The same as JSON with sorted keys.
  public func json() throws -> String {
    try Answer.json(
      JSON(
        answer: sentence, first: comparison.runs.first.folder, second: comparison.runs.second.folder,
        confidence: comparison.confidence, currency: comparison.runs.second.manifest.currency,
        strategies: Rows(table: table),
        inputs: comparison.inputs.map { Input(field: $0.field, first: $0.first, second: $0.second) }))
  }
}
