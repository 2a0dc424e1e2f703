import Demand
import Testing

/// How prices feel, and what an outlook refuses.
@Suite struct ReferencePriceTests {
  /// By hand, and exactly: all numbers are sums of few powers of two.
  @Test(arguments: [
    (10.0, 10.0, 0.0), (12, 10, 1.5), (8, 10, -0.5), (16, 10, 4.5 + 0.5 * 3.5), (12.5, 10, 1.875), (0, 10, -2.5),
    (-1, -2, 0.75 + 0.5 * 0.5),
  ]) func surcharge(price: Double, reference: Double, expected: Double) {
    let rule = ReferencePrice(
      memory: 0.5, loss: 0.75, gain: 0.25, fairness: Fairness(tolerance: 0.25, penalty: 0.5))
    #expect(rule.surcharge(price: price, reference: reference) == expected)
  }

  /// Dearer never feels cheaper, and a price at the reference is felt and remembered to the last bit.
  @Test func properties() {
    var random = SplitMix(state: 12)
    for _ in 0..<2000 {
      let rule = ReferencePrice(
        memory: .random(in: 0...1, using: &random), loss: .random(in: 0...3, using: &random),
        gain: .random(in: 0...3, using: &random),
        fairness: Fairness(tolerance: .random(in: 0...1, using: &random), penalty: .random(in: 0...3, using: &random)))
      let reference = Double.random(in: 0...100, using: &random)
      let prices = (0..<10).map { _ in Double.random(in: 0...150, using: &random) }.sorted()
      let felt = prices.map { $0 + rule.surcharge(price: $0, reference: reference) }
      #expect(felt == felt.sorted())
      #expect(rule.surcharge(price: reference, reference: reference) == 0)
      #expect(rule.next(reference: reference, price: reference) == reference)
      let next = rule.next(reference: reference, price: prices[0])
      let smoothed = rule.memory * reference + (1 - rule.memory) * prices[0]
      #expect(abs(next - smoothed) < 1e-12 * 150)
    }
  }

  /// Surcharges reach singles and bundles, and what has sold out stays off.
  @Test func feltMenu() throws {
    let assortment = try assortment(categories: [0, 1], sources: [[0, 1]])
    var menu = try Menu(
      [PriceList([Offer(product: 0, price: 3), Offer(product: 1, price: 4), Offer(ProductSet([0, 1]), price: 6)])],
      in: assortment)
    menu.withdraw(at: 1)
    let felt = menu.adding(surcharges: [0.5, 1, -2])
    #expect(felt.singlePrices == [3.5, .infinity])
    #expect(felt.bundles.map(\.price) == [4])
    #expect(menu.adding(surcharges: [0, 0, 0]).singlePrices == menu.singlePrices)
  }

  /// Choosing lane by lane, or segment by segment, is choosing at once; who declines takes nothing.
  @Test func choiceByLanes() throws {
    var random = SplitMix(state: 77)
    for _ in 0..<20 {
      let market = try RandomMarket(isCoarse: true, using: &random)
      var block = CustomerBlock(market.population)
      block.draw(DrawKey(seed: 3, replication: 0, purpose: .customers), first: 0, count: 100)
      let whole = BlockChoice(market.population.assortment)
      let parts = BlockChoice(market.population.assortment)
      whole.choose(block, from: market.menu)
      for lane in 0..<block.count { parts.choose(block, from: market.menu, lanes: lane..<(lane + 1)) }
      for lane in 0..<block.count {
        var (one, other): ([Int], [Int]) = ([], [])
        whole.purchases(market.menu, lane: lane, into: &one)
        parts.purchases(market.menu, lane: lane, into: &other)
        #expect(one == other)
        #expect(whole.surplus(lane: lane) == parts.surplus(lane: lane))
        parts.decline(market.menu, lane: lane)
        other = []
        parts.purchases(market.menu, lane: lane, into: &other)
        #expect(other.isEmpty && parts.surplus(lane: lane) == 0)
      }
    }
  }

  private func segment(_ rule: ReferencePrice?, _ patience: Patience?) throws -> Segment {
    try Segment(
      name: "all", share: 1, valuations: .distributions([.fixed(1), .fixed(2)], correlation: nil),
      referencePrice: rule, patience: patience)
  }

  @Test(arguments: [
    (ReferencePrice(memory: 1.5), "memory"), (ReferencePrice(memory: .nan), "memory"),
    (ReferencePrice(memory: 0.5, loss: -1), "loss"), (ReferencePrice(memory: 0.5, gain: 1e6), "gain"),
    (ReferencePrice(memory: 0.5, start: [2: 5]), "first reference"),
    (ReferencePrice(memory: 0.5, start: [0: .infinity]), "first reference"),
    (ReferencePrice(memory: 0.5, fairness: Fairness(tolerance: -0.1, penalty: 1)), "tolerance"),
    (ReferencePrice(memory: 0.5, fairness: Fairness(penalty: .infinity)), "penalty"),
  ]) func impossibleReferences(rule: ReferencePrice, words: String) {
    #expect(refusal { try segment(rule, nil) }.contains(words))
  }

  @Test(arguments: [
    (Patience(discountFactor: 0, periods: 2, belief: .announced), "discount factor"),
    (Patience(discountFactor: 1.01, periods: 2, belief: .announced), "discount factor"),
    (Patience(discountFactor: .nan, periods: 2, belief: .announced), "discount factor"),
    (Patience(discountFactor: 0.9, periods: 0, belief: .announced), "0 periods"),
    (Patience(discountFactor: 0.9, periods: 101, belief: .announced), "101 periods"),
    (Patience(discountFactor: 0.9, periods: 2, belief: .adaptive(memory: -0.1)), "memory"),
  ]) func impossiblePatience(patience: Patience, words: String) {
    #expect(refusal { try segment(nil, patience) }.contains(words))
  }
}
