import Demand
import Foundation
import Selling
import Simulation

/// A scenario read for the market that it describes, without regard to strategies: what `bertrand equilibrium` needs.
///
/// Capacities do not enter: an equilibrium of posted prices with scarce capacity is another matter.
public struct MarketScenario: Sendable {
  /// The name of the file without its folder and ending.
  public let name: String
  /// What the user calls the market.
  public let title: String
  /// The currency of all money.
  public let currency: String
  /// What a period is called.
  public let periodUnit: String
  /// Customers in a period, on average over the calendar.
  public let customers: Double
  /// Demand per customer.
  public let demand: any DemandSystem
  /// Names of the sellers.
  public let sellers: [String]
  /// The name of the product of each alternative.
  public let products: [String]
  /// The seller of each alternative.
  public let owners: [Int]
  /// Unit cost of each alternative, in money.
  public let unitCosts: [Double]
  /// Today's price of each alternative, where the scenario states one for all of them.
  public let todaysPrices: [Double]?

  /// Reads and checks a scenario file; sellers need no strategies.
  ///
  /// - Throws: ``DocumentError`` where there is no text to read; ``ScenarioProblems`` with every mistake found.
  public init(contentsOf file: String) throws { try self.init(Document(contentsOf: file)) }

  /// Reads and checks a scenario text; sellers need no strategies.
  ///
  /// - Parameter file: its name in messages; files that it names are looked for beside it.
  /// - Throws: ``ScenarioProblems`` with every mistake found.
  public init(text: String, file: String) throws { try self.init(Document(text: text, file: file)) }

  private init(_ document: Document) throws {
    let problems = ProblemCollector(file: document.file)
    let url = URL(fileURLWithPath: document.file)
    let record = document.record(Part.scenario, problems)
    var builder = StudyBuilder(folder: url.deletingLastPathComponent(), problems: problems)
    let market = record.flatMap { builder.market($0) }
    try problems.throwIfAny()
    guard let record, let market else { throw DocumentError.cannotRead(document.file, reason: "no market") }
    for seller in record.records("sellers") where seller.isWritten("terms") {
      seller.report(
        "equilibria are found for sellers who keep what customers pay; leave the terms out, and give unit costs and prices "
          + "as customers pay them", at: "terms")
    }
    try problems.throwIfAny()
    do {
      demand = try market.demandSystem()
    } catch {
      record.report("\(error)", at: "customers")
      try problems.throwIfAny()
      throw error
    }
    let stem = url.deletingPathExtension().lastPathComponent
    name = ["", ".", "..", "/"].contains(stem) ? "scenario" : stem
    title = record.text("scenario") ?? ""
    currency = record.text("currency") ?? "EUR"
    periodUnit = market.periodUnit
    customers =
      (0..<market.periodCount).reduce(0) { $0 + market.arrivals.mean(period: $1) } / Double(market.periodCount)
    sellers = market.profiles.map(\.name)
    let assortment = market.population.assortment
    products = assortment.alternatives.map { assortment.products[$0].name }
    owners = market.sellersByAlternative
    unitCosts = market.unitCosts
    let files = ResearchFiles(folder: url.deletingLastPathComponent(), currency: currency)
    todaysPrices = Self.todaysPrices(record, market, files)
  }

  /// The opening prices of the strategies that never change, the baseline for the studied seller; nil unless all have
  /// one.
  private static func todaysPrices(_ scenario: Record, _ market: Market, _ files: ResearchFiles) -> [Double]? {
    let sellers = SellerReader(scenario.records("sellers"))
    var prices = market.population.assortment.alternatives.map { _ in Double.nan }
    let baseline = scenario.record("study")?.text("baseline")
    for (seller, record) in scenario.records("sellers").enumerated() {
      let facts = market.publicFacts(for: seller)
      let strategy = record.named("strategy").flatMap { name, record in
        StrategyDefinitions.strategy(name, record, seller: market.profiles[seller], market: facts, files: files)
      }
      let candidates =
        record.table("candidates").isEmpty
        ? [] : sellers.candidates(market.profiles.indices.map(market.publicFacts), files)
      let candidate = candidates.first { $0.label == baseline } ?? candidates.first
      guard var today = strategy ?? candidate?.strategy, today.isConstant, today.survey == nil,
        let list = try? today.postPrices(
          SellerView(
            seller: market.profiles[seller], market: facts, period: -1, postedLists: nil, sales: [],
            capacityLeft: market.profiles[seller].capacities.map(\.units), survey: nil))
      else { return nil }
      for (position, alternative) in market.population.assortment.alternativesBySource[seller].enumerated() {
        guard let price = list.price(ofProduct: position) else { return nil }
        prices[alternative] = price
      }
    }
    return prices.allSatisfy(\.isFinite) ? prices : nil
  }
}
