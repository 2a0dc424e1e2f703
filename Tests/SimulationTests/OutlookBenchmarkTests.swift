import Demand
import Selling
import Simulation
import Testing

/// Perfect knowledge where customers look beyond today's price.
struct OutlookBenchmarkTests {
  private func price(_ knowledge: PerfectKnowledge, _ study: Study) throws -> Double {
    try PerfectKnowledgeTests.prices(knowledge, study)[0]
  }

  /// Constant prices are neutral, so that the best of them is (high + cost)/2 as ever; but a changing price might earn
  /// more, and nothing exact is claimed. 1e-4 of the price, as without.
  @Test func neutralButNotExact() throws {
    let rules: [(ReferencePrice?, Patience?)] = [
      (ReferencePrice(memory: 0.5, loss: 1, gain: 0.5), nil),
      (nil, Patience(discountFactor: 0.9, periods: 3, belief: .adaptive(memory: 0.5))),
    ]
    for (reference, patience) in rules {
      let market = try OutlookGym.monopoly(
        .uniform(low: 0, high: 100), referencePrice: reference, patience: patience, periods: 3)
      let study = try OutlookGym.study(market, [Scripted(prices: [30])])
      let knowledge = try PerfectKnowledge(study)
      #expect(knowledge.kind == .bestFound)
      #expect(abs(try price(knowledge, study) / 50 - 1) < 1e-4)
    }
  }

  /// Customers who will always have 8 in mind: with b for both loss and gain the price p feels like p + b (p - 8), demand
  /// falls to 0 at (10 + 8 b)/(1 + b), and half of that is best: 14/3 with b = 1/2. The search is by simulation: 3% of the
  /// price, which costs 0.1% of revenue.
  @Test func statedStart() throws {
    let rule = ReferencePrice(memory: 1, loss: 0.5, gain: 0.5, start: [0: 8])
    let market = try OutlookGym.monopoly(.uniform(low: 0, high: 10), referencePrice: rule, periods: 2)
    for demand in [DemandMode.sampled, .expected] {
      let study = try OutlookGym.study(market, [Scripted(prices: [3])], demand: demand)
      let knowledge = try PerfectKnowledge(study)
      #expect(knowledge.kind == .bestFound)
      let found = try price(knowledge, study)
      #expect(abs(found / (14.0 / 3) - 1) < 0.03, "\(found)")
    }
  }

  /// With a stock, prices by period and stock would move what customers remember: constant prices are searched, and
  /// nothing exact is claimed; without memory it is.
  @Test func stock() throws {
    for rule in [ReferencePrice(memory: 0.5, loss: 1, gain: 0.5), nil] {
      let market = try OutlookGym.monopoly(
        .uniform(low: 0, high: 10), referencePrice: rule, arrivals: 40, periods: 4,
        capacities: [Capacity(name: "stock", units: 60, renewal: .never, use: [1])])
      let knowledge = try PerfectKnowledge(try OutlookGym.study(market, [Scripted(prices: [3])]))
      #expect(knowledge.kind == (rule == nil ? .exact : .bestFound))
      #expect(knowledge.policyClass == (rule == nil ? .dynamic : .singlePrices))
    }
  }
}
