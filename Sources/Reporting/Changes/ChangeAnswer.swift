import Foundation
import Simulation

extension Answer {
  /// What the best strategy changes against the baseline, or the next best where the baseline is best itself: prices with
  /// the volume that they may cost or have to bring, and what each segment gains or loses. Nil where there is nothing to
  /// compare.
  public func changes(width: Int) -> String? {
    guard let row = report.candidates.first(where: { $0.index != study.baseline }) else { return nil }
    let baseline = TextTable.plain(study.candidates[study.baseline].label)
    return "What \(TextTable.plain(row.label)) changes against \(baseline):\n\n" + offers(row, width) + "\n\n"
      + segments(row, width)
  }

  /// Offers that a terminal shows.
  private static let mostOffers = 20

  private func offers(_ row: StudyReport.Row, _ width: Int) -> String {
    var rows = [["offer", "price", "before", "change", "units", "change", "breaks\neven at", "canni-\nbalised"]]
    let changes = report.offerChanges(row)
    // Of very many offers those that matter most; all of them are in changes.csv.
    let least = changes.map { max($0.unitsBefore, $0.unitsAfter) }.sorted(by: >).prefix(Self.mostOffers).last ?? 0
    let shown = changes.filter { max($0.unitsBefore, $0.unitsAfter) >= least }.prefix(Self.mostOffers)
    for change in shown {
      rows.append([
        TextTable.plain(report.name(of: change.offer)), change.priceAfter.map(price) ?? "-",
        change.priceBefore.map(price) ?? "-", change.move?.change.map(signedShare) ?? "", money(change.unitsAfter),
        change.unitsBefore < 0.5 ? "" : change.volumeChange.map(signedShare) ?? "",
        change.move?.breakEvenVolumeChange.map(signedShare) ?? "",
        change.cannibalised > 0 ? change.cannibalisation.map(rounded) ?? "" : "",
      ])
    }
    var table = TextTable(rows, isNumeric: [false] + [Bool](repeating: true, count: 7), width: width).text
    let hidden = changes.count - shown.count
    var lines = changes.compactMap { tariff(of: $0.offer, row) }
    if shown.contains(where: isPaidOtherwise) {
      lines.append("Prices are what was kept of a unit on average; those posted are in changes.csv.")
    }
    if !lines.isEmpty { table += "\n\n" + lines.joined(separator: "\n") }
    return hidden > 0 ? table + "\nand \(hidden) offers that sell less, in changes.csv" : table
  }

  /// What several units of an offer cost, in words; nil where each costs the price.
  private func tariff(of offer: OfferKey, _ row: StudyReport.Row) -> String? {
    let periods = row.tally.offers.first { $0.key == offer }?.periods.filter { $0.furtherPrice.count > 0 } ?? []
    guard !periods.isEmpty else { return nil }
    func mean(_ value: (StudyTally.OfferPeriodTally) -> Double) -> Double {
      periods.reduce(0) { $0 + value($1) } / Double(periods.count)
    }
    let (first, further, from) = (mean(\.price.mean), mean(\.furtherPrice.mean), mean(\.furtherFrom.mean))
    let name = TextTable.plain(report.name(of: offer))
    guard from > 2 else {
      return "\(name): a fee of \(price(first - further)) and \(price(further)) a unit"
    }
    return "\(name): \(price(first)) a unit, \(price(further)) from unit \(Int(from.rounded())) on"
  }

  /// Whether what was paid differs from the mean posted price: prices move, follow surveys, or carry terms.
  private func isPaidOtherwise(_ change: OfferChange) -> Bool {
    [(change.priceBefore, change.postedBefore), (change.priceAfter, change.postedAfter)].contains { paid, posted in
      guard let paid, let posted else { return false }
      return abs(paid - posted) > 0.001 * abs(posted)
    }
  }

  private func segments(_ row: StudyReport.Row, _ width: Int) -> String {
    var rows = [["segment", "", "surplus", "a customer", "buyers"]]
    for change in report.segmentChanges(row) {
      rows.append([
        TextTable.plain(change.segment), change.verdict.rawValue, signed(change.surplusChange),
        change.surplusChangePerCustomer.map { ($0 > 0 ? "+" : "") + price($0) } ?? "",
        change.buyersChange.isFinite ? signed(change.buyersChange) : "",
      ])
    }
    return TextTable(rows, isNumeric: [false, false, true, true, true], width: width).text
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
