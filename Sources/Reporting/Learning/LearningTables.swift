import Simulation
import Tables

/// The CSV files of sellers that learn against each other.
public struct LearningTables: Sendable {
  private let report: LearningReport

  /// Tables of a report.
  public init(_ report: LearningReport) { self.report = report }

  /// All files with their names.
  public var files: [(name: String, table: Table)] {
    [("learning_sessions.csv", sessions), ("learning_cycles.csv", cycles), ("deviation.csv", deviation)]
  }

  /// One row a session. `deviation_gain`: what a forced deviation adds to discounted profit, empty where there is none
  /// that would gain even in the period itself.
  private var sessions: Table {
    let names = report.columnNames
    var table = Table(
      columns: ["session", "periods", "converged", "cycle_length", "profit_gain"]
        + names.flatMap { ["price_mean_\($0)", "profit_mean_\($0)", "deviation_gain_\($0)"] })
    for (number, session) in report.tally.sessions.enumerated() {
      table.cell(number + 1)
      table.cell(session.periods)
      table.cell(session.isConverged ? "yes" : "no")
      table.cell(session.cycleLength)
      table.cell(report.game.profitGain(session.profits))
      for seller in names.indices {
        table.cell(session.prices[seller])
        table.cell(report.customers * session.profits[seller])
        table.cell(session.deviationGains[seller].map { report.customers * $0 })
      }
      table.endRow()
    }
    return table
  }

  /// One row for each length of the price cycle.
  private var cycles: Table {
    var table = Table(columns: ["cycle_length", "sessions", "share", "profit_gain_mean"])
    for (length, count) in report.cycleLengths {
      let gains = report.tally.sessions.filter { $0.cycleLength == length }.compactMap {
        report.game.profitGain($0.profits)
      }
      table.cell(length)
      table.cell(count)
      table.cell(Double(count) / Double(report.tally.sessions.count))
      table.cell(LearningReport.mean(gains)?.mean)
      table.endRow()
    }
    return table
  }

  /// One row for each forced seller, period around the forced one, and seller.
  private var deviation: Table {
    var table = Table(columns: [
      "deviator", "period", "seller", "price_mean", "price_standard_error", "profit_mean", "profit_standard_error",
      "sessions",
    ])
    let sellers = report.game.sellers
    for (deviator, response) in report.tally.responses.enumerated() {
      for (place, period) in ForcedDeviation.periods.enumerated() {
        for seller in sellers.indices {
          let (price, profit) = (response.prices[place][seller], response.profits[place][seller])
          table.cell(sellers[deviator])
          table.cell(period)
          table.cell(sellers[seller])
          table.cell(price.count > 0 ? price.mean : nil)
          table.cell(price.standardError)
          table.cell(profit.count > 0 ? report.customers * profit.mean : nil)
          table.cell(profit.standardError.map { report.customers * $0 })
          table.cell(price.count)
          table.endRow()
        }
      }
    }
    return table
  }
}
