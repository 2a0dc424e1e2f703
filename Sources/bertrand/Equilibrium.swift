import ArgumentParser
import Demand
import Foundation
import Reporting
import Scenarios

/// `bertrand equilibrium`.
struct Equilibrium: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds Bertrand-Nash prices of a scenario's market, and what a merger would change.",
    discussion: """
      Every seller sets the prices of its products to earn most given the others' prices; strategies and capacities do not
      enter, and sellers need none. Each solution is verified: no seller gains by other prices, by a global search. Files
      are written to results/NAME: equilibrium.csv (products), equilibrium_sellers.csv, equilibrium_responses.csv
      (slopes, elasticities, diversion ratios), equilibrium_market.csv (HHI, profit, consumer surplus), and merger.csv.
      """)

  @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(help: "Sellers who merge, with commas between: --merge A,B. May be given again for another merger.")
  var merge: [String] = []

  @Flag(help: "Also the prices that earn all sellers together most.")
  var joint = false

  @Option(help: "Also the prices where this seller posts first and the others answer.")
  var leader: String?

  @Option(help: "Also the best response of this seller to today's prices.")
  var bestResponse: String?

  @Option(name: .shortAndLong, help: "The folder for the results. (default: results/NAME)", completion: .directory)
  var output: String?

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func run() throws { try Failure.reporting(find) }

  private func find() throws {
    let market = try MarketScenario(contentsOf: file)
    let mergers = try merge.map { try Self.members($0, market.sellers) }
    let leading = try leader.map { try Self.seller($0, market.sellers) }
    let answering = try bestResponse.map { try Self.seller($0, market.sellers) }
    if answering != nil, market.todaysPrices == nil {
      throw ValidationError(
        "a best response needs today's prices: every seller with a strategy of constant prices, such as fixed-price")
    }
    let folder = try ResultFolder(output ?? "results/\(market.name)")
    let game = try PricingGame(market.demand, unitCosts: market.unitCosts, owners: market.owners)
    let starts = market.todaysPrices.map { [$0] } ?? []
    let search = try EquilibriumSearch(game, alsoFrom: starts)
    var report = EquilibriumReport(
      products: market.products, sellers: market.sellers, sellersByAlternative: market.owners,
      unitCosts: market.unitCosts, currency: market.currency, periodUnit: market.periodUnit,
      customers: market.customers, hasOutsideOption: market.demand.hasOutsideOption)
    if let today = market.todaysPrices {
      report.entries.append(
        .init(.today, status: .given, measures: try MarketMeasures(game, prices: today), owners: game.owners))
    }
    report.entries += try entries(search, .equilibrium, game)
    var merged: EquilibriumSearch?
    if !mergers.isEmpty {
      var owners = market.owners
      for members in mergers {
        let joined = Set(
          members.flatMap { member in owners.indices.filter { market.owners[$0] == member }.map { owners[$0] } })
        guard let buyer = joined.min() else { continue }
        owners = owners.map { joined.contains($0) ? buyer : $0 }
      }
      let after = try game.owned(by: owners)
      let found = try EquilibriumSearch(after, alsoFrom: starts + (search.equilibria.first.map { [$0.prices] } ?? []))
      report.entries += try entries(found, .merger, after)
      merged = found
    }
    if joint {
      guard market.demand.hasOutsideOption else {
        throw ValidationError("--joint: where everybody buys, all sellers together could charge any price")
      }
      let together = try game.owned(by: game.owners.map { _ in 0 })
      report.entries += try entries(EquilibriumSearch(together, alsoFrom: starts), .joint, together)
    }
    if let leading {
      guard let start = search.equilibria.first?.prices,
        let found = try? game.leadership(of: leading, from: start), found.isConverged
      else {
        throw EquilibriumError("no prices found where \(market.sellers[leading]) leads and the others answer")
      }
      report.entries.append(
        .init(
          .leadership, status: .given, measures: try MarketMeasures(game, prices: found.prices),
          residual: found.residual, owners: game.owners))
    }
    if let answering, let today = market.todaysPrices {
      let prices = try game.bestResponse(of: answering, to: today).prices
      report.entries.append(
        .init(.bestResponse, status: .given, measures: try MarketMeasures(game, prices: prices), owners: game.owners))
    }
    let tables = EquilibriumTables(report).files
    try folder.write(tables)
    // A file of an earlier run that this one does not write would mislead.
    for name in EquilibriumTables.fileNames where !tables.contains(where: { $0.name == name }) { folder.remove(name) }
    guard !quiet else { return }
    print(EquilibriumAnswer(report, search: search, merged: merged).text)
    print()
    print("Files for a spreadsheet are in \(folder.name).")
  }

  private func entries(
    _ search: EquilibriumSearch, _ conduct: EquilibriumReport.Conduct, _ game: PricingGame
  ) throws -> [EquilibriumReport.Entry] {
    func entry(_ number: Int, _ found: EquilibriumCandidate) throws -> EquilibriumReport.Entry {
      .init(
        conduct, number: number + 1, status: found.isEquilibrium ? .verified : .stationary,
        measures: try MarketMeasures(game, prices: found.prices), residual: found.residual, deviation: found.deviation,
        owners: game.owners)
    }
    return try search.equilibria.enumerated().map(entry) + search.stationaryPoints.enumerated().map(entry)
  }

  private static func seller(_ name: String, _ sellers: [String]) throws -> Int {
    let name = name.trimmingCharacters(in: .whitespaces)
    guard let seller = sellers.firstIndex(of: name) else {
      throw ValidationError("no seller is called \(name); " + NameAdvice.advice(for: name, in: sellers))
    }
    return seller
  }

  private static func members(_ text: String, _ sellers: [String]) throws -> [Int] {
    let members = try text.split(separator: ",", omittingEmptySubsequences: false).map {
      try seller(String($0), sellers)
    }
    guard Set(members).count > 1 else {
      throw ValidationError("--merge \(text): name two sellers or more, with commas between")
    }
    return members
  }
}

/// A question that the market gives no answer to.
struct EquilibriumError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
