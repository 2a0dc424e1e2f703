import Demand
import Foundation
import Scenarios
import Simulation
import Testing

/// Attributes and part-worths in a scenario, from files and inline.
struct ScenarioDataTests {
  private static let attributes = "product;sugar;brand\nlemonade;4;Bolt\ncola;10,5;Acme\nwater;0;Acme\n"
  private static let partWorths = "id;sugar;brand: Acme;price;weight\n1;0,1;1,5;-0,8;2\n2;-0,2;0;-1,25;1\n"

  /// Reads a scenario with these customers and files beside it.
  private func read(
    _ customers: String, files: [String: String] = [:], demand: String = "sampled"
  ) throws -> Result<Scenario, ScenarioProblems> {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("data-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    let text = """
      scenario: Drinks
      periods: { count: 2 }
      customers:
        arrivals: { fixed: 1000 }
      \(customers.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      sellers:
        - name: We
          products:
            cola: { category: drink, unit cost: 1 }
            lemonade: { category: drink, unit cost: 1 }
            water: { category: drink }
          candidates:
            a: { fixed-price: { cola: 2, lemonade: 2, water: 1 } }
            b: { fixed-price: { cola: 3, lemonade: 2, water: 1 } }
      study: { demand: \(demand) }
      """
    let file = folder.appendingPathComponent("s.yaml")
    try Data(text.utf8).write(to: file)
    do { return .success(try Scenario(contentsOf: file.path)) } catch let error as ScenarioProblems {
      return .failure(error)
    }
  }

  private static let segment = "segments: [{ name: all, share: 100%, part-worths: p.csv }]"

  /// Utilities by hand: part-worth x level, and the reference level Bolt at 0.
  @Test func agents() throws {
    let scenario = try read(
      "attributes: a.csv\n" + Self.segment, files: ["a.csv": Self.attributes, "p.csv": Self.partWorths]
    ).get()
    let segment = scenario.study.market.population.segments[0]
    guard case .agents(let agents) = segment.valuations else { return #expect(Bool(false)) }
    #expect(segment.taste == 1, "the noise with which part-worths were estimated")
    #expect(agents.map(\.weight) == [2, 1])
    #expect(agents.map(\.priceSensitivity) == [0.8, 1.25])
    let expected = [[0.1 * 10.5 + 1.5, 0.4, 1.5], [-0.2 * 10.5, -0.2 * 4, 0]]
    for (agent, utilities) in zip(agents, expected) {
      for (one, other) in zip(agent.utilities, utilities) { #expect(abs(one - other) < 1e-15) }
    }
    let bytes = String(decoding: scenario.inputs, as: UTF8.self)
    #expect(bytes.hasSuffix(Self.attributes + Self.partWorths), "results depend on the bytes of both files")
  }

  /// Attributes in the scenario are the same as from a file.
  @Test func inline() throws {
    let inline = """
      attributes:
        sugar: { cola: 10.5, lemonade: 4, water: 0 }
        brand: { water: Acme, lemonade: Bolt, cola: Acme }
      """
    let files = ["a.csv": Self.attributes, "p.csv": Self.partWorths]
    let one = try read(inline + "\n" + Self.segment, files: files).get()
    let other = try read("attributes: a.csv\n" + Self.segment, files: files).get()
    #expect(one.study.market.population == other.study.market.population)
  }

  /// The shares of logit respondents against the formula, the weighted mean of each respondent's logit shares: the
  /// mean customer's exactly, sampled customers' within their error.
  @Test(arguments: ["expected", "sampled"]) func sharesOfTheLogit(demand: String) throws {
    let isExact = demand == "expected"
    let scenario = try read(
      "attributes: a.csv\n" + Self.segment, files: ["a.csv": Self.attributes, "p.csv": Self.partWorths],
      demand: demand
    ).get()
    let study = scenario.study
    guard case .agents(let agents) = study.market.population.segments[0].valuations else { return #expect(Bool(false)) }
    let prices = [2.0, 2, 1]
    var shares = [0.0, 0, 0]
    for agent in agents {
      let odds = zip(agent.utilities, prices).map { exp($0 - agent.priceSensitivity * $1) }
      for product in shares.indices {
        shares[product] += agent.weight / 3 * odds[product] / (1 + odds.reduce(0, +))
      }
    }
    var engine = Engine(study, candidates: study.candidates)
    var units = [0.0, 0, 0]
    let replications = isExact ? 1 : 200
    for replication in 0..<replications {
      let outcome = try engine.run(replication: replication)[0]
      for product in units.indices {
        let offer = outcome.offers[OfferKey(seller: 0, contents: ProductSet([product]))] ?? []
        units[product] += offer.reduce(0) { $0 + ($1?.units ?? 0) }
      }
    }
    let customers = Double(2000 * replications)
    let errors = zip(units, shares).map { abs($0 / customers - $1) }
    let standardErrors = shares.map { ($0 * (1 - $0) / customers).squareRoot() }
    let largest = zip(errors, standardErrors).map { isExact ? $0 : $0 / $1 }.max() ?? .infinity
    print(
      "\(demand) shares of respondents with part-worths: largest error \(largest)\(isExact ? "" : " standard errors")")
    // Four standard errors of 400 thousand customers are 0.003 of the market at most.
    #expect(largest < (isExact ? 1e-12 : 4))
  }

  /// A weighted survey is the same as one with repeated rows, up to the draws.
  @Test func weightedSurvey() throws {
    let scenario = try read(
      "segments: [{ name: all, share: 100%, survey: s.csv, taste: 0.5 }]",
      files: ["s.csv": "cola,lemonade,water,weight\n3,2,1,2\n0,2.5,1,1\n"]
    ).get()
    let segment = scenario.study.market.population.segments[0]
    let expected = try [
      Agent(weight: 2, utilities: [3, 2, 1], priceSensitivity: 1),
      Agent(weight: 1, utilities: [0, 2.5, 1], priceSensitivity: 1),
    ]
    #expect(segment.valuations == .agents(expected))
    #expect(segment.taste == 0.5)
    for (mean, value) in zip(segment.meanValuations, [2, 6.5 / 3, 1]) { #expect(abs(mean - value) < 1e-15) }
  }

  /// Customers, files, the path, and words of each message.
  @Test(arguments: [
    (
      """
      attributes: none.csv
      segments:
        - { name: all, share: 100%, logit: { price coefficient: -1, mean values: { cola: 1, lemonade: 1, water: 1 },
            coefficients: { sugar: 1 } } }
      """, "customers.attributes", ["no such file"]
    ),
    (
      "attributes: none.csv\n" + segment, "customers.attributes", ["no such file"]
    ),
    (
      segment, "customers.segments[0].part-worths",
      [
        "no column for the product \"cola\"; row 1 has \"id\", \"sugar\", \"brand: Acme\"",
        "no column for the product \"lemonade\"", "no column for the product \"water\"",
      ]
    ),
    (
      "attributes: { sugar: { cola: 1, lemonade: 2, wter: 0 } }\n" + segment, "customers.attributes.sugar.wter",
      ["unknown product \"wter\"; did you mean \"water\"?"]
    ),
    (
      "attributes: { sugar: { cola: 1, lemonade: 2 } }\n" + segment, "customers.attributes.sugar",
      ["no level of \"sugar\" for \"water\""]
    ),
    (
      "attributes: { sugar: { cola: 1, lemonade: 2, water: none } }\n" + segment, "customers.attributes.sugar",
      ["found numbers and words"]
    ),
    (
      "attributes: { price: { cola: 1, lemonade: 2, water: 0 } }\n" + segment, "customers.attributes.price",
      ["prices are what strategies set"]
    ),
    (
      "attributes: [a.csv]\n" + segment, "customers.attributes", ["found a list"]
    ),
    (
      "attributes: a.csv\nsegments: [{ name: all, share: 100%, part-worths: p.csv, survey: p.csv }]",
      "customers.segments[0]", ["found survey and part-worths; give only one of them"]
    ),
    (
      "attributes: a.csv\nsegments: [{ name: all, share: 100%, part-worths: p.csv, correlation: 0.5 }]",
      "customers.segments[0].correlation", ["a correlation goes with `values` only"]
    ),
    (
      "attributes: a.csv\nsegments: [{ name: all, share: 100%, part-worths: a.csv }]",
      "customers.segments[0].part-worths", ["no column for \"price\"; row 1 has \"product\""]
    ),
    (
      "attributes: p.csv\n" + segment, "customers.attributes", ["no row is a header with the column \"product\""]
    ),
  ])
  func mistakes(customers: String, path: String, words: [String]) throws {
    let files = ["a.csv": Self.attributes, "p.csv": Self.partWorths]
    guard case .failure(let error) = try read(customers, files: files) else {
      Issue.record("\(customers) was read")
      return
    }
    #expect(error.problems.count == words.count, "\(error)")
    for (problem, words) in zip(error.problems, words) {
      #expect(problem.path == path, "\(problem)")
      #expect(problem.message.contains(words), "\(problem)")
    }
  }

  /// Mistakes of a file come in the order of its rows.
  @Test func severalMistakes() throws {
    let rows = (1...30).map { "\($0),1,1,1" }.joined(separator: "\n")
    guard
      case .failure(let error) = try read(
        "attributes: a.csv\n" + Self.segment,
        files: ["a.csv": Self.attributes, "p.csv": "id,sugar,Acme,price\n" + rows])
    else { return #expect(Bool(false)) }
    #expect(error.problems.count == 21)
    for (index, problem) in error.problems.prefix(20).enumerated() {
      #expect(problem.message.hasPrefix("p.csv, row \(index + 2), column D \"price\": found \"1\""))
    }
    #expect(error.problems.last?.message.contains("and 10 more") ?? false)
  }
}
