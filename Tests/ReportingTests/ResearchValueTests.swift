import Foundation
import Reporting
import Scenarios
import Simulation
import Testing

/// What research is worth, on a market where it is known.
struct ResearchValueTests {
  /// A thousand customers with values even between 0 and 1, no cost, demand as expected: the only chance is in the survey.
  private static func study(replications: Int, extra: String = "") throws -> Study {
    let text = """
      scenario: Research
      currency: EUR
      periods: { count: 1, unit: week }
      customers:
        arrivals: { fixed: 1000 }
        segments: [{ name: all, share: 100%, values: { thing: "uniform(0, 1)" } }]
      sellers:
        - name: We
          products: { thing: {} }
          candidates:
            today: { fixed-price: { thing: 0.8 } }
            asking: { best-response: { knowledge: survey, survey: 2, survey cost: 1.5, opening: { thing: 0.8 }\(extra) } }
      study: { replications: \(replications), seed: 5, demand: expected }
      """
    return try Scenario(text: text, file: "research.yaml").study
  }

  private static func value(_ study: Study, sizes: [Int], errorFree: Int = 1000) throws -> ResearchValue {
    try ResearchValue(
      study, candidate: 1, sizes: sizes, errorFreeSize: errorFree, knowledge: PerfectKnowledge(study), threads: 2)
  }

  /// Two respondents with values v1 < v2: the best price on them is v2 if v2 > 2 v1 and else v1, which earns 3/16 of a
  /// customer on average (1/12 and 5/48), against 0.16 today and 1/4 with perfect knowledge. 4.5 standard errors of 4000
  /// surveys; perfect knowledge to 1e-9.
  @Test func twoRespondents() throws {
    let value = try Self.value(Self.study(replications: 4000), sizes: [], errorFree: 20)
    #expect(value.label == "asking" && value.reference == "today" && value.planned == 2)
    #expect(
      value.levels.map(\.knowledge) == [
        .none, .survey(respondents: 2), .errorFree(respondents: 20), .perfect,
      ])
    let survey = value.levels[1]
    let error = try #require(survey.value.standardError)
    print("value of two respondents:", survey.value.mean, "expected 27.5, standard error", error)
    #expect(abs(survey.value.mean - (187.5 - 160)) < 4.5 * error)
    #expect(error < 1.2, "a bound that says something")
    #expect(survey.cost == 3)
    #expect(abs(survey.value.mean - survey.netValue.mean - 3) < 1e-9)
    #expect(abs(value.levels[3].value.mean - 90) < 1e-9)
    #expect(value.levels[0].value.mean == 0 && abs(value.levels[0].profit.mean - 160) < 1e-9)
  }

  /// More respondents are worth more, up to nearly all that perfect knowledge is; answers that overstate are worth less.
  @Test func sizesAndBias() throws {
    let value = try Self.value(Self.study(replications: 60), sizes: [10, 100, 1000])
    let worth = value.levels.map(\.value.mean)
    #expect(zip(worth, worth.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
    #expect(worth[4] > 0.97 * 90 && worth[4] <= 90 + 1e-9)
    #expect(abs(worth[4] - worth[5]) < 1e-12, "the survey is free of error as it is")
    let biased = try Self.value(Self.study(replications: 60, extra: ", bias: 40%"), sizes: [10, 100, 1000])
    #expect(biased.levels[4].value.mean < 0.7 * 90)
    #expect(biased.levels[5].value.mean == worth[5], "the survey without error has no bias")
  }

  @Test func tableAndText() throws {
    let study = try Self.study(replications: 50)
    let report = try ResearchReport(study, values: [Self.value(study, sizes: [50], errorFree: 100)])
    let rows = cells(report.table)
    #expect(rows.count == 6 && rows.allSatisfy { $0.count == rows[0].count })
    #expect(
      rows.map { $0[1] } == [
        "knowledge", "none: today", "survey as planned", "survey", "survey without error", "perfect knowledge",
      ])
    #expect(rows[5][2].isEmpty && rows[5].last == "1")
    #expect(report.text.contains("Perfect knowledge would be worth 90.00: no research should cost more."))
    #expect(report.text.contains("Of the sizes tried, 50 respondents leave most") == false, "75 is what they cost")
  }

  @Test func refusals() throws {
    let study = try Self.study(replications: 2)
    #expect(throws: SimulationError.self) {
      try ResearchValue(
        study, candidate: 0, sizes: [], errorFreeSize: 10, knowledge: PerfectKnowledge(study), threads: 1)
    }
  }
}
