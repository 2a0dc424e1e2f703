import Demand
import Scenarios
import Selling
import Simulation
import Strategies
import Testing

/// A right scenario becomes the study that it describes, in every field.
struct ScenarioStudyTests {
  private let study: Study
  private let scenario: Scenario

  init() throws {
    scenario = try Scenario(text: ScenarioText.hotel, file: "some/where/alps.hotel.yaml")
    study = scenario.study
  }

  @Test func names() {
    #expect(scenario.name == "alps.hotel")
    #expect(scenario.inputs == Array(ScenarioText.hotel.utf8))
    #expect(study.name == "Hotel")
    #expect(study.question == "What should a room cost?")
    #expect(study.currency == "CHF")
  }

  @Test func options() {
    #expect(study.studied == 0)
    #expect(study.candidates.map(\.label) == ["today", "markup", "pace"])
    #expect(study.candidates.map(\.family) == [.given, .costBased, .dynamic])
    #expect(study.baseline == 1)
    #expect(study.replications == 33)
    #expect(study.seed == 9)
    #expect(study.confidence == 0.9)
    #expect(study.demand == .sampled)
    #expect(study.clairvoyant == .singlePrices)
    #expect(study.rivalStrategies.count == 2)
  }

  @Test func calendar() {
    #expect(study.market.periodCount == 10)
    #expect(study.market.periodUnit == "night")
    let expected = Arrivals(.poisson, mean: 80, seasonLength: 7, seasonSwing: 0.3, seasonPeak: 6, trend: 0.01)
    #expect(study.market.arrivals == expected)
  }

  @Test func assortment() {
    let assortment = study.market.population.assortment
    #expect(assortment.categories == ["bed", "breakfast"])
    #expect(assortment.products.map(\.name) == ["room", "suite", "breakfast"])
    #expect(assortment.products.map(\.category) == [0, 0, 1])
    #expect(assortment.alternatives.count == 4, "the room from two sellers")
    #expect(assortment.hasOutsideOption)
  }

  @Test func segments() {
    let segments = study.market.population.segments
    #expect(segments.map(\.name) == ["tourists", "business"])
    #expect(segments.map(\.share) == [0.7, 0.3])
    #expect(
      segments[0].valuations
        == .distributions(
          [.normal(mean: 120, standardDeviation: 30), .uniform(low: 100, high: 300), .fixed(14)],
          correlation: [[1, 0.4, 0.4], [0.4, 1, 0.4], [0.4, 0.4, 1]]))
    #expect(segments[0].taste == 5)
    // A logit in money: noise of scale 1/0.05, values 20 times the utilities.
    #expect(segments[1].valuations == .distributions([.fixed(160), .fixed(200), .fixed(10)], correlation: nil))
    #expect(segments[1].taste == 20)
  }

  @Test func sellers() {
    let profiles = study.market.profiles
    #expect(profiles.map(\.name) == ["Alpenblick", "Seehof"])
    #expect(
      profiles[0].products == [
        SellerProduct(name: "room", unitCost: 20), SellerProduct(name: "suite", unitCost: 35),
        SellerProduct(name: "breakfast", unitCost: 6),
      ])
    #expect(profiles[0].fixedCost == 900)
    #expect(
      profiles[0].capacities == [
        Capacity(name: "rooms", units: 40, renewal: .eachPeriod, use: [1, 2, 0], unitCost: 12)
      ])
    #expect(profiles[1] == SellerProfile(name: "Seehof", products: [SellerProduct(name: "room", unitCost: 0)]))
  }

  @Test func offers() throws {
    var today = study.candidates[0].strategy
    let view = SellerView(
      seller: study.market.profiles[0], market: study.market.publicFacts(for: 0), period: 0, postedLists: nil,
      sales: [],
      capacityLeft: [40], survey: nil)
    let expected = [
      Offer(product: 0, price: 110), Offer(product: 1, price: 190), Offer(product: 2, price: 15),
      Offer(ProductSet([0, 2]), price: 120),
    ]
    #expect(try today.postPrices(view).offers == expected)
  }

  /// What may be left out has the value that the schema names.
  @Test func defaults() throws {
    let text = """
      scenario: Small
      periods: { count: 1 }
      customers:
        arrivals: { fixed: 5 }
        segments: [{ name: all, share: 100%, values: { x: exponential(4), y: "log-normal(5, 2)", z: "gumbel(3, 1)" } }]
      sellers:
        - name: We
          products: { x: {}, y: {}, z: {} }
          capacity: { stock: { units: 3 } }
          candidates: { a: { fixed-price: { x: 1, y: 1, z: 1 } } }
      """
    let study = try Scenario(text: text, file: "small.yaml").study
    #expect(study.currency == "EUR")
    #expect(study.question.isEmpty)
    #expect(study.baseline == 0)
    #expect(study.replications == 200)
    #expect(study.seed == 1)
    #expect(study.confidence == 0.95)
    #expect(study.demand == .sampled)
    #expect(study.clairvoyant == nil)
    #expect(study.market.periodUnit == "period")
    #expect(study.market.arrivals == Arrivals(.fixed, mean: 5))
    #expect(study.market.population.assortment.categories == ["x", "y", "z"])
    #expect(
      study.market.population.segments[0].valuations
        == .distributions(
          [.exponential(mean: 4), .logNormal(mean: 5, standardDeviation: 2), .gumbel(location: 3, scale: 1)],
          correlation: nil))
    #expect(
      study.market.profiles[0].capacities == [Capacity(name: "stock", units: 3, renewal: .eachPeriod, use: [1, 1, 1])])
  }

  @Test func pairwiseCorrelation() throws {
    let text = ScenarioText.hotel.replacingOccurrences(
      of: "correlation: 0.4", with: "correlation: { room: { suite: 0.9, breakfast: -0.1 }, suite: { breakfast: 0.2 } }")
    let segment = try Scenario(text: text, file: "x.yaml").study.market.population.segments[0]
    guard case .distributions(_, let correlation) = segment.valuations else { return #expect(Bool(false)) }
    #expect(correlation == [[1, 0.9, -0.1], [0.9, 1, 0.2], [-0.1, 0.2, 1]])
  }

  @Test func everybodyBuys() throws {
    let text = """
      scenario: Duopoly
      periods: { count: 1 }
      customers:
        outside option: no
        arrivals: { fixed: 5 }
        segments: [{ name: all, share: 100%, values: { x: 10 }, taste: 2 }]
      sellers:
        - { name: We, products: { x: {} }, candidates: { a: { fixed-price: { x: 1 } } } }
        - { name: They, products: { x: {} }, strategy: { fixed-price: { x: 1 } } }
      study: { demand: expected }
      """
    let study = try Scenario(text: text, file: "x.yaml").study
    #expect(!study.market.population.assortment.hasOutsideOption)
    #expect(study.demand == .expected)
  }
}
