extension Part {
  /// The word that asks for a logit to be calibrated; see `CalibrationReader`.
  static let calibrate = Shape.Option("calibrate", "to be found by `bertrand calibrate` from what is observed")

  static let observed = RecordDefinition(
    "observed", "What is known of a product on the market as it is: the food of `bertrand calibrate`.",
    [
      Field(
        "price", .number(Bounds(lower: .excluding(0), upper: .including(1e12)), unit: "money"),
        "The price that is paid."),
      Field(
        "share", .number(openShare, percent: true),
        "Its share of quantity: of all customers, or of all units where everybody buys."),
      Field(
        "margin", .number(openShare, percent: true),
        "(price - unit cost) / price; at least one product needs one.", .optional(otherwise: "not known")),
    ])

  private static let openShare = Bounds(lower: .excluding(0), upper: .excluding(1))
}
