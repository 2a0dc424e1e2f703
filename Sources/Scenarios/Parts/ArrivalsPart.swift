extension Part {
  static let arrivals = RecordDefinition(
    "arrivals",
    "How many customers come in a period: `poisson`, `fixed`, `negative binomial` or `bass`, times season, trend, profile "
      + "and shocks.",
    [
      Field(
        "poisson", .number(.between(0, 1e8), unit: "customers per period"),
        "The mean of a number that varies from period to period as independent customers do.",
        .optional(otherwise: "another kind has to be given")),
      Field(
        "fixed", .number(.between(0, 1e8), unit: "customers per period"), "The same number in every period.",
        .optional(otherwise: "another kind has to be given")),
      Field(
        "negative binomial", .record(negativeBinomial),
        "Customers who come independently, at a rate that varies from period to period.",
        .optional(otherwise: "another kind has to be given")),
      Field(
        "bass", .record(bass), "A new product that spreads.", .optional(otherwise: "another kind has to be given")),
      Field("season", .record(season), "A cycle of good and bad periods.", .optional(otherwise: "no season")),
      Field(
        "trend", .number(.between(-0.5, 0.5), percent: true), "Growth of the number from one period to the next.",
        .default("0%")),
      Field(
        "profile", .list(of: .number(.between(0, 1e6)), count: .between(1, 10_000)),
        "Factors on the number, the first for period 1, that repeat: seven of them for the days of a week.",
        .optional(otherwise: "no profile")),
      Field(
        "shocks", .list(of: .record(shock), count: .between(1, 1000)), "Changes of the number in some periods.",
        .optional(otherwise: "no shocks")),
      Field(
        "random shocks", .record(randomShocks),
        "A factor that chance gives to all customers of a period alike; its mean is 1.",
        .optional(otherwise: "no random shocks")),
    ])

  static let negativeBinomial = RecordDefinition(
    "negative binomial",
    "A Poisson number whose rate varies by itself; its variance is mean + (spread x mean)^2, so that spread^2 is the "
      + "dispersion of NB2 regressions and 1 / spread^2 the size.",
    [
      Field("mean", .number(.between(0, 1e8), unit: "customers per period"), "The mean number."),
      Field(
        "spread", .number(.between(0.001, 3), percent: true),
        "The standard deviation of a period's rate as a share of its mean."),
    ])

  static let bass = RecordDefinition(
    "bass",
    "Bass's model of a new product (1969): everybody who will adopt it comes once, some on their own, more because "
      + "others have. In period t come market x (F(t) - F(t - 1)), where F(t) = (1 - e^-(p+q)t) / (1 + (q/p) e^-(p+q)t).",
    [
      Field("market", .number(.between(0, 1e12), unit: "customers"), "How many will come in the end."),
      Field(
        "innovation", .number(.between(1e-6, 1), percent: true),
        "The coefficient p: the chance, per period, of adopting on one's own."),
      Field(
        "imitation", .number(.between(0, 10), percent: true),
        "The coefficient q: what is added to that chance once everybody else has adopted."),
      Field(
        "counts",
        .choice([
          .init("poisson", "the number of a period varies around its mean as independent customers do"),
          .init("fixed", "the mean, rounded"),
        ]), "How the number varies.", .default("poisson")),
    ])

  static let shock = RecordDefinition(
    "shock", "A change in some periods. Where several hold at once their factors multiply.",
    [
      Field("period", .count(.between(1, 10_000)), "The first period in which it holds, counted from 1."),
      Field(
        "until", .count(.between(1, 10_000)), "The last period in which it holds.",
        .optional(otherwise: "the first period is also the last")),
      Field("change", .number(.between(-1, 100), percent: true), "The change: -30% is 30% less."),
    ])

  static let randomShocks = RecordDefinition(
    "random shocks",
    "A log-normal factor for each period, its mean exactly 1. What it is in one period may last into the next.",
    [
      Field(
        "spread", .number(Bounds(lower: .excluding(0), upper: .including(3)), percent: true),
        "The standard deviation of the factor."),
      Field(
        "persistence", .number(Bounds(lower: .including(0), upper: .including(0.999)), percent: true),
        "The correlation of the factor's logarithm with that of the period before.", .default("0%")),
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
