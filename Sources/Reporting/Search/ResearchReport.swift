import GSL
import Simulation
import Tables

/// What research is worth, as a table and in words.
public struct ResearchReport: Sendable {
  private let study: Study
  private let values: [ResearchValue]
  private let quantile: Double

  /// A report.
  ///
  /// - Parameter values: one for each candidate.
  /// - Throws: `GSLError` where a quantile cannot be computed.
  public init(_ study: Study, values: [ResearchValue]) throws {
    self.study = study
    self.values = values
    quantile =
      study.replications > 1
      ? try StudentT(degreesOfFreedom: Double(study.replications - 1)).quantile(0.5 + study.confidence / 2) : 0
  }

  /// `research.csv`: one row for each candidate and level of knowledge.
  public var table: Table {
    var table = Table(columns: [
      "strategy", "knowledge", "respondents", "research_cost", "profit_mean", "profit_ci_low", "profit_ci_high",
      "value_mean", "value_ci_low", "value_ci_high", "net_value_mean", "net_value_ci_low", "net_value_ci_high",
      "share_of_perfect",
    ])
    for value in values {
      let perfect = value.levels.last?.value.mean ?? 0
      for level in value.levels {
        let isKnown = level.failure == nil
        let (name, respondents) = Self.words(level.knowledge, value)
        table.cell(value.label)
        table.cell(level.knowledge == .none ? "none: " + value.reference : name)
        table.cell(respondents)
        table.cell(level.cost)
        for moments in [level.profit, level.value, level.netValue] {
          let interval = interval(moments)
          table.cell(isKnown ? moments.mean : nil)
          table.cell(interval?.low)
          table.cell(interval?.high)
        }
        table.cell(isKnown && perfect > 0 ? level.value.mean / perfect : nil)
        table.endRow()
      }
    }
    return table
  }

  /// The answer in words and a table for each candidate.
  public var text: String { values.map(text).joined(separator: "\n\n") }

  private func text(_ value: ResearchValue) -> String {
    let largest = value.levels.map { abs($0.profit.mean) }.max() ?? 0
    let money = { (amount: Double) in Money(largest: largest).text(amount) }
    var lines: [String] = []
    if let planned = value.levels.first(where: { $0.knowledge == .survey(respondents: value.planned) }),
      planned.failure == nil
    {
      lines.append(
        "The research of \(TextTable.plain(value.label)), \(value.planned) respondents for \(money(planned.cost)) "
          + "\(study.currency), is worth \(money(planned.value.mean)) against \(TextTable.plain(value.reference)), which "
          + "buys none: \(money(planned.netValue.mean)) after its cost"
          + (interval(planned.netValue).map { " (\(study.confidenceInPercent): \(money($0.low)) to \(money($0.high)))" }
            ?? "") + ".")
    }
    let surveys = value.levels.filter { level in
      if case .survey = level.knowledge { level.failure == nil } else { false }
    }
    if let own = value.levels.first(where: { $0.knowledge == .ownAnswers }), own.failure == nil {
      lines.append(
        "Your own answers, for \(money(own.cost)) \(study.currency), are worth \(money(own.value.mean)) to "
          + "\(TextTable.plain(value.label)) against \(TextTable.plain(value.reference)), which buys no research.")
    }
    if let best = surveys.max(by: { $0.netValue.mean < $1.netValue.mean }), case .survey(let size) = best.knowledge,
      size != value.planned
    {
      lines.append("Of the sizes tried, \(size) respondents leave most: \(money(best.netValue.mean)) after cost.")
    }
    if let best = surveys.max(by: { $0.value.mean < $1.value.mean }),
      let errorFree = value.levels.first(where: { if case .errorFree = $0.knowledge { true } else { false } }),
      errorFree.failure == nil, errorFree.value.mean < best.value.mean
    {
      lines.append(
        "Answers without error would be worth less, \(money(errorFree.value.mean)): the rule does not make the most of "
          + "what it hears, and errors happen to push its prices the right way.")
    }
    if let perfect = value.levels.last {
      lines.append("Perfect knowledge would be worth \(money(perfect.value.mean)): no research should cost more.")
    }
    var rows = [
      ["knowledge", "respondents", "cost", "profit", "worth", "after cost", "± " + study.confidenceInPercent]
    ]
    for level in value.levels {
      let (name, asked) = Self.words(level.knowledge, value)
      let respondents = level.knowledge == .none ? "" : asked.map(String.init) ?? ""
      if let failure = level.failure {
        rows.append([name, respondents, money(level.cost), "not possible", "", "", ""])
        lines.append("With \(respondents.isEmpty ? name : respondents + " respondents"): \(failure)")
        continue
      }
      let isNone = level.knowledge == .none
      rows.append([
        name, respondents, money(level.cost), money(level.profit.mean), isNone ? "" : money(level.value.mean),
        isNone ? "" : money(level.netValue.mean),
        isNone ? "" : interval(level.netValue).map { money(($0.high - $0.low) / 2) } ?? "",
      ])
    }
    return lines.joined(separator: "\n") + "\n\n"
      + TextTable(rows, isNumeric: [false, true, true, true, true, true, true]).text
  }

  /// What a level of knowledge is called, and how many were asked; nil where that says nothing.
  private static func words(_ knowledge: ResearchValue.Knowledge, _ value: ResearchValue) -> (String, Int?) {
    switch knowledge {
    case .none: ("none", 0)
    case .survey(let size): (size == value.planned ? "survey as planned" : "survey", size)
    case .ownAnswers: ("own answers", nil)
    case .errorFree(let size): ("survey without error", size)
    case .perfect: ("perfect knowledge", nil)
    }
  }

  private func interval(_ moments: RunningMoments) -> Interval? {
    Interval(moments, quantile: quantile)
  }
}

extension Study {
  /// The confidence of its intervals in percent, with one decimal at most.
  var confidenceInPercent: String {
    let percent = (confidence * 1000).rounded() / 10
    return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
  }
}
