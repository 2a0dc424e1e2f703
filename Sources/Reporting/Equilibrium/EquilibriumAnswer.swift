import Demand
import Foundation

/// What an equilibrium search has found, in words and tables for a terminal.
public struct EquilibriumAnswer: Sendable {
  private let report: EquilibriumReport
  private let search: EquilibriumSearch
  private let merged: EquilibriumSearch?

  /// The answer of a report and of the searches that it comes from.
  public init(_ report: EquilibriumReport, search: EquilibriumSearch, merged: EquilibriumSearch? = nil) {
    self.report = report
    self.search = search
    self.merged = merged
  }

  /// The whole answer.
  public var text: String {
    var parts = [sentence(search, "")]
    for entry in report.entries where entry.conduct != .merger {
      parts.append(heading(entry) + "\n" + table(entry) + "\n" + summary(entry))
    }
    if let merged {
      parts.append(sentence(merged, "after the merger, "))
      if let before = report.first(.equilibrium), let after = report.first(.merger) {
        parts.append(comparison(before, after))
      } else {
        for entry in report.entries where entry.conduct == .merger {
          parts.append(heading(entry) + "\n" + table(entry) + "\n" + summary(entry))
        }
      }
    }
    return parts.joined(separator: "\n\n")
  }

  private func sentence(_ search: EquilibriumSearch, _ when: String) -> String {
    func begin(_ text: String) -> String {
      let sentence = when + text
      return sentence.prefix(1).uppercased() + sentence.dropFirst()
    }
    var text: String
    switch search.equilibria.count {
    case 0:
      text = begin("no pure equilibrium found: from \(search.startCount) starts, ")
      if let point = search.stationaryPoints.first, let deviation = point.deviation {
        let name = report.sellers[deviation.seller]
        text +=
          "the prices where all first-order conditions hold are no equilibrium: \(TextTable.plain(name)) would earn "
          + "\(number(report.customers * deviation.gain)) \(report.currency) more per \(report.periodUnit) at other prices, "
          + "and best responses in turn never come to rest"
      } else if let residual = search.unconvergedResidual {
        text +=
          "first-order conditions were not met (the nearest missed by \(number(residual)) \(report.currency)), and best "
          + "responses in turn never come to rest"
      } else {
        text += "best responses in turn never come to rest"
      }
    case 1:
      // Of several prices at once no search sees every peak.
      let manner = search.hasSeveralPrices ? "by a search over \(search.startCount) starts, " : ""
      text = begin("one equilibrium found: \(manner)no seller would earn more at other prices")
    default:
      text = begin(
        "\(search.equilibria.count) equilibria found, the one with the highest profits first; which of them a market "
          + "plays is not for theory to say")
    }
    text += "."
    if !search.equilibria.isEmpty, !search.stationaryPoints.isEmpty {
      text +=
        " \(search.stationaryPoints.count) more stationary point\(search.stationaryPoints.count == 1 ? " is" : "s are") no "
        + "equilibrium: somebody would rather charge other prices."
    }
    return text
  }

  private func heading(_ entry: EquilibriumReport.Entry) -> String {
    let title =
      switch entry.conduct {
      case .equilibrium: entry.status == .stationary ? "Stationary point, no equilibrium" : "Equilibrium"
      case .merger: "After the merger"
      case .joint: "Joint profit of all"
      case .leadership: "Leadership"
      case .bestResponse: "Best response"
      case .today: "Today"
      }
    let count = report.entries.count { $0.conduct == entry.conduct && $0.status == entry.status }
    return title + (count > 1 ? " \(entry.number)" : "")
  }

  private func table(_ entry: EquilibriumReport.Entry) -> String {
    let measures = entry.measures
    let today = entry.conduct == .today ? nil : report.first(.today)
    var rows = [["product", "seller", today == nil ? "" : "today", "price", "cost", "margin", "share", "elasticity"]]
    for alternative in report.products.indices {
      let isSold = report.isSold(alternative, in: entry)
      let price = measures.prices[alternative]
      rows.append([
        TextTable.plain(report.products[alternative]),
        TextTable.plain(report.sellers[report.sellersByAlternative[alternative]]),
        today.map { number($0.measures.prices[alternative]) } ?? "", isSold ? number(price) : "unsold",
        number(report.unitCosts[alternative]),
        isSold && price != 0 ? percent((price - report.unitCosts[alternative]) / price) : "",
        percent(measures.shares[alternative]),
        isSold
          ? String(
            format: "%.3f", measures.response.elasticity(of: alternative, by: alternative, prices: measures.prices))
          : "",
      ])
    }
    return TextTable(rows, isNumeric: [false, false, true, true, true, true, true, true]).text
  }

  private func summary(_ entry: EquilibriumReport.Entry) -> String {
    let measures = entry.measures
    let money = "\(report.currency) per \(report.periodUnit)"
    var text =
      "HHI \(Int(measures.concentration.rounded())); profit \(number(report.profit(entry))) and consumer surplus "
      + "\(number(report.consumerSurplus(entry))) \(money)"
      + (report.hasOutsideOption ? "." : " (counted from the first table: everybody buys).")
    if measures.response.error > 1e-6 {
      text +=
        " Integrals by quasi-random points leave the units of a product uncertain by about "
        + "\(number(report.customers * measures.response.error)), and prices in proportion."
    }
    if let deviation = entry.deviation {
      text +=
        " \(TextTable.plain(report.name(ofOwner: deviation.seller, in: entry))) would earn "
        + "\(number(report.customers * deviation.gain)) more at other prices."
    }
    return text
  }

  private func comparison(_ before: EquilibriumReport.Entry, _ after: EquilibriumReport.Entry) -> String {
    func change(_ values: (Double, Double)) -> String {
      values.0 == 0 ? "" : String(format: "%+.4f%%", 100 * (values.1 / values.0 - 1))
    }
    var rows = [["product", "seller", "before", "after", "change"]]
    for alternative in report.products.indices {
      let prices = (before.measures.prices[alternative], after.measures.prices[alternative])
      let isSold = report.isSold(alternative, in: before) && report.isSold(alternative, in: after)
      rows.append([
        TextTable.plain(report.products[alternative]),
        TextTable.plain(report.sellers[report.sellersByAlternative[alternative]]), number(prices.0), number(prices.1),
        isSold ? change(prices) : "",
      ])
    }
    func row(_ name: String, hasZero: Bool = true, _ value: (EquilibriumReport.Entry) -> Double) {
      let values = (value(before), value(after))
      rows.append([name, "", number(values.0), number(values.1), hasZero ? change(values) : ""])
    }
    row("profit of all", report.profit)
    row("consumer surplus", hasZero: report.hasOutsideOption, report.consumerSurplus)
    row("HHI") { $0.measures.concentration }
    return "Before and after the merger\n" + TextTable(rows, isNumeric: [false, false, true, true, true]).text
  }

  private func percent(_ share: Double) -> String { String(format: "%.2f%%", 100 * share) }

  /// A number with six significant digits.
  private func number(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    let text = String(format: "%.6g", value)
    return text == "-0" ? "0" : text
  }
}
