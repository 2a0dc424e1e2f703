/// A mistake in the YAML itself, in words that help somebody who has never heard of a scanner or a token.
struct YAMLMistake {
  let place: Place
  let message: String

  /// Explains what libyaml reports.
  /// - Parameters:
  ///   - problem: libyaml's own words.
  ///   - place: where it gave up.
  ///   - start: where the quote, list or map began that it was reading.
  ///   - character: the character at `place`, nil at the end of the text.
  init(problem: String, at place: Place, since start: Place? = nil, character: Unicode.Scalar? = nil) {
    let begin = start ?? place
    let opening = "opens on line \(begin.line), column \(begin.column)"
    switch problem {
    case "found character that cannot start any token" where character == "\t":
      self.init(place, "a tab cannot indent; use spaces")
    case "found character that cannot start any token":
      let sign = character.map { printable(String($0)) } ?? "this"
      self.init(place, "a value cannot begin with \(sign); put it in quotes")
    case "mapping values are not allowed in this context":
      self.init(place, "a colon is not allowed here; put a text with \": \" in quotes, or check the indentation")
    case "could not find expected ':'":
      self.init(begin, "a name needs a colon and a value: write \"name: value\"")
    case "did not find expected key":
      self.init(place, "expected a name in column \(begin.column), as on line \(begin.line); \(Self.look)")
    case "did not find expected '-' indicator":
      self.init(place, "expected \"- \" in column \(begin.column), as on line \(begin.line); \(Self.look)")
    case "did not find expected ',' or ']'" where character == nil,
      "did not find expected ',' or '}'" where character == nil:
      self.init(begin, "the bracket that opens here is never closed")
    case "did not find expected ',' or ']'":
      self.init(place, "a comma or ] is missing; the list \(opening)")
    case "did not find expected ',' or '}'":
      self.init(place, "a comma or } is missing; the { \(opening)")
    case "found unexpected end of stream", "found unexpected document indicator":
      self.init(begin, "the quote that opens here is never closed")
    case "did not find expected node content":
      self.init(place, "a value is missing here")
    case "found unknown escape character":
      self.init(place, "unknown escape after \\; write \\\\ for a backslash, or use single quotes")
    case "block sequence entries are not allowed in this context":
      self.init(place, "a list item is not allowed here; start it on a line of its own")
    case "control characters are not allowed":
      let code = character.map { $0.escaped(asASCII: true) } ?? ""
      self.init(place, "the control character \(code) is not allowed")
    case "did not find expected <document start>":
      self.init(place, "a second document begins here; a scenario file has one")
    case let limit where limit.hasPrefix("Maximum nesting level"):
      self.init(place, "the lists and maps are nested too deeply")
    case "found undefined tag handle":
      self.init(place, "tags such as !name are not used in scenarios; remove it")
    default:
      self.init(place, problem)
    }
  }

  private init(_ place: Place, _ explanation: String) {
    self.place = place
    message = "not valid YAML: " + explanation
  }

  private static let look = "check the indentation, and the quotes and brackets before"
}
