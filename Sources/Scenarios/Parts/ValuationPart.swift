import Demand

extension Part {
  /// How customers value a product: a number, a distribution, a mixture, or a table of demand.
  static let valuation = Shape.either([
    .number(anyMoney, unit: "money"), .call(distributions), .variant([mixture, demandTable]),
  ])

  /// The distributions, with their parameters as textbooks have them.
  static let distributions = [
    RecordDefinition(
      "normal", "Bell-shaped.",
      [amount("mean", "The mean."), amount("standard deviation", "The spread.", .moreThan(0))]),
    RecordDefinition(
      "truncated-normal", "Bell-shaped, without the part below 0.",
      [
        amount("mean", "The mean of the whole bell, before the cut."),
        amount("standard deviation", "The spread of the whole bell, before the cut.", .moreThan(0)),
      ]),
    RecordDefinition(
      "log-normal", "Skewed to the right and positive; mean and spread of the valuation itself.",
      [amount("mean", "The mean.", .moreThan(0)), amount("standard deviation", "The spread.", .moreThan(0))]),
    RecordDefinition(
      "uniform", "Evenly spread: linear demand.",
      [amount("low", "The lowest valuation."), amount("high", "The highest valuation.")]),
    RecordDefinition(
      "triangular", "Rises on a line to its peak and falls on a line: an expert's three judgements.",
      [
        amount("low", "The lowest valuation."), amount("mode", "The most frequent valuation."),
        amount("high", "The highest valuation."),
      ]),
    RecordDefinition(
      "exponential", "Demand falls by the same proportion for each unit of money.",
      [amount("mean", "The mean.", .moreThan(0))]),
    RecordDefinition(
      "pareto", "Isoelastic demand, (minimum / price) ^ elasticity: each percent on the price costs as many percent.",
      [
        amount("minimum", "The lowest valuation; up to this price everybody buys.", .moreThan(0)),
        Field(
          "elasticity", .number(.between(0, 1e6)), "The price elasticity of demand as a positive number; more than 1."),
      ]),
    RecordDefinition(
      "logistic", "Nearly bell-shaped, with heavier tails: the demand of a logit with one product.",
      [
        amount("location", "The mean."),
        amount("scale", "The spread; the standard deviation is 1.81 scales.", .moreThan(0)),
      ]),
    RecordDefinition(
      "weibull", "Demand exp(-(price / scale) ^ shape); shape 1 is exponential.",
      [
        shape("shape", "Above 1 demand falls ever faster, below 1 ever slower."),
        amount("scale", "The price that a share of 37% pay.", .moreThan(0)),
      ]),
    RecordDefinition(
      "gamma", "Positive and skewed to the right; the mean is shape x scale, and shape 1 is exponential.",
      [
        shape("shape", "The squared ratio of mean and standard deviation."),
        amount("scale", "The variance divided by the mean.", .moreThan(0)),
      ]),
    RecordDefinition(
      "beta", "Between two bounds; the mean lies alpha / (alpha + beta) of the way up.",
      [
        shape("alpha", "The higher, the fewer customers near the lower bound."),
        shape("beta", "The higher, the fewer customers near the upper bound."),
        amount("low", "The lowest valuation."), amount("high", "The highest valuation."),
      ]),
    RecordDefinition(
      "gumbel", "The extreme-value distribution of logit models.",
      [amount("location", "The mode."), amount("scale", "The spread.", .moreThan(0))]),
  ]

  /// Several kinds of customers in one valuation.
  static let mixture = RecordDefinition(
    "mixture", "Several kinds of customers: each share values the product in a way of its own.",
    [
      Field(
        "components", .list(of: .record(component), count: .between(1, 100)),
        "The kinds of customers; their shares add up to 100%.")
    ], isInline: true)

  static let component = RecordDefinition(
    "component", "One kind of customers in a mixture.",
    [
      Field(
        "share", .number(Bounds(lower: .excluding(0), upper: .including(1)), percent: true),
        "Their share of the segment."),
      Field(
        "value", .either([.number(anyMoney, unit: "money"), .call(distributions)]), "How they value the product."),
    ])

  /// Demand as a survey of purchase intentions gives it.
  static let demandTable = RecordDefinition(
    "demand", "Prices with the share of customers who would buy, as in { 10: 80%, 15: 55%, 20: 20% }.",
    [
      Field(
        "prices", .table(keys: "a price", values: .number(.between(0, 1), percent: true)),
        "Straight lines between the prices; nobody buys above the last one, and whoever would not buy at the first one "
          + "values the product at 0. Write 0: 100% for a straight line from there.")
    ], isInline: true)

  private static func amount(_ name: String, _ meaning: String, _ bounds: Bounds = anyMoney) -> Field {
    Field(name, .number(bounds, unit: "money"), meaning)
  }

  private static func shape(_ name: String, _ meaning: String) -> Field {
    Field(name, .number(.between(Valuation.shapes.lowerBound, Valuation.shapes.upperBound)), meaning)
  }
}
