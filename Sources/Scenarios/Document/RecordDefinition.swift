/// A field of a record, or an argument of a call.
package struct Field: Sendable {
  /// Whether a field must be written, and what its absence means.
  package enum Presence: Hashable, Sendable {
    case required
    /// The field may be left out, which means what the words say, as in "no limit".
    case optional(otherwise: String)
    /// The field may be left out, and then reads as if this text, in YAML, were written.
    case `default`(String)
  }

  /// The name as it is written in the file; spaces are allowed.
  package let name: String
  package let shape: Shape
  package let presence: Presence
  /// One sentence for the handbook and for editors.
  package let meaning: String

  package init(_ name: String, _ shape: Shape, _ meaning: String, _ presence: Presence = .required) {
    self.name = name
    self.shape = shape
    self.meaning = meaning
    self.presence = presence
  }

  package var isRequired: Bool { presence == .required }
}

/// The fields that a part of a scenario has.
package struct RecordDefinition: Sendable {
  /// What the record is called, and the name by which a call or variant is chosen.
  package let name: String
  /// One sentence for the handbook and for editors.
  package let meaning: String
  package let fields: [Field]
  /// Whether, as a variant, it is written as the value of its first field, a table: `fixed-price: { basic: 24.90 }`.
  /// Other fields are records, and stand among the entries of the table.
  package let isInline: Bool
  /// Whether the schema refers to it instead of writing it out.
  package let isShared: Bool
  /// What others call it; messages lead from there to its name.
  package let synonyms: [String]

  package init(
    _ name: String, _ meaning: String, _ fields: [Field], isInline: Bool = false, isShared: Bool = false,
    synonyms: [String] = []
  ) {
    self.synonyms = synonyms
    self.isShared = isShared
    self.name = name
    self.meaning = meaning
    self.fields = fields
    self.isInline = isInline && !fields.isEmpty
  }

  /// The definition of a field, or nil if there is none of that name.
  package func field(_ name: String) -> Field? {
    fields.first { $0.name == name }
  }

  /// The record as a call: `normal(mean, sd)`.
  package var signature: String {
    "\(name)(\(fields.map(\.name).joined(separator: ", ")))"
  }
}
