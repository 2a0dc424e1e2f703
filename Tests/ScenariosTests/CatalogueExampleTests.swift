import Foundation
import Scenarios
import Selling
import Simulation
import Strategies
import Testing

/// The scenario that a strategy's entry names shows the strategy.
struct CatalogueExampleTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("scenarios").path

  /// It is there, and the strategy runs in it, as a candidate or as a rival's.
  @Test(arguments: Catalogue.entries.map(\.name)) func exampleRunsTheStrategy(name: String) throws {
    let entry = try #require(Catalogue.strategy(named: name)).entry
    let study = try Scenario(contentsOf: Self.folder + "/" + entry.example + ".yaml").study
    let run =
      study.candidates.map(\.strategy)
      + study.rivalStrategies.enumerated().filter { $0.offset != study.studied }.map(\.element)
      + study.newManagement.map(\.strategy)
    #expect(
      run.contains { type(of: $0).entry.name == name }, "\(name): scenarios/\(entry.example).yaml does not run it")
  }

  /// What an entry says under `fails` shows in its example: the first candidate earns less than the second, on a few
  /// replications.
  @Test(arguments: [
    ("fixed-price", "hold", "lowest price guaranteed", 1),
    ("undercut", "undercut", "lowest price guaranteed", 1),
    ("markdown", "secret sale", "cheaper all season", 6),
    ("mixed-bundle", "packages from answers 20% too high", "packages", 2),
    ("sales-pace", "move from 99", "129 for everybody", 12),
    ("gallego-van-ryzin", "run-out price", "price for each room and hour left", 12),
    ("booking-limits", "EMSR-b on a forecast of twice the business", "EMSR-b", 4),
    ("bid-prices", "bid prices once", "bid prices every week", 4),
    ("time-of-use", "dearer by day", "3.00 at all hours", 2),
    ("peak-load", "peak-load prices", "13 for every ride", 10),
    ("surge", "surge", "13 for every ride", 10),
    ("last-minute", "last minute, in secret", "45 for everybody", 10),
    ("stock-levels", "by stock", "79 all season", 10),
    ("advance-booking", "early birds", "dearer as seats go", 10),
    ("periodic-review", "review against a plan too high", "79 all season", 10),
    ("target-return", "12% a year on the ship", "today", 1),
    ("good-better-best", "three editions", "bare program with options", 2),
    ("experience-curve", "cost of 2000 batteries", "cost as it falls", 1),
    ("group-prices", "a price by newsletter code", "one price for all", 1),
  ]) func exampleFallsShort(name: String, worse: String, better: String, replications: Int) throws {
    let entry = try #require(Catalogue.strategy(named: name)).entry
    let study = try Scenario(contentsOf: Self.folder + "/" + entry.example + ".yaml").study
    let tried = try [worse, better].map { label in try #require(study.candidates.first { $0.label == label }) }
    var engine = Engine(study, candidates: tried)
    var profits = [0.0, 0]
    for replication in 0..<replications {
      for (place, outcome) in try engine.run(replication: replication).prefix(2).enumerated() {
        profits[place] += outcome.sellers[study.studied].profit
      }
    }
    print("\(name): \(worse) \(profits[0] / Double(replications)), \(better) \(profits[1] / Double(replications))")
    #expect(profits[0] < profits[1])
  }
}
