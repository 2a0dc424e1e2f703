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

  /// Amounts by the product or seller that they are for.
  func valuesByIndex(_ parameter: Parameter) -> [Int: Double] {
    Dictionary(amounts(parameter).map { ($0.index, $0.value) }, uniquingKeysWith: { $1 })
  }
}
