import Demand
import Selling
import Simulation
import Strategies
import Testing

/// Third-degree price discrimination in closed form, with fences that leak.
struct GroupBenchmarkTests {
  /// Students value the product U[0, 10], others U[0, 20]; unit cost 2. `leak` of the others hold the card too.
  private static func market(leak: Double, members: Double = 1, students: Double = 10) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0]])
    func segment(_ name: String, _ share: Double, _ high: Double) throws -> Segment {
      try Segment(
        name: name, share: share, valuations: .distributions([.uniform(low: 0, high: high)], correlation: nil))
    }
    return Market(
      population: try Population(
        segments: try segment("students", 0.4, students).divided(among: [members])
          + segment("others", 0.6, 20).divided(among: [leak]), assortment: assortment, groups: ["card"]),
      profiles: [SellerProfile(name: "we", products: [SellerProduct(name: "a", unitCost: 2)])], periodCount: 1,
      periodUnit: "week", arrivals: Arrivals(.fixed, mean: 4000))
  }

  private static func offers(_ general: Double, _ card: Double) -> [Offer] {
    [Offer(product: 0, price: general), Offer(product: 0, price: card, group: 0)]
  }

  /// Mean profit of a customer by hand.
  private static func profit(_ general: Double, _ card: Double, leak: Double, members: Double = 1) -> Double {
    func earned(_ price: Double, _ high: Double) -> Double { (price - 2) * max(0, 1 - price / high) }
    return 0.4 * (members * earned(card, 10) + (1 - members) * earned(general, 10))
      + 0.6 * (leak * earned(card, 20) + (1 - leak) * earned(general, 20))
  }

  /// Without leaks each price is its group's monopoly price (a + c) / 2: 6 and 11. Prices to 1e-6, since a scan polished by
  /// the first-order condition finds them.
  @Test func monopolyPriceOfEachGroup() throws {
    let study = try Small.study(try Self.market(leak: 0), [Scripted(Self.offers(10, 5))])
    let knowledge = try PerfectKnowledge(study)
    #expect(knowledge.kind == .exact)
    #expect(knowledge.policyClass == .groupPrices)
    var strategy = knowledge.candidate.strategy
    let list = try strategy.postPrices(Self.view(study))
    let prices = [list.price(ofProduct: 0) ?? 0, list.offers.first { $0.group == 0 }?.price ?? 0]
    print("third-degree: prices off by", abs(prices[0] - 11), abs(prices[1] - 6))
    #expect(abs(prices[0] - 11) < 1e-6 && abs(prices[1] - 6) < 1e-6)
  }

  /// Expected profit equals the formula to rounding, and sampled profit within 4.5 standard errors of 60 replications.
  @Test(arguments: [0, 0.1, 0.5]) func leaks(leak: Double) throws {
    let market = try Self.market(leak: leak, members: 0.9)
    let hand = 4000 * Self.profit(11, 6, leak: leak, members: 0.9)
    let expected = try Small.study(market, [Scripted(Self.offers(11, 6))], demand: .expected).outcomes()[0]
    #expect(abs(expected.sellers[0].profit / hand - 1) < 1e-12)
    let sampled = try Small.study(market, [Scripted(Self.offers(11, 6))], replications: 60).tallied().profits[0]
    let (mean, error) = summary(sampled)
    #expect(abs(mean - hand) < 4.5 * error)
  }

  /// The leaking fence: the gain of the card's price over one price for all turns into a loss.
  @Test func leaksKillTheGain() throws {
    // One price for all at its best: max of 0.4 (p - 2)(1 - p/10) + 0.6 (p - 2)(1 - p/20).
    let single = (0...20_000).map { Double($0) / 1000 }.map { Self.profit($0, $0, leak: 0) }.max() ?? 0
    #expect(Self.profit(11, 6, leak: 0) > single)
    #expect(Self.profit(11, 6, leak: 0.6) < single)
  }

  /// A group that would pay more than the others hides its card: no claim of exactness, and no price above the general one.
  @Test func groupThatWouldPayMore() throws {
    let study = try Small.study(try Self.market(leak: 0, students: 40), [Scripted(Self.offers(10, 9))])
    let knowledge = try PerfectKnowledge(study)
    #expect(knowledge.kind == .bestFound)
    var strategy = knowledge.candidate.strategy
    let list = try strategy.postPrices(Self.view(study))
    #expect(list.offers.allSatisfy { $0.group == nil })
    // One price p for all: 0.4 (p - 2)(1 - p / 40) + 0.6 (p - 2)(1 - p / 20) is highest at 13.5.
    #expect(abs((list.price(ofProduct: 0) ?? 0) - 13.5) < 1e-3)
  }

  /// A narrower class than what candidates do is never called exact.
  @Test func narrowerClass() throws {
    let study = try Small.study(
      try Self.market(leak: 0), [Scripted(Self.offers(10, 5))], clairvoyant: .singlePrices)
    let knowledge = try PerfectKnowledge(study)
    #expect(knowledge.policyClass == .singlePrices)
    #expect(knowledge.kind == .bestFound)
    let plain = try Small.study(try Self.market(leak: 0), [Scripted(prices: [10])])
    #expect(try PerfectKnowledge(plain).kind == .exact)
  }

  /// With many respondents the strategy finds the groups' prices, and earns nearly what perfect knowledge does.
  @Test func surveyFindsThePrices() throws {
    let market = try Self.market(leak: 0)
    let strategy = try GroupPrices(
      Arguments(["survey": .number(4000)], for: GroupPrices.entry.parameters), seller: market.profiles[0],
      market: market.publicFacts(for: 0))
    let study = try Study(
      name: "test", question: "", currency: "EUR", market: market, studied: 0,
      rivalStrategies: [Scripted(prices: [])], candidates: [Candidate(label: "group prices", strategy: strategy)],
      baseline: 0, replications: 20, seed: 5, demand: .expected)
    let profits = try study.tallied().profits[0]
    let (mean, _) = summary(profits)
    let loss = 1 - mean / (4000 * Self.profit(11, 6, leak: 0))
    print("group-prices on 4,000 respondents: share lost", loss)
    #expect(loss >= 0 && loss < 0.02)
  }

  /// Tariffs: what perfect knowledge finds earns at least what candidates with stated tariffs do, and claims no more.
  @Test func tariffs() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.uniform(low: 8, high: 12)], correlation: nil),
      usage: [0: UsageCurve(upTo: 5, satiation: 0.2, decline: .linear)])
    let market = Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [SellerProfile(name: "we", products: [SellerProduct(name: "a", unitCost: 2)])], periodCount: 1,
      periodUnit: "week", arrivals: Arrivals(.fixed, mean: 1000))
    let study = try Small.study(
      market, [Scripted([Offer(product: 0, fee: 10, unitPrice: 2)]), Scripted(prices: [6])], demand: .expected)
    let knowledge = try PerfectKnowledge(study)
    #expect(knowledge.kind == .bestFound)
    #expect(knowledge.policyClass == .tariffs)
    var engine = Engine(study, candidates: study.candidates + [knowledge.candidate])
    let profits = try engine.run(replication: 0).map { $0.sellers[0].profit }
    #expect(profits[2] >= profits[0] && profits[2] >= profits[1])
  }

  private static func view(_ study: Study) -> SellerView {
    SellerView(
      seller: study.market.profiles[0], market: study.market.publicFacts(for: 0), period: 0, postedLists: nil,
      sales: [], capacityLeft: [], survey: nil)
  }
}
