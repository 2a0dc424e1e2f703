import Tables

/// A name as it stands in a header, in the forms by which it is recognised.
struct ColumnName {
  /// What a header says about the numbers below it, in parentheses or brackets: `price (EUR)`, `share [%]`, `share %`.
  enum Unit {
    case percent
    case currency(CurrencyMark)
  }

  /// The text without white space around it.
  let text: String
  /// The text with upper and lower case, underscores, line breaks and repeated spaces made alike.
  let folded: String
  /// The folded text without its unit, if it has one.
  let bare: String?
  let unit: Unit?

  init(_ cell: String) {
    text = cell.trimmed
    folded = Self.folded(text)
    let (name, unit) = Self.split(text)
    bare = unit == nil ? nil : Self.folded(name)
    self.unit = unit
  }

  /// The form in which names are compared. Composed and decomposed accents are the same to Swift's strings.
  static func folded(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{FEFF}", "\u{200B}", "\u{AD}", "\u{200E}", "\u{200F}", "\u{2060}": break
      case _ where scalar == "_" || scalar.properties.isWhitespace:
        if scalars.last.map({ $0 != " " }) ?? false { scalars.append(" ") }
      default: scalars.append(scalar)
      }
    }
    if scalars.last == " " { scalars.removeLast() }
    return String(scalars).lowercased()
  }

  /// Which of the names a text means: the same text, or else the only one that folds alike.
  static func index(of text: String, in names: [String]) -> Int? {
    if let index = names.firstIndex(of: text.trimmed) { return index }
    let folded = folded(text)
    let alike = names.indices.filter { Self.folded(names[$0]) == folded }
    return alike.count == 1 ? alike[0] : nil
  }

  private static func split(_ text: String) -> (name: String, unit: Unit?) {
    let pairs: [Character: Character] = [")": "(", "]": "["]
    var name = text
    var unit = ""
    if let last = text.last, let opening = pairs[last], let start = text.lastIndex(of: opening) {
      unit = String(text[text.index(after: start)...].dropLast()).trimmed
      name = String(text[..<start])
    } else if text.hasSuffix("%") {
      unit = "%"
      name = String(text.dropLast())
    }
    guard !name.trimmed.isEmpty else { return (text, nil) }
    // Other units may change the numbers ("in thousands", "cents"), so that they are part of the name.
    if unit == "%" { return (name, .percent) }
    return (name, CurrencyMark(unit).map { .currency($0) })
  }
}

/// A column that a reader looks for.
struct WantedColumn {
  let name: String
  /// What it is for messages: `the product "basic"`, `the column "price"`.
  let words: String
  let isRequired: Bool
  /// Other names that it may have.
  let aliases: [String]

  init(_ name: String, what: String? = nil, isRequired: Bool = true, aliases: [String] = []) {
    self.name = name
    words = (what.map { "the \($0) " } ?? "") + quoted(name)
    self.isRequired = isRequired
    self.aliases = aliases
  }
}

/// Which columns of a header are the wanted ones.
///
/// The same text comes first, then what differs by case, spaces or underscores only, then what differs by a unit behind
/// it. A header column is taken once.
struct ColumnMatch {
  /// For each wanted column the columns that can be it: none, one, or too many.
  private(set) var columns: [[Int]]

  init(_ wanted: [WantedColumn], in header: [ColumnName]) {
    columns = [[Int]](repeating: [], count: wanted.count)
    var taken: Set<Int> = []
    // How a header's name and a wanted name are made alike, strictest first.
    let forms: [(ofHeader: (ColumnName) -> String?, ofWanted: (String) -> String)] = [
      ({ $0.text }, { $0 }), ({ $0.folded }, ColumnName.folded), ({ $0.bare }, ColumnName.folded),
    ]
    for alias in 0...(wanted.map(\.aliases.count).max() ?? 0) {
      for form in forms {
        var byName: [String: [Int]] = [:]
        for (column, name) in header.enumerated() where !taken.contains(column) && !name.text.isEmpty {
          if let text = form.ofHeader(name) { byName[text, default: []].append(column) }
        }
        var seekers: [String: [Int]] = [:]
        for (index, column) in wanted.enumerated() where columns[index].isEmpty && alias <= column.aliases.count {
          seekers[form.ofWanted(alias == 0 ? column.name : column.aliases[alias - 1]), default: []].append(index)
        }
        for (text, indices) in seekers {
          // Two wanted columns that this form cannot tell apart are both left unfound.
          guard indices.count == 1, let found = byName[text] else { continue }
          columns[indices[0]] = found
          taken.formUnion(found)
        }
      }
    }
    // "basic" beside "Basic": which one is meant is not for the program to say.
    for (index, found) in columns.enumerated() where found.count == 1 {
      let twins = header.indices.filter { !taken.contains($0) && header[$0].folded == header[found[0]].folded }
      columns[index] += twins
    }
  }

  /// The column of each wanted one, nil where there is none or it is not clear which.
  var found: [Int?] { columns.map { $0.count == 1 ? $0[0] : nil } }

  /// Whether every required column is there, once or more.
  func isComplete(_ wanted: [WantedColumn]) -> Bool {
    zip(wanted, columns).allSatisfy { !$0.isRequired || !$1.isEmpty }
  }

  var foundCount: Int { columns.count { !$0.isEmpty } }
}
