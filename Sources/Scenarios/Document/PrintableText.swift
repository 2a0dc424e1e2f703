/// `text` made safe for a terminal and for one line: control and invisible characters become escapes, and what is
/// longer than 60 characters is cut.
func printable(_ text: String) -> String {
  var result = ""
  var length = 0
  for scalar in text.unicodeScalars {
    if length == 60 { return result + "..." }
    length += 1
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
      result += scalar.escaped(asASCII: true)
    default:
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// `text` in quotes, as messages cite names.
func quoted(_ text: String) -> String {
  "\"\(printable(text))\""
}

/// The items as in "a, b or c".
func listed(_ items: [String], _ word: String = "or") -> String {
  guard let last = items.last, items.count > 1 else { return items.joined() }
  return items.dropLast().joined(separator: ", ") + " \(word) " + last
}

/// A number in its shortest form, without a fraction where it is whole.
func plain(_ number: Double) -> String {
  Int(exactly: number).map(String.init) ?? number.description
}
