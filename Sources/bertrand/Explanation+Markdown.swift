import Foundation

/// Explanations as sections of an article in Markdown, as DocC reads it.
extension Explanation {
  /// A section with the name as its heading.
  var markdown: String {
    var blocks = ["## \(name)"]
    if aspects.isEmpty { blocks.append(Markdown.escaped(meaning)) }
    for aspect in aspects {
      blocks.append(
        "**\(aspect.title).** " + (aspect.isFormula ? Markdown.code(aspect.text) : Markdown.escaped(aspect.text)))
    }
    if !entries.isEmpty { blocks.append("**\(entriesTitle).**") }
    let items = entries.map { entry in
      (["- \(Markdown.code(entry.term)): \(Markdown.escaped(entry.words))"]
        + entry.details.map { "  - " + Markdown.escaped($0) })
        .joined(separator: "\n")
    }
    if !items.isEmpty { blocks.append(items.joined(separator: "\n")) }
    return blocks.joined(separator: "\n\n")
  }
}

extension ExplanationGroup {
  /// An article: the title, the introduction, a section for each member.
  var markdown: String {
    (["# \(title)", Markdown.escaped(introduction), "What `bertrand explain \(name)` prints."] + members.map(\.markdown))
      .joined(separator: "\n\n")
  }
}

/// Plain text in Markdown.
enum Markdown {
  /// Text that shows as it is, but for what stands in backticks, which shows as code.
  static func escaped(_ text: String) -> String {
    text.components(separatedBy: "`").enumerated().map { index, piece in
      guard index.isMultiple(of: 2) else { return "`\(piece)`" }
      return piece.reduce(into: "") { result, character in
        if "\\*_<>[]@#|~".contains(character) { result.append("\\") }
        result.append(character)
      }
    }.joined()
  }

  /// Text as code, letter by letter; backticks in it are left out, since there all is code.
  static func code(_ text: String) -> String { "`" + text.replacingOccurrences(of: "`", with: "") + "`" }
}
