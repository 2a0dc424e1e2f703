import Demand
import Scenarios
import Selling
import Simulation
import Testing

/// Price terms and rules as they stand in the file, and what they do to a market.
struct TermsScenarioTests {
  /// A market with price terms, or the same market written without: 25% tax in the price, 20% discount, a bonus of 10% that
  /// customers count by half, 1 of freight. A list price of L is then counted as 0.8 x 0.95 L = 0.76 L, of which the seller
  /// keeps 0.64 x 0.9 L - 1, so that k = 0.576/0.76 and a unit cost of c looks like (c + 1)/k. The rival's tax makes his k
  /// 0.8.
  private static func market(hasTerms: Bool, clairvoyant: String = "", capacity: Bool = false) -> String {
    let k = hasTerms ? 1 : 0.576 / 0.76
    let list = hasTerms ? 1 : 0.76
    let freight = hasTerms ? 0.0 : 1
    func cost(_ amount: Double) -> Double { (amount + freight) / k }
    let terms = """
      terms:
            tax: 25%
            discounts: { volume: 15%, early payment: 5% }
            rebates: { bonus: { amount: 10%, felt: 50% } }
            costs to serve: { freight: 1.00 }
      """
    let prices = "{ tea: \(20 * list), cup: \(11 * list) }"
    return """
      scenario: Tea
      periods: { count: 6 }
      customers:
        arrivals: { poisson: 300 }
        segments:
          - name: all
            share: 100%
            values: { tea: "normal(22, 5)", cup: "normal(12, 4)" }
            taste: 2
      sellers:
        - name: We
          products: { tea: { unit cost: \(cost(4)) }, cup: { unit cost: \(cost(2)) } }
          fixed cost: \(300 / k)
          \(capacity ? "capacity: { hands: { units: 150, unit cost: \(0.5 / k) } }" : "")
          \(hasTerms ? terms : "")
          candidates:
            today: { fixed-price: { tea: \(20 * list), cup: \(11 * list), tea + cup: \(28 * list) } }
            markup: { full-cost-markup: { markup: 40%, planned units: 200 } }
            follow: { going-rate: { premium: 5%, floor: 10%, otherwise: \(prices) } }
            answer: { best-response: { opening: \(prices) } }
            nash: bertrand-nash
            value: { economic-value: { survey: 50, captured: 80%, noise: 10% } }
            bundle: { mixed-bundle: { survey: 40 } }
            even: { break-even: { planned units: 200, outlay: \(600 / k) } }
            aim: { target-return: { planned units: 200, return: 20%, capital: \(900 / k) } }
            down: { markdown: { opening: \(prices), cut: 7% } }
            \(capacity ? "hours: { time-and-materials: { rate: \(3 / k), markup: 40% } }" : "")
            \(capacity ? "rates: { time-and-materials: { rate: 0, rates: { hands: \(2 / k) } } }" : "")
            \(capacity ? "pace: { sales-pace: { opening: \(prices), target: 80% } }" : "")
        - name: They
          products: { tea: { unit cost: \(hasTerms ? 4.4 : 5.5) } }
          \(hasTerms ? "terms: { tax: 25% }" : "")
          strategy: { going-rate: { premium: -3%, floor: 15%, otherwise: { tea: 18 } } }
      study: { replications: 2, seed: 3\(clairvoyant) }
      """
  }

  private func outcomes(_ text: String) throws -> (study: Study, outcomes: [CandidateOutcome]) {
    let study = try Scenario(text: text, file: "tea.yaml").study
    var engine = Engine(study, candidates: study.candidates)
    return (study, try engine.run(replication: 0))
  }

  /// Strategies of every family earn with price terms what they earn in the market that is written without them, times the
  /// share that is kept, and sell the same units to the same customers. 1e-9: list prices have twelve digits.
  @Test(arguments: [false, true]) func sameMarketWithoutTerms(capacity: Bool) throws {
    let (study, with) = try outcomes(Self.market(hasTerms: true, capacity: capacity))
    let without = try outcomes(Self.market(hasTerms: false, capacity: capacity)).outcomes
    #expect(with.count == (capacity ? 13 : 10) && without.count == with.count)
    var largest = 0.0
    for (index, (one, other)) in zip(with, without).enumerated() {
      let name = study.candidates[index].label
      #expect(one.sellers[0].units == other.sellers[0].units, "\(name)")
      #expect(one.sellers[0].units > 0)
      for (seller, kept) in [(0, 0.576 / 0.76), (1, 0.8)] {
        let (profit, expected) = (one.sellers[seller].profit, kept * other.sellers[seller].profit)
        let error = abs(profit - expected) / (abs(expected) + one.sellers[seller].revenue)
        largest = max(largest, error)
        #expect(error < 1e-9, "\(name): \(profit), \(expected)")
      }
      #expect(abs(one.surplus - other.surplus) < 1e-8 * other.surplus, "\(name)")
    }
    print("price terms: strategies against the market without terms, largest relative error \(largest)")
  }

  /// Perfect knowledge makes the same claim in both markets, and earns the same but for k. 1e-6: optima are flat.
  @Test(arguments: [", clairvoyant: single prices", ""]) func perfectKnowledge(clairvoyant: String) throws {
    var kinds: [ClairvoyantKind] = []
    var earned: [Double] = []
    for hasTerms in [true, false] {
      let text = Self.market(hasTerms: hasTerms, clairvoyant: clairvoyant)
        .replacing(
          "strategy: { going-rate: { premium: -3%, floor: 15%, otherwise: { tea: 18 } } }",
          with: "strategy: { fixed-price: { tea: 18 } }")
      let study = try Scenario(text: text, file: "tea.yaml").study
      let knowledge = try PerfectKnowledge(study)
      var engine = Engine(study, candidates: [knowledge.candidate])
      kinds.append(knowledge.kind)
      earned.append(try engine.run(replication: 0)[0].sellers[0].contribution)
    }
    #expect(kinds[0] == kinds[1])
    print("price terms: perfect knowledge \(kinds[0]), relative error \(earned[0] / (0.576 / 0.76 * earned[1]) - 1)")
    #expect(abs(earned[0] / (0.576 / 0.76 * earned[1]) - 1) < 1e-6)
  }

  /// Money adds up, and revenue is the pocket's: list 20, without tax 16, less 20% 12.80, less 10% and 1 of freight 10.52.
  @Test func books() throws {
    let (study, outcomes) = try outcomes(Self.market(hasTerms: true))
    for outcome in outcomes {
      for seller in outcome.sellers {
        #expect(abs(seller.revenue - seller.cost - seller.profit) < 1e-9)
      }
      let own = outcome.sellers[0]
      #expect(abs(outcome.segments.reduce(0) { $0 + $1.revenue } - own.revenue) < 1e-9 * own.revenue)
      let offers = outcome.offers.filter { $0.key.seller == 0 }.values.flatMap { $0.compactMap(\.self) }
      #expect(abs(offers.reduce(0) { $0 + $1.revenue } - own.revenue) < 1e-9 * own.revenue)
    }
    let tea = try #require(outcomes[0].offers[OfferKey(seller: 0, contents: ProductSet([0]))]?[0])
    #expect(tea.price == 20, "the posted price is the list price, to the last digit")
    #expect(abs(tea.revenue - 10.52 * tea.units) < 1e-9)
    #expect(study.market.profiles[0].terms?.discounts.map(\.name) == ["volume", "early payment"])
  }

  /// The clairvoyant's price in closed form: valuations uniform on 0 to 100, cost 20, tax 25%: customers pay
  /// (100 + 25)/2 = 62.50, and that is the posted price, or 50 without the tax. 1e-4, since optima are flat.
  @Test(arguments: [("yes", 62.5), ("no", 50)]) func closedForm(isIncluded: String, price: Double) throws {
    let text = """
      scenario: Closed
      periods: { count: 1 }
      customers:
        arrivals: { fixed: 100 }
        segments: [{ name: all, share: 100%, values: { a: "uniform(0, 100)" } }]
      sellers:
        - name: We
          products: { a: { unit cost: 20 } }
          terms: { tax: 25%, tax included: \(isIncluded) }
          candidates: { half: { fixed-price: { a: 50 } } }
      """
    let study = try Scenario(text: text, file: "closed.yaml").study
    let knowledge = try PerfectKnowledge(study)
    #expect(knowledge.kind == .exact)
    var strategy = knowledge.candidate.strategy
    let list = try strategy.postPrices(
      SellerView(
        seller: study.market.profiles[0], market: study.market.publicFacts(for: 0), period: 0, postedLists: nil,
        sales: [], capacityLeft: [], survey: nil))
    #expect(abs((list.price(ofProduct: 0) ?? 0) / price - 1) < 1e-4)
  }

  /// With little stock the best price of each period and level of stock is the same policy in both markets: exact, and
  /// its contribution is k times the other's. 1e-9: list prices have twelve digits.
  @Test func stock() throws {
    func contribution(_ seller: String) throws -> Double {
      let text = """
        scenario: Stock
        periods: { count: 4 }
        customers:
          arrivals: { poisson: 30 }
          segments: [{ name: all, share: 100%, values: { a: "uniform(0, 100)" } }]
        sellers:
          - name: We
            capacity: { stock: { units: 25, per: calendar } }
            \(seller)
        """
      let study = try Scenario(text: text, file: "stock.yaml").study
      let knowledge = try PerfectKnowledge(study)
      #expect(knowledge.kind == .exact && knowledge.policyClass == .dynamic)
      var engine = Engine(study, candidates: [knowledge.candidate])
      return try engine.run(replication: 0)[0].sellers[0].contribution
    }
    let with = try contribution(
      "products: { a: { unit cost: 20 } }\n    terms: { tax: 25% }\n    candidates: { c: { fixed-price: { a: 50 } } }")
    let without = try contribution(
      "products: { a: { unit cost: 25 } }\n    candidates: { c: { fixed-price: { a: 50 } } }")
    #expect(without > 0 && abs(with / (0.8 * without) - 1) < 1e-9)
  }

  /// A discount beyond the price is the candidate's fault, in words.
  @Test func discountBeyondThePrice() throws {
    let text = Self.market(hasTerms: true).replacing("early payment: 5%", with: "coupon: 17")
    #expect(throws: SimulationError.self) { try self.outcomes(text) }
    do {
      _ = try outcomes(text)
    } catch {
      #expect("\(error)".contains("today: We posts 20.0 for tea, of which discounts and rebates leave -"))
    }
  }
}
