/// The parts of a scenario file. Decoding, the checks, the editors' schema and the handbook all read these definitions.
enum Part {
  static let money = Bounds.between(0, 1e12)
  static let anyMoney = Bounds.between(-1e12, 1e12)
  private static let correlationBounds = Bounds(lower: .excluding(-1), upper: .excluding(1))

  static let scenario = RecordDefinition(
    "scenario", "A market, a seller, and the pricing strategies to compare.",
    [
      Field("scenario", .text, "What the market is called."),
      Field(
        "question", .text, "What the comparison is to answer, in one sentence.", .optional(otherwise: "no question")),
      Field("currency", .text, "The currency of all money, such as EUR.", .default("EUR")),
      Field("periods", .record(periods), "The calendar."),
      Field("customers", .record(customers), "Who comes and what they would pay."),
      Field("sellers", .list(of: .record(seller), count: .between(1, 64)), "Who sells what; one of them is studied."),
      Field("study", .record(study), "How to compare.", .default("{}")),
    ])

  static let periods = RecordDefinition(
    "periods", "The calendar: how many times prices can change.",
    [
      Field("count", .count(.between(1, 10_000)), "The number of periods."),
      Field("unit", .text, "What a period is called, such as week.", .default("period")),
    ])

  // MARK: Customers

  static let customers = RecordDefinition(
    "customers", "Who comes and what they would pay.",
    [
      Field("arrivals", .record(arrivals), "How many customers come in a period."),
      Field(
        "outside option", .flag,
        "Whether customers may buy nothing; `no` means that everybody buys one product of each category.",
        .default("yes")),
      Field(
        "segments", .list(of: .record(segment), count: .between(1, 200)),
        "Groups of customers who value the products alike; their shares add up to 100%."),
    ])

  static let arrivals = RecordDefinition(
    "arrivals", "How many customers come in a period: `poisson` or `fixed`, with a season and a trend.",
    [
      Field(
        "poisson", .number(.between(0, 1e8), unit: "customers per period"),
        "The mean of a number that varies from period to period as independent customers do.",
        .optional(otherwise: "`fixed` has to be given")),
      Field(
        "fixed", .number(.between(0, 1e8), unit: "customers per period"), "The same number in every period.",
        .optional(otherwise: "`poisson` has to be given")),
      Field("season", .record(season), "A cycle of good and bad periods.", .optional(otherwise: "no season")),
      Field(
        "trend", .number(.between(-0.5, 0.5), percent: true), "Growth of the number from one period to the next.",
        .default("0%")),
    ])

  static let season = RecordDefinition(
    "season", "A cosine around the mean number of customers.",
    [
      Field(
        "every", .number(Bounds(lower: .excluding(0), upper: .including(1e6)), unit: "periods"),
        "The length of the cycle."),
      Field("swing", .number(.between(0, 1), percent: true), "How far it goes up and down, as a share of the mean."),
      Field(
        "peak", .number(.between(0, 1e6)), "The period in which most customers come, counted from 1.", .default("1")),
    ])

  static let segment = RecordDefinition(
    "segment", "Customers who value the products alike: by `values`, by a `survey` file, or by a `logit`.",
    [
      Field("name", .text, "What the segment is called."),
      Field(
        "share", .number(Bounds(lower: .excluding(0), upper: .including(1)), percent: true),
        "Its share of all customers."),
      Field(
        "values", .table(keys: "a product", values: valuation), "What its customers would pay for each product.",
        .optional(otherwise: "`survey` or `logit` has to be given")),
      Field(
        "survey", .text,
        "A CSV file, named from the scenario's folder, with a column for each product and a row for each respondent: "
          + "what they would pay. Rows are drawn whole.",
        .optional(otherwise: "`values` or `logit` has to be given")),
      Field(
        "logit", .record(logit), "A logit demand model as the literature states it.",
        .optional(otherwise: "`values` or `survey` has to be given")),
      Field(
        "correlation",
        .either([
          .number(correlationBounds),
          .table(keys: "a product", values: .table(keys: "another product", values: .number(correlationBounds))),
        ]),
        "How valuations of different products go together, for all pairs alike or pair by pair.",
        .optional(otherwise: "independent")),
      Field(
        "taste", .number(money, unit: "money"),
        "The scale of each customer's own liking for each alternative (Gumbel noise); 0 for none.", .default("0")),
    ])

  static let logit = RecordDefinition(
    "logit",
    "Utility = mean value + price coefficient x price + Gumbel noise of scale 1; buying nothing has mean value 0.",
    [
      Field(
        "price coefficient",
        .number(Bounds(lower: .including(-1e9), upper: .excluding(0)), unit: "utility per unit of money"),
        "How much utility a unit of money costs; negative."),
      Field(
        "mean values", .table(keys: "a product", values: .number(.between(-1e6, 1e6))),
        "The mean utility of each product."),
    ])

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

  // MARK: Sellers

  static let seller = RecordDefinition(
    "seller", "A seller: its products, costs, capacity, and either one strategy or candidates to compare.",
    [
      Field("name", .text, "What the seller is called."),
      Field("products", .table(keys: "a product", values: .record(product)), "What it sells."),
      Field(
        "fixed cost", .number(money, unit: "money per period"), "Cost that does not depend on sales.", .default("0")),
      Field(
        "capacity", .table(keys: "something limited", values: .record(capacity)),
        "What limits sales, such as rooms or hours.", .optional(otherwise: "no limit")),
      Field(
        "strategy", .variant(strategies), "How this seller prices; for every seller but the studied one.",
        .optional(otherwise: "`candidates` has to be given")),
      Field(
        "candidates", .table(keys: "a candidate of your own naming", values: .variant(strategies)),
        "The strategies to compare; for the studied seller.", .optional(otherwise: "`strategy` has to be given")),
    ])

  static let product = RecordDefinition(
    "product", "A product that a seller sells.",
    [
      Field(
        "category", .text, "Products of one category are substitutes: a customer takes at most one of them.",
        .optional(otherwise: "a category of its own")),
      Field("unit cost", .number(money, unit: "money"), "What one more unit costs.", .default("0")),
      Field(
        "uses", .table(keys: "a capacity", values: .count(.between(0, 1_000_000))),
        "Units of each capacity that one unit takes.",
        .optional(otherwise: "one unit of every capacity of the seller")),
    ])

  static let capacity = RecordDefinition(
    "capacity", "Something limited that products use up.",
    [
      Field("units", .count(.between(0, 1_000_000_000)), "How many units there are."),
      Field(
        "per",
        .choice([
          .init("period", "there anew in each period; what is not sold perishes"),
          .init("calendar", "one stock for the whole calendar"),
        ]), "When the units are there again.", .default("period")),
      Field(
        "unit cost", .number(money, unit: "money per unit and period"), "What a unit costs, sold or not.", .default("0")
      ),
    ])

  static let strategies = StrategyDefinitions.all

  // MARK: Study

  static let study = RecordDefinition(
    "study", "How to compare.",
    [
      Field(
        "baseline", .text, "The candidate that the others are compared with.",
        .optional(otherwise: "the first candidate")),
      Field("replications", .count(.between(1, 10_000_000)), "How often the calendar is run.", .default("200")),
      Field("seed", .count(.between(0, 9e15)), "The seed of all random draws.", .default("1")),
      Field(
        "confidence", .number(Bounds(lower: .excluding(0), upper: .excluding(1)), percent: true),
        "The confidence of intervals.", .default("95%")),
      Field(
        "demand",
        .choice([
          .init("sampled", "customers are drawn and choose one by one"),
          .init("expected", "the mean customer buys fractions: no noise, no capacity"),
        ]), "What a replication is made of.", .default("sampled")),
      Field(
        "clairvoyant",
        .choice([
          .init("single prices", "one price for each product"),
          .init("bundles", "prices for products and bundles"),
          .init(
            "dynamic", "a price for each period and level of stock; for one product, else single prices are searched"),
        ]), "What perfect knowledge may do.", .optional(otherwise: "whatever the candidates do")),
    ])
}
