extension Part {
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
        "service items", .table(keys: "a service item", values: .record(serviceItem)),
        "What comes with products and costs the seller; products name it under `includes`.",
        .optional(otherwise: "none")),
      Field(
        "step costs", .table(keys: "a step cost", values: .record(stepCost)),
        "Fixed costs by started blocks of units in a period.", .optional(otherwise: "none")),
      Field(
        "cost shocks", .list(of: .record(shock), count: .between(1, 1000)),
        "Changes of the products' unit costs, without service items, in some periods.", .optional(otherwise: "none")),
      Field(
        "random cost shocks", .record(randomShocks),
        "A factor that chance gives to the products' unit costs, without service items; its mean is 1.",
        .optional(otherwise: "none")),
      Field(
        "sees prices after", .count(.between(1, 10_000)),
        "How many periods old the rivals' prices are that it sees.", .default("1")),
      Field(
        "enters", .count(.between(1, 10_000)),
        "The first period in which it is in the market; before, nothing of it is on sale and it has no fixed cost.",
        .default("1")),
      Field(
        "leaves", .count(.between(1, 10_000)),
        "The last period in which it is in the market; after, nothing of it is on sale and it has no fixed cost.",
        .optional(otherwise: "it stays")),
      Field(
        "terms", .record(terms), "What lies between its posted prices and what it keeps: tax, discounts, rebates.",
        .optional(otherwise: "it keeps what it posts")),
      Field(
        "rules", .record(rules), "What all its posted prices keep to, whatever its strategy.",
        .optional(otherwise: "any prices")),
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
        "volume costs", .record(volumeCosts), "Other unit costs from some volume on.",
        .optional(otherwise: "the unit cost at any volume")),
      Field(
        "experience", .record(experience), "A unit cost that falls with cumulative output.",
        .optional(otherwise: "it does not")),
      Field(
        "includes", .list(of: .text, count: .between(1, 100)),
        "Service items that come with it; their cost adds to the unit cost.", .optional(otherwise: "none")),
      Field(
        "uses", .table(keys: "a capacity", values: .count(.between(0, 1_000_000))),
        "Units of each capacity that one unit takes.",
        .optional(otherwise: "one unit of every capacity of the seller")),
      Field(
        "observed", .record(observed), "What is known of it today, for `bertrand calibrate`; a run does not use it.",
        .optional(otherwise: "nothing")),
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

  static let volumeCosts = RecordDefinition(
    "volume costs", "Unit cost by the units of the product that are sold in a period.",
    [
      Field(
        "for",
        .choice([
          .init("added units", "a step's cost holds for the units above it only"),
          .init("all units", "a step's cost holds for all units of the period once it is exceeded"),
        ]), "Which units a step's cost holds for.", .default("added units")),
      Field(
        "steps", .list(of: .record(volumeStep), count: .between(1, 100)),
        "The steps; below the first the product's `unit cost` holds."),
    ])

  static let volumeStep = RecordDefinition(
    "volume step", "What a unit costs above a volume.",
    [
      Field(
        "above", .number(Bounds(lower: .excluding(0), upper: .including(1e12)), unit: "units per period"),
        "The volume."),
      Field("unit cost", .number(money, unit: "money"), "What a unit costs above it."),
    ])

  static let experience = RecordDefinition(
    "experience",
    "Wright's law: with each doubling of cumulative output the unit cost falls by the same share. Each unit costs what "
      + "the output made before it allows; costs of a period are integrated over its units.",
    [
      Field(
        "learning", .number(Bounds(lower: .including(0), upper: .including(0.9)), percent: true),
        "By what share cost falls with each doubling."),
      Field(
        "start", .number(Bounds(lower: .including(0.001), upper: .including(1e15)), unit: "units"),
        "Cumulative output before period 1, at which the unit cost is the one stated."),
    ])

  static let serviceItem = RecordDefinition(
    "service item", "Something that comes with products and costs the seller, such as delivery or a hotline.",
    [
      Field("cost", .number(money, unit: "money"), "What it costs."),
      Field(
        "per",
        .choice([
          .init("unit", "once for each unit of a product that includes it"),
          .init("customer", "once for each customer who takes at least one product that includes it"),
        ]), "How often it costs that.", .default("unit")),
    ])

  static let stepCost = RecordDefinition(
    "step cost", "A fixed cost for each started block of units: one more shift, van or server.",
    [
      Field("cost", .number(money, unit: "money per period"), "What a started block costs in a period."),
      Field(
        "every", .number(Bounds(lower: .including(0.001), upper: .including(1e12)), unit: "units"),
        "Units of all products of the seller in a block."),
    ])

  static let merger = RecordDefinition(
    "merger",
    "One seller buys another: from then on the target's units, revenue and all its costs count as the buyer's, in its "
      + "profit and in sellers.csv and segments.csv, where the target's row keeps what came before. offers.csv and "
      + "periods.csv go on naming the target, whose products stay on sale. Everybody knows of mergers beforehand.",
    [
      Field("period", .count(.between(1, 10_000)), "The first period in which the target belongs to the buyer."),
      Field("buyer", .text, "The seller who buys; from then on what the target earns and costs counts as the buyer's."),
      Field("target", .text, "The seller who is bought; its products stay on sale under its name."),
      Field(
        "strategy", .variant(strategies), "How the target's products are priced from then on.",
        .optional(otherwise: "as before")),
    ])
}
