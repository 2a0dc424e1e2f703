import Demand

extension Part {
  static let outlookFields = [
    Field(
      "reference price", .record(referencePrice), "How its customers compare prices with those that they remember.",
      .optional(otherwise: "they look at today's price alone")),
    Field(
      "fairness", .record(fairness), "When a price is felt to be unfair; goes with `reference price`.",
      .optional(otherwise: "never")),
    Field(
      "patience", .record(patience), "How its customers weigh buying now against waiting for a lower price.",
      .optional(otherwise: "they never wait")),
  ]

  static let referencePrice = RecordDefinition(
    "reference price",
    "The market's memory of an offer's price: next reference = memory x reference + (1 - memory) x price; in the choice "
      + "the offer feels as if it cost price + loss x what is above the reference - gain x what is below it.",
    [
      Field(
        "memory", .number(.between(0, 1), percent: true),
        "The weight of the past: 0% remembers the last price alone, 100% never learns."),
      Field(
        "loss", .number(.between(0, ReferencePrice.largestWeight), unit: "money per unit of money"),
        "What each unit of money above the reference feels dearer.", .default("0")),
      Field(
        "gain", .number(.between(0, ReferencePrice.largestWeight), unit: "money per unit of money"),
        "What each unit of money below the reference feels cheaper.", .default("0")),
      Field(
        "start", .table(keys: "a product", values: .number(anyMoney, unit: "money")),
        "The price that customers have in mind in the first period.",
        .optional(otherwise: "the first posted price")),
    ])

  static let fairness = RecordDefinition(
    "fairness",
    "A price beyond what customers feel entitled to, (1 + tolerance) x reference, feels dearer still by the penalty.",
    [
      Field(
        "tolerance", .number(.between(0, ReferencePrice.largestWeight), percent: true),
        "How far above the reference a price may go, as a share of it.", .default("0%")),
      Field(
        "penalty", .number(.between(0, ReferencePrice.largestWeight), unit: "money per unit of money"),
        "What each unit of money beyond that feels dearer."),
    ])

  static let patience = RecordDefinition(
    "patience",
    "Customers who have not bought wait if a later purchase, discounted, is expected to leave more than one now.",
    [
      Field(
        "discount factor", .number(Bounds(lower: .excluding(0), upper: .including(1)), percent: true),
        "What a surplus is worth one period before it is had, as a share of it."),
      Field(
        "periods", .count(.between(1, Double(Patience.longestWait))),
        "How many periods after that of arrival a customer may still buy."),
      Field(
        "belief",
        .choice([
          .init("announced", "later prices are what sellers announce; who announces nothing is expected to stay"),
          .init("adaptive", "each price is expected to go on changing as it did on average"),
        ]), "Where customers take later prices from.", .default("adaptive")),
      Field(
        "memory", .number(.between(0, 1), percent: true),
        "The weight of the past in an adaptive belief: next expected change = memory x expected + (1 - memory) x seen.",
        .optional(otherwise: "50%")),
    ])
}
