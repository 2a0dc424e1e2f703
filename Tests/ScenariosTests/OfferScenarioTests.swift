import Demand
import Scenarios
import Simulation
import Testing

/// Groups, prices for them and tariffs in a scenario: what is read, and what is said about mistakes.
struct OfferScenarioTests {
  private static func text(
    groups: String = "groups: [student card, senior card]", members: String = "groups: { student card: 90% }",
    candidate: String = "fixed-price: { seat: 12, popcorn: 3, seat for student card: 8.50 }"
  ) -> String {
    """
    scenario: Cinema
    periods: { count: 2 }
    customers:
      arrivals: { fixed: 100 }
      \(groups)
      segments:
        - name: students
          share: 40%
          values: { seat: 10, popcorn: 4 }
          units: { popcorn: { up to: 3, satiation: 10% } }
          \(members)
        - name: others
          share: 60%
          values: { seat: 14, popcorn: 4 }
    sellers:
      - name: Cinema
        products:
          seat: { unit cost: 1 }
          popcorn: { unit cost: 1 }
        candidates:
          today:
            \(candidate)
    """
  }

  private static func offers(_ text: String) throws -> [Offer] {
    let study = try Scenario(text: text, file: "cinema.yaml").study
    var engine = Engine(study, candidates: study.candidates)
    return try engine.run(replication: 0)[0].offers.keys.sorted().map {
      Offer($0.contents, price: 0, group: $0.group)
    }
  }

  @Test func everyFieldIsRead() throws {
    let population = try Scenario(text: Self.text(), file: "cinema.yaml").study.market.population
    #expect(population.groups == ["student card", "senior card"])
    #expect(population.segmentNames == ["students", "others"])
    #expect(population.segments.map(\.group) == [nil, 0, nil])
    #expect(zip(population.segments.map(\.share), [0.04, 0.36, 0.6]).allSatisfy { abs($0 - $1) < 1e-12 })
    let offers = try Self.offers(Self.text())
    #expect(offers.map(\.group) == [nil, 0, nil])
    let bundle = try Self.offers(
      Self.text(candidate: "fixed-price: { seat: 12, popcorn: 3, seat + popcorn for senior card: 10 }"))
    #expect(bundle.last == Offer(ProductSet([0, 1]), price: 0, group: 1))
  }

  @Test(arguments: [
    ("fixed-tariff: { prices: { seat: 12, popcorn: 2 }, fees: { popcorn: 1 } }", 40 * 7.0),
    ("fixed-tariff: { prices: { seat: 12, popcorn: 3 }, from: 2, discount: 50% }", 40 * 6.0),
  ]) func tariffs(candidate: String, popcornOfStudents: Double) throws {
    // All students take three: 4 + 3.6 + 3.24 for 1 + 3 x 2, or for 3 + 1.5 + 1.5; the others one, for 3.
    let study = try Scenario(text: Self.text(candidate: candidate), file: "cinema.yaml").study
    let expected = try Study(
      name: "", question: "", currency: "EUR", market: study.market, studied: 0,
      rivalStrategies: study.rivalStrategies, candidates: study.candidates, baseline: 0, replications: 1, seed: 1,
      demand: .expected)
    var engine = Engine(expected, candidates: expected.candidates)
    let outcome = try engine.run(replication: 0)[0]
    let popcorn = outcome.offers[OfferKey(seller: 0, contents: ProductSet([1]))]?[0]
    #expect(abs((popcorn?.revenue ?? 0) - (popcornOfStudents + 60 * 3)) < 1e-9)
    #expect(abs((popcorn?.units ?? 0) - 180) < 1e-9)
  }

  @Test(arguments: [
    (text(members: "groups: { studnt card: 90% }"), "did you mean \"student card\"?"),
    (text(groups: "", candidate: "fixed-price: { seat: 12, popcorn: 3 }"), "no groups are stated under `customers`"),
    (text(groups: "groups: [student card, student card]"), "already named"),
    (text(members: "groups: { student card: 90%, senior card: 20% }"), "add up to 100% at most"),
    (text(candidate: "fixed-price: { seat: 12, popcorn: 3, seat for studnt card: 8 }"), "student card"),
    (
      text(groups: "", members: "", candidate: "fixed-price: { seat: 12, popcorn: 3, seat for card: 8 }"),
      "has no groups of customers"
    ),
    (
      text(candidate: "fixed-price: { seat: 12, popcorn: 3, seat for student card: 8, seat  for student card: 7 }"),
      "twice"
    ),
    (text(groups: "", members: "", candidate: "group-prices: {}"), "state `groups` under `customers`"),
    (
      text(candidate: "best-response: { opening: { seat: 12, popcorn: 3, seat for student card: 8 } }"),
      "no prices for groups"
    ),
    (text(candidate: "fixed-tariff: { prices: { seat: 12, popcorn: 2 }, fees: { popcrn: 1 } }"), "popcorn"),
  ]) func mistakes(text: String, words: String) {
    do {
      _ = try Scenario(text: text, file: "cinema.yaml")
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains(words), "\(error)")
    }
  }
}
