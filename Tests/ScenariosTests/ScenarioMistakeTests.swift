import Scenarios
import Testing

/// One mistake, one message, at its place.
struct ScenarioMistakeTests {
  /// A mistake made in the hotel: what is replaced, the part at whose place it is reported, the path, words of the message.
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

  private func check(_ mistake: Mistake) {
    let problems = ScenarioText.problems(mistake.old, mistake.new)
    #expect(problems.count == 1, "\(problems.map(\.description).joined(separator: "\n"))")
    guard let problem = problems.first else { return }
    let place = ScenarioText.place(of: mistake.at, mistake.old, mistake.new)
    #expect("\(problem.line):\(problem.column)" == place, "\(problem)")
    #expect(problem.path == mistake.path, "\(problem)")
    #expect(problem.message.contains(mistake.words), "\(problem)")
    #expect(problem.file == "hotel.yaml")
  }

  @Test func theHotelIsRight() { #expect(ScenarioText.problems().isEmpty) }

  @Test(arguments: [
    Mistake("count: 10", "count: ten", at: "ten", "periods.count", "\"ten\""),
    Mistake("count: 10", "count: 1.5", at: "1.5", "periods.count", "whole number"),
    Mistake("count: 10", "count: 0", at: "0,", "periods.count", "whole number from 1"),
    Mistake("poisson: 80", "poisson: [80]", at: "[80]", "customers.arrivals.poisson", "list"),
    Mistake("poisson: 80", "poisson: .nan", at: ".nan", "customers.arrivals.poisson", "finite"),
    Mistake("poisson: 80", "poisson: -3", at: "-3", "customers.arrivals.poisson", "-3"),
    Mistake("poisson: 80", "poisson: 1e9", at: "1e9", "customers.arrivals.poisson", "100000000"),
    Mistake("fixed cost: 900", "fixed cost: inf", at: "inf", "sellers[0].fixed cost", "finite"),
    Mistake("fixed cost: 900", "fixed cost: -1", at: "-1", "sellers[0].fixed cost", "between 0 and"),
    Mistake("unit cost: 35", "unit cost: 35 CHF", at: "35 CHF", "sellers[0].products.suite.unit cost", "write 35"),
    Mistake("currency: CHF", "currency: {}", at: "{}", "currency", "text"),
    Mistake("confidence: 90%", "confidence: 100%", at: "100%", "study.confidence", "less than 100%"),
    Mistake("seed: 9", "seed: -9", at: "-9", "study.seed", "-9"),
    Mistake("per: period", "per: week", at: "week", "sellers[0].capacity.rooms.per", "period or calendar"),
    Mistake("units: 40,", "units: 4000000000,", at: "4000000000", "sellers[0].capacity.rooms.units", "1000000000"),
    Mistake("taste: 5", "taste: -5", at: "-5", "customers.segments[0].taste", "-5"),
    Mistake("-0.05", "0.05", at: "0.05", "customers.segments[1].logit.price coefficient", "less than 0"),
    Mistake("every: 7", "every: 0", at: "0, swing", "customers.arrivals.season.every", "more than 0"),
    Mistake("clairvoyant: single prices", "clairvoyant: single", at: "single\n", "study.clairvoyant", "single prices"),
  ])
  func wrongTypesAndBounds(mistake: Mistake) { check(mistake) }

  @Test(arguments: [
    Mistake("currency: CHF", "curency: CHF", at: "curency", "curency", "did you mean \"currency\"?"),
    Mistake("taste: 5", "taste: 5\n      colour: red", at: "colour", "customers.segments[0].colour", "unknown field"),
    Mistake("seed: 9", "seeds: 9", at: "seeds", "study.seeds", "did you mean \"seed\"?"),
    Mistake("seed: 9", "seed: 9\n  seed: 8", at: "seed: 8", "study.seed", "line"),
    Mistake("pace:\n", "today:\n", at: "today:\n        sales-pace", "sellers[0].candidates.today", "line"),
  ])
  func unknownAndDuplicateKeys(mistake: Mistake) { check(mistake) }

  @Test(arguments: [
    Mistake("share: 70%", "share: -70%", at: "-70%", "customers.segments[0].share", "more than 0%"),
    Mistake("share: 70%", "share: 70", at: "70\n", "customers.segments[0].share", "did you mean 70%?"),
    Mistake("      share: 70%\n", "", at: "name: tourists", "customers.segments[0].share", "missing"),
    Mistake("share: 70%", "share: 60%", at: "- name: tourists", "customers.segments", "90"),
    Mistake(
      "name: business", "name: tourists", at: "tourists\n      share: 0.3", "customers.segments[1].name", "already"),
    Mistake("poisson: 80", "fixed: 80\n    poisson: 80", at: "fixed: 80", "customers.arrivals", "either"),
    Mistake("    poisson: 80\n", "", at: "season:", "customers.arrivals", "either"),
  ])
  func customers(mistake: Mistake) { check(mistake) }

  @Test(arguments: [
    Mistake(
      "breakfast: 14", "breakfast: 14\n        sauna: 9", at: "sauna", "customers.segments[0].values.sauna",
      "no seller sells it"),
    Mistake("breakfast: 14", "brekfast: 14", at: "brekfast", "customers.segments[0].values.brekfast", "\"breakfast\"?"),
    Mistake("        breakfast: 14\n", "", at: "room: normal", "customers.segments[0].values", "\"breakfast\""),
    Mistake(
      "normal(120, 30)", "normal(120)", at: "normal(120)", "customers.segments[0].values.room.standard deviation",
      "missing"),
    Mistake(
      "normal(120, 30)", "normal(120, 0)", at: "0)\n", "customers.segments[0].values.room.standard deviation",
      "more than 0"),
    Mistake(
      "normal(120, 30)", "normla(120, 30)", at: "normla", "customers.segments[0].values.room",
      "did you mean \"normal\"?"),
    Mistake("uniform(100, 300)", "uniform(300, 100)", at: "uniform(300", "customers.segments[0].values.suite", "below"),
    Mistake(
      "correlation: 0.4", "correlation: -0.9", at: "-0.9", "customers.segments[0].correlation", "contradict each other"),
    Mistake("correlation: 0.4", "correlation: 1.4", at: "1.4", "customers.segments[0].correlation", "less than 1"),
    Mistake(
      "correlation: 0.4", "correlation: { room: { sauna: 0.1 } }", at: "sauna",
      "customers.segments[0].correlation.room.sauna",
      "unknown other product"),
    Mistake(", breakfast: 0.5", "", at: "{ room: 8", "customers.segments[1].logit.mean values", "\"breakfast\""),
  ])
  func values(mistake: Mistake) { check(mistake) }

  @Test(arguments: [
    Mistake("baseline: markup", "baseline: mark-up", at: "mark-up", "study.baseline", "did you mean \"markup\"?"),
    Mistake("baseline: markup", "baseline: tomorrow", at: "tomorrow", "study.baseline", "today, markup and pace"),
    Mistake(
      "    strategy:\n      fixed-price: { room: 105 }", "    candidates:\n      a: { fixed-price: { room: 105 } }",
      at: "a: { fixed", "sellers[1].candidates", "only one seller is studied"),
    Mistake("    strategy:\n      fixed-price: { room: 105 }\n", "", at: "name: Seehof", "sellers[1]", "\"Seehof\""),
    Mistake(
      "name: Seehof", "name: Alpenblick", at: "Alpenblick\n    products:\n      room: { category: bed }",
      "sellers[1].name", "already"),
    Mistake("rooms: 2", "beds: 2", at: "beds", "sellers[0].products.suite.uses.beds", "unknown capacity"),
    Mistake(
      "room: { category: bed }\n", "room: { category: hall }\n", at: "room: { category: hall",
      "sellers[1].products.room", "category"),
  ])
  func sellers(mistake: Mistake) { check(mistake) }

  @Test(arguments: [
    Mistake(
      "full-cost-markup", "full-cost-mark", at: "full-cost-mark", "sellers[0].candidates.markup",
      "did you mean \"full-cost-markup\"?"),
    Mistake("full-cost-markup", "astrology", at: "astrology", "sellers[0].candidates.markup", "one of"),
    Mistake(
      "planned units: 40", "planed units: 40", at: "planed",
      "sellers[0].candidates.markup.full-cost-markup.planed units", "did you mean \"planned units\"?"),
    Mistake(
      "markup: 80%", "markup: -200%", at: "-200%", "sellers[0].candidates.markup.full-cost-markup.markup", "-200%"),
    Mistake(
      "fixed-price: { room: 105 }", "fixed-price: { rom: 105 }", at: "rom", "sellers[1].strategy.fixed-price.rom",
      "did you mean \"room\"?"),
    Mistake("fixed-price: { room: 105 }", "fixed-price", at: "fixed-price\nstudy", "sellers[1].strategy", "alone"),
    Mistake("room: 105", "room: -1", at: "-1", "sellers[1].strategy.fixed-price.room", "between 0 and"),
    Mistake(
      "room + breakfast: 120", "room + room: 120", at: "room + room",
      "sellers[0].candidates.today.fixed-price.room + room", "once"),
  ])
  func strategies(mistake: Mistake) { check(mistake) }

  /// Nobody studied: told once, at the first seller.
  @Test func nobodyStudied() {
    let text = ScenarioText.hotel
    guard let start = text.range(of: "    candidates:\n"), let end = text.range(of: "  - name: Seehof") else {
      return #expect(Bool(false))
    }
    let broken = text.replacingCharacters(
      in: start.lowerBound..<end.lowerBound,
      with: "    strategy: { fixed-price: { room: 1, suite: 2, breakfast: 3 } }\n"
    ).replacingOccurrences(of: "  baseline: markup\n", with: "")
    let problems = ScenarioText.problems(in: broken)
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains("no seller has `candidates`") ?? false)
    #expect(problems.first?.path == "sellers[0]")
  }

  /// A product without a price is a mistake of the strategy that should price it.
  @Test func productWithoutPrice() {
    let problems = ScenarioText.problems("suite: 190, breakfast: 15, room + breakfast: 120", "suite: 190")
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains("no price is given for breakfast") ?? false)
    #expect(
      problems.first?.path == "sellers[0].candidates.today.fixed-price.prices"
        || problems.first?.path == "sellers[0].candidates.today.fixed-price")
  }

  /// Growth beyond all bounds is refused before anything runs.
  @Test func endlessGrowth() {
    let text = ScenarioText.hotel.replacingOccurrences(of: "count: 10", with: "count: 5000")
      .replacingOccurrences(of: "trend: 1%", with: "trend: 50%")
    let problems = ScenarioText.problems(in: text)
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains("trend") ?? false)
  }

  /// Five mistakes in different parts are told at once, in the order of the file.
  @Test func allAtOnce() {
    var text = ScenarioText.hotel
    for (old, new) in [
      ("currency: CHF", "currency: []"), ("taste: 5", "taste: x"), ("unit cost: 35", "unit cost: -35"),
      ("markup: 80%", "mark: 80%"), ("seed: 9", "seed: nine"),
    ] {
      text = text.replacingOccurrences(of: old, with: new)
    }
    let problems = ScenarioText.problems(in: text)
    #expect(problems.count == 5, "\(problems)")
    #expect(problems.map(\.line) == problems.map(\.line).sorted())
  }
}
