import Demand
import Scenarios
import Selling
import Simulation
import Testing

/// Arrivals, costs, dates and mergers as they stand in the file.
struct SellersScenarioTests {
  private func arrivals(_ text: String) throws -> Arrivals {
    let hotel = ScenarioText.hotel.replacingOccurrences(
      of: """
        poisson: 80
            season: { every: 7, swing: 30%, peak: 6 }
            trend: 1%
        """, with: text)
    return try Scenario(text: hotel, file: "hotel.yaml").study.market.arrivals
  }

  @Test func kindsOfArrivals() throws {
    #expect(
      try arrivals("negative binomial: { mean: 300, spread: 20% }")
        == Arrivals(.negativeBinomial, mean: 300, spread: 0.2))
    let bass = BassDiffusion(market: 100_000, innovation: 0.03, imitation: 0.38)
    #expect(
      try arrivals("bass: { market: 100000, innovation: 3%, imitation: 38% }") == Arrivals(.poisson, diffusion: bass))
    #expect(
      try arrivals("bass: { market: 1e5, innovation: 0.03, imitation: 0.38, counts: fixed }")
        == Arrivals(.fixed, diffusion: bass))
    #expect(
      try arrivals(
        """
        fixed: 50
            profile: [1, 1, 1.2, 1.5, 2, 0.5]
            shocks: [{ period: 3, until: 5, change: -30% }, { period: 9, change: 1.5 }]
            random shocks: { spread: 15%, persistence: 60% }
        """)
        == Arrivals(
          .fixed, mean: 50, profile: [1, 1, 1.2, 1.5, 2, 0.5],
          shocks: [DatedChange(2...4, change: -0.3), DatedChange(8...8, change: 1.5)],
          randomShocks: RandomFactor(spread: 0.15, persistence: 0.6)))
  }

  static let maker = """
    scenario: Maker
    periods: { count: 20 }
    customers:
      arrivals: { fixed: 50 }
      segments: [{ name: all, share: 100%, values: { phone: "uniform(0, 200)", case: "uniform(0, 40)" }, taste: 5 }]
    sellers:
      - name: Maker
        products:
          phone:
            unit cost: 40
            volume costs: { for: all units, steps: [{ above: 10, unit cost: 35 }, { above: 20, unit cost: 30 }] }
            experience: { learning: 15%, start: 1000 }
            includes: [delivery, manual]
          case: { unit cost: 4, includes: [delivery] }
        service items:
          delivery: { cost: 5, per: customer }
          manual: { cost: 1.5 }
        step costs:
          shift: { cost: 90, every: 25 }
        cost shocks: [{ period: 4, until: 6, change: 20% }]
        random cost shocks: { spread: 10%, persistence: 80% }
        sees prices after: 2
        candidates:
          plain: { fixed-price: { phone: 100, case: 20 } }
          plus: { full-cost-markup: { markup: 50%, planned units: 30 } }
      - name: Newcomer
        products: { phone: { unit cost: 50 } }
        enters: 5
        leaves: 15
        strategy: { going-rate: { premium: -5%, otherwise: { phone: 95 } } }
      - name: Third
        products: { phone: { unit cost: 45 } }
        strategy: { fixed-price: { phone: 110 } }
    mergers:
      - { period: 13, buyer: Maker, target: Third, strategy: { fixed-price: { phone: 120 } } }

    """

  @Test func sellers() throws {
    let study = try Scenario(text: Self.maker, file: "maker.yaml").study
    let maker = study.market.profiles[0]
    let phone = SellerProduct(
      name: "phone", unitCost: 40,
      volume: VolumeCost([.init(above: 10, unitCost: 35), .init(above: 20, unitCost: 30)], reach: .allUnits),
      experience: ExperienceCurve(learning: 0.15, start: 1000))
    #expect(
      maker
        == SellerProfile(
          name: "Maker", products: [phone, SellerProduct(name: "case", unitCost: 4)],
          serviceItems: [
            ServiceItem(name: "delivery", cost: 5, basis: .customer, products: ProductSet([0, 1])),
            ServiceItem(name: "manual", cost: 1.5, products: ProductSet([0])),
          ], stepCosts: [StepCost(name: "shift", cost: 90, every: 25)],
          costShocks: [DatedChange(3...5, change: 0.2)],
          randomCostShocks: RandomFactor(spread: 0.1, persistence: 0.8), priceDelay: 2))
    #expect(maker.products.map(\.unitCost) == [46.5, 9])
    #expect(study.market.profiles[1].presence == 4...14)
    #expect(study.market.profiles[1].priceDelay == 1)
    #expect(study.market.profiles[2].presence == SellerProfile.always)
    #expect(study.market.ownership.owners(period: 11) == [0, 1, 2])
    #expect(study.market.ownership.owners(period: 12) == [0, 1, 0])
    #expect(study.newManagement.map(\.period) == [12])
    #expect(study.newManagement.map(\.seller) == [2])
    #expect(!study.candidates[1].strategy.isConstant, "unit costs change")
    let outcome = try study.outcomes(of: 0)
    #expect(outcome.sellers[0].stepCost > 0)
  }

  /// One mistake, one message, at its place.
  @Test(arguments: [
    ("fixed: 50", "fixed: 50, poisson: 50", "either"),
    ("fixed: 50", "bass: { market: 5, innovation: 0%, imitation: 3% }", "between 0.0001% and 100%"),
    ("fixed: 50", "bass: { market: 5, innovation: 3%, imitation: 3%, counts: many }", "poisson or fixed"),
    ("fixed: 50", "negative binomial: { mean: 5 }", "spread"),
    ("fixed: 50", "negative binomial: { mean: 5, spread: 20 }", "did you mean 20%?"),
    ("fixed: 50", "negative binomial: { mean: 1e8, spread: 300% }", "look at spread"),
    ("fixed: 50", "fixed: 50, profile: []", "profile"),
    ("fixed: 50", "fixed: 50, profile: [1, -1]", "-1"),
    ("fixed: 50", "fixed: 50, shocks: [{ period: 21, change: 5% }]", "beyond the calendar"),
    ("fixed: 50", "fixed: 50, shocks: [{ period: 8, until: 7, change: 5% }]", "before `period`"),
    ("fixed: 50", "fixed: 50, shocks: [{ period: 8, change: -120% }]", "-120%"),
    ("fixed: 50", "fixed: 50, random shocks: { spread: 0 }", "more than 0%"),
    ("fixed: 50", "fixed: 50, random shocks: { spread: 10%, persistence: 100% }", "between 0% and 99.9%"),
    ("above: 20", "above: 10", "the steps rise"),
    ("above: 20", "above: 0", "more than 0"),
    ("for: all units", "for: each", "added units or all units"),
    ("learning: 15%", "learning: 95%", "90%"),
    ("learning: 15%, start: 1000", "learning: 15%", "start"),
    ("includes: [delivery, manual]", "includes: [delivery, manual, sauna]", "unknown service item \"sauna\""),
    ("includes: [delivery, manual]", "includes: [delivery, manual, manual]", "included twice"),
    ("includes: [delivery, manual]", "includes: [delivery]", "no product includes \"manual\""),
    ("per: customer", "per: week", "unit or customer"),
    ("every: 25", "every: 0", "every"),
    ("cost shocks: [{ period: 4, until: 6", "cost shocks: [{ period: 40, until: 60", "beyond the calendar"),
    ("sees prices after: 2", "sees prices after: 0", "from 1"),
    ("enters: 5", "enters: 21", "beyond the calendar"),
    ("leaves: 15", "leaves: 4", "before `enters`"),
    ("period: 13, buyer: Maker", "period: 21, buyer: Maker", "beyond the calendar"),
    ("buyer: Maker", "buyer: Makr", "did you mean \"Maker\"?"),
    ("buyer: Maker", "buyer: Third", "cannot buy itself"),
    ("buyer: Maker, target: Third", "buyer: Newcomer, target: Maker", "study the buyer"),
    (
      "buyer: Maker, target: Third, strategy: { fixed-price: { phone: 120 } }",
      "buyer: Maker, target: Third, strategy: { fixed-price: { case: 120 } }", "unknown product of \"Third\""
    ),
    ("mergers:\n", "mergers:\n  - { period: 3, buyer: Newcomer, target: Third }\n", "belongs to \"Newcomer\""),
    ("mergers:\n", "mergers:\n  - { period: 15, buyer: Third, target: Newcomer }\n", "belongs to \"Maker\""),
    ("  arrivals: { fixed: 50 }", "  outside option: no\n  arrivals: { fixed: 50 }", "monopoly in case"),
  ]) func mistakes(old: String, new: String, words: String) {
    #expect(Self.maker.components(separatedBy: old).count == 2, "\(old) stands there once")
    let problems = ScenarioText.problems(in: Self.maker.replacingOccurrences(of: old, with: new))
    #expect(problems.count == 1, "\(problems.map(\.description).joined(separator: "\n"))")
    #expect(problems.first?.description.contains(words) ?? false, "\(problems.first?.description ?? "none")")
  }

  /// Where everybody buys and everybody leaves: told before running, with the period.
  @Test func everybodyLeaves() {
    let text = """
      scenario: Duopoly
      periods: { count: 9 }
      customers:
        outside option: no
        arrivals: { fixed: 5 }
        segments: [{ name: all, share: 100%, values: { x: 10 }, taste: 2 }]
      sellers:
        - { name: We, products: { x: {} }, leaves: 6, candidates: { a: { fixed-price: { x: 1 } } } }
        - { name: They, products: { x: {} }, leaves: 6, strategy: { fixed-price: { x: 1 } } }
      """
    let problems = ScenarioText.problems(in: text)
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains("nobody sells x in period 7") ?? false)
    #expect(problems.first?.path == "customers.outside option")
  }

  /// The handbook tells every new part, and its fields.
  @Test func handbook() throws {
    for part in [
      "negative binomial", "bass", "shock", "random shocks", "volume costs", "volume step", "experience",
      "service item",
      "step cost", "merger",
    ] {
      #expect(Handbook.parts.contains(part))
      let chapter = try #require(Handbook.chapter(part))
      #expect(!chapter.entries.isEmpty && chapter.entries.allSatisfy { !$0.words.isEmpty && !$0.details.isEmpty })
    }
  }
}

extension Study {
  fileprivate func outcomes(of candidate: Int) throws -> CandidateOutcome {
    var engine = Engine(self, candidates: candidates)
    return try engine.run(replication: 0)[candidate]
  }
}
