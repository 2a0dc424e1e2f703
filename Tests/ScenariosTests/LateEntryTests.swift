import Demand
import Scenarios
import Simulation
import Testing

/// Sellers that enter later: their opening list stands for the periods before, and plans count from entry.
struct LateEntryTests {
  private static func prices(_ strategy: String, rival: String = "fixed-price: { a: 60 }", enters: Int = 1) throws
    -> [[Double?]]
  {
    let text = """
      scenario: late
      periods: { count: 5 }
      customers:
        arrivals: { fixed: 100 }
        segments:
          - { name: all, share: 100%, values: { a: "normal(50, 10)" }, taste: 10 }
      sellers:
        - name: S
          products: { a: { category: k, unit cost: 10 } }
          enters: 3
          candidates:
            tried: { \(strategy) }
        - name: R
          products: { a: { category: k, unit cost: 5 } }
          enters: \(enters)
          strategy: { \(rival) }
      study: { replications: 1, demand: expected }
      """
    let study = try Scenario(text: text, file: "late.yaml").study
    var engine = Engine(study, candidates: study.candidates)
    let outcome = try #require(try engine.run(replication: 0).first)
    return [0, 1].map { seller in
      outcome.offers.first { $0.key.seller == seller }?.value.map { $0?.price } ?? []
    }
  }

  /// Exact: a fifth off each period, from the seller's own first one.
  @Test func markdownsCountFromEntry() throws {
    let path = try Self.prices("markdown: { opening: { a: 50 }, cut: 20% }")[0].compactMap(\.self)
    #expect(path.count == 3)
    for (price, expected) in zip(path, [50, 40, 32.0]) { #expect(abs(price - expected) < 1e-12) }
  }

  /// Both post the same equilibrium from the first period in which both are there.
  @Test func equilibriumOfSellersThatCome() throws {
    let found = try Self.prices("bertrand-nash: {}", rival: "bertrand-nash: {}", enters: 4)
    #expect(found[0].map { $0 != nil } == [false, false, true, true, true])
    #expect(found[1].map { $0 != nil } == [false, false, false, true, true])
    let together = try Self.prices("bertrand-nash: {}", rival: "bertrand-nash: {}")
    for period in [3, 4] {
      for seller in [0, 1] {
        let (late, early) = (try #require(found[seller][period]), try #require(together[seller][period]))
        #expect(abs(late - early) < 1e-9 * early)
      }
    }
  }

  /// With 100% tax in the price, unit cost 1, 100 fixed over 100 units and 1000 over 10 periods: 2 x (1 + 1 + 1).
  @Test func ownMoneyIsGrossedUp() throws {
    let text = """
      scenario: taxed
      periods: { count: 10 }
      customers:
        arrivals: { fixed: 10 }
        segments:
          - { name: all, share: 100%, values: { a: 20 } }
      sellers:
        - name: S
          products: { a: { unit cost: 1 } }
          fixed cost: 100
          terms: { tax: 100% }
          candidates:
            even: { break-even: { planned units: 100, outlay: 1000 } }
            aim: { target-return: { planned units: 100, return: 10%, capital: 10000 } }
      study: { replications: 1 }
      """
    let study = try Scenario(text: text, file: "taxed.yaml").study
    var engine = Engine(study, candidates: study.candidates)
    for outcome in try engine.run(replication: 0) {
      let posted = try #require(outcome.offers.first?.value[0]?.price)
      #expect(abs(posted - 6) < 1e-12)
    }
  }
}
