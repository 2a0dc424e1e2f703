extension Part {
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
}
