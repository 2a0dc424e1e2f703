import Demand
import Foundation
import Scenarios
import Simulation
import Testing

/// The published shares of the US beer market come back from `scenarios/us-beer.yaml` at the published prices.
struct USBeerTests {
  private static let prices = [
    "Bud": 0.0441, "Old Style": 0.0328, "Miller": 0.0409, "Miller Lite": 0.0396, "other light": 0.0387, "other": 0.0497,
  ]
  private static let shares = [
    "Bud": 0.066, "Old Style": 0.172, "Miller": 0.253, "Miller Lite": 0.187, "other light": 0.099, "other": 0.223,
  ]

  private static func study() throws -> Study {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try Scenario(contentsOf: root.appendingPathComponent("scenarios/us-beer.yaml").path).study
  }

  /// Tolerance 1e-6: the published coefficients have seven digits.
  @Test func expectedShares() throws {
    let market = try Self.study().market
    let lists = try market.profiles.map { profile in
      PriceList(prices: try profile.products.map { try #require(Self.prices[$0.name]) })
    }
    let menu = try Menu(lists, in: market.population.assortment)
    var demand = ExpectedDemand(market.population)
    let choice = try demand.choice(from: menu)
    for (profile, slots) in zip(market.profiles, menu.slots) {
      for (product, slot) in zip(profile.products, slots) {
        let published = try #require(Self.shares[product.name])
        #expect(abs(choice.units(slot, in: menu) - published) < 1e-6, "\(product.name)")
      }
    }
  }

  /// 25 replications of 40,000 customers: a standard error of at most 0.00043 in a share; 4.5 of them are allowed, which
  /// sees a share that is off by 0.003 with a probability of 0.99.
  @Test func sampledShares() throws {
    let study = try Self.study()
    var engine = Engine(study, candidates: Array(study.candidates.filter { $0.label == "today" }))
    var units: [String: Double] = [:]
    for replication in 0..<25 {
      for outcome in try engine.run(replication: replication) {
        for (key, periods) in outcome.offers {
          let name = study.market.profiles[key.seller].products[key.contents.positions[0]].name
          units[name, default: 0] += periods.reduce(0) { $0 + ($1?.units ?? 0) }
        }
      }
    }
    #expect(units.values.reduce(0, +) == 1_000_000, "everybody buys one")
    for (name, share) in Self.shares { #expect(abs((units[name] ?? 0) / 1e6 - share) < 0.00195, "\(name)") }
  }
}
