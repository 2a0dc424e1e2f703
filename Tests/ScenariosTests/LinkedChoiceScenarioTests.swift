import Demand
import Scenarios
import Testing

/// Synergies and several units in a scenario: what is read, and what is said about mistakes.
struct LinkedChoiceScenarioTests {
  /// The hotel with lines added to the first segment.
  private static func hotel(_ lines: String) -> String {
    ScenarioText.hotel.replacingOccurrences(of: "taste: 5\n", with: "taste: 5\n" + lines + "\n")
  }

  private static let right = """
          synergy: { room + breakfast: 4.5, breakfast + suite: -2 }
          units:
            breakfast: { up to: 3, satiation: 20% }
            room: { up to: 2, satiation: 0.5, curve: linear }
            suite: { up to: 1 }
    """

  @Test func everyFieldIsRead() throws {
    let scenario = try Scenario(text: Self.hotel(Self.right), file: "hotel.yaml")
    let segments = scenario.study.market.population.segments
    // Products in order: room, suite, breakfast.
    #expect(segments[0].synergies == [Synergy(of: [0, 2], worth: 4.5), Synergy(of: [1, 2], worth: -2)])
    #expect(segments[0].usageCurve(ofProduct: 2) == (try UsageCurve(upTo: 3, satiation: 0.2)))
    #expect(segments[0].usageCurve(ofProduct: 0)?.weights == [1, 0.5])
    #expect(segments[0].usageCurve(ofProduct: 1) == nil)
    #expect(segments[1].choosesPlainly)
  }

  @Test func nothingStatedIsNothingChanged() throws {
    let plain = try Scenario(text: ScenarioText.hotel, file: "hotel.yaml").study.market.population
    let zero = Self.hotel("      synergy: { room + breakfast: 0 }\n      units: { room: { up to: 1, satiation: 30% } }")
    #expect(try Scenario(text: zero, file: "hotel.yaml").study.market.population == plain)
  }

  struct Mistake: Sendable {
    let lines: String
    let path: String
    let words: String
  }

  @Test(arguments: [
    Mistake(
      lines: "synergy: { room + brekfast: 3 }", path: "synergy.room + brekfast", words: "did you mean \"breakfast\"?"),
    Mistake(lines: "synergy: { room: 3 }", path: "synergy.room", words: "two or more different products"),
    Mistake(lines: "synergy: { room + room: 3 }", path: "synergy.room + room", words: "two or more different products"),
    Mistake(lines: "synergy: { room + suite: 3 }", path: "synergy.room + suite", words: "one product of a category"),
    Mistake(
      lines: "synergy: { room + breakfast: 3, breakfast + room: 2 }", path: "synergy.breakfast + room", words: "already"
    ),
    Mistake(lines: "synergy: { room + breakfast: many }", path: "synergy.room + breakfast", words: "a number"),
    Mistake(lines: "synergy: { room + breakfast: .inf }", path: "synergy.room + breakfast", words: "finite"),
    Mistake(lines: "synergy: 12", path: "synergy", words: "12"),
    Mistake(lines: "units: { rom: { up to: 2 } }", path: "units.rom", words: "did you mean \"room\"?"),
    Mistake(lines: "units: { room: { up to: 0 } }", path: "units.room.up to", words: "from 1 to 100"),
    Mistake(lines: "units: { room: { up to: 1000 } }", path: "units.room.up to", words: "from 1 to 100"),
    Mistake(lines: "units: { room: { satiation: 20% } }", path: "units.room.up to", words: "missing"),
    Mistake(lines: "units: { room: { up to: 2, satiation: 120% } }", path: "units.room.satiation", words: "between 0"),
    Mistake(
      lines: "units: { room: { up to: 2, curve: steep } }", path: "units.room.curve", words: "geometric or linear"),
    Mistake(lines: "units: { room: 2 }", path: "units.room", words: "2"),
  ])
  func oneMessagePerMistake(_ mistake: Mistake) {
    let problems = ScenarioText.problems(in: Self.hotel("      " + mistake.lines))
    #expect(problems.count == 1, "\(problems.map(\.description).joined(separator: "\n"))")
    #expect(problems.first?.path == "customers.segments[0]." + mistake.path, "\(problems)")
    #expect(problems.first?.message.contains(mistake.words) ?? false, "\(problems)")
  }
}
