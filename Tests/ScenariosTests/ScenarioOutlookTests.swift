import Demand
import Scenarios
import Testing

/// How customers look beyond today's price, as scenarios write it.
struct ScenarioOutlookTests {
  private func segment(_ fields: String, _ more: (String, String) = ("", "")) throws -> Segment {
    var text = ScenarioText.hotel.replacingOccurrences(of: "taste: 5\n", with: "taste: 5\n" + fields)
    if !more.0.isEmpty { text = text.replacingOccurrences(of: more.0, with: more.1) }
    return try Scenario(text: text, file: "hotel.yaml").study.market.population.segments[0]
  }

  @Test func everyField() throws {
    let read = try segment(
      """
            reference price: { memory: 80%, loss: 0.6, gain: 0.3, start: { room: 100 } }
            fairness: { tolerance: 10%, penalty: 0.5 }
            patience: { discount factor: 95%, periods: 4, belief: adaptive, memory: 70% }

      """)
    #expect(
      read.referencePrice
        == ReferencePrice(
          memory: 0.8, loss: 0.6, gain: 0.3, start: [0: 100], fairness: Fairness(tolerance: 0.1, penalty: 0.5)))
    #expect(read.patience == Patience(discountFactor: 0.95, periods: 4, belief: .adaptive(memory: 0.7)))
  }

  @Test func defaults() throws {
    let read = try segment(
      """
            reference price: { memory: 0.8 }
            patience: { discount factor: 1, periods: 1 }

      """)
    #expect(read.referencePrice == ReferencePrice(memory: 0.8))
    #expect(read.patience == Patience(discountFactor: 1, periods: 1, belief: .adaptive(memory: 0.5)))
    #expect(
      try segment("      patience: { discount factor: 0.9, periods: 2, belief: announced }\n").patience?.belief
        == .announced)
    let plain = try segment("")
    #expect(plain.referencePrice == nil && plain.patience == nil)
  }

  /// One mistake, one message, at its place.
  @Test(arguments: [
    ("fairness: { penalty: 0.5 }", "{ penalty", "fairness", "give `reference price` too"),
    ("reference price: { loss: 1 }", "{ loss", "reference price.memory", "missing"),
    ("reference price: { memory: 120% }", "120%", "reference price.memory", "between 0% and 100%"),
    ("reference price: { memory: 80%, loss: -1 }", "-1", "reference price.loss", "between 0 and 100"),
    (
      "reference price: { memory: 80%, start: { rom: 9 } }", "rom:", "reference price.start.rom",
      "did you mean \"room\"?"
    ),
    ("patience: { periods: 4 }", "{ periods", "patience.discount factor", "missing"),
    ("patience: { discount factor: 0%, periods: 4 }", "0%, periods", "patience.discount factor", "more than 0%"),
    ("patience: { discount factor: 95%, periods: 0 }", "0 }", "patience.periods", "whole number from 1 to 100"),
    (
      "patience: { discount factor: 95%, periods: 4, belief: rational }", "rational", "patience.belief",
      "announced or adaptive"
    ),
    (
      "patience: { discount factor: 95%, periods: 4, belief: announced, memory: 3% }", "3% }", "patience.memory",
      "belief: adaptive"
    ),
  ]) func mistakes(field: String, at: String, path: String, words: String) {
    let (old, new) = ("taste: 5\n", "taste: 5\n      \(field)\n")
    let problems = ScenarioText.problems(old, new)
    #expect(problems.count == 1, "\(problems)")
    #expect(problems.first?.path == "customers.segments[0]." + path)
    #expect(problems.first?.message.contains(words) ?? false, "\(problems)")
    if let problem = problems.first {
      #expect("\(problem.line):\(problem.column)" == ScenarioText.place(of: at, old, new), "\(problem)")
    }
  }

  /// Nobody is drawn who could wait: told at the field that asks for it.
  @Test func expectedDemand() {
    let text = ScenarioText.hotel
      .replacingOccurrences(of: "taste: 5\n", with: "taste: 5\n      patience: { discount factor: 95%, periods: 4 }\n")
      .replacingOccurrences(
        of: "        capacity:\n          rooms: { units: 40, per: period, unit cost: 12 }\n", with: ""
      )
      .replacingOccurrences(of: "seed: 9", with: "demand: expected")
      .replacingOccurrences(of: ", uses: { rooms: 1 }", with: "").replacingOccurrences(
        of: ", uses: { rooms: 2 }", with: ""
      )
      .replacingOccurrences(of: ", uses: {}", with: "")
      .replacingOccurrences(of: "    capacity:\n      rooms: { units: 40, per: period, unit cost: 12 }\n", with: "")
      .replacingOccurrences(
        of: "      pace:\n        sales-pace: { opening: { room: 110, suite: 190, breakfast: 15 } }\n", with: "")
    let problems = ScenarioText.problems(in: text)
    #expect(problems.count == 1, "\(problems)")
    #expect(problems.first?.path == "study.demand")
    #expect(problems.first?.message.contains("tourists may wait") ?? false, "\(problems)")
  }

  /// Who must buy cannot wait: told at the segment.
  @Test func noOutsideOption() {
    let text = ScenarioText.hotel
      .replacingOccurrences(of: "taste: 5\n", with: "taste: 5\n      patience: { discount factor: 95%, periods: 4 }\n")
      .replacingOccurrences(of: "customers:\n", with: "customers:\n  outside option: no\n")
    let problems = ScenarioText.problems(in: text)
    #expect(problems.map(\.path) == ["customers.segments[0].patience"], "\(problems)")
  }
}
