/// The fields of a scenario file in words, from the same definitions that read it.
public enum Handbook {
  /// The names of the parts, the whole file first.
  public static var parts: [String] { all.map(\.name) + [valuation] }

  /// The part that is no record: how a product is valued.
  private static let valuation = "valuation"

  private static let all = [
    Part.scenario, Part.periods, Part.customers, Part.arrivals, Part.negativeBinomial, Part.bass, Part.season,
    Part.shock, Part.randomShocks, Part.segment, Part.usage, Part.logit, Part.nest, Part.referencePrice, Part.fairness,
    Part.patience, Part.linear, Part.constantElasticity, Part.seller, Part.product, Part.observed, Part.volumeCosts,
    Part.volumeStep, Part.experience, Part.capacity, Part.serviceItem, Part.stepCost, Part.terms, Part.rebate,
    Part.rules, Part.ending, Part.merger, Part.study,
  ]

  /// What people look for that is told under the name of a part. Every target exists (`SynonymTests`).
  public static let synonyms = [
    "waterfall": "terms", "price waterfall": "terms", "pocket price": "terms", "discounts": "terms", "rebates": "terms",
    "groups": "customers", "cards": "customers", "price endings": "ending", "charm prices": "ending",
    "guardrails": "rules",
    "stock": "capacity", "inventory": "capacity", "learning": "experience", "distribution": "valuation",
  ]

  /// One part with its fields: each with what is allowed, what holds if it is left out, and what it means; nil if there
  /// is no such part.
  public static func text(of part: String) -> String? {
    if part == valuation { return valuations }
    guard let definition = all.first(where: { $0.name == part }) else { return nil }
    var lines = ["\(definition.name): \(definition.meaning)"]
    for field in definition.fields {
      let presence =
        switch field.presence {
        case .required: "has to be given"
        case .optional(let otherwise): "if left out: " + otherwise
        case .default(let text): text == "{}" ? "may be left out" : "if left out: " + text
        }
      lines.append("  \(field.name): \(summary(field.shape)); \(presence)")
      lines.append("      \(field.meaning)")
    }
    return lines.joined(separator: "\n")
  }

  /// The distributions of valuations with their parameters, mixtures, and tables of demand.
  private static var valuations: String {
    var lines = ["\(valuation): What customers would pay for a product: a number, or one of the following."]
    for distribution in Part.distributions {
      lines.append("  \(distribution.signature): \(distribution.meaning)")
      for field in distribution.fields {
        lines.append("      \(field.name): \(summary(field.shape)). \(field.meaning)")
      }
    }
    for kind in [Part.mixture, Part.demandTable] {
      lines.append("  \(kind.name): \(kind.meaning)")
      for field in kind.fields { lines.append("      \(summary(field.shape)). \(field.meaning)") }
    }
    for field in Part.component.fields {
      lines.append("  \(field.name) (of a component): \(summary(field.shape))")
      lines.append("      \(field.meaning)")
    }
    return lines.joined(separator: "\n")
  }

  /// What may stand in a field; parts and strategies are named, not spelled out.
  private static func summary(_ shape: Shape) -> String {
    switch shape {
    case .record(let definition):
      parts.contains(definition.name) ? "see " + definition.name : shape.words
    case .call(let calls) where calls.count == Part.distributions.count: "a distribution, see " + valuation
    case .variant(let records) where records.first?.name == Part.mixture.name:
      "a " + listed(records.map(\.name)) + ", see " + valuation
    case .variant: "a strategy with its parameters (see `bertrand strategies`)"
    case .list(let item, _): "a list; each item: " + summary(item)
    case .table(let keys, let values): "the name of \(keys) with a value; each value: " + summary(values)
    case .number(Part.anyMoney, let unit?, _): "a number, in \(unit)"
    case .either(let shapes): shapes.map(summary).joined(separator: ", or ")
    default: shape.words
    }
  }
}
