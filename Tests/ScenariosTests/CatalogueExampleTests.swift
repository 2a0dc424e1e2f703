import Foundation
import Scenarios
import Selling
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
}
