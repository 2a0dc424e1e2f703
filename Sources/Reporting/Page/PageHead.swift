import Foundation
import Tables

/// What stands first: the question, the answer, and who, how much and how sure in figures.
struct PageHead {
  let results: Results
  let cast: Cast

  private struct Item {
    let label: Markup
    let value: Markup
    let detail: Markup
  }

  var markup: Markup {
    element(.header) {
      element(.p, [.class: "market"]) { name(results.manifest.market) }
      element(.h1) {
        name(results.manifest.question.isEmpty ? "Which pricing strategy earns most?" : results.manifest.question)
      }
      element(.p, [.class: "answer"]) { isolated(results.manifest.answer) }
      element(.dl, [.class: "figures"]) {
        for item in [best, profit, lead, certainty].compactMap(\.self) {
          element(.div) {
            element(.dt) { item.label }
            element(.dd) {
              element(.strong) { item.value }
              element(.span) { item.detail }
            }
          }
        }
      }
    }
  }

  private var summary: Table { results.table(.summary) }
  private var winner: Table.Row? { summary.rows.first }
  private var currency: String { results.manifest.currency }

  private var best: Item? {
    guard let winner else { return nil }
    let isAlone = cast.candidates.count == 1
    return Item(
      label: .text(isAlone ? "Strategy" : "Earns most"), value: name(winner.text("strategy")),
      detail: .group([.text("family: "), name(winner.text("family"))]))
  }

  private var profit: Item? {
    guard let winner, let profit = winner.number("profit_mean") else { return nil }
    let number = PageNumber(.money, cells: summary.rows.map { $0["profit_mean"] })
    var detail = interval(winner.interval("profit_ci"), number)
    if let share = winner.number("share_of_clairvoyant") {
      detail += (detail.isEmpty ? "" : "; ") + PageNumber(.share, largest: 1).text(share)
      detail += " of perfect knowledge's contribution"
    }
    return Item(
      label: .text("Profit \(results.span)"), value: .text("\(number.text(profit)) \(currency)"), detail: .text(detail))
  }

  /// What the best earns more than the baseline, or than the next where it is the baseline.
  private var lead: Item? {
    let rows = results.table(.comparisons).rows
    guard let winner, let first = rows.first else { return nil }
    let number = PageNumber(.money, cells: rows.map { $0["profit_difference_mean"] })
    let isBaseline = winner.text("strategy") == results.manifest.baseline
    let row = isBaseline ? first : rows.first { $0.text("strategy") == winner.text("strategy") }
    guard let row, let difference = row.number("profit_difference_mean") else { return nil }
    var bounds = row.interval("profit_difference_ci")
    if isBaseline { bounds = bounds.map { (-$0.high, -$0.low) } }
    let other = isBaseline ? row.text("strategy") : results.manifest.baseline
    return Item(
      label: .group([.text(isBaseline ? "More than the next, " : "More than the baseline, "), name(other)]),
      value: .text("\(number.signed(isBaseline ? -difference : difference)) \(currency)"),
      detail: .text(interval(bounds, number)))
  }

  private var certainty: Item? {
    guard cast.candidates.count > 1, let winner else { return nil }
    guard results.hasIntervals, let probability = winner.number("probability_best") else {
      return Item(
        label: .text("How sure"), value: .text("unknown"), detail: .text("one replication says nothing about chance"))
    }
    return Item(
      label: .text("How sure"), value: .text(PageNumber(.probability, largest: 1).text(probability)),
      detail: .text("of resamples have its mean profit highest"))
  }

  private func interval(_ bounds: (low: Double, high: Double)?, _ number: PageNumber) -> String {
    bounds.map { "\(results.confidence): \(number.text($0.low)) to \(number.text($0.high))" } ?? ""
  }

  /// A sentence whose names of strategies in scripts from right to left do not turn what is around them.
  private func isolated(_ sentence: String) -> Markup {
    var parts = [sentence]
    let names = cast.members.map(\.name).filter(Self.runsLeft).sorted { $0.count > $1.count }
    for name in names {
      parts = parts.flatMap { part in
        guard !names.contains(part) else { return [part] }
        let pieces = part.components(separatedBy: name)
        return Array(pieces.map { [$0] }.joined(separator: [name]))
      }
    }
    return .group(parts.map { names.contains($0) ? name($0) : .text($0) })
  }

  /// Whether a text has letters that are written from right to left, such as Arabic or Hebrew.
  private static func runsLeft(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      (0x590...0x8FF).contains($0.value) || (0xFB1D...0xFDFF).contains($0.value)
        || (0xFE70...0xFEFE).contains($0.value) || (0x10800...0x10FFF).contains($0.value)
        || (0x1E800...0x1EFFF).contains($0.value)
    }
  }
}
