import Foundation
import Simulation

extension Answer {
  /// What the best strategy changes against the baseline, or the next best where the baseline is best itself: prices with
  /// the volume that they may cost or have to bring, and what each segment gains or loses. Nil where there is nothing to
  /// compare.
  public var changes: String? {
    guard let row = report.candidates.first(where: { $0.index != study.baseline }) else { return nil }
    let baseline = TextTable.plain(study.candidates[study.baseline].label)
    return "What \(TextTable.plain(row.label)) changes against \(baseline):\n\n" + offers(row) + "\n\n" + segments(row)
  }

  /// Offers that a terminal shows.
  private static let mostOffers = 20

  private func offers(_ row: StudyReport.Row) -> String {
    var rows = [["offer", "price", "before", "change", "units", "before", "change", "breaks even at", "cannibalised"]]
    let changes = report.offerChanges(row)
    // Of very many offers those that matter most; all of them are in changes.csv.
    let least = changes.map { max($0.unitsBefore, $0.unitsAfter) }.sorted(by: >).prefix(Self.mostOffers).last ?? 0
    let shown = changes.filter { max($0.unitsBefore, $0.unitsAfter) >= least }.prefix(Self.mostOffers)
    for change in shown {
      rows.append([
        TextTable.plain(report.name(of: change.offer)), change.priceAfter.map(price) ?? "-",
        change.priceBefore.map(price) ?? "-", change.move?.change.map(signedShare) ?? "", money(change.unitsAfter),
        money(change.unitsBefore), change.unitsBefore < 0.5 ? "" : change.volumeChange.map(signedShare) ?? "",
        change.move?.breakEvenVolumeChange.map(signedShare) ?? "",
        change.cannibalised > 0 ? change.cannibalisation.map(rounded) ?? "" : "",
      ])
    }
    let table = TextTable(rows, isNumeric: [false] + [Bool](repeating: true, count: 8)).text
    let hidden = changes.count - shown.count
    return hidden > 0 ? table + "\nand \(hidden) offers that sell less, in changes.csv" : table
  }

  private func segments(_ row: StudyReport.Row) -> String {
    var rows = [["segment", "", "surplus", "a customer", "buyers"]]
    for change in report.segmentChanges(row) {
      rows.append([
        TextTable.plain(change.segment), change.verdict.rawValue, signed(change.surplusChange),
        change.surplusChangePerCustomer.map { ($0 > 0 ? "+" : "") + price($0) } ?? "",
        change.buyersChange.isFinite ? signed(change.buyersChange) : "",
      ])
    }
    return TextTable(rows, isNumeric: [false, false, true, true, true]).text
  }

  /// A price with two decimals, or more where it is small.
  private func price(_ amount: Double) -> String {
    guard abs(amount) < 1e12 else { return "\(amount)" }
    let text = String(format: abs(amount) >= 1 || amount == 0 ? "%.2f" : "%.4f", amount)
    return text.contains { ("1"..."9").contains($0) } ? text : text.replacingOccurrences(of: "-", with: "")
  }

  private func signedShare(_ share: Double) -> String {
    let text = rounded(share)
    return text == "-0%" ? "0%" : (share > 0 && text != "0%" ? "+" : "") + text
  }
}
