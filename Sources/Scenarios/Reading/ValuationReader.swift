import Demand

/// Reads how a product is valued.
enum ValuationReader {
  /// The valuation, or nil after a report.
  static func valuation(_ value: Value) -> Valuation? {
    if let number = value.number { return .fixed(number) }
    guard let (name, arguments) = value.named else { return nil }
    let fields = arguments.definition.fields.map(\.name)
    let numbers = fields.compactMap { arguments.number($0) }
    guard numbers.count == fields.count else { return nil }
    let valuation: Valuation? =
      switch name {
      case "normal": .normal(mean: numbers[0], standardDeviation: numbers[1])
      case "log-normal": .logNormal(mean: numbers[0], standardDeviation: numbers[1])
      case "uniform": .uniform(low: numbers[0], high: numbers[1])
      case "exponential": .exponential(mean: numbers[0])
      case "gumbel": .gumbel(location: numbers[0], scale: numbers[1])
      default: nil
      }
    do {
      try valuation?.check()
      return valuation
    } catch {
      value.report("\(error)")
      return nil
    }
  }
}
