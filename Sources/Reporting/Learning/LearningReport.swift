import Foundation
import Simulation

/// What sellers that learn against each other came to, ready for tables and words. Money is of a period with the market's
/// average number of customers.
public struct LearningReport: Sendable {
  /// The game.
  public let game: LearningGame
  /// The sessions.
  public let tally: LearningTally
  /// Customers in an average period.
  public let customers: Double
  /// The currency.
  public let currency: String

  /// A report.
  public init(_ game: LearningGame, _ tally: LearningTally, customers: Double, currency: String) {
    self.game = game
    self.tally = tally
    self.customers = customers
    self.currency = currency
  }

  /// The profit gain of each session; empty where the market has none.
  public var profitGains: [Double] { tally.sessions.compactMap { game.profitGain($0.profits) } }

  /// Mean and standard error of numbers, one a session.
  public static func mean(_ numbers: [Double]) -> (mean: Double, standardError: Double)? {
    guard !numbers.isEmpty else { return nil }
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, numbers.count > 1 ? (squares / (count - 1) / count).squareRoot() : .nan)
  }

  /// How often the price cycle has each length, by rising length.
  public var cycleLengths: [(length: Int, sessions: Int)] {
    Dictionary(grouping: tally.sessions, by: \.cycleLength).map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 }
  }

  /// Of all sessions and sellers that could gain in a single period by another price: how many there are, and how many
  /// would lose by it in the end.
  public var deviations: (all: Int, unprofitable: Int) {
    let gains = tally.sessions.flatMap(\.deviationGains).compactMap { $0 }
    return (gains.count, gains.count { $0 < 0 })
  }

  /// A name for columns of each seller: its own in small letters, digits and underscores, or its number where names would
  /// be the same.
  var columnNames: [String] {
    let names = game.sellers.map { name in
      String(name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }
    return Set(names).count == names.count ? names : names.indices.map { "\($0 + 1)" }
  }
}
