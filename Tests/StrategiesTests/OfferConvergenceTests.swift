import Demand
import Foundation
import Selling
import Strategies
import Testing

/// Group prices and bundles found on an unbiased survey without noise come to the optimum, as n^(-2/3) like single prices
/// (see ``SurveyConvergenceTests``, whose sizes and tolerance hold here too). Losses are exact expected profits.
@Suite struct OfferConvergenceTests {
  private static let sizes = [64, 512, 4096]

  /// The slope of the mean loss on the number of respondents, by the outermost sizes, and the losses.
  private static func slope(
    surveys: Int, loss: (Int, inout SplitMix) throws -> Double
  ) rethrows -> (slope: Double, losses: [Double]) {
    let losses = try sizes.map { size in
      var total = 0.0
      for survey in 0..<surveys {
        var random = SplitMix(state: UInt64(size * 1000 + survey))
        total += try loss(size, &random)
      }
      return total / Double(surveys)
    }
    return (log(losses[2] / losses[0]) / log(Double(sizes[2]) / Double(sizes[0])), losses)
  }

  /// Half of the customers hold a card and value the product uniformly on 0 to 10, the others on 0 to 20; no cost. The best
  /// prices are 5 and 10, and a customer's profit p (10 - p)/10 and p (20 - p)/20; who holds a card pays the lower price.
  @Test func groupPrices() throws {
    let market = TestMarket(categories: [0], sources: [[0]], unitCosts: [0], groups: ["card"])
    func earned(_ price: Double, _ highest: Double) -> Double { price * max(0, highest - price) / highest }
    let found = try Self.slope(surveys: 250) { size, random in
      let groups: [Int?] = (0..<size).map { $0 % 2 == 0 ? 0 : nil }
      let rows = groups.map { [($0 == nil ? 20 : 10) * random.uniform()] }
      var strategy = try market.strategy(GroupPrices.self)
      let list = try strategy.postPrices(
        market.view(period: 0, answers: SurveyAnswers(willingnessToPay: rows, groups: groups)))
      let general = try #require(list.price(ofProduct: 0))
      let card = min(general, list.seen(by: 0).price(ofProduct: 0) ?? general)
      return 3.75 - (earned(card, 10) + earned(general, 20)) / 2
    }
    print("group prices: losses \(found.losses), slope \(found.slope)")
    #expect(found.losses.allSatisfy { $0 >= 0 })
    #expect(abs(found.slope + 2.0 / 3) < 0.15)
  }

  /// Two goods valued uniformly on 0 to 1: the bundle at p earns p (1 - p^2/2) up to 1 and p (2 - p)^2/2 beyond; the best
  /// is the square root of 2/3.
  @Test func pureBundle() throws {
    let market = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [0, 0])
    func earned(_ price: Double) -> Double {
      price <= 1 ? price * (1 - price * price / 2) : price * max(0, 2 - price) * max(0, 2 - price) / 2
    }
    let found = try Self.slope(surveys: 250) { size, random in
      let rows = (0..<size).map { _ in [random.uniform(), random.uniform()] }
      var strategy = try market.strategy(PureBundle.self)
      let list = try strategy.postPrices(market.view(period: 0, survey: rows))
      let price = try #require(list.offers.first { $0.contents.count == 2 }).price
      return earned((2.0 / 3).squareRoot()) - earned(price)
    }
    print("pure bundle: losses \(found.losses), slope \(found.slope)")
    #expect(found.losses.allSatisfy { $0 >= 0 })
    #expect(abs(found.slope + 2.0 / 3) < 0.15)
  }

  /// The same two goods one by one and together, by exact areas: who takes the first alone values it at its price and the
  /// second below the difference to the bundle. With 30 surveys the slope is known to 0.09: tolerance 0.25.
  @Test func mixedBundle() throws {
    let market = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [0, 0])
    func area(_ list: PriceList) throws -> Double {
      let (one, two) = (try #require(list.price(ofProduct: 0)), try #require(list.price(ofProduct: 1)))
      let both = min(try #require(list.offers.first { $0.contents.count == 2 }).price, one + two)
      // A product dearer than the bundle, or than anybody values it, is not taken alone.
      let first = min(one, 1, both)
      let second = min(two, 1, both)
      let alone = first * (1 - first) * (both - first) + second * (1 - second) * (both - second)
      let corner = max(0, first + second - both)
      return alone + both * ((1 - (both - second)) * (1 - (both - first)) - corner * corner / 2)
    }
    let found = try Self.slope(surveys: 30) { size, random in
      let rows = (0..<size).map { _ in [random.uniform(), random.uniform()] }
      var strategy = try market.strategy(MixedBundle.self)
      return 0.5492010046 - (try area(try strategy.postPrices(market.view(period: 0, survey: rows))))
    }
    print("mixed bundle: losses \(found.losses), slope \(found.slope)")
    #expect(found.losses.allSatisfy { $0 >= -1e-9 })
    #expect(abs(found.slope + 2.0 / 3) < 0.25)
  }
}
