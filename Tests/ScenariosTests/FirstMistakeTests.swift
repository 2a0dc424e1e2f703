import Scenarios
import Selling
import Simulation
import Testing

/// Mistakes of people who price for a living and write their first scenarios: decimal commas, other names of strategies,
/// prices for groups that nobody pays.
struct FirstMistakeTests {
  /// A shop; `rest` follows its name, `segment` stands in its only segment.
  private static func shop(
    _ candidate: String, rest: String = "", segment: String = "", customers: String = ""
  ) -> String {
    """
    scenario: Shop
    periods: { count: 6 }
    customers:
      arrivals: { fixed: 100 }
      \(customers)
      segments: [{ name: all, share: 100%, values: { a: "uniform(0, 60)", b: "uniform(0, 30)" }\(segment) }]
    sellers:
      - name: We
        products: { a: { unit cost: 8 }, b: { unit cost: 3 } }
        \(rest)
        candidates: { today: { fixed-price: { a: 30, b: 15 } }, new: \(candidate) }

    """
  }

  private func messages(_ text: String) -> [String] {
    ScenarioText.problems(in: text).map { "\($0.path): \($0.message)" }
  }

  @Test(arguments: [
    ("{ a: 3,90, b: 7 }", ["a: found 3,90; write 3.90, with a point"]),
    ("{ a: 3,90, b: 7,90 }", ["a: found 3,90; write 3.90,", "b: found 7,90; write 7.90,"]),
    ("{ a: 1.900,00, b: 7 }", ["a: found 1.900,00; write 1900.00,"]),
    ("{ a: 1,900, b: 7 }", ["a: found 1,900; write 1900 or 1.900,"]),
  ]) func decimalComma(prices: String, expected: [String]) {
    let found = messages(Self.shop("{ fixed-price: \(prices) }"))
    #expect(found.count == expected.count, "\(found)")
    for (message, words) in zip(found, expected) {
      #expect(message.hasPrefix("sellers[0].candidates.new.fixed-price.\(words)"), "\(message)")
    }
  }

  @Test func decimalCommaElsewhere() {
    let ending = messages(Self.shop("{ gross-margin: {} }", rest: "rules: { ending: 0,90 }"))
    #expect(ending.count == 1 && ending[0].hasPrefix("sellers[0].rules.ending: found 0,90; write 0.90,"), "\(ending)")
    let share = messages(Self.shop("{ gross-margin: { margin: 62,5% } }"))
    #expect(share.count == 1 && share[0].contains("margin: found 62,5%; write 62.5%,"), "\(share)")
    let cost = messages(Self.shop("{ gross-margin: {} }", rest: "fixed cost: 1.900,00"))
    #expect(cost == ["sellers[0].fixed cost: found \"1.900,00\"; write 1900.00"])
    // Names that are numbers are names where they have values, in quotes, or behind something else than a number.
    #expect(messages("x: { 1: 2, 90: 3 }").allSatisfy { !$0.contains("with a point") })
    #expect(messages("x: { a: 3, \"90\": }").allSatisfy { !$0.contains("with a point") })
    #expect(messages("x: { a: b, 90 }").allSatisfy { !$0.contains("with a point") })
  }

  /// A price list may hold the strategy's own rules; a product may still be called so.
  @Test func rulesInAPriceList() throws {
    func price(_ text: String, _ product: Int) throws -> Double? {
      let study = try Scenario(text: text, file: "shop.yaml").study
      var engine = Engine(study, candidates: study.candidates)
      let outcome = try engine.run(replication: 0)[1]
      return outcome.offers[OfferKey(seller: 0, contents: .init([product]))]?.first??.price
    }
    let ruled = Self.shop(
      "{ fixed-price: { a: 30.2, b: 15.2, rules: { ending: 0.5 } } }", rest: "rules: { ending: 0.99 }")
    #expect(try price(ruled, 0) == 30.5)
    #expect(try price(ruled, 1) == 15.5)
    let product = Self.shop("{ fixed-price: { a: 30.2, rules: 15.2 } }").replacing("b: ", with: "rules: ")
    #expect(try price(product, 0) == 30.2)
    #expect(try price(product, 1) == 15.2)
    let both = product.replacing("rules: 15.2", with: "rules: 15.2, rules: { ending: 0.5 }")
    #expect(messages(both).count == 1)
    let wrong = messages(Self.shop("{ fixed-price: { a: 30, b: 15, rules: { endign: 0.5 } } }"))
    #expect(wrong.count == 1 && wrong[0].contains("new.fixed-price.rules.endign: unknown field"), "\(wrong)")
  }

  @Test func endingOfOneAndMore() {
    let found = messages(Self.shop("{ gross-margin: {} }", rest: "rules: { ending: 1.99 }"))
    #expect(found.count == 1)
    #expect(found.first?.contains("0.99 permits 1.99, 2.99") == true, "\(found)")
    #expect(found.first?.contains("{ every: 10, at: 1.99 }") == true, "\(found)")
  }

  @Test(arguments: [
    ("keystone", "gross-margin"), ("cost plus", "unit-cost-markup"), ("Cost-Plus", "unit-cost-markup"),
    ("EVC", "value-drivers"), ("price matching", "price-match"), ("third-degree", "group-prices"),
    ("versioning", "good-better-best"), ("target pricing", "target-return"),
  ]) func otherNames(name: String, meant: String) {
    for candidate in ["{ \(name): { markup: 20% } }", "{ \(name): {} }", name] {
      let found = messages(Self.shop(candidate))
      #expect(found == ["sellers[0].candidates.new: found \"\(name)\"; did you mean \"\(meant)\"?"])
    }
  }

  @Test func partsByOtherNames() {
    for (name, part) in Handbook.synonyms {
      #expect(Handbook.chapter(part) != nil, "\(name): \(part)")
      #expect(Handbook.chapter(name) == nil, "\(name) is a part already")
    }
  }

  @Test func groupPrices() {
    func found(_ prices: String) -> [String] {
      messages(
        Self.shop(
          "{ fixed-price: { \(prices), b: 15 } }", segment: ", groups: { student: 50% }",
          customers: "groups: [student, senior]"))
    }
    #expect(found("a: 30, a for student: 20").isEmpty)
    #expect(found("a: 30, a for student: 30").isEmpty)
    let above = found("a: 16, a for student: 25")
    #expect(above.count == 1 && above[0].contains("a for student: found 25, above 16 for everybody"), "\(above)")
    let none = found("a for student: 25, a for senior: 20")
    #expect(none.count == 1 && none[0].contains("there is no price of \"a\" for everybody"), "\(none)")
    #expect(found("a: 1e6, a for student: 25").isEmpty, "the way to say that it is meant")
    #expect(found("a for student: 25, a + b: 40").isEmpty, "everybody gets it in the bundle")
  }

  @Test func surveyTooSmallForGroups() {
    func found(_ size: Int) -> [String] {
      messages(
        Self.shop(
          "{ group-prices: { survey: \(size) } }", segment: ", groups: { student: 50% }",
          customers: "groups: [student, senior]"))
    }
    #expect(found(30).isEmpty)
    #expect(found(29).count == 1)
    #expect(
      found(29).first?.contains("survey: found 29 respondents; 2 groups and those in none need at least 30") == true)
  }

  @Test func tariffsForOneUnit() {
    let several = ", units: { a: { up to: 3, satiation: 20% } }"
    for candidate in ["{ fixed-tariff: { prices: { a: 30, b: 15 }, fees: { a: 5 } } }", "{ two-part-tariff: {} }"] {
      let found = messages(Self.shop(candidate))
      #expect(found.count == 1 && found[0].contains("no customer takes more than one"), "\(found)")
      #expect(messages(Self.shop(candidate, segment: several)).isEmpty)
    }
    #expect(messages(Self.shop("{ fixed-tariff: { prices: { a: 30, b: 15 } } }")).isEmpty)
  }

  @Test func oneMistakeOneMessage() {
    let discount = messages(
      Self.shop("{ fixed-tariff: { prices: { a: 30, b: 15 }, from: 5, discount: 40 } }"))
    #expect(discount.count == 1 && discount[0].contains("did you mean 40%?"), "\(discount)")
    let drivers = messages(Self.shop("{ value-drivers: { economic: {}, otherwise: { a: 30, b: 15 } } }"))
    #expect(
      drivers.count == 1 && drivers[0].contains("economic: found nothing in it; it has to be given"), "\(drivers)")
  }
}
