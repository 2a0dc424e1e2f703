import Demand
import Foundation
import Scenarios
import Selling
import Testing

/// The user's own answers, as spreadsheets write them, and what is said about wrong ones.
struct ResearchFileTests {
  private func file(_ text: String) throws -> DataFile { try DataFile(bytes: Array(text.utf8), name: "a.csv") }

  private func mistakes<T>(_ read: () throws -> T) -> [String] {
    do {
      return ["(accepted) \(try read())"]
    } catch let problems as DataProblems {
      return problems.messages
    } catch {
      return ["(another error) \(error)"]
    }
  }

  @Test(arguments: [
    "too cheap,cheap,expensive,too expensive\n4,7,10.5,15\n5,8,11,12\n",
    "\u{FEFF}id;Too_Expensive;too cheap;CHEAP;expensive (EUR)\r\n1;15;4;7;10,5\r\n2;12,00 €;5;8;11\r\n",
    "Our survey,,,\ntoo cheap,bargain,expensive,tooexpensive\n4,7,10.5,15\n5,8,11,12\n",
  ])
  func priceThresholds(_ text: String) throws {
    let read = try PriceThresholdFile(file(text), products: ["room"], currency: "EUR").answers
    #expect(
      read == [
        [
          PriceThresholds(tooCheap: 4, cheap: 7, expensive: 10.5, tooExpensive: 15),
          PriceThresholds(tooCheap: 5, cheap: 8, expensive: 11, tooExpensive: 12),
        ]
      ])
  }

  @Test func severalProducts() throws {
    let text = "product,too cheap,cheap,expensive,too expensive\nroom,4,7,10,15\nsuite,5,8,11,12\nroom,6,7,8,9\n"
    let read = try PriceThresholdFile(file(text), products: ["suite", "room"]).answers
    #expect(read.map(\.count) == [1, 2] && read[1][1].tooCheap == 6)
    #expect(
      mistakes { try PriceThresholdFile(file(text), products: ["suite"]) }.first
        == "a.csv, row 2, column A \"product\": unknown product \"room\"; the only name here is suite")
    #expect(
      mistakes { try PriceThresholdFile(file(text), products: ["suite", "room", "bath"]) }
        == ["a.csv: no row is about the product \"bath\""])
    #expect(
      mistakes {
        try PriceThresholdFile(
          file("too cheap,cheap,expensive,too expensive\n1,2,3,4\n"), products: ["suite", "room"])
      } == ["a.csv: no column \"product\"; the seller has 2 products, and each row has to say which it is about"])
  }

  @Test(arguments: [
    "id,9.99,12,15.50\n1,yes,no,no\n2,1,1,0\n3,0,0,0\n",
    "id;15,50;9,99;12\n1;nein;Ja;nein\n2;0;1;1\n3;no;n;false\n",
    "9,99;15,50;12\n1;0;0\n1;0;1\n0;0;0\n", "sep=;\n9,99;15,50;12\n1;0;0\n1;0;1\n0;0;0\n",
    "Asked in May\nid,\"€ 9.99\",12,15.50\n1,x,0,0\n2,y,TRUE,0\n3,0,0,0\n",
  ])
  func purchases(_ text: String) throws {
    let read = try PurchaseFile(file(text), products: ["room"]).answers
    #expect(
      read == [
        PurchaseAnswers(
          prices: [9.99, 12, 15.5], buys: [[true, false, false], [true, true, false], [false, false, false]])
      ])
  }

  @Test func highestPrices() throws {
    let read = try PurchaseFile(file("respondent,highest\n1,12\n2,0\n3,9.5\n4,12\n"), products: ["room"]).answers
    #expect(
      read == [
        PurchaseAnswers(prices: [9.5, 12], buys: [[true, true], [false, false], [true, false], [true, true]])
      ])
    let two = try PurchaseFile(file("product;highest\nroom;12,5\nsuite;30,5\n"), products: ["room", "suite"]).answers
    #expect(two.map(\.prices) == [[12.5], [30.5]])
  }

  private let products = ["room", "suite", "spa"]
  private let categories = [0, 0, 1]

  private func conjoint(_ text: String) throws -> ResearchAnswers {
    try ConjointFile(file(text), products: products, categories: categories).answers
  }

  @Test func ratings() throws {
    #expect(
      try conjoint("product;price;rating\nroom;9,5;7\nnone;;3\nSuite;20;-1\n")
        == .ratings([
          RatedProfile(Profile(product: 0, price: 9.5), rating: 7), RatedProfile(.nothing, rating: 3),
          RatedProfile(Profile(product: 1, price: 20), rating: -1),
        ]))
  }

  @Test func choices() throws {
    let text = """
      respondent,task,product,price,chosen
      1,1,room,9,0
      1,2,room,8,1
      1,1,suite,20,yes
      1,2,none,,no
      1,1,none,,0
      """
    #expect(
      try conjoint(text)
        == .choices([
          ChoiceTask([Profile(product: 0, price: 9), Profile(product: 1, price: 20), .nothing], chosen: 1),
          ChoiceTask([Profile(product: 0, price: 8), .nothing], chosen: 0),
        ]))
  }

  @Test func wrongFiles() throws {
    let header = "too cheap,cheap,expensive,too expensive\n"
    #expect(
      mistakes { try PriceThresholdFile(file(header + "4,x,10,15\n5,8,-1,12\n"), products: ["room"]) }
        == [
          "a.csv, row 2, column B \"cheap\": found \"x\"; write a price of at least 0",
          "a.csv, row 3, column C \"expensive\": found \"-1\"; write a price of at least 0",
        ])
    #expect(
      mistakes { try PriceThresholdFile(file("cheap,expensive\n1,2\n"), products: ["room"]) }.first
        == "a.csv: no column for \"too cheap\"; row 1 has \"cheap\", \"expensive\"")
    #expect(
      mistakes { try PurchaseFile(file("id,9,12\n1,yes,maybe\n2,,1\n"), products: ["room"]) }
        == [
          "a.csv, row 2, column C \"12\": found \"maybe\"; write 1 or yes, 0 or no",
          "a.csv, row 3, column B \"9\": found \"\"; write 1 or yes, 0 or no",
        ])
    #expect(
      mistakes { try PurchaseFile(file("id,9.0,9\n1,yes,yes\n"), products: ["room"]) }
        == ["a.csv: the columns \"9.0\" and \"9\" are about the same price"])
    for text in ["id,price\n1,yes\n", "", "\n\n", "id\n1\n"] {
      #expect(
        mistakes { try PurchaseFile(file(text), products: ["room"]) }.first?
          .hasPrefix("a.csv: write a column for each price asked") == true)
    }
    #expect(
      mistakes { try PurchaseFile(file("id,9,12,weight\n1,1,0,3\n"), products: ["room"]) }.first
        == "a.csv, row 1, column D \"weight\": answers that strategies price on count once each; repeat rows, or give the "
        + "column another name")
    let task = "respondent,task,product,price,chosen\n"
    #expect(
      mistakes { try conjoint(task + "1,1,room,9,0\n1,1,suite,9,0\n1,2,room,9,1\n2,1,room,9,1\n2,1,spa,9,0\n") }
        == [
          "a.csv, row 2: of the 2 profiles of the task that begins here 0 are chosen; one has to be",
          "a.csv, row 4: the task that begins here has one profile only; a choice needs two or more",
          "a.csv, row 5: the task that begins here shows no products of one category",
        ])
    #expect(
      mistakes { try conjoint("product,price\nroom,9\n") } == [
        "a.csv: give either a column \"rating\" or a column \"chosen\""
      ])
    #expect(
      mistakes { try conjoint("product,price,rating\nroom,,9\n") }
        == ["a.csv, row 2, column B \"price\": found no price; write that at which it was shown"])
    #expect(
      mistakes { try conjoint("product,price,chosen\nroom,9,1\n") }
        == ["a.csv: choices need the columns \"respondent\" and \"task\", which tell what was shown together"])
  }

  /// In a scenario: the file's bytes are part of what results depend on, once; mistakes stand at the field.
  @Test func inAScenario() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("research-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let answers = "too cheap,cheap,expensive,too expensive\n4,7,10,15\n5,8,11,16\n"
    try Data(answers.utf8).write(to: folder.appendingPathComponent("meter.csv"))
    func read(_ candidates: String) throws -> Scenario {
      let text = """
        scenario: S
        periods: { count: 1 }
        customers:
          arrivals: { fixed: 10 }
          segments:
            - { name: all, share: 100%, values: { room: 'normal(10, 2)' } }
        sellers:
          - name: We
            products: { room: {} }
            candidates:
              \(candidates)
        """
      let file = folder.appendingPathComponent("s.yaml")
      try Data(text.utf8).write(to: file)
      let scenario = try Scenario(contentsOf: file.path)
      #expect(scenario.inputs == Array((text + answers).utf8))
      return scenario
    }
    let scenario = try read(
      "{ a: { van-westendorp: { answers: meter.csv } }, "
        + "b: { van-westendorp: { answers: meter.csv, point: indifference } } }")
    #expect(scenario.study.candidates.map(\.belief) == ["own answers", "own answers"])
    let error = #expect(throws: ScenarioProblems.self) {
      try read("{ a: { van-westendorp: { answers: mtr.csv } }, b: { gabor-granger: { survey: 40 } } }")
    }
    let problems = error?.problems ?? []
    #expect(
      problems.map(\.path) == [
        "sellers[0].candidates.a.van-westendorp.answers", "sellers[0].candidates.b.gabor-granger",
      ])
    #expect(problems.first?.message.hasPrefix("no such file") == true)
    #expect(problems.last?.message.hasPrefix("say which prices to ask about under `prices`") == true)
  }

  /// One person says nothing about a market.
  @Test(arguments: [
    ("van-westendorp", "too cheap,cheap,expensive,too expensive\n4,7,10,15\n", "5,8,11,12\n"),
    ("gabor-granger", "10,12\n1,0\n", "1,1\n"),
  ]) func oneRespondent(strategy: String, one: String, another: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("one-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let scenario = """
      scenario: One
      periods: { count: 1 }
      customers: { arrivals: { fixed: 9 }, segments: [{ name: all, share: 100%, values: { a: 10 } }] }
      sellers: [{ name: We, products: { a: {} }, candidates: { ask: { \(strategy): { answers: a.csv } } } }]
      """
    let file = folder.appendingPathComponent("one.yaml").path
    try Data(scenario.utf8).write(to: URL(fileURLWithPath: file))
    func found(_ answers: String) throws -> [String] {
      try Data(answers.utf8).write(to: folder.appendingPathComponent("a.csv"))
      do {
        _ = try Scenario(contentsOf: file)
        return []
      } catch let problems as ScenarioProblems {
        return problems.problems.map(\.message)
      }
    }
    #expect(try found(one) == ["a.csv has the answers of a single respondent; a survey has at least 2"])
    #expect(try found(one + another) == [])
  }
}
