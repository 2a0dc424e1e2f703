/// Text as a workbook can hold it.
public enum WorkbookText {
  /// As many UTF-16 units as Excel takes in a cell.
  public static let longest = 32_767
  /// What stands at the end of a text that was too long.
  public static let cut = " … (cut)"

  /// The text of a cell: characters that no workbook can hold become U+FFFD, and a text that is too long ends in ``cut``.
  public static func cell(_ text: String) -> String {
    let kept = withoutImpossible(text)
    guard kept.utf16.count > longest else { return escaped(kept) }
    var end = ""
    var count = 0
    for character in kept {
      count += character.utf16.count
      if count > longest - cut.utf16.count { break }
      end.append(character)
    }
    return escaped(end + cut)
  }

  /// A text of one line, as titles take it: control characters become spaces.
  public static func line(_ text: String) -> String {
    let scalars = withoutImpossible(text).unicodeScalars
    return String(String.UnicodeScalarView(scalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }

  /// A name that a sheet can have: at most 31 characters, none of `[]:*?/\`, no apostrophe at its ends, not empty, and
  /// unlike the names given, whatever their case.
  public static func sheetName(_ text: String, unlike names: [String]) -> String {
    var name = String(
      withoutImpossible(text).map { "[]:*?/\\".contains($0) || $0.isNewline || $0 == "\t" ? "-" : $0 })
    while name.first == "'" || name.first == " " { name.removeFirst() }
    name = shortened(name, to: 31)
    while name.last == "'" || name.last == " " { name.removeLast() }
    // Excel keeps this name for itself.
    if name.isEmpty || name.lowercased() == "history" { name = "Sheet" }
    let taken = Set(names.map { $0.lowercased() })
    var candidate = name
    var number = 1
    while taken.contains(candidate.lowercased()) {
      number += 1
      candidate = shortened(name, to: 31 - " (\(number))".count) + " (\(number))"
    }
    return candidate
  }

  /// The longest start of a text with at most so many UTF-16 units that cuts no character in two.
  static func shortened(_ text: String, to count: Int) -> String {
    var start = text
    while start.utf16.count > count { start.removeLast() }
    return start
  }

  /// XML has no way to write these; NUL would end a text in C.
  private static func withoutImpossible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isImpossible) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isImpossible($0) ? "\u{FFFD}" : $0 }))
  }

  private static func isImpossible(_ scalar: UnicodeScalar) -> Bool {
    scalar == "\0" || scalar == "\u{FFFE}" || scalar == "\u{FFFF}"
  }

  /// Excel reads `_x0041_` as the character of that number; an underscore written so keeps the text as it is.
  private static func escaped(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    return text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
  }
}
