extension Part {
  static let valuation = Shape.either([
    .number(anyMoney, unit: "money"),
    .call([
      RecordDefinition(
        "normal", "Bell-shaped.",
        [amount("mean", "The mean."), amount("standard deviation", "The spread.", .moreThan(0))]),
      RecordDefinition(
        "log-normal", "Skewed to the right and positive; mean and spread of the valuation itself.",
        [amount("mean", "The mean.", .moreThan(0)), amount("standard deviation", "The spread.", .moreThan(0))]),
      RecordDefinition(
        "uniform", "Evenly spread: linear demand.",
        [amount("low", "The lowest valuation."), amount("high", "The highest valuation.")]),
      RecordDefinition(
        "exponential", "Demand falls by the same proportion for each unit of money.",
        [amount("mean", "The mean.", .moreThan(0))]),
      RecordDefinition(
        "gumbel", "The extreme-value distribution of logit models.",
        [amount("location", "The mode."), amount("scale", "The spread.", .moreThan(0))]),
    ]),
  ])

  private static func amount(_ name: String, _ meaning: String, _ bounds: Bounds = anyMoney) -> Field {
    Field(name, .number(bounds, unit: "money"), meaning)
  }
}
