import Demand

/// Reads how a product is valued.
enum ValuationReader {
  /// The valuation, or nil after a report.
  static func valuation(_ value: Value) -> Valuation? {
    if let number = value.number { return .fixed(number) }
    guard let (name, arguments) = value.named, !value.isReported else { return nil }
    do {
      guard let valuation = try valuation(name, arguments) else { return nil }
      try valuation.check()
      return valuation
    } catch {
      value.report("\(error)")
      return nil
    }
  }

  private static func valuation(_ name: String, _ arguments: Record) throws -> Valuation? {
    if name == Part.mixture.name { return mixture(arguments) }
    if name == Part.demandTable.name { return try demandTable(arguments) }
    let fields = arguments.definition.fields.map(\.name)
    let numbers = fields.compactMap { arguments.number($0) }
    return numbers.count == fields.count ? distribution(name, numbers) : nil
  }

  private static func distribution(_ name: String, _ numbers: [Double]) -> Valuation? {
    switch name {
    case "normal": return .normal(mean: numbers[0], standardDeviation: numbers[1])
    case "truncated-normal": return .truncatedNormal(mean: numbers[0], standardDeviation: numbers[1])
    case "log-normal": return .logNormal(mean: numbers[0], standardDeviation: numbers[1])
    case "uniform": return .uniform(low: numbers[0], high: numbers[1])
    case "triangular": return .triangular(low: numbers[0], mode: numbers[1], high: numbers[2])
    case "exponential": return .exponential(mean: numbers[0])
    case "pareto": return .pareto(minimum: numbers[0], elasticity: numbers[1])
    case "logistic": return .logistic(location: numbers[0], scale: numbers[1])
    case "weibull": return .weibull(shape: numbers[0], scale: numbers[1])
    case "gamma": return .gamma(shape: numbers[0], scale: numbers[1])
    case "beta": return .beta(alpha: numbers[0], beta: numbers[1], low: numbers[2], high: numbers[3])
    case "gumbel": return .gumbel(location: numbers[0], scale: numbers[1])
    default: return nil
    }
  }

  private static func mixture(_ arguments: Record) -> Valuation? {
    var components: [Valuation.Component] = []
    for record in arguments.records("components") {
      guard let share = record.number("share"), let value = record.value("value"), let part = valuation(value) else {
        return nil
      }
      components.append(Valuation.Component(share: share, valuation: part))
    }
    return .mixture(components)
  }

  private static func demandTable(_ arguments: Record) throws -> Valuation? {
    var points: [Valuation.PricePoint] = []
    var isComplete = true
    for entry in arguments.table("prices") {
      guard let price = NumberText.number(entry.key, allowsPercent: false), Part.money.contains(price) else {
        entry.reportKey("found \(quoted(entry.key)); write a price \(Part.money.words()), for example 10: 80%")
        isComplete = false
        continue
      }
      if let probability = entry.value.number { points.append(.init(price: price, probability: probability)) }
    }
    return isComplete ? try .pricePoints(points) : nil
  }
}
