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

  /// A part of the file in words: what it is, and what may stand in it.
  public struct Chapter: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// What it is.
    public let meaning: String
    /// What may stand in it, in order.
    public let entries: [Entry]
  }

  /// A field of a part, or a form that a value may take.
  public struct Entry: Sendable, Hashable {
    /// The field's name, or how the form is written.
    public let term: String
    /// What is allowed, and what holds if it is left out.
    public let words: String
    /// What it means; of a form, its parameters one by one.
    public let details: [String]
  }

  /// One part with its fields; nil if there is no such part.
  public static func chapter(_ part: String) -> Chapter? {
    if part == valuation { return valuations }
    guard let definition = all.first(where: { $0.name == part }) else { return nil }
    let entries = definition.fields.map { field in
      let presence =
        switch field.presence {
        case .required: "has to be given"
        case .optional(let otherwise): "if left out: " + otherwise
        case .default(let text): text == "{}" ? "may be left out" : "if left out: " + text
        }
      return Entry(term: field.name, words: "\(summary(field.shape)); \(presence)", details: [field.meaning])
    }
    return Chapter(name: definition.name, meaning: definition.meaning, entries: entries)
  }

  /// The distributions of valuations with their parameters, mixtures, and tables of demand.
  private static var valuations: Chapter {
    var entries = Part.distributions.map { distribution in
      Entry(
        term: distribution.signature, words: distribution.meaning,
        details: distribution.fields.map { "\($0.name): \(summary($0.shape)). \($0.meaning)" })
    }
    for kind in [Part.mixture, Part.demandTable] {
      let details = kind.fields.map { "\(summary($0.shape)). \($0.meaning)" }
      entries.append(Entry(term: kind.name, words: kind.meaning, details: details))
    }
    for field in Part.component.fields {
      entries.append(
        Entry(term: "\(field.name) (of a component)", words: summary(field.shape), details: [field.meaning]))
    }
    return Chapter(
      name: valuation, meaning: "What customers would pay for a product: a number, or one of the following.",
      entries: entries)
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
