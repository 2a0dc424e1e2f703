import Foundation

/// Reads numbers from their text by one strict rule, where YAML would read `010` as 8 and `1:30` as 90.
///
/// A number has an optional sign, decimal digits with at most one point, an optional exponent, and nothing else;
/// where percentages make sense it may end in `%`. It has at most 100 characters.
enum NumberText {
  /// The number, or nil if the text is none or does not fit a double.
  static func number(_ text: String, allowsPercent: Bool) -> Double? {
    let isPercent = allowsPercent && text.hasSuffix("%")
    let digits = isPercent ? String(text.dropLast()) : text
    guard text.utf8.count <= 100, isDecimal(digits) else { return nil }
    guard let value = Double(digits), value.isFinite, !isLost(digits, as: value) else { return nil }
    // 35.1% is the double nearest to 0.351, which 35.1 / 100 is not.
    return isPercent ? Double(digits + "e-2") ?? value / 100 : value
  }

  /// The whole number, or nil if the text is none: digits with an optional sign, no point, no exponent.
  static func count(_ text: String) -> Int? {
    guard isDecimal(text), !text.contains(where: { ".eE".contains($0) }) else { return nil }
    return Int(text)
  }

  /// True or false, or nil if the text is neither.
  static func flag(_ text: String) -> Bool? {
    switch text {
    case "true", "yes": true
    case "false", "no": false
    default: nil
    }
  }

  /// What is wrong with a text that looks like a number and is none, and what to write instead; nil if it does not
  /// look like one.
  static func advice(_ text: String, allowsPercent: Bool = false, isCount: Bool = false) -> String? {
    guard text.utf8.count <= 100 else { return nil }
    func isGood(_ text: String) -> Bool {
      isCount ? count(text) != nil : number(text, allowsPercent: allowsPercent) != nil
    }
    let bare = ["+", "-"].contains(text.prefix(1)) ? String(text.dropFirst()) : text
    switch bare.lowercased() {
    case "nan", ".nan", "inf", ".inf", "infinity", ".infinity": return "only finite numbers are allowed"
    default: break
    }
    for rewriting in rewritings {
      if let better = rewriting(text), better != text, isGood(better) { return "write \(better)" }
    }
    if !allowsPercent, number(text, allowsPercent: true) != nil, text.hasSuffix("%") {
      return "a percentage is not possible here"
    }
    if isDecimal(text), isCount, let value = Double(text) {
      if let whole = Int(exactly: value) { return "write \(whole)" }
      return abs(value) >= 9e18 ? "the number is too large" : nil
    }
    if isDecimal(text), let value = Double(text) {
      return value == 0 ? "the number is too close to 0" : "the number is too large"
    }
    if bare.first?.isNumber ?? false, bare.contains(":") { return "write a decimal number such as 1.5" }
    return nil
  }

  /// Guesses of what was meant, each nil or unchanged where it does not apply.
  private static let rewritings: [@Sendable (String) -> String?] = [
    { $0.replacing("\u{2212}", with: "-") },
    { $0.replacing(" %", with: "%") },
    // 010, but not 0.5
    { text in
      let sign = text.prefix { "+-".contains($0) }
      let digits = text.dropFirst(sign.count)
      let bare = digits.drop { $0 == "0" }
      return String(sign) + (bare.first?.isNumber ?? false ? "" : "0") + bare
    },
    { $0.lowercased().hasPrefix("0x") ? Int($0.dropFirst(2), radix: 16).map(String.init) : nil },
    { $0.lowercased().hasPrefix("0o") ? Int($0.dropFirst(2), radix: 8).map(String.init) : nil },
    { text in
      // 1,000 and 1 000 000 and 1_000 and 1'000
      let groups = text.split(omittingEmptySubsequences: false) { "_ ,'\u{A0}\u{202F}".contains($0) }
      return groups.dropFirst().allSatisfy { $0.prefix { $0.isNumber }.count == 3 } ? groups.joined() : nil
    },
    { $0.replacing("_", with: "") },
    { text in
      // 1.900,00 and 1.234.567,8
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].contains(".") else { return nil }
      let groups = parts[0].split(separator: ".", omittingEmptySubsequences: false)
      return groups.dropFirst().allSatisfy { $0.count == 3 } ? groups.joined() + "." + parts[1] : nil
    },
    // 24,90
    { $0.count(where: { $0 == "," }) == 1 ? $0.replacing(",", with: ".") : nil },
    // 10 EUR, 10€, EUR 10
    { text in
      let number = text.prefix { "+-.0123456789".contains($0) }
      let unit = text.dropFirst(number.count)
      return unit.allSatisfy { $0.isLetter || $0.isCurrencySymbol || $0 == " " } ? String(number) : nil
    },
    { text in
      let unit = text.prefix { $0.isLetter || $0.isCurrencySymbol || $0 == " " }
      return String(text.dropFirst(unit.count))
    },
  ]

  private static func isDecimal(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func skip(_ characters: String) -> Int {
      let count = rest.prefix { characters.utf8.contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    func skipOne(_ characters: String) -> Bool {
      guard let first = rest.first, characters.utf8.contains(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    _ = skipOne("+-")
    let hasLeadingZero = rest.first == UInt8(ascii: "0")
    let whole = skip("0123456789")
    let fraction = skipOne(".") ? skip("0123456789") : 0
    guard whole + fraction > 0, !hasLeadingZero || whole == 1 else { return false }
    if skipOne("eE") {
      _ = skipOne("+-")
      guard skip("0123456789") > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// Whether digits other than 0 came out as 0, as in 1e-999.
  private static func isLost(_ digits: String, as value: Double) -> Bool {
    value == 0 && digits.prefix { !"eE".contains($0) }.contains { "123456789".contains($0) }
  }
}
