import Demand
import Selling
import Testing

/// The price waterfall against numbers computed by hand, and its lines against each other.
struct PriceTermsTests {
  private let one = ProductSet([0])
  private let two = ProductSet([0, 1])

  /// 121 with 21% tax is 100; less 8% and 2% 90; of which 3% bonus and 1.20 freight leave 86.10. The customer pays
  /// 90 x 1.21 = 108.90, and counts the bonus in full, 2.70 x 1.21 = 3.267. 1e-12: a few roundings.
  @Test func byHand() throws {
    let terms = try PriceTerms(
      tax: 0.21, discounts: [.init("volume", .share(0.08)), .init("early payment", .share(0.02))],
      rebates: [.init("annual bonus", .share(0.03))], costs: [.init("freight", .money(1.2))])
    #expect(abs(terms.invoicePrice(list: 121, of: one) - 90) < 1e-12)
    #expect(abs(terms.pocketPrice(list: 121, of: one) - 86.1) < 1e-12)
    #expect(abs(terms.customerPrice(list: 121, of: one) - (108.9 - 3.267)) < 1e-12)
    let steps = terms.waterfall(list: 121, of: one)
    #expect(
      steps.map(\.name) == [
        "list price", "tax", "volume", "early payment", "invoice price", "annual bonus", "freight", "pocket price",
      ])
    for (step, amount) in zip(steps, [121, 21, 8, 2, 90, 2.7, 1.2, 86.1]) { #expect(abs(step.amount - amount) < 1e-12) }
    // A bundle of two bears freight twice.
    #expect(abs(terms.pocketPrice(list: 121, of: two) - 84.9) < 1e-12)
  }

  /// A coupon of 5 off, a cash-back of 4 that customers count by half, 25% tax on top of the posted price:
  /// 60 - 5 = 55, kept 51; customers count 1.25 x (55 - 2) = 66.25, or 59.25 less of a tax that posted prices include.
  @Test func moneyAndTaxOnTop() throws {
    let discounts = [PriceTerms.Item("coupon", .money(5))]
    let rebates = [PriceTerms.Item("cash-back", .money(4), felt: 0.5)]
    let onTop = try PriceTerms(tax: 0.25, isTaxIncluded: false, discounts: discounts, rebates: rebates)
    #expect(abs(onTop.pocketPrice(list: 60, of: one) - 51) < 1e-12)
    #expect(abs(onTop.customerPrice(list: 60, of: one) - 66.25) < 1e-12)
    #expect(!onTop.waterfall(list: 60, of: one).contains { $0.kind == .tax })
    let included = try PriceTerms(tax: 0.25, discounts: discounts, rebates: rebates)
    #expect(abs(included.pocketPrice(list: 75, of: one) - 51) < 1e-12)
    #expect(abs(included.customerPrice(list: 75, of: one) - 66.25) < 1e-12)
  }

  /// Random terms (fixed seed): every line against the sum of the waterfall's steps and against its inverse, and the
  /// seller in customers' prices against the pocket. Largest error relative to the price.
  @Test func linesAgree() throws {
    var generator = FixedRandom(state: 77)
    func share() -> PriceTerms.Amount { .share(Double.random(in: 0...0.2, using: &generator)) }
    func money() -> PriceTerms.Amount { .money(Double.random(in: 0...3, using: &generator)) }
    var largest = 0.0
    func compare(_ one: Double, _ other: Double, _ scale: Double) { largest = max(largest, abs(one - other) / scale) }
    for _ in 0..<2_000 {
      let terms = try PriceTerms(
        tax: Double.random(in: 0...0.3, using: &generator), isTaxIncluded: Bool.random(using: &generator),
        discounts: [.init("d", share()), .init("e", money())],
        rebates: [
          .init("r", share(), felt: Double.random(in: 0...1, using: &generator)),
          .init("s", money(), felt: Double.random(in: 0...1, using: &generator)),
        ], costs: [.init("c", share()), .init("f", money())])
      let list = Double.random(in: 20...200, using: &generator)
      for contents in [one, two] {
        let steps = terms.waterfall(list: list, of: contents)
        let pocket = terms.pocketPrice(list: list, of: contents)
        let taken = steps.filter { $0.kind != .price }.reduce(0) { $0 + $1.amount }
        compare(list - taken, pocket, list)
        let invoice = terms.invoicePrice(list: list, of: contents)
        let felt = terms.rebates.reduce(0.0) { sum, item in
          sum + item.felt * (steps.first { $0.kind == .rebate && $0.name == item.name }?.amount ?? .nan)
        }
        let customer = terms.customerPrice(list: list, of: contents)
        compare(customer, (invoice - felt) * (1 + terms.tax), list)
        compare(terms.listPrice(pocket: pocket, of: contents), list, list)
        compare(terms.listPrice(customer: customer, of: contents), list, list)
        // Contribution in customers' prices, times the share that is kept, is contribution in the pocket.
        let seller = SellerProfile(
          name: "s", products: [SellerProduct(name: "a", unitCost: 5), SellerProduct(name: "b", unitCost: 7)],
          serviceItems: [ServiceItem(name: "i", cost: 2, products: one)], terms: terms)
        let contribution = customer - seller.inCustomerPrices.unitCost(of: contents)
        compare(terms.keptShare * contribution, pocket - seller.unitCost(of: contents), list)
        #expect(seller.inCustomerPrices.products[0].unitCost >= 5, "what is above cost to customers covers it")
      }
    }
    print("price terms: largest error \(largest) of the list price")
    #expect(largest < 1e-13)
  }

  @Test func refusals() {
    func refused(_ make: () throws -> PriceTerms) -> String { refusal(make) }
    #expect(refused { try PriceTerms(tax: -0.05) }.contains("tax"))
    #expect(refused { try PriceTerms(tax: .nan) }.contains("tax"))
    #expect(
      refused { try PriceTerms(discounts: [.init("x", .share(0.6)), .init("y", .share(0.4))]) }.contains("nothing"))
    #expect(
      refused { try PriceTerms(rebates: [.init("x", .share(0.6))], costs: [.init("y", .share(0.5))]) }.contains(
        "nothing"))
    #expect(refused { try PriceTerms(costs: [.init("x", .money(-1))]) }.contains("x is"))
    #expect(refused { try PriceTerms(rebates: [.init("x", .money(1), felt: 1.5)]) }.contains("x is"))
    #expect(refused { try PriceTerms(costs: [.init("x", .money(.nan))]) }.contains("x is"))
  }
}
