import Demand
import Scenarios
import Simulation
import Testing

/// Strategies that look at rivals, run in a market that a rival enters and leaves: prices period by period.
struct RivalPresenceTests {
  /// The rival is there in periods 3 to 5 of 8 at 8 EUR, and seen from period 4 to 6.
  private static func prices(_ strategy: String) throws -> [Double] {
    let text = """
      scenario: guest
      periods: { count: 8 }
      customers:
        arrivals: { fixed: 10 }
        segments:
          - name: all
            share: 100%
            values: { tea: 20 }
      sellers:
        - name: Host
          products: { tea: { unit cost: 2 } }
          candidates:
            tried:
              \(strategy)
        - name: Guest
          products: { tea: { unit cost: 1 } }
          enters: 3
          leaves: 5
          strategy:
            fixed-price: { tea: 8 }
      """
    let study = try Scenario(text: text, file: "guest.yaml").study
    var engine = Engine(study, candidates: study.candidates)
    let outcome = try #require(try engine.run(replication: 0).first)
    let sold = try #require(outcome.offers.first { $0.key.seller == 0 }?.value)
    return sold.map { $0?.price ?? .nan }
  }

  /// Before anything is seen: what the scenario states, or the floor. After the rival has left: the same where it is
  /// stated; without it, the last own price.
  @Test(arguments: [
    ("undercut: { amount: 1, step: 0%, otherwise: { tea: 10 } }", [10.0, 10, 10, 7, 7, 7, 10, 10]),
    ("undercut: { amount: 1, step: 0%, floor: 50% }", [3, 3, 3, 7, 7, 7, 7, 7]),
    (
      "undercut: { amount: 1, step: 0%, floor: 300%, reset: 500%, otherwise: { tea: 10 } }",
      [10, 10, 10, 12, 12, 12, 10, 10]
    ),
    ("rival-premium: { rival: Guest, premium: 25%, otherwise: { tea: 11 } }", [11, 11, 11, 10, 10, 10, 11, 11]),
    ("rival-premium: { rival: Guest, amount: 1, floor: 50% }", [3, 3, 3, 9, 9, 9, 9, 9]),
    ("price-match: { prices: { tea: 9 } }", [9, 9, 9, 8, 8, 8, 9, 9]),
    (
      "nearest-rival: { position: { tea: 3 }, rivals: { Guest: 1 }, premium: 25%, otherwise: { tea: 11 } }",
      [11, 11, 11, 12, 12, 12, 11, 11]
    ),
    ("follow-leader: { prices: { tea: 9 }, leader: Guest }", [9, 9, 9, 9, 9, 9, 9, 9]),
    (
      "going-rate: { reference: leader, leader: Guest, premium: 25%, otherwise: { tea: 11 } }",
      [11, 11, 11, 10, 10, 10, 11, 11]
    ),
  ]) func comingAndGoing(_ strategy: String, _ expected: [Double]) throws {
    #expect(try Self.prices(strategy) == expected)
  }
}
