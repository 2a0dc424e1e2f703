import Foundation
import Reporting
import Scenarios
import Simulation
import Testing

/// The answer in a sentence, and numbers for people.
struct AnswerTests {
  private func answer(_ study: Study) throws -> Answer { Answer(try Known.run(study).report) }

  /// As many decimals as the largest profit of the study asks for; here perfect knowledge earns the same.
  @Test(arguments: [
    ("0", "0.0000"), ("0.5", "0.5000"), ("9.99994", "9.9999"), ("10", "10.00"), ("24.9", "24.90"), ("999.99", "999.99"),
    ("1000", "1,000"), ("18240.4", "18,240"), ("999999.6", "1,000,000"),
  ])
  func money(price: String, text: String) throws {
    let sentence = try answer(Known.study([("today", price)], value: price)).sentence
    let words = sentence.components(separatedBy: " ")
    #expect(Array(words.prefix(5)) == ["today", "earns", text, "EUR", "over"], "\(sentence)")
  }

  /// Losses carry a sign, and what rounds to nothing carries none.
  @Test func losses() throws {
    let study = try Known.study([("today", "10"), ("less", "2.4")], value: "10", extra: "fixed cost: 5000")
    let answer = try answer(study)
    #expect(answer.sentence.contains("today earns most: -4,990 EUR over 1 week"))
    let table = answer.table(width: 80).map(\.text).joined(separator: "\n")
    #expect(table.contains(" -4,998 "))
    #expect(table.contains(" -8 "))
  }

  @Test func oneCandidate() throws {
    let sentence = try answer(Known.study([("today", "20")], replications: 3, value: "20", periods: 4)).sentence
    #expect(sentence.hasPrefix("today earns 80.00 EUR over 4 weeks"))
    #expect(!sentence.contains("most"))
    #expect(!sentence.contains("resamples"))
    #expect(!sentence.contains("close to call"))
  }

  @Test func bestIsAnother() throws {
    let sentence = try answer(Known.study([("today", "20"), ("dear", "25")], replications: 3, value: "30")).sentence
    #expect(sentence.hasPrefix("dear earns most: 25.00 EUR over 1 week, 5.00 more than today (95%: 5.00 to 5.00)"))
    #expect(sentence.contains("best in 100% of resamples"))
  }

  @Test func bestIsTheBaseline() throws {
    let study = try Known.study(
      [("cheap", "5"), ("today", "20"), ("mid", "18")], baseline: "today", replications: 3, value: "30")
    let sentence = try answer(study).sentence
    let expected = "today earns most: 20.00 EUR over 1 week, 2.00 more than the next, mid (95%: 2.00 to 2.00)"
    #expect(sentence.hasPrefix(expected))
  }

  @Test func oneReplication() throws {
    let sentence = try answer(Known.study([("today", "20"), ("dear", "25")], value: "30")).sentence
    #expect(sentence.hasPrefix("dear earns most: 25.00 EUR over 1 week, 5.00 more than today"))
    #expect(!sentence.contains("95%"))
    #expect(!sentence.contains("resamples"))
    #expect(sentence.hasSuffix("One replication says nothing about chance: run more for intervals."))
  }

  /// Neighbouring prices around the optimum of a noisy market: a handful of replications cannot tell them apart.
  @Test func tooCloseToCall() throws {
    let study = try Known.study(
      [("today", "20"), ("other", "20.5"), ("bad", "1")], replications: 6, customers: "{ poisson: 30 }",
      value: "uniform(0, 40)")
    let run = try Known.run(study)
    let best = try #require(run.report.candidates.first?.probabilityBest)
    let sentence = Answer(run.report).sentence
    #expect(best < 0.95, "the test needs a close race")
    #expect(sentence.contains("Too close to call against "))
    #expect(!sentence.contains("bad"))
  }

  /// Candidates that earn the same whatever happens are no close race: more replications would not help.
  @Test func exactlyTheSame() throws {
    let study = try Known.study(
      [("today", "20"), ("twin", "20"), ("bad", "1")], replications: 6, customers: "{ poisson: 30 }",
      value: "uniform(0, 40)")
    let sentence = try answer(study).sentence
    #expect(sentence.contains("today and twin earn exactly the same."), "\(sentence)")
    #expect(!sentence.contains("close to call"), "\(sentence)")
  }

  @Test func nobodyBuys() throws {
    let prices = [("today", "20"), ("twin", "25")]
    let dear = try answer(Known.study(prices, replications: 3, value: "10")).sentence
    #expect(dear.contains("Nobody buys anything from anyone"), "\(dear)")
    #expect(dear.contains("today and twin earn exactly the same."), "\(dear)")
    #expect(!dear.contains("close to call"), "\(dear)")
    let empty = try answer(Known.study(prices, replications: 3, customers: "{ fixed: 0 }")).sentence
    #expect(empty.contains("No customers come"), "\(empty)")
    #expect(try !answer(Known.study(prices, replications: 3, value: "22")).sentence.contains("Nobody"))
  }

  /// A change against next to nothing is no percentage worth reading: the one customer of a replication buys at 5 in 95 of
  /// 100 replications, and at 99 in one. Prices always have their change, and the volume that they may cost.
  @Test(arguments: [("5", 3), ("99", 2)]) func changeAgainstNothing(price: String, percentages: Int) throws {
    let study = try Known.study(
      [("today", price), ("mid", "50")], baseline: "today", replications: 400, value: "uniform(0, 100)")
    let run = try Known.run(study)
    let row = try #require(run.report.candidates.first { $0.label == "mid" })
    let before = try #require(run.report.offerChanges(row).first?.unitsBefore)
    #expect(before > 0 && (before < 0.5) == (percentages == 2), "the test needs few sales, and some")
    let changes = try #require(Answer(run.report).changes(width: 80))
    let line = try #require(changes.components(separatedBy: "\n").first { $0.hasPrefix("thing") })
    #expect(line.count { $0 == "%" } == percentages, "\(line)")
  }

  /// A table has a row for each strategy and no line is longer than it must be.
  @Test func table() throws {
    let study = try Known.study([("today", "20"), ("東京 🏨", "25"), ("Zoë", "24")], replications: 3)
    let lines = try answer(study).table(width: 80).map(\.text)
    #expect(lines.count == 5)
    #expect(lines[1].contains("東京 🏨"))
    #expect(lines[4].contains("perfect knowledge"))
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    #expect(lines[3].contains("baseline"))
  }

  /// A loss that dwarfs what perfect knowledge earns is told, not a reason to stop: a survey for goods worth next to
  /// nothing.
  @Test func hugeShares() throws {
    let text = """
      scenario: Not worth asking
      periods: { count: 1 }
      customers:
        arrivals: { fixed: 100 }
        segments: [{ name: all, share: 100%, values: { a: "uniform(0, 1e-250)", b: "uniform(0, 1e-250)" } }]
      sellers:
        - name: We
          products: { a: {}, b: {} }
          candidates: { ask: { mixed-bundle: { survey: 100, survey cost: 4 } } }
      study: { replications: 1 }
      """
    let report = try Known.run(Scenario(text: text, file: "x.yaml").study).report
    #expect((report.candidates.first?.shareOfClairvoyant ?? 0) < -1e17, "the test needs a huge share")
    #expect(Answer(report).sentence.hasPrefix("ask earns -400.00"))
    #expect(!Answer(report).table(width: 80).isEmpty)
  }
}
