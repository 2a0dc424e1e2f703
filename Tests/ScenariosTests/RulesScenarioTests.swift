import Demand
import Scenarios
import Selling
import Simulation
import Testing

/// Rules of prices as they stand in the file: whose they are, what they cost, and what is said about wrong ones.
struct RulesScenarioTests {
  static func text(
    rules: String = "rules: { ending: 0.99, cost of a change: 45, floor: { a: 9 } }", own: String = "",
    more: String = ""
  ) -> String {
    """
    scenario: Shelf
    periods: { count: 6 }
    customers:
      arrivals: { fixed: 100 }
      segments: [{ name: all, share: 100%, values: { a: "uniform(0, 60)", b: "uniform(0, 30)" } }]
    sellers:
      - name: We
        products: { a: { unit cost: 8 }, b: { unit cost: 3 } }
        \(rules)
        \(more)
        candidates:
          today: { fixed-price: { a: 30, b: 15, a + b: 40.20 } }
          down: { markdown: { opening: { a: 30, b: 15 }, cut: 10%\(own) } }
      - name: They
        products: { a: { unit cost: 8 } }
        rules: { ending: { every: 5, at: 4.99 }, rounding: down, notice: 2, cost of a change: 10 }
        strategy: { markdown: { opening: { a: 32 }, cut: 10% } }
    """
  }

  private func outcomes(_ text: String) throws -> [CandidateOutcome] {
    let study = try Scenario(text: text, file: "shelf.yaml").study
    var engine = Engine(study, candidates: study.candidates)
    return try engine.run(replication: 0)
  }

  private func prices(_ outcome: CandidateOutcome, seller: Int = 0, _ products: [Int] = [0]) -> [Double] {
    outcome.offers[OfferKey(seller: seller, contents: ProductSet(products))]?.map { $0?.price ?? .nan } ?? []
  }

  /// The seller's rules hold for all its candidates, a rival's for its strategy; 30 x 0.9^t and 32 x 0.9^t by hand.
  @Test func whoseRules() throws {
    let found = try outcomes(Self.text())
    #expect(prices(found[0]) == [Double](repeating: 29.99, count: 6))
    #expect(prices(found[0], [0, 1]) == [Double](repeating: 39.99, count: 6))
    // 30, 27, 24.3, 21.87, 19.683, 17.7147
    #expect(prices(found[1]) == [29.99, 26.99, 23.99, 21.99, 19.99, 17.99])
    // Two periods late and rounded down: 32, 32, 32, 28.8, 25.92, 23.328
    #expect(prices(found[1], seller: 1) == [29.99, 29.99, 29.99, 24.99, 24.99, 19.99])
  }

  /// A candidate's own rules stand in place of the seller's, field by field: its ending here, the seller's floor.
  @Test func ownRules() throws {
    let own = ", rules: { ending: { every: 0.50 }, floor: { a: 20 } }"
    let found = try outcomes(Self.text(own: own))
    #expect(prices(found[0])[0] == 29.99)
    #expect(prices(found[1]) == [30, 27, 24.5, 22, 20, 20])
    #expect(found[1].sellers[0].adjustmentCost > 0, "the seller's cost of a change")
    let inherited = try outcomes(Self.text(own: ", rules: { rounding: up }"))
    #expect(prices(inherited[1]) == [30.99, 27.99, 24.99, 21.99, 19.99, 17.99])
  }

  /// What changes cost: 45 for each price of each period that differs from the period before; nothing for constant prices,
  /// and nothing at the opening. It counts in cost, profit and contribution.
  @Test func adjustmentCost() throws {
    let found = try outcomes(Self.text())
    #expect(found[0].sellers[0].adjustmentCost == 0 && found[0].sellers[0].priceChanges == 0)
    let own = found[1].sellers[0]
    let changes = [[0], [1]].reduce(0) { sum, products in
      let course = prices(found[1], products)
      return sum + zip(course, course.dropFirst()).filter { $0 != $1 }.count
    }
    #expect(changes > 5 && own.priceChanges == changes && own.adjustmentCost == 45 * Double(changes))
    #expect(abs(own.revenue - own.cost - own.profit) < 1e-9)
    #expect(own.cost == own.unitCost + own.adjustmentCost)
    #expect(abs(own.contribution - own.profit) < 1e-9)
    #expect(found[1].sellers[1].adjustmentCost == 20)
    let free = try outcomes(Self.text(rules: "rules: { ending: 0.99, floor: { a: 9 } }"))[1].sellers[0]
    #expect(abs(free.profit - own.profit - own.adjustmentCost) < 1e-9)
  }

  /// Perfect knowledge keeps to no rules.
  @Test func perfectKnowledgeIsFree() throws {
    let text = Self.text().replacing(", a + b: 40.20", with: "")
      .replacing("markdown: { opening: { a: 32 }, cut: 10% }", with: "fixed-price: { a: 32 }")
    let study = try Scenario(text: text, file: "shelf.yaml").study
    let knowledge = try PerfectKnowledge(study)
    #expect(!(knowledge.candidate.strategy is RuledStrategy))
    #expect(knowledge.candidate.strategy.costOfChange == 0)
    #expect(study.candidates.map(\.family) == [.given, .dynamic])
    #expect(study.candidates.map(\.belief) == ["given prices", "given plan"])
  }

  @Test(arguments: [
    (
      "rules: { ending: 1.5 }", "sellers[0].rules.ending",
      "found 1.5, but an ending is less than 1: 0.5 permits 1.5, 2.5"
    ),
    ("rules: { ending: { every: 5, at: 7 } }", "sellers[0].rules.ending.at", "not less than `every`, 5"),
    ("rules: { ending: { every: 0 } }", "sellers[0].rules.ending.every", "found 0"),
    ("rules: { rounding: upward }", "sellers[0].rules.rounding", "upward"),
    ("rules: { floor: 9, ceiling: 8 }", "sellers[0].rules.ceiling", "the ceiling of a, 8, is below its floor, 9"),
    ("rules: { floor: { c: 9 } }", "sellers[0].rules.floor.c", "unknown product of \"We\" \"c\""),
    ("rules: { least markup: 50%, ceiling: { a: 10 } }", "sellers[0].rules.ceiling", "more than its ceiling"),
    ("rules: { least markup: 50%, largest markup: 40% }", "sellers[0].rules.largest markup", "below the least markup"),
    ("rules: { largest step: -5% }", "sellers[0].rules.largest step", "-5%"),
    ("rules: { notice: 1.5 }", "sellers[0].rules.notice", "1.5"),
    ("rules: { notize: 1 }", "sellers[0].rules.notize", "did you mean \"notice\"?"),
    ("rules: { cost of a change: -1 }", "sellers[0].rules.cost of a change", "-1"),
    ("terms: { tax: -5% }", "sellers[0].terms.tax", "found -5%; write a number between 0% and 200%"),
    ("terms: { tax: 21 }", "sellers[0].terms.tax", "did you mean 21%?"),
    ("terms: { discounts: { volume: 100% } }", "sellers[0].terms.discounts.volume", "less than 100%"),
    ("terms: { discounts: { volume: -2 } }", "sellers[0].terms.discounts.volume", "at least 0"),
    ("terms: { discounts: { volume: lots } }", "sellers[0].terms.discounts.volume", "found \"lots\"; write a share"),
    ("terms: { discounts: { a: 60%, b: 40% } }", "sellers[0].terms.discounts", "leave nothing of the list price"),
    ("terms: { rebates: { a: 60% }, costs to serve: { b: 40% } }", "sellers[0].terms.rebates", "leave nothing"),
    ("terms: { rebates: { a: { amount: 3%, felt: 120% } } }", "sellers[0].terms.rebates.a.felt", "120%"),
    ("terms: { rebates: { a: { felt: 20% } } }", "sellers[0].terms.rebates.a.amount", "missing"),
    ("terms: { costs to serve: { freight: { amount: 1 } } }", "sellers[0].terms.costs to serve.freight", "a text"),
    ("terms: { tax included: perhaps }", "sellers[0].terms.tax included", "true or false"),
  ]) func mistakes(rules: String, path: String, message: String) {
    let problems = ScenarioText.problems(in: Self.text(rules: rules))
    #expect(problems.count == 1, "\(problems)")
    #expect(problems.first?.path == path, "\(problems)")
    #expect(problems.first?.message.contains(message) == true, "\(problems)")
    #expect(problems.first?.line == 9)
  }

  /// A candidate whose own rules contradict the seller's is told at the candidate.
  @Test func ownContradiction() {
    let problems = ScenarioText.problems(in: Self.text(own: ", rules: { ceiling: 8.50 }"))
    #expect(problems.map(\.path) == ["sellers[0].candidates.down.markdown.rules.ceiling"], "\(problems)")
    #expect(problems.first?.message.contains("the ceiling of a, 8.5, is below its floor, 9") == true)
  }

  /// Equilibria know no price terms, and say so; rules do not matter to them.
  @Test func equilibrium() throws {
    #expect(throws: Never.self) { try MarketScenario(text: Self.text(), file: "shelf.yaml") }
    do {
      _ = try MarketScenario(text: Self.text(more: "terms: { tax: 9% }"), file: "shelf.yaml")
      Issue.record("terms were not seen")
    } catch let error as ScenarioProblems {
      #expect(error.problems.map(\.path) == ["sellers[0].terms"])
    }
  }
}
