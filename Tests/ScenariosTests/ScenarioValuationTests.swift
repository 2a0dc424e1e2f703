import Demand
import Foundation
import Scenarios
import Testing

/// Every way to say what customers would pay: read right, or refused with one message at its place.
struct ScenarioValuationTests {
  private static func text(_ value: String) -> String {
    """
    scenario: One product
    periods: { count: 1 }
    customers:
      arrivals: { fixed: 5 }
      segments:
        - name: all
          share: 100%
          values:
            x: \(value)
    sellers:
      - name: We
        products: { x: {} }
        candidates: { a: { fixed-price: { x: 1 } } }
    """
  }

  private static func valuation(_ value: String) throws -> Valuation? {
    let study = try Scenario(text: text(value), file: "one.yaml").study
    guard case .distributions(let distributions, _) = study.market.population.segments[0].valuations else { return nil }
    return distributions[0]
  }

  @Test(arguments: [
    ("pareto(10, 2.5)", Valuation.pareto(minimum: 10, elasticity: 2.5)),
    ("pareto(minimum 10, elasticity 2.5)", .pareto(minimum: 10, elasticity: 2.5)),
    ("logistic(20, 3)", .logistic(location: 20, scale: 3)),
    ("weibull(1.5, 10)", .weibull(shape: 1.5, scale: 10)),
    ("gamma(2.5, 4)", .gamma(shape: 2.5, scale: 4)),
    ("beta(2, 3, 10, 50)", .beta(alpha: 2, beta: 3, low: 10, high: 50)),
    ("triangular(2, 5, 11)", .triangular(low: 2, mode: 5, high: 11)),
    ("truncated-normal(-3, 4)", .truncatedNormal(mean: -3, standardDeviation: 4)),
    (
      "{ mixture: [ { share: 60%, value: \"normal(20, 4)\" }, { share: 0.4, value: 7 } ] }",
      .mixture([
        .init(share: 0.6, valuation: .normal(mean: 20, standardDeviation: 4)), .init(share: 0.4, valuation: .fixed(7)),
      ])
    ),
    (
      "{ demand: { 20: 25%, 10: 0.75 } }",
      .mixture([
        .init(share: 0.25, valuation: .fixed(0)), .init(share: 0.5, valuation: .uniform(low: 10, high: 20)),
        .init(share: 0.25, valuation: .fixed(20)),
      ])
    ),
    ("{ demand: { 0: 100%, 8.5: 0% } }", .uniform(low: 0, high: 8.5)),
  ])
  func isRead(_ written: String, _ meant: Valuation) throws { #expect(try Self.valuation(written) == meant) }

  /// What is wrong, the part of the text at whose place it is told, the end of the path, and words of the message.
  @Test(arguments: [
    ("pareto(10, 0.9)", "pareto", "values.x", "must be more than 1; otherwise the mean valuation"),
    ("beta(0, 3, 10, 50)", "0, 3", "x.alpha", "between 0.1 and 1000"),
    ("beta(2, 3, 50, 10)", "beta", "values.x", "low bound must be below"),
    ("gamma(2)", "gamma", "x.scale", "missing"),
    ("weibull(2, 0)", "0)", "x.scale", "more than 0"),
    ("triangular(1, 9, 5)", "triangular", "values.x", "mode must lie between"),
    ("truncated-normal(-100, 3)", "truncated", "values.x", "10 standard deviations below 0"),
    ("paretto(10, 2)", "paretto", "values.x", "did you mean \"pareto\"?"),
    (
      "{ demand: { 10: 80%, 15: 85% } }", "{ demand", "values.x", "rises from 80.0% at a price of 10.0 to 85.0% at 15.0"
    ),
    ("{ demand: { ten: 80% } }", "ten", "demand.ten", "write a price"),
    ("{ demand: { -10: 80% } }", "-10", "demand.-10", "write a price between 0"),
    ("{ demand: { 10: 80 } }", "80 }", "demand.10", "did you mean 80%?"),
    ("{ demand: { 10: 80%, 10.0: 70% } }", "{ demand", "values.x", "given twice"),
    ("{ demand: { 0: 90%, 5: 10% } }", "{ demand", "values.x", "write 100% or leave the price out"),
    ("{ demand: {} }", "{ demand", "values.x", "at least one price"),
    ("{ demand: [1] }", "[1]", "x.demand", "found a list"),
    ("{ mixture: [ { share: 50%, value: 3 }, { share: 40%, value: 4 } ] }", "{ mixture", "values.x", "sum to 90.0%"),
    ("{ mixture: [ { share: 100% } ] }", "{ share", "mixture[0].value", "missing"),
    ("{ mixture: [ { share: 100%, value: exponential(-2) } ] }", "-2", "mixture[0].value.mean", "more than 0"),
    ("{ mixture: [ { share: 100%, value: pareto(1 ) } ] }", "pareto", "mixture[0].value.elasticity", "missing"),
    ("{ mixture: [ { share: 100%, value: { mixture: [] } } ] }", "{ mixture: []", "mixture[0].value", "found a map"),
    ("{ mixture: [] }", "[]", "x.mixture", "0 items"),
    ("{ mixtur: [ { share: 100%, value: 4 } ] }", "mixtur:", "values.x", "did you mean \"mixture\"?"),
    ("mixture", "mixture", "values.x", "alone"),
  ])
  func isRefused(_ written: String, _ at: String, _ path: String, _ words: String) throws {
    let text = Self.text(written)
    let problems = ScenarioText.problems(in: text, file: "one.yaml")
    #expect(problems.count == 1, "\(problems.map(\.description).joined(separator: "\n"))")
    let problem = try #require(problems.first)
    #expect(problem.path.hasSuffix(path), "\(problem)")
    #expect(problem.message.contains(words), "\(problem)")
    let start = try #require(text.range(of: "x: \(written)"))
    let place = try #require(text.range(of: at, range: start.lowerBound..<text.endIndex))
    let before = text[..<place.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
    #expect("\(problem.line):\(problem.column)" == "\(before.count):\((before.last?.count ?? 0) + 1)", "\(problem)")
  }

  /// The handbook tells every distribution with its parameters.
  @Test func theHandbookKnowsThem() throws {
    let terms = try #require(Handbook.chapter("valuation")).entries.map(\.term)
    for signature in [
      "pareto(minimum, elasticity)", "logistic(location, scale)", "weibull(shape, scale)", "gamma(shape, scale)",
      "beta(alpha, beta, low, high)", "triangular(low, mode, high)", "truncated-normal(mean, standard deviation)",
      "mixture", "demand",
    ] {
      #expect(terms.contains(signature))
    }
    #expect(Handbook.parts.contains("valuation"))
    let segment = try #require(Handbook.chapter("segment"))
    #expect(segment.entries.contains { $0.words.contains("see valuation") })
  }
}
