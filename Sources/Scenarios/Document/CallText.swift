import Tables

/// A text such as `normal(24, 6)` or `log-normal(mean 20, sd 5)`, taken apart.
struct CallText {
  let name: String
  let arguments: [Argument]

  /// One argument, with the number of characters of the text that stand before it.
  struct Argument {
    /// What stands before the value, as `mean` in `mean 20`; nil for a value alone.
    let name: String?
    let nameOffset: Int
    let value: String
    let valueOffset: Int
  }

  /// Why a text is no call, with the number of characters before the mistake.
  struct Mistake: Error {
    let message: String
    let offset: Int
  }

  /// Whether a text looks like a call at all: letters with an opening parenthesis behind, not too long.
  static func isCall(_ text: String) -> Bool {
    guard text.utf8.count <= 1000, let parenthesis = text.firstIndex(of: "("), let first = text.first else {
      return false
    }
    return first.isLetter && text[..<parenthesis].allSatisfy { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
  }

  /// Takes `text` apart; parentheses inside of arguments belong to calls inside the call.
  init(_ text: String) throws(Mistake) {
    let letters = Array(text.unicodeScalars)
    let open = letters.firstIndex(of: "(") ?? letters.endIndex
    name = Self.trimmed(letters[..<open]).text

    var depth = 0
    var begin = open + 1
    var arguments: [Argument] = []
    for (position, letter) in letters.enumerated().dropFirst(open) {
      switch letter {
      case "(":
        depth += 1
      case ")":
        depth -= 1
      default:
        break
      }
      if depth == 1 && letter == "," || depth == 0 {
        let piece = letters[begin..<position]
        if Self.trimmed(piece).text.isEmpty {
          // "normal()" has no argument, "normal(1,)" an empty one.
          guard letter == ")" && arguments.isEmpty else {
            throw Mistake(message: "an argument is missing here", offset: position)
          }
        } else {
          arguments.append(try Self.argument(piece))
        }
        begin = position + 1
      }
      if depth == 0 {
        let rest = Self.trimmed(letters[(position + 1)...])
        guard rest.text.isEmpty else {
          let message = "nothing may follow the closing parenthesis; found \(quoted(rest.text))"
          throw Mistake(message: message, offset: rest.offset)
        }
        self.arguments = arguments
        return
      }
    }
    throw Mistake(message: "the parenthesis is never closed", offset: min(open, max(0, letters.count - 1)))
  }

  /// Splits `mean 20` at its last space outside of parentheses.
  private static func argument(_ piece: ArraySlice<Unicode.Scalar>) throws(Mistake) -> Argument {
    let (text, offset) = trimmed(piece)
    let letters = Array(text.unicodeScalars)
    var depth = 0
    let space = letters.lastIndex { letter in
      depth += letter == ")" ? 1 : letter == "(" ? -1 : 0
      return depth == 0 && letter == " "
    }
    let isNamed = letters[0].properties.isAlphabetic
    if isNamed, let sign = letters.prefix(while: { $0 != "(" }).firstIndex(where: { $0 == "=" || $0 == ":" }) {
      let message = "put a space between the name and the value, as in \"mean 20\""
      throw Mistake(message: message, offset: offset + sign)
    }
    guard let space, isNamed else {
      return Argument(name: nil, nameOffset: offset, value: text, valueOffset: offset)
    }
    return Argument(
      name: trimmed(letters[..<space]).text, nameOffset: offset,
      value: trimmed(letters[(space + 1)...]).text, valueOffset: offset + space + 1)
  }

  private static func trimmed(_ piece: ArraySlice<Unicode.Scalar>) -> (text: String, offset: Int) {
    let front = piece.drop { $0.properties.isWhitespace }
    var text = String.UnicodeScalarView(front)
    while let last = text.last, last.properties.isWhitespace { text.removeLast() }
    return (String(text), front.startIndex)
  }
}
