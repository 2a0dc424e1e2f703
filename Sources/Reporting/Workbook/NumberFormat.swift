/// How a workbook writes numbers of a kind: as many decimals as the largest of them asks for.
enum NumberFormat {
  /// The format of numbers of a kind.
  ///
  /// - Parameters:
  ///   - largest: the largest absolute number in view.
  ///   - isChange: whether the numbers are changes, which have a sign.
  static func of(_ kind: ResultColumn.Kind, largest: Double, isChange: Bool = false) -> String {
    let plain: String
    switch kind {
    case .text: return ""
    case .money, .price: plain = grouped(largest >= 1000 ? 0 : largest >= 10 ? 2 : 4)
    case .amount: plain = grouped(largest >= 100 ? 0 : largest >= 10 ? 1 : 3)
    case .share, .probability: plain = "0.0%"
    case .whole: plain = "#,##0"
    case .number: return "General"
    }
    // Numbers too long to be read digit by digit.
    guard largest < 1e12 else { return "0.00E+00" }
    return isChange ? "+\(plain);[Red]-\(plain);\(plain)" : "\(plain);[Red]-\(plain)"
  }

  private static func grouped(_ decimals: Int) -> String {
    decimals == 0 ? "#,##0" : "#,##0." + String(repeating: "0", count: decimals)
  }

  /// How many characters the number takes in that format.
  static func width(_ kind: ResultColumn.Kind, largest: Double) -> Int {
    guard largest < 1e12 else { return 10 }
    var digits = 1
    var rest = kind == .share || kind == .probability ? largest * 100 : largest
    while rest >= 10 {
      digits += 1
      rest /= 10
    }
    let decimals =
      switch kind {
      case .money, .price: largest >= 1000 ? 0 : largest >= 10 ? 3 : 5
      case .amount: largest >= 100 ? 0 : largest >= 10 ? 2 : 4
      case .share, .probability: 3
      case .whole, .text: 0
      case .number: 6
      }
    return digits + (digits - 1) / 3 + decimals + 1
  }
}

/// The width of text on a screen, in characters of the Latin alphabet.
func displayWidth(_ text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { width, scalar in
    if scalar.properties.canonicalCombiningClass != .notReordered { return width }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return width + 2
    default: return width + 1
    }
  }
}

/// How many lines a text takes where a line has so many characters.
func lineCount(_ text: String, width: Int) -> Int {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .reduce(0) { $0 + max(1, (displayWidth($1) + width - 1) / width) }
}
