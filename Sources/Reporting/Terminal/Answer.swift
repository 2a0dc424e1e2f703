import Foundation
import Simulation

/// The answer to the user's question, in a sentence, a table and a chart of text.
public struct Answer: Sendable {
  let report: StudyReport
  var study: Study { report.study }

  /// The answer that a report gives.
  public init(_ report: StudyReport) { self.report = report }

  /// Which strategy earns most, by how much, and how sure that is.
  public var sentence: String {
    guard let best = report.candidates.first else { return "" }
    let baseline = TextTable.plain(study.candidates[study.baseline].label)
    let unit = TextTable.plain(study.market.periodUnit)
    let currency = TextTable.plain(study.currency)
    let span = "over \(study.market.periodCount) \(plural(unit, study.market.periodCount))"
    var text = "\(TextTable.plain(best.label)) earns most: \(money(best.tally.profit.mean)) \(currency) \(span)"
    if report.candidates.count == 1 {
      text = "\(TextTable.plain(best.label)) earns \(money(best.tally.profit.mean)) \(currency) \(span)"
    } else if best.index == study.baseline, let second = report.candidates.dropFirst().first {
      text += ", \(money(-second.tally.difference.mean)) more than the next, \(TextTable.plain(second.label))"
      if let interval = second.difference {
        text += " (\(confidence): \(money(-interval.high)) to \(money(-interval.low)))"
      }
    } else {
      text += ", \(money(best.tally.difference.mean)) more than \(baseline)"
      if let interval = best.difference {
        text += " (\(confidence): \(money(interval.low)) to \(money(interval.high)))"
      }
    }
    if report.candidates.count > 1, let probability = best.probabilityBest {
      text += ", best in \(percent(probability)) of resamples"
    }
    if let share = best.shareOfClairvoyant {
      text += ", \(rounded(share)) of the contribution that perfect knowledge \(claim)"
    }
    text += "."
    for warning in [silence, ties, chance, yardstick].compactMap(\.self) { text += " " + warning }
    return text
  }

  private var claim: String {
    switch report.clairvoyant {
    case .exact: "would earn"
    case .bound: "could earn at most"
    case .bestFound: "was found to earn"
    }
  }

  private var confidence: String { percent(study.confidence) }

  private var yardstick: String? {
    guard report.clairvoyant == .bestFound,
      let beyond = report.candidates.first(where: { ($0.shareOfClairvoyant ?? 0) > 1.002 })
    else { return nil }
    return
      "\(TextTable.plain(beyond.label)) earns more than the search for perfect knowledge found: read `perfect` as a comparison, "
      + "not as a limit."
  }

  /// Nobody buys anything, from anyone.
  private var silence: String? {
    let tallies = report.candidates.map(\.tally)
    guard tallies.allSatisfy({ $0.units.mean == 0 && $0.sellers.allSatisfy { $0.units.mean == 0 } }) else { return nil }
    return tallies.allSatisfy({ $0.customers.mean == 0 })
      ? "No customers come: look at `arrivals`."
      : "Nobody buys anything from anyone: look at the prices, and at what customers would pay."
  }

  /// Candidates that more replications could not tell apart.
  private var ties: String? {
    let same = report.candidates.filter(\.isSameAsBest).map { TextTable.plain($0.label) }
    guard let last = same.last, let best = report.candidates.first else { return nil }
    let names = [TextTable.plain(best.label)] + same.dropLast()
    return "\(names.joined(separator: ", ")) and \(last) earn exactly the same."
  }

  private var chance: String? {
    let candidates = report.candidates
    guard report.replications > 1 else {
      return "One replication says nothing about chance: run more for intervals."
    }
    guard candidates.count > 1, let probability = candidates[0].probabilityBest else { return nil }
    // The bootstrap is too narrow for few replications; the t interval then says that it is open.
    let isOpen = candidates[0].index != study.baseline && (candidates[0].difference?.low ?? 1) <= 0
    if probability >= 0.95, isOpen, let baseline = report.baseline, !baseline.isSameAsBest {
      return "The interval holds 0, so that this may be chance: run more replications."
    }
    guard probability < 0.95 else { return nil }
    let rivals = candidates.dropFirst().filter { !$0.isSameAsBest && ($0.probabilityBest ?? 0) > 0.025 }.map {
      TextTable.plain($0.label)
    }
    guard !rivals.isEmpty else { return nil }
    return "Too close to call against " + rivals.joined(separator: ", ") + ": run more replications."
  }

  /// A line of the answer, and how much it matters.
  public struct Line: Sendable, Hashable {
    /// What a line is about, for those who print in colour.
    public enum Emphasis: Sendable, Hashable {
      /// A header, an axis, or a strategy about which nothing is sure.
      case none
      /// The strategy that earns most.
      case best
      /// A strategy that surely earns more than the baseline.
      case better
      /// A strategy that surely earns less than the baseline.
      case worse
      /// Perfect knowledge.
      case benchmark
    }

    /// The text.
    public let text: String
    /// What it is about.
    public let emphasis: Emphasis
  }

  /// The ranked table, no line longer than `width` where names can be cut so far.
  public func table(width: Int) -> [Line] {
    let hasIntervals = report.replications > 1
    var rows = [
      ["", "strategy", "family", "profit", hasIntervals ? "± \(confidence)" : "", "vs baseline", "perfect", "best"]
    ]
    for row in report.rows {
      rows.append([
        row.rank.map(String.init) ?? "", TextTable.plain(row.label), family(row), money(row.tally.profit.mean),
        row.profit.map { money(($0.high - $0.low) / 2) } ?? "",
        row.index == study.baseline ? "baseline" : signed(row.tally.difference.mean),
        row.shareOfClairvoyant.map(rounded) ?? "", row.probabilityBest.map(percent) ?? "",
      ])
    }
    let isNumeric = [true, false, false, true, true, true, true, true]
    return emphasised(TextTable(rows, isNumeric: isNumeric, width: width, names: 1).lines, from: 1)
  }

  /// The family in a word: "cost" for cost-based.
  private func family(_ row: StudyReport.Row) -> String {
    row.family.rawValue.replacingOccurrences(of: "-based", with: "")
  }

  /// Mean profits with their intervals on one axis; nil where there is nothing to see.
  public func intervals(width: Int) -> [Line]? {
    let rows = report.rows.map { row in
      IntervalChart.Row(
        name: TextTable.plain(row.label), mean: row.tally.profit.mean, interval: row.profit,
        isBenchmark: row.rank == nil)
    }
    let chart = IntervalChart(
      rows: rows, reference: report.candidates.count > 1 ? report.baseline?.tally.profit.mean : nil, words: money)
    guard let lines = chart.lines(width: width) else { return nil }
    let title = report.replications > 1 ? "Profit with its \(confidence) interval" : "Profit"
    let key = report.candidates.count > 1 ? "; ┊ is \(TextTable.plain(study.candidates[study.baseline].label))" : ""
    return [Line(text: TextWidth.cut(title + key, to: width), emphasis: .none)] + emphasised(lines, from: 0)
  }

  /// Lines of which those from `first` on are about the report's rows, one each.
  private func emphasised(_ lines: [String], from first: Int) -> [Line] {
    lines.enumerated().map { number, text in
      let rows = report.rows.indices
      return Line(text: text, emphasis: rows.contains(number - first) ? emphasis(report.rows[number - first]) : .none)
    }
  }

  private func emphasis(_ row: StudyReport.Row) -> Line.Emphasis {
    if row.rank == nil { return .benchmark }
    if row.rank == 1, report.candidates.count > 1 { return .best }
    guard row.index != study.baseline, let difference = row.difference else { return .none }
    return difference.low > 0 ? .better : (difference.high < 0 ? .worse : .none)
  }

  // MARK: Numbers for people

  private func plural(_ unit: String, _ count: Int) -> String {
    count == 1 || unit.hasSuffix("s") || !(unit.last?.isASCII ?? false) ? unit : unit + "s"
  }

  /// A probability, never rounded to a certainty that it is not.
  private func percent(_ share: Double) -> String {
    let text = rounded(share)
    if text == "100%", share < 1 { return "99.9%" }
    return text == "0%" && share > 0 ? "0.1%" : text
  }

  /// A share in percent with one decimal at most.
  func rounded(_ share: Double) -> String {
    let tenths = (share * 1000).rounded() / 10
    guard abs(tenths) < 1e15 else { return "\(share)" }
    return tenths == tenths.rounded() ? "\(Int(tenths))%" : "\(tenths)%"
  }

  func signed(_ amount: Double) -> String { (amount > 0 ? "+" : "") + money(amount) }

  /// An amount with as many decimals as the largest profit of the study asks for.
  func money(_ amount: Double) -> String {
    Money(largest: report.rows.map { abs($0.tally.profit.mean) }.max() ?? abs(amount)).text(amount)
  }
}
