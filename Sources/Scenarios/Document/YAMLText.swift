/// Writes the tree of a document as YAML that reads back to the same tree.
///
/// Comments are not part of a tree; they are lost. Verified on every scenario that comes with the program and on random
/// trees of hostile texts (`YAMLTextTests`).
package enum YAMLText {
  /// The widest line that a short map or list is written on.
  private static let width = 100

  /// The text, with a line break at its end.
  package static func text(_ node: DocumentNode) -> String {
    (fitting(node, 0) ?? block(node, indentation: "")) + "\n"
  }

  /// The lines of a list or map that does not fit one line; the first is not indented.
  private static func block(_ node: DocumentNode, indentation: String) -> String {
    let inner = indentation + "  "
    switch node.content {
    case .list(let items):
      // A block inside an item begins beside its dash.
      return items.map { "- " + (fitting($0, inner.count) ?? block($0, indentation: inner)) }
        .joined(separator: "\n" + indentation)
    case .map(let entries):
      return entries.map { entry in
        let name = key(entry.key) + ":"
        if let line = fitting(entry.value, indentation.count + name.count + 1) { return name + " " + line }
        return name + "\n" + inner + block(entry.value, indentation: inner)
      }.joined(separator: "\n" + indentation)
    case .empty, .scalar:
      return line(node) ?? "~"
    }
  }

  /// The node on the rest of a line, where it fits or is a single text.
  private static func fitting(_ node: DocumentNode, _ column: Int) -> String? {
    switch node.content {
    case .empty, .scalar: return line(node)
    case .list(let items) where items.isEmpty: return "[]"
    case .map(let entries) where entries.isEmpty: return "{}"
    case .list, .map:
      guard let line = line(node), column + line.count <= width else { return nil }
      return line
    }
  }

  /// The node on one line; nil for lists and maps of more than two levels, which are easier to read as a block.
  private static func line(_ node: DocumentNode, levels: Int = 2) -> String? {
    switch node.content {
    case .empty: return "~"
    case .scalar(let scalar): return text(scalar, isFlow: levels < 2)
    case .list(let items):
      guard levels > 0 else { return nil }
      let parts = items.compactMap { line($0, levels: levels - 1) }
      return parts.count == items.count ? "[" + parts.joined(separator: ", ") + "]" : nil
    case .map(let entries):
      guard levels > 0 else { return nil }
      let parts = entries.compactMap { entry in
        line(entry.value, levels: levels - 1).map { key(entry.key) + ": " + $0 }
      }
      guard parts.count == entries.count else { return nil }
      return parts.isEmpty ? "{}" : "{ " + parts.joined(separator: ", ") + " }"
    }
  }

  private static func text(_ scalar: DocumentNode.Scalar, isFlow: Bool) -> String {
    !scalar.isQuoted && isPlain(scalar.text, isFlow: isFlow) ? scalar.text : inQuotes(scalar.text)
  }

  /// A name of a map; YAML lets a plain one hold at most 1024 characters.
  private static func key(_ text: String) -> String {
    isPlain(text, isFlow: true) && text.count < 100 ? text : inQuotes(text)
  }

  /// Whether a text may stand without quotes: stricter than YAML, so that no rule of it is forgotten.
  private static func isPlain(_ text: String, isFlow: Bool) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last, last != " ", last != ":" else {
      return false
    }
    let isStart =
      first.properties.isAlphabetic || first.properties.numericType != nil || "-+.".unicodeScalars.contains(first)
    guard isStart, !["-", "---", "..."].contains(text), !text.hasPrefix("- "), !text.hasPrefix("---"),
      !text.hasPrefix("..."),
      !["~", "null", "Null", "NULL"].contains(text), !text.contains(": "), !text.contains(" #")
    else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      // A parenthesis may hold a comma that would end the value.
      if isFlow, ",[]{}:(".unicodeScalars.contains(scalar) { return false }
      return scalar == " " || isVisible(scalar) && !scalar.properties.isWhitespace
    }
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }

  private static func inQuotes(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case " ": result += " "
      default:
        if isVisible(scalar), !scalar.properties.isWhitespace {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          let length = digits.count <= 2 ? 2 : digits.count <= 4 ? 4 : 8
          result +=
            (length == 2 ? "\\x" : length == 4 ? "\\u" : "\\U")
            + String(repeating: "0", count: length - digits.count) + digits
        }
      }
    }
    return result + "\""
  }
}
