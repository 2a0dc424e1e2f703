import Foundation

/// A JSON value that prints the same bytes every time: object members keep their order.
indirect enum JSONText {
  case string(String)
  case number(Double)
  case bool(Bool)
  case array([JSONText])
  case object([(String, JSONText)])

  /// The value over several lines, indented by two spaces; short arrays of plain values stay on one line.
  func text(indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .string(let string): return Self.escaped(string)
    case .number(let number): return plain(number)
    case .bool(let bool): return bool ? "true" : "false"
    case .array(let items):
      let short = "[" + items.map { $0.text() }.joined(separator: ", ") + "]"
      if !short.contains("\n"), short.count <= 100 { return short }
      return "[\n" + items.map { inner + $0.text(indentation: inner) }.joined(separator: ",\n") + "\n\(indentation)]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = members.map { "\(inner)\(Self.escaped($0)): \($1.text(indentation: inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
    }
  }

  private static func escaped(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case ..<" ": result += String(format: "\\u%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
