/// A piece of a page, HTML or SVG. Texts and values of attributes are escaped when it is written, wherever they come from;
/// elements and attributes are those listed below, none of which runs or loads anything.
package indirect enum Markup: Sendable {
  case text(String)
  case element(Tag, [(name: Attribute, value: String)], [Markup])
  case group([Markup])

  /// The elements that a page is made of.
  package enum Tag: String, Sendable {
    case html, head, meta, title, style, body, header, main, footer, section, figure, figcaption
    case h1, h2, h3, p, div, span, bdi, strong, code, ul, li, dl, dt, dd
    case table, caption, thead, tbody, tr, th, td
    case svg, desc, g, line, rect, path, polyline, polygon, text

    /// Elements that have no end tag in HTML.
    fileprivate var isVoid: Bool { self == .meta }
    /// Elements behind which a line may end without being seen.
    fileprivate var endsLine: Bool {
      switch self {
      case .span, .bdi, .strong, .code, .text, .th, .td, .title: false
      default: true
      }
    }
  }

  /// The attributes that elements have.
  package enum Attribute: String, Sendable {
    case `class`, lang, dir, role, title, scope, charset, name, content, tabindex
    case httpEquiv = "http-equiv"
    case ariaLabel = "aria-label"
    case ariaHidden = "aria-hidden"
    case x, y, x1, y1, x2, y2, width, height, points, d, viewBox, preserveAspectRatio
    case textAnchor = "text-anchor"
  }

  // MARK: Writing

  /// The markup as text: HTML that is well-formed XML too.
  package var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .text(let content): text += Self.escaped(content)
    case .group(let parts): for part in parts { part.write(to: &text) }
    case .element(let tag, let attributes, let children):
      text += "<\(tag.rawValue)"
      for (name, value) in attributes { text += " \(name.rawValue)=\"\(Self.escaped(value, inQuotes: true))\"" }
      if tag.isVoid {
        text += "/>"
      } else {
        text += ">"
        for child in children { child.write(to: &text) }
        text += "</\(tag.rawValue)>"
      }
      if tag.endsLine { text += "\n" }
    }
  }

  /// A text in which nothing is markup, and no character that neither HTML nor XML has.
  static func escaped(_ text: String, inQuotes: Bool = false) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"" where inQuotes: escaped += "&quot;"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// An element with what is in it.
package func element(
  _ tag: Markup.Tag, _ attributes: KeyValuePairs<Markup.Attribute, String> = [:],
  @MarkupBuilder _ content: () -> Markup = { .group([]) }
) -> Markup {
  .element(tag, attributes.map { ($0.key, $0.value) }, [content()])
}

/// A user's name for something, kept apart from the direction in which the text around it runs.
package func name(_ text: String) -> Markup { element(.bdi) { text } }

/// Puts markup together from statements: elements, texts, lists, with `if` and `for`.
@resultBuilder
package enum MarkupBuilder {
  package static func buildExpression(_ markup: Markup) -> Markup { markup }
  package static func buildExpression(_ text: String) -> Markup { .text(text) }
  package static func buildExpression(_ parts: [Markup]) -> Markup { .group(parts) }
  package static func buildExpression(_ markup: Markup?) -> Markup { markup ?? .group([]) }
  package static func buildBlock(_ parts: Markup...) -> Markup { .group(parts) }
  package static func buildOptional(_ markup: Markup?) -> Markup { markup ?? .group([]) }
  package static func buildEither(first markup: Markup) -> Markup { markup }
  package static func buildEither(second markup: Markup) -> Markup { markup }
  package static func buildArray(_ parts: [Markup]) -> Markup { .group(parts) }
}
