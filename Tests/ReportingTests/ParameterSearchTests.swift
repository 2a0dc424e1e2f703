import Demand
import Reporting
import Scenarios
import Selling
import Simulation
import Testing

/// The search for a strategy's best parameters.
struct ParameterSearchTests {
  /// One seller, 1000 customers a period, expected demand unless said otherwise.
  private static func study(
    values: String, products: String = "thing: { unit cost: 4 }", candidates: String, demand: String = "expected",
    replications: Int = 2
  ) throws -> Study {
    let text = """
      scenario: Search
      currency: EUR
      periods: { count: 2, unit: week }
      customers:
        arrivals: { fixed: 1000 }
        segments:
          - { name: all, share: 100%, values: { \(values) } }
      sellers:
        - name: We
          products: { \(products) }
          candidates: { \(candidates) }
      study: { replications: \(replications), seed: 9, demand: \(demand) }
      """
    return try Scenario(text: text, file: "search.yaml").study
  }

  private static func optimum(
    _ study: Study, candidate: Int = 0, dials names: [String], tuning: Int = 2, threads: Int = 2,
    bounds: ClosedRange<Double>? = nil
  ) throws -> ParameterOptimum {
    let dials = try #require(study.candidates[candidate].recipe).dials
    let chosen = try names.map { name in
      (dial: try #require(dials.first { $0.name == name }), bounds: bounds)
    }
    let search = try ParameterSearch(study, candidate: candidate, replications: tuning, threads: threads)
    return try #require(try search.optimum(of: chosen, fresh: study.replications))
  }

  /// Values even between 0 and 40 and a unit cost of 4: the best price is 22, the best markup on 4 is 450%. Profit is flat
  /// at its top, so that a search sees prices within about 1e-3; profit itself within 1e-7.
  @Test func oneParameterAgainstClosedForm() throws {
    let study = try Self.study(
      values: "thing: \"uniform(0, 40)\"",
      candidates:
        "price: { fixed-price: { thing: 10 } }, markup: { full-cost-markup: { markup: 20%, planned units: 100 } }")
    let best = 2000 * 8.1
    let price = try Self.optimum(study, dials: ["thing"])
    #expect(abs(price.settings[0].value - 22) < 2e-3)
    #expect(abs(price.profit.mean - best) < 1e-7 * best)
    let markup = try Self.optimum(study, candidate: 1, dials: ["markup"])
    #expect(abs(markup.settings[0].value - 4.5) < 1e-3, "the range widens by itself")
    #expect(abs(markup.profit.mean - best) < 1e-7 * best)
    #expect(markup.gain.mean > 0 && !markup.settings[0].isAtBound)
    #expect(abs(price.gain.mean - (best - 2000 * 4.5)) < 1e-6 * best)
  }

  /// Two separate peaks, the lower one where the file's value stands: 70% pay about 10, the others about 50.
  @Test func aSecondPeakIsNoTrap() throws {
    let study = try Self.study(
      values:
        "thing: { mixture: [{ share: 70%, value: \"uniform(9, 10)\" }, { share: 30%, value: \"uniform(49, 51)\" }] }",
      products: "thing: { unit cost: 0 }", candidates: "price: { fixed-price: { thing: 9 } }")
    let found = try Self.optimum(study, dials: ["thing"], bounds: 0...60)
    #expect(abs(found.settings[0].value - 49) < 0.01)
    #expect(abs(found.profit.mean - 29_400) < 5)
  }

  /// Two products with values even between 0 and 40 and 0 and 20, at costs 4 and 2: prices 22 and 11 together.
  @Test func twoPrices() throws {
    let study = try Self.study(
      values: "one: \"uniform(0, 40)\", two: \"uniform(0, 20)\"",
      products: "one: { unit cost: 4 }, two: { unit cost: 2 }",
      candidates: "prices: { fixed-price: { one: 30, two: 5 } }")
    let found = try Self.optimum(study, dials: ["one", "two"])
    #expect(abs(found.settings[0].value - 22) < 0.02 && abs(found.settings[1].value - 11) < 0.02)
    let best = 2000 * 8.1 + 2000 * 4.05
    #expect(abs(found.profit.mean - best) < 1e-5 * best)
    #expect(found.curve.map(\.setting).contains(1))
  }

  /// The same optimum, to the last bit, with any number of threads; and what is reported is what `run` reports for a file
  /// with these values: profit on fresh customers, not on those of the search.
  @Test func freshCustomersAndThreads() throws {
    let study = try Self.study(
      values: "thing: \"uniform(0, 40)\"", candidates: "price: { fixed-price: { thing: 10 } }", demand: "sampled",
      replications: 12)
    let one = try Self.optimum(study, dials: ["thing"], tuning: 5, threads: 1)
    let three = try Self.optimum(study, dials: ["thing"], tuning: 5, threads: 3)
    #expect(one.settings[0].value == three.settings[0].value && one.profit == three.profit)
    #expect(one.curve.map(\.profit) == three.curve.map(\.profit))
    let candidate = "price: { fixed-price: { thing: \(one.settings[0].value) } }"
    let again = try Self.study(
      values: "thing: \"uniform(0, 40)\"", candidates: candidate, demand: "sampled", replications: 12)
    var tally = StudyTally(again, candidateCount: 1)
    try StudyRunner(again, candidates: again.candidates, threads: 1).run(into: &tally) { _, _ in
    } pause: { _ in
      true
    }
    #expect(tally.candidates[0].profit == one.profit)
    #expect(one.tunedProfit != one.profit.mean)
  }

  /// With few customers a search overfits: over 40 seeds profit on its own customers exceeds that on fresh ones, on average by
  /// far more than 3 standard errors.
  @Test func winnersCurseIsShown() throws {
    var excess = RunningMoments()
    for seed in 1...40 {
      let small = try Self.optimum(Self.few(seed: seed), dials: ["thing"], tuning: 2)
      excess.add(small.tunedProfit - small.profit.mean)
    }
    #expect(excess.mean > 3 * (excess.standardError ?? .infinity))
  }

  /// Twelve customers in all.
  private static func few(seed: Int) throws -> Study {
    let text = """
      scenario: Few
      currency: EUR
      periods: { count: 1, unit: week }
      customers:
        arrivals: { fixed: 12 }
        segments: [{ name: all, share: 100%, values: { thing: "uniform(0, 40)" } }]
      sellers:
        - name: We
          products: { thing: { unit cost: 4 } }
          candidates: { price: { fixed-price: { thing: 10 } } }
      study: { replications: 40, seed: \(seed) }
      """
    return try Scenario(text: text, file: "few.yaml").study
  }

  /// What a recipe offers to tune: numbers of the table, prices by product, never choices.
  @Test func dials() throws {
    let study = try Self.study(
      values: "thing: \"uniform(0, 40)\"",
      candidates: """
        price: { fixed-price: { thing: 10 } }, markup: { full-cost-markup: { planned units: 100 } },
            pace: { economic-value: { survey: 20 } }
        """, demand: "sampled")
    let dials = study.candidates.map { $0.recipe?.dials ?? [] }
    #expect(dials[0].map(\.name) == ["thing"])
    #expect(dials[1].map(\.name).prefix(2) == ["markup", "planned units"])
    #expect(dials[1][0].value == 0.35 && dials[1][0].usual == -0.5...1)
    #expect(dials[2].map(\.name).contains("captured") && !dials[2].map(\.name).contains("survey"))
    #expect(throws: StrategyError.self) { try study.candidates[1].recipe?.strategy([(dials[1][0], -3)]) }
  }

  /// The report tells the same numbers as the search.
  @Test func report() throws {
    let study = try Self.study(values: "thing: \"uniform(0, 40)\"", candidates: "price: { fixed-price: { thing: 10 } }")
    let found = try Self.optimum(study, dials: ["thing"], bounds: 0...15)
    #expect(found.settings[0].isAtBound && abs(found.settings[0].value - 15) < 1e-9)
    let report = try OptimumReport(study, label: "price", optimum: found)
    #expect(report.text.hasPrefix("price earns most with thing 15 (the file has 10): 13,750 "))
    #expect(report.text.contains("The best thing lies at an end of the range searched, 0 to 15"))
    #expect(report.files.map(\.name) == ["optimum.csv", "profit_curve.csv"])
    #expect(report.curve.rowCount == found.curve.count)
  }
}
