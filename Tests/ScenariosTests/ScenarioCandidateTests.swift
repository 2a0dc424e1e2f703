import Scenarios
import Testing

/// What candidates may be called and may offer.
struct ScenarioCandidateTests {
  private static func text(_ candidates: String) -> String {
    """
    scenario: garage
    periods: { count: 2 }
    customers:
      arrivals: { fixed: 10 }
      segments:
        - name: all
          share: 100%
          values: { hour: 3, day: 9, wash: 8 }
    sellers:
      - name: Garage
        products:
          hour: { category: parking }
          day: { category: parking }
          wash: { category: care }
        candidates:
    \(candidates)
    """
  }

  private static func problems(_ candidates: String) throws -> [ScenarioProblem] {
    do {
      _ = try Scenario(text: text(candidates), file: "garage.yaml")
      return []
    } catch let error as ScenarioProblems {
      return error.problems
    }
  }

  @Test func bundleAcrossCategoriesIsRight() throws {
    let candidates = "      today:\n        fixed-price: { hour: 3, day: 9, wash: 8, day + wash: 15 }"
    #expect(try Self.problems(candidates).isEmpty)
  }

  /// Two substitutes in one bundle are refused where they stand, before anything runs.
  @Test func bundleWithinACategory() throws {
    let problems = try Self.problems("      today:\n        fixed-price: { hour: 3, day: 9, wash: 8, hour + day: 10 }")
    #expect(problems.count == 1)
    #expect(problems.first?.line == 17)
    #expect(problems.first?.column == 50)
    #expect(problems.first?.message.contains("at most one product of a category") == true)
  }

  /// Two rows of one name could not be told apart in the results.
  @Test func theBenchmarksNameIsTaken() throws {
    let problems = try Self.problems("      perfect knowledge:\n        fixed-price: { hour: 3, day: 9, wash: 8 }")
    #expect(problems.map(\.line) == [16])
    #expect(problems.first?.message.contains("the name of the benchmark") == true)
  }

  /// Shares that do not sum to 100% show beside another mistake.
  @Test func sharesShowBesideOtherMistakes() throws {
    let text = Self.text("      today:\n        fixed-prise: { hour: 3, day: 9, wash: 8 }")
      .replacing("share: 100%", with: "share: 90%")
    do {
      _ = try Scenario(text: text, file: "garage.yaml")
      Issue.record("two mistakes were not seen")
    } catch let error as ScenarioProblems {
      #expect(error.problems.count == 2)
      #expect(error.problems.first?.message.contains("sum to 90") == true)
    }
  }
}
