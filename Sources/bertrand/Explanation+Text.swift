/// Explanations on a terminal of 80 columns.
extension Explanation {
  /// All that is said, line by line.
  var text: String {
    var lines: [String] = []
    if aspects.isEmpty {
      lines.append(Text.wrapped("\(name): \(meaning)", indent: 0))
    } else {
      lines += ["\(name) (\(meaning))", ""]
      for aspect in aspects { lines += [aspect.title, Text.wrapped(aspect.text, indent: 2), ""] }
      lines.append(entriesTitle)
    }
    for entry in entries {
      lines.append(Text.wrapped("\(entry.term): \(entry.words)", indent: 2))
      lines += entry.details.map { Text.wrapped($0, indent: 6) }
    }
    return lines.joined(separator: "\n")
  }
}

extension ExplanationGroup {
  /// The introduction, then each member.
  var text: String {
    ([Text.wrapped("\(name): \(introduction)", indent: 0)] + members.map(\.text)).joined(separator: "\n\n")
  }
}

/// Text for a terminal.
enum Text {
  /// The text in lines of at most 80 columns.
  static func wrapped(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > 80 {
        lines.append(margin + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(margin + line) }
    return lines.joined(separator: "\n")
  }
}
