import Simulation

/// The CSV files of sellers that learn against each other.
public struct LearningTables: Sendable {
  private let report: LearningReport

  /// Tables of a report.
  public init(_ report: LearningReport) { self.report = report }

  /// All files with their names.
  public var files: [(name: String, text: CSVText)] {
    [("learning_sessions.csv", sessions), ("learning_cycles.csv", cycles), ("deviation.csv", deviation)]
  }

  /// One row a session. `deviation_gain`: what a forced deviation adds to discounted profit, empty where there is none
  /// that would gain even in the period itself.
  private var sessions: CSVText {
    let names = report.columnNames
    var text = CSVText(
      header: ["session", "periods", "converged", "cycle_length", "profit_gain"]
        + names.flatMap { ["price_mean_\($0)", "profit_mean_\($0)", "deviation_gain_\($0)"] })
    for (number, session) in report.tally.sessions.enumerated() {
      text.cell(number + 1)
      text.cell(session.periods)
      text.cell(session.isConverged ? "yes" : "no")
      text.cell(session.cycleLength)
      text.cell(report.game.profitGain(session.profits))
      for seller in names.indices {
        text.cell(session.prices[seller])
        text.cell(report.customers * session.profits[seller])
        text.cell(session.deviationGains[seller].map { report.customers * $0 })
      }
      text.endRow()
    }
    return text
  }

  /// One row for each length of the price cycle.
  private var cycles: CSVText {
    var text = CSVText(header: ["cycle_length", "sessions", "share", "profit_gain_mean"])
    for (length, count) in report.cycleLengths {
      let gains = report.tally.sessions.filter { $0.cycleLength == length }.compactMap {
        report.game.profitGain($0.profits)
      }
      text.cell(length)
      text.cell(count)
      text.cell(Double(count) / Double(report.tally.sessions.count))
      text.cell(LearningReport.mean(gains)?.mean)
      text.endRow()
    }
    return text
  }

  /// One row for each forced seller, period around the forced one, and seller.
  private var deviation: CSVText {
    var text = CSVText(header: [
      "deviator", "period", "seller", "price_mean", "price_standard_error", "profit_mean", "profit_standard_error",
      "sessions",
    ])
    let sellers = report.game.sellers
    for (deviator, response) in report.tally.responses.enumerated() {
      for (place, period) in ForcedDeviation.periods.enumerated() {
        for seller in sellers.indices {
          let (price, profit) = (response.prices[place][seller], response.profits[place][seller])
          text.cell(sellers[deviator])
          text.cell(period)
          text.cell(sellers[seller])
          text.cell(price.count > 0 ? price.mean : nil)
          text.cell(price.standardError)
          text.cell(profit.count > 0 ? report.customers * profit.mean : nil)
          text.cell(profit.standardError.map { report.customers * $0 })
          text.cell(price.count)
          text.endRow()
        }
      }
    }
    return text
  }
}
