/// What the products of a market are like: the level of each attribute for each product.
///
/// An attribute in numbers is one row of levels. An attribute in words is *dummy-coded*: a row of 0 and 1 for each of its
/// levels, called `brand: Acme`.
package struct ProductAttributes: Hashable, Sendable {
  /// A level of an attribute in words.
  package struct Level: Hashable, Sendable {
    package let attribute: String
    package let name: String
  }

  /// The names of the attributes and levels.
  package private(set) var names: [String] = []
  /// The levels, by attribute and then by product in the order of the assortment.
  package private(set) var values: [[Double]] = []
  /// The level that stands in each row of `values`; nil for an attribute in numbers.
  package private(set) var levels: [Level?] = []

  /// No attributes.
  package init() {}

  /// Adds an attribute in numbers.
  mutating func add(_ name: String, numbers: [Double]) {
    names.append(name)
    values.append(numbers)
    levels.append(nil)
  }

  /// Adds an attribute in words, with its levels in the order in which they first appear.
  mutating func add(_ name: String, words: [String]) {
    var seen: [String] = []
    for word in words where !seen.contains(where: { ColumnName.folded($0) == ColumnName.folded(word) }) {
      seen.append(word)
    }
    for level in seen {
      names.append("\(name): \(level)")
      values.append(words.map { ColumnName.folded($0) == ColumnName.folded(level) ? 1 : 0 })
      levels.append(Level(attribute: name, name: level))
    }
  }

  /// Why an attribute cannot be called so, or nil if it can: files of part-worths have other columns of these names.
  static func objection(to name: String, products: [String]) -> String? {
    let folded = ColumnName.folded(name)
    switch folded {
    case "price": return "an attribute cannot be called price: prices are what strategies set"
    case "weight", "none", "product":
      return "an attribute cannot be called \(folded), which has another meaning in files of data; "
        + "rename it, for example to \(folded == "weight" ? "weight in kg" : folded + " of the maker")"
    default:
      guard products.contains(where: { ColumnName.folded($0) == folded }) else { return nil }
      return "\(quoted(name)) is a product; an attribute needs a name of its own"
    }
  }
}
