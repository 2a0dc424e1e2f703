import Scenarios
import Testing

/// One mistake in a file to be calibrated, one message, at its place.
struct CalibrationMistakeTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let at: String
    let path: String
    let words: String
    var testDescription: String { "\(old) -> \(new)" }

    init(_ old: String, _ new: String, at: String, _ path: String, _ words: String) {
      (self.old, self.new, self.at, self.path, self.words) = (old, new, at, path, words)
    }
  }

  private static let market = """
    scenario: Kiosk
    periods: { count: 3 }
    customers:
      arrivals: { poisson: 60 }
      segments:
        - { name: all, share: 100%, logit: calibrate }
    sellers:
      - name: We
        products:
          coffee: { category: hot, observed: { price: 2.5, share: 30%, margin: 70% } }
          cocoa: { category: hot, observed: { price: 3.1, share: 10% } }
      - name: Rival
        products:
          tea: { category: hot, observed: { price: 2.2, share: 25% } }
    study: { replications: 12 }

    """

  private static func problems(_ text: String) -> [ScenarioProblem] {
    do {
      _ = try CalibratedScenario(text: text, file: "kiosk.yaml", program: "test 1")
      return []
    } catch let error as ScenarioProblems {
      return error.problems
    } catch {
      Issue.record("\(error)")
      return []
    }
  }

  @Test func theMarketIsRight() { #expect(Self.problems(Self.market).isEmpty) }

  @Test(arguments: [
    Mistake(", margin: 70%", "", at: "- name: We", "sellers", "no product has a `margin`"),
    Mistake(
      "margin: 70%", "margin: 100%", at: "100% } }", "sellers[0].products.coffee.observed.margin", "less than 100%"),
    Mistake(
      "margin: 70%", "margin: 70", at: "70 } }", "sellers[0].products.coffee.observed.margin", "did you mean 70%?"),
    Mistake("margin: 70%", "margin: 0", at: "0 } }", "sellers[0].products.coffee.observed.margin", "more than 0%"),
    Mistake("margin: 70%", "margin: -5%", at: "-5%", "sellers[0].products.coffee.observed.margin", "more than 0%"),
    Mistake("margin: 70%", "margn: 70%", at: "margn", "sellers[0].products.coffee.observed.margn", "\"margin\"?"),
    Mistake("share: 30%", "share: 70%", at: "- name: We", "sellers", "sum to 105%; they cannot exceed"),
    Mistake("share: 30%", "share: 65%", at: "- name: We", "sellers", "`outside option: no`"),
    Mistake("share: 30%", "share: 0", at: "0, margin", "sellers[0].products.coffee.observed.share", "more than 0%"),
    Mistake(
      "share: 30%", "share: 100%", at: "100%, margin", "sellers[0].products.coffee.observed.share", "less than 100%"),
    Mistake("price: 2.5", "price: 0", at: "0, share: 30%", "sellers[0].products.coffee.observed.price", "more than 0"),
    Mistake("price: 2.5", "price: -2", at: "-2, share", "sellers[0].products.coffee.observed.price", "more than 0"),
    Mistake("price: 2.5", "price: inf", at: "inf", "sellers[0].products.coffee.observed.price", "finite"),
    Mistake(
      "price: 2.5, ", "", at: "{ share: 30%", "sellers[0].products.coffee.observed.price", "missing"),
    Mistake(
      ", observed: { price: 3.1, share: 10% }", "", at: "{ category: hot }", "sellers[0].products.cocoa",
      "nothing is observed of \"cocoa\""),
    Mistake(
      "hot, observed: { price: 3.1", "hot, unit cost: 1, observed: { price: 3.1", at: "1, observed",
      "sellers[0].products.cocoa.unit cost", "leave `unit cost` out"),
    Mistake(
      "hot, observed: { price: 3.1", "hot, experience: { learning: 20%, start: 9 }, observed: { price: 3.1",
      at: "{ learning", "sellers[0].products.cocoa.experience", "leave `experience` out"),
    Mistake(
      "logit: calibrate }", "logit: calibrate, fairness: { tolerance: 10%, penalty: 0.5 } }", at: "{ tolerance",
      "customers.segments[0].fairness", "without `fairness`"),
    Mistake(
      "cocoa: { category: hot", "cocoa: { category: cold", at: "- name: We", "sellers", "found \"hot\", \"cold\""),
    Mistake(
      "      tea:", "      coffee:", at: "coffee: { category: hot, observed: { price: 2.2",
      "sellers[1].products.coffee", "\"We\" sells a product of this name too"),
    Mistake(
      "share: 100%, logit: calibrate }",
      "share: 50%, logit: calibrate }\n    - { name: b, share: 50%, logit: calibrate }",
      at: "{ name: b", "customers.segments[1]", "one segment"),
    Mistake("share: 100%", "share: 90%", at: "- { name: all", "customers.segments", "90"),
    Mistake(
      "logit: calibrate", "values: { coffee: 3 }", at: "{ coffee: 3", "customers.segments[0].values",
      "`logit: calibrate`"),
    Mistake("logit: calibrate", "logit: calibrated", at: "calibrated", "customers.segments[0].logit", "calibrate"),
    Mistake(", logit: calibrate", "", at: "{ name: all", "customers.segments[0]", "write `logit: calibrate`"),
    Mistake(
      "logit: calibrate", "logit: calibrate, taste: 3", at: "3 }\nsellers", "customers.segments[0].taste", "`taste` out"
    ),
    Mistake(
      "logit: calibrate }", "logit: { price coefficient: -1, mean values: { coffee: 1, cocoa: 1, tea: 1 } } }",
      at: "{ price coefficient", "customers.segments[0].logit", "is complete"),
    Mistake(
      "poisson: 60 }\n", "poisson: 60 }\n  outside option: no\n", at: "- name: We", "sellers", "sum to 65%"),
    Mistake("study: {", "study: { baseline: never,", at: "never", "study.baseline", "never"),
    Mistake("poisson: 60", "poisson: -60", at: "-60", "customers.arrivals.poisson", "-60"),
    Mistake("name: Rival", "name: We", at: "We\n    products:\n      tea", "sellers[1].name", "already"),
    Mistake(
      "    products:\n      tea:", "    strategy: { fixed-price: { te: 2 } }\n    products:\n      tea:", at: "te: 2",
      "sellers[1].strategy.fixed-price.te", "did you mean \"tea\"?"),
  ])
  func oneMistake(mistake: Mistake) {
    #expect(Self.market.components(separatedBy: mistake.old).count == 2, "\(mistake.old) stands there once")
    let text = Self.market.replacingOccurrences(of: mistake.old, with: mistake.new)
    let problems = Self.problems(text)
    #expect(problems.count == 1, "\(problems.map(\.description).joined(separator: "\n"))")
    guard let problem = problems.first, let range = text.range(of: mistake.at) else { return }
    let before = text[..<range.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
    let place = "\(before.count):\((before.last?.count ?? 0) + 1)"
    #expect("\(problem.line):\(problem.column)" == place, "\(problem), expected at \(place)")
    #expect(problem.path == mistake.path, "\(problem)")
    #expect(problem.message.contains(mistake.words), "\(problem)")
  }

  /// A monopoly without an outside option has no best price.
  @Test func monopolyWithoutOutsideOption() {
    let text = Self.market.replacingOccurrences(of: "poisson: 60 }\n", with: "poisson: 60 }\n  outside option: no\n")
      .replacingOccurrences(of: "share: 30%", with: "share: 90%")
    guard let start = text.range(of: "  - name: Rival"), let end = text.range(of: "study:") else { return }
    let problems = Self.problems(text.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: ""))
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains("without end") ?? false)
  }

  /// Nobody is left to study.
  @Test func everySellerHasAStrategy() {
    let text = Self.market.replacingOccurrences(
      of: "    products:\n      coffee",
      with: "    strategy: { fixed-price: { coffee: 2, cocoa: 3 } }\n    products:\n      coffee"
    ).replacingOccurrences(
      of: "    products:\n      tea", with: "    strategy: { fixed-price: { tea: 2 } }\n    products:\n      tea")
    let problems = Self.problems(text)
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains("none is left to study") ?? false)
  }

  /// Several mistakes are told at once.
  @Test func allAtOnce() {
    let text = Self.market.replacingOccurrences(of: "price: 2.5", with: "price: 0")
      .replacingOccurrences(of: "hot, observed: { price: 3.1", with: "hot, unit cost: 1, observed: { price: 3.1")
      .replacingOccurrences(of: ", observed: { price: 2.2, share: 25% }", with: "")
    #expect(Self.problems(text).count == 3)
  }

  /// A run or check of a file that is yet to be calibrated says so, and nothing else.
  @Test func notYetCalibrated() {
    let problems = ScenarioText.problems(in: Self.market)
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains("bertrand calibrate") ?? false)
    #expect(problems.first?.path == "customers.segments[0].logit")
  }
}
