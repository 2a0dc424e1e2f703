import Demand
import Selling

extension Arguments {
  /// The stated prices, in which every product of the seller is sold, alone or in a bundle.
  ///
  /// - Parameter word: what such a price is called, as in "no opening price is given for tea".
  /// - Throws: ``StrategyError`` for a product without a price.
  func priceList(
    _ parameter: Parameter, of seller: SellerProfile, calling word: String = "price"
  ) throws -> PriceList {
    let list = PriceList(prices(parameter))
    for (product, sold) in seller.products.enumerated()
    where !list.offers.contains(where: { $0.contents.positions.contains(product) }) {
      throw StrategyError("no \(word) is given for \(sold.name)", parameter: parameter.name)
    }
    return list
  }
}
