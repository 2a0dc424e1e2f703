import Selling

extension Arguments {
  /// Amounts in the order of products or sellers, where those that are left out take another value.
  func values(_ parameter: Parameter, count: Int, otherwise: Double) -> [Double] {
    var values = [Double](repeating: otherwise, count: count)
    for amount in amounts(parameter) where values.indices.contains(amount.index) {
      values[amount.index] = amount.value
    }
    return values
  }

  /// Amounts by product; nil if the parameter was left out.
  ///
  /// - Throws: ``StrategyError`` for a product without an amount where others have one.
  func amountsForAll(_ parameter: Parameter, of seller: SellerProfile) throws -> [Double]? {
    let given = valuesByIndex(parameter)
    guard !given.isEmpty else { return nil }
    return try seller.products.enumerated().map { index, product in
      guard let value = given[index] else {
        throw StrategyError("no \(parameter.name) is given for \(product.name)", parameter: parameter.name)
      }
      return value
    }
  }

  /// Planned units by product, 0 where none are needed nor given.
  ///
  /// - Throws: ``StrategyError`` for a product that needs a plan and has none.
  func plannedUnits(
    _ parameter: Parameter, of seller: SellerProfile, where needsPlan: (SellerProduct) -> Bool
  ) throws -> [Double] {
    let planned = values(parameter, count: seller.products.count, otherwise: 0)
    for (product, units) in zip(seller.products, planned) where needsPlan(product) && units == 0 {
      throw StrategyError("no planned units are given for \(product.name)", parameter: parameter.name)
    }
    return planned
  }

  /// Amounts by the product or seller that they are for.
  func valuesByIndex(_ parameter: Parameter) -> [Int: Double] {
    Dictionary(amounts(parameter).map { ($0.index, $0.value) }, uniquingKeysWith: { $1 })
  }
}
