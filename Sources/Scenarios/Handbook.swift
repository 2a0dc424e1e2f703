/// The fields of a scenario file in words, from the same definitions that read it.
public enum Handbook {
  /// The names of the parts, the whole file first.
  public static var parts: [String] { all.map(\.name) }

  private static let all = [
    Part.scenario, Part.periods, Part.customers, Part.arrivals, Part.negativeBinomial, Part.bass, Part.season,
    Part.shock, Part.randomShocks, Part.segment, Part.usage, Part.logit, Part.referencePrice, Part.fairness, Part.patience,
    Part.linear, Part.constantElasticity, Part.seller, Part.product, Part.volumeCosts,
    Part.volumeStep, Part.experience, Part.capacity, Part.serviceItem, Part.stepCost, Part.merger, Part.study,
  ]

  /// One part with its fields: each with what is allowed, what holds if it is left out, and what it means; nil if there
  /// is no such part.
  public static func text(of part: String) -> String? {
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

  /// What may stand in a field; parts and strategies are named, not spelled out.
  private static func summary(_ shape: Shape) -> String {
    switch shape {
    case .record(let definition): "see " + definition.name
    case .variant: "a strategy with its parameters (see `bertrand strategies`)"
    case .list(let item, _): "a list; each item: " + summary(item)
    case .table(let keys, let values): "the name of \(keys) with a value; each value: " + summary(values)
    case .either(let shapes): shapes.map(summary).joined(separator: ", or ")
    default: shape.words
    }
  }
}
