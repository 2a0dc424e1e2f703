import Demand
import Selling

/// The prices among which a strategy learns, for each product, as its parameters state them.
enum PriceGrid {
  static let prices = Parameter(
    "prices", .numbers(0...1e12, unit: "money"), default: .required,
    "the prices to try, above 0 and rising, for every product; multiples, if `base` is given")
  static let base = Parameter(
    "base", .prices, default: .absent,
    "a price for each product, of which `prices` are multiples: with 8 and 1.25 the price is 10")

  /// The grid of each product.
  ///
  /// - Throws: ``StrategyError`` for prices that are not above 0 or do not rise, or products without a base price.
  static func grids(_ arguments: Arguments, _ seller: SellerProfile) throws -> [[Double]] {
    let prices = arguments.numbers(Self.prices)
    for price in prices where price <= 0 {
      throw StrategyError("a price of \(price) in `prices`; they have to be above 0", parameter: Self.prices.name)
    }
    for (one, next) in zip(prices, prices.dropFirst()) where one >= next {
      throw StrategyError(
        "\(next) follows \(one) in `prices`; they have to rise from each to the next", parameter: Self.prices.name)
    }
    guard !arguments.prices(Self.base).isEmpty else { return seller.products.map { _ in prices } }
    let list = try arguments.priceList(Self.base, of: seller, calling: "base price")
    return try seller.products.enumerated().map { product, sold in
      guard let base = list.price(ofProduct: product), base > 0, list.offers.count == seller.products.count else {
        throw StrategyError(
          "`base` has no price above 0 for \(sold.name) alone; each product is priced on its own",
          parameter: Self.base.name)
      }
      return prices.map { $0 * base }
    }
  }
}
