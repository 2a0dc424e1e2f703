import Demand
import Foundation
import GSL
import Testing

/// Maximum likelihood of choices, and the markup that follows.
@Suite struct LogitEstimateTests {
  private typealias Choice = LogitEstimate.Choice
  private typealias Option = LogitEstimate.Option

  private static let nothing = Option(product: nil, price: 0)

  /// Two alternatives, two prices, a saturated model: the fitted log-odds are those of the counts. 7 of 10 at 4 and 3 of 12
  /// at 9: b = (ln(7/3) - ln(3/9)) / 5, a = ln(7/3) + 4 b.
  @Test func twoAlternativesHaveAClosedForm() throws {
    let counts: [(price: Double, yes: Double, no: Double)] = [(4, 7, 3), (9, 3, 9)]
    let choices = counts.flatMap { price, yes, no in
      let options = [Option(product: 0, price: price), Self.nothing]
      return [Choice(options, chosen: 0, count: yes), Choice(options, chosen: 1, count: no)]
    }
    let fit = try LogitEstimate(choices, productCount: 1)
    let b = (log(7.0 / 3) - log(3.0 / 9)) / 5
    let a = log(7.0 / 3) + 4 * b
    let error = max(abs(fit.priceSensitivity - b), abs(fit.constants[0] - a))
    print("logit, two alternatives: largest error \(error)")
    #expect(error < 1e-12)
    // The variance of a log-odds is 1/yes + 1/no.
    let variance = (1 / 7.0 + 1 / 3.0 + 1 / 3.0 + 1 / 9.0) / 25
    #expect(abs(fit.standardErrors[1] - variance.squareRoot()) < 1e-10)
  }

  /// Known coefficients within 4.5 standard errors (one seed in 40,000 fails for all four), which at 20,000 choices are
  /// about 1%; and the estimated errors are those of repeated samples within 15% (60 samples know a deviation to 9%).
  @Test func recoversKnownCoefficients() throws {
    let (constants, sensitivity) = ([2.0, 1.2, 3.1], 0.35)
    func sample(_ seed: UInt64, _ count: Int) throws -> LogitEstimate {
      var stream = RandomStream(seed: seed, replication: 0, purpose: 200, period: 0, index: 0)
      let choices = try (0..<count).map { _ -> Choice in
        var options: [Option] = []
        var utilities: [Double] = []
        for product in 0..<3 {
          let price = 4 + 8 * stream.uniform()
          options.append(Option(product: product, price: price))
          utilities.append(constants[product] - sensitivity * price + (try stream.gumbel(location: 0, scale: 1)))
        }
        options.append(Self.nothing)
        utilities.append(try stream.gumbel(location: 0, scale: 1))
        return Choice(options, chosen: utilities.indices.max { utilities[$0] < utilities[$1] } ?? 0)
      }
      return try LogitEstimate(choices, productCount: 3)
    }
    let fit = try sample(11, 20_000)
    let truth = constants + [sensitivity]
    let found = fit.constants + [fit.priceSensitivity]
    var furthest = 0.0
    for place in truth.indices {
      furthest = max(furthest, abs(found[place] - truth[place]) / fit.standardErrors[place])
    }
    print("logit, 20,000 choices: furthest coefficient \(furthest) standard errors off")
    #expect(furthest < 4.5)
    #expect(fit.standardErrors[3] < 0.02 * sensitivity)
    let repeated = try (0..<60).map { try sample(100 + UInt64($0), 500) }
    let mean = repeated.reduce(0) { $0 + $1.priceSensitivity } / 60
    let variance = repeated.reduce(0) { $0 + ($1.priceSensitivity - mean) * ($1.priceSensitivity - mean) } / 59
    let estimated = repeated.reduce(0) { $0 + $1.standardErrors[3] } / 60
    #expect(abs(variance.squareRoot() / estimated - 1) < 4.5 * 0.092, "\(variance.squareRoot()) against \(estimated)")
  }

  /// Without buying nothing the first constant is 0, and only differences are told.
  @Test func withoutNothing() throws {
    let counts: [(Double, Double, Double)] = [(4, 7, 3), (9, 3, 9)]
    let choices = counts.flatMap { price, yes, no in
      let options = [Option(product: 1, price: price), Option(product: 0, price: 5)]
      return [Choice(options, chosen: 0, count: yes), Choice(options, chosen: 1, count: no)]
    }
    let fit = try LogitEstimate(choices, productCount: 2)
    let b = (log(7.0 / 3) - log(3.0 / 9)) / 5
    #expect(fit.constants[0] == 0 && fit.standardErrors[0] == 0)
    #expect(abs(fit.priceSensitivity - b) < 1e-12)
    #expect(abs(fit.constants[1] - (log(7.0 / 3) + b * (4 - 5))) < 1e-12)
  }

  /// Separation of every kind is refused, however many choices there are; a few that spoil it are enough to fit.
  @Test(arguments: [1.0, 1e6]) func separationIsRefused(_ count: Double) {
    func choice(_ price: Double, _ chosen: Int, _ count: Double) -> Choice {
      Choice([Option(product: 0, price: price), Self.nothing], chosen: chosen, count: count)
    }
    let complete = [choice(4, 0, count), choice(5, 0, count), choice(8, 1, count), choice(9, 1, count)]
    // At 5 both happen: no rule foretells that, but all others.
    let quasi = complete + [choice(5, 1, count)]
    let always = [choice(4, 0, count), choice(8, 0, count)]
    // One price only: constant and price cannot be told apart.
    let onePrice = [choice(4, 0, count), choice(4, 1, count)]
    for choices in [complete, quasi, always, onePrice] {
      #expect(throws: DemandError.self) { try LogitEstimate(choices, productCount: 1) }
    }
    #expect(throws: DemandError.self) { try LogitEstimate([], productCount: 1) }
    #expect(throws: Never.self) {
      let few = max(1, count / 10_000)
      return try LogitEstimate(complete + [choice(4, 1, few), choice(9, 0, few)], productCount: 1)
    }
  }

  /// The markup against a search on a fine grid of the contribution itself, for random markets, and its first-order
  /// condition: markup x (1 - own shares) = scale.
  @Test func markupIsTheBest() throws {
    var stream = RandomStream(seed: 5, replication: 0, purpose: 200, period: 0, index: 0)
    var largest = 0.0
    for _ in 0..<200 {
      let scale = 0.2 + 5 * stream.uniform()
      let own = (0..<(1 + (try stream.integer(below: 3)))).map { _ in 30 * stream.uniform() - 10 }
      let rivals = (0..<(try stream.integer(below: 3))).map { _ in 20 * stream.uniform() - 10 }
      let hasNothing = rivals.isEmpty || stream.uniform() < 0.7
      let markup = try LogitMarkup.best(scale: scale, own: own, rivals: rivals, hasNothing: hasNothing)
      func share(_ markup: Double) -> Double {
        let sold = own.reduce(0) { $0 + exp(($1 - markup) / scale) }
        return sold / (sold + rivals.reduce(hasNothing ? 1 : 0) { $0 + exp($1 / scale) })
      }
      largest = max(largest, abs(markup * (1 - share(markup)) / scale - 1))
      for step in 1..<400 {
        let other = markup * Double(step) / 100
        #expect(other * share(other) <= markup * share(markup) * (1 + 1e-12))
      }
    }
    print("logit markup: first-order condition off by \(largest)")
    #expect(largest < 1e-11)
  }

  @Test func markupWithoutNoiseIsTheLimit() throws {
    let limit = try LogitMarkup.best(scale: 0, own: [7, 4], rivals: [2], hasNothing: true)
    #expect(limit == 5)
    #expect(abs(try LogitMarkup.best(scale: 1e-7, own: [7, 4], rivals: [2], hasNothing: true) - 5) < 1e-5)
    #expect(try LogitMarkup.best(scale: 0, own: [1], rivals: [2], hasNothing: true) == 0)
    #expect(throws: DemandError.self) { try LogitMarkup.best(scale: 1, own: [1], rivals: [], hasNothing: false) }
  }
}
