/// A place in a text, counted from 1; columns count characters.
package struct Place: Hashable, Comparable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Where a file begins.
  package static let start = Place(line: 1, column: 1)

  package static func < (one: Place, other: Place) -> Bool {
    (one.line, one.column) < (other.line, other.column)
  }
}

/// The way from the top of a document to one of its fields, such as `customers.segments[1].values.basic`.
package struct Path: Hashable, Sendable {
  /// The path as problems print it; empty for the whole document.
  package let text: String

  /// The whole document.
  package static let root = Path(text: "")

  /// The path of a field of the record or table at this path.
  package func field(_ name: String) -> Path {
    Path(text: text.isEmpty ? printable(name) : text + "." + printable(name))
  }

  /// The path of an item of the list at this path; the first item is 0.
  package func item(_ index: Int) -> Path {
    Path(text: text + "[\(index)]")
  }
}

/// A part of a document as it is written, with its place: texts are not yet read as numbers or names.
package struct DocumentNode: Sendable {
  package let place: Place
  package let content: Content

  package init(place: Place, content: Content) {
    self.place = place
    self.content = content
  }

  /// The four forms that a part of a document can have.
  package enum Content: Sendable {
    /// Nothing, `~` or `null`.
    case empty
    case scalar(Scalar)
    case list([DocumentNode])
    case map([Entry])
  }

  /// A single text.
  package struct Scalar: Sendable {
    package let text: String
    /// Whether it stands in quotes or is a block text (`|` or `>`), so that it cannot be a number.
    package let isQuoted: Bool
    /// Whether places inside the text can be told from the place where it begins.
    package let isOneLine: Bool

    package init(_ text: String, isQuoted: Bool = false, isOneLine: Bool = true) {
      self.text = text
      self.isQuoted = isQuoted
      self.isOneLine = isOneLine
    }
  }

  /// A name with its value.
  package struct Entry: Sendable {
    package let key: String
    package let keyPlace: Place
    package let value: DocumentNode

    package init(key: String, keyPlace: Place, value: DocumentNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }
}

extension DocumentNode {
  /// Whether nothing is written here.
  package var isEmpty: Bool {
    if case .empty = content { true } else { false }
  }

  /// What stands here, in words that follow "found".
  var found: String {
    switch content {
    case .empty: return "nothing"
    case .list: return "a list"
    case .map: return "a map (name: value)"
    case .scalar(let scalar):
      let isNumber = !scalar.isQuoted && NumberText.number(scalar.text, allowsPercent: true) != nil
      return isNumber ? printable(scalar.text) : quoted(scalar.text) + (scalar.isQuoted ? " in quotes" : "")
    }
  }

  /// Every text that stands below this node, in the order of the file, with the way to it.
  func values(at path: Path = .root) -> [(field: String, value: String)] {
    switch content {
    case .empty: []
    case .scalar(let scalar): [(path.text, scalar.text)]
    case .list(let items): items.enumerated().flatMap { $1.values(at: path.item($0)) }
    case .map(let entries): entries.flatMap { $0.value.values(at: path.field($0.key)) }
    }
  }

  /// The same with all places at `place`, for a text that stands in no file.
  func moved(to place: Place) -> DocumentNode {
    let moved: Content =
      switch content {
      case .empty, .scalar: content
      case .list(let items): .list(items.map { $0.moved(to: place) })
      case .map(let entries):
        .map(entries.map { Entry(key: $0.key, keyPlace: place, value: $0.value.moved(to: place)) })
      }
    return DocumentNode(place: place, content: moved)
  }

  /// The place behind some characters of the text that stands here, as well as it is known.
  func place(after offset: Int) -> Place {
    guard case .scalar(let scalar) = content, scalar.isOneLine else { return place }
    return Place(line: place.line, column: place.column + offset + (scalar.isQuoted ? 1 : 0))
  }
}
