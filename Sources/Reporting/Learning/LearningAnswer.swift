import Foundation
import Simulation

/// What sellers that learn against each other came to, in words.
public struct LearningAnswer: Sendable {
  private let report: LearningReport

  /// An answer from a report.
  public init(_ report: LearningReport) { self.report = report }

  /// The answer: sentences first, then a table of the sellers.
  public var text: String { [headline, cycles, deviations, table].compactMap { $0 }.joined(separator: "\n\n") }

  private var headline: String {
    let sessions = report.tally.sessions
    let prices = report.game.sellers.indices.map { price($0) }
    var sentences: [String] = []
    let charged = Set(prices).count == 1 ? prices[0] : prices.joined(separator: ", ")
    var first = "Sellers who learn by themselves charge \(charged) on average"
    if let nash = report.game.nash, let joint = report.game.joint {
      first += "; in equilibrium they would charge \(list(nash.prices)), in one hand \(list(joint.prices))"
    }
    sentences.append(first + ".")
    if let gain = LearningReport.mean(report.profitGains) {
      let error = gain.standardError.isFinite ? " (standard error \(digits(gain.standardError, 4)))" : ""
      sentences.append(
        "Their profit gain Delta is \(digits(gain.mean, 3))\(error): 0 is equilibrium profit, 1 what they would earn in one "
          + "hand.")
    }
    let converged = sessions.count { $0.isConverged }
    let periods = sessions.reduce(0) { $0 + Double($1.periods) } / Double(max(1, sessions.count))
    let words = periods >= 1e6 ? "\(digits(periods / 1e6, 2)) million" : "\(Int(periods.rounded()))"
    sentences.append(
      converged == sessions.count
        ? "All \(sessions.count) sessions converged, after \(words) periods on average."
        : "\(converged) of \(sessions.count) sessions converged; they took \(words) periods on average.")
    return sentences.joined(separator: " ")
  }

  private var cycles: String {
    let lengths = report.cycleLengths
    let count = Double(report.tally.sessions.count)
    func share(_ sessions: Int) -> String { "\(digits(100 * Double(sessions) / count, 0))%" }
    let still = lengths.first { $0.length == 1 }?.sessions ?? 0
    let longest = lengths.last?.length ?? 1
    return "Prices stay the same for ever in \(share(still)) of sessions"
      + (longest > 1
        ? "; in the others they go round in a cycle of \(longest == 2 ? "2" : "2 to \(longest)") periods." : ".")
  }

  private var deviations: String? {
    let (all, unprofitable) = report.deviations
    guard all > 0 else {
      return "No seller could earn more in a single period by another price of its grid: there is nothing to punish."
    }
    return "A seller who is forced for one period to charge what then earns it most loses by it in the long run in "
      + "\(digits(100 * Double(unprofitable) / Double(all), 0))% of cases: deviation.csv tells how the others answer."
  }

  private var table: String {
    let game = report.game
    let profits = game.sellers.indices.map { seller in
      report.customers * (LearningReport.mean(report.tally.sessions.map { $0.profits[seller] })?.mean ?? .nan)
    }
    let money = Money(largest: profits.map { abs($0) }.max() ?? 0)
    var rows = [["Seller", "Price", "Equilibrium", "One hand", "Profit", "Equilibrium", "One hand"]]
    for seller in game.sellers.indices {
      rows.append([
        TextTable.plain(game.sellers[seller]), price(seller), game.nash.map { digits($0.prices[seller], 3) } ?? "",
        game.joint.map { digits($0.prices[seller], 3) } ?? "", money.text(profits[seller]),
        game.nash.map { money.text(report.customers * $0.profits[seller]) } ?? "",
        game.joint.map { money.text(report.customers * $0.profits[seller]) } ?? "",
      ])
    }
    return TextTable(rows, isNumeric: [false, true, true, true, true, true, true]).text
      + "\nProfit over unit cost in a period, \(report.currency)."
  }

  private func price(_ seller: Int) -> String {
    LearningReport.mean(report.tally.sessions.map { $0.prices[seller] }).map { digits($0.mean, 3) } ?? ""
  }

  private func list(_ prices: [Double]) -> String {
    let texts = prices.map { digits($0, 3) }
    return Set(texts).count == 1 ? texts[0] : texts.joined(separator: ", ")
  }

  /// A number with decimals, or with significant digits where it is too large or small for them.
  private func digits(_ number: Double, _ decimals: Int) -> String {
    let size = abs(number)
    return size >= 1e9 || (size > 0 && size < 1e-3 && decimals > 0)
      ? String(format: "%.4g", number) : String(format: "%.\(decimals)f", number)
  }
}
