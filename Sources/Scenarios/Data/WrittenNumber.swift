import Tables

/// A number as people write it in tables: `1234.5`, `1.234,50`, `1 234,5`, `1'234.50`, `€ 12,50`, `12.50 EUR`, `45 %`.
///
/// It is read before it is known whether point or comma is the decimal mark. Digits in groups have one to three digits
/// first and then three in each group, with the same mark between all groups. Most numbers can be read in one way only
/// and so tell the decimal mark; one with a single point or comma before exactly three digits, such as `1,234`, cannot.
/// Verified by `WrittenNumberTests`.
package struct WrittenNumber {
  /// What stands before the decimals.
  package enum Mark: UInt8, Sendable {
    case point = 0x2E
    case comma = 0x2C

    var other: Mark { self == .point ? .comma : .point }
    var words: String { self == .point ? "a point" : "a comma" }
  }

  /// What the way of writing says about the decimal mark.
  package enum Evidence: Hashable {
    /// No point and no comma.
    case none
    /// The number makes sense with this decimal mark only.
    case decimal(Mark)
    /// This mark may stand before three decimals, or before three digits of a group.
    case either(Mark)
  }

  package private(set) var evidence = Evidence.none
  private(set) var isNegative = false
  private(set) var isPercent = false
  /// The currency written beside the number.
  private(set) var currency: CurrencyMark?
  /// The digits as a whole number, if it is exact in a double; else nil and `longDigits`.
  private var digits: UInt64? = 0
  private var longDigits: [UInt8] = []
  /// Digits behind the decimal mark, if the evidence is `decimal`.
  private var decimals = 0
  private var exponent = 0

  static let maximumLength = 100

  /// Reads a cell without ASCII spaces around it; nil if it is no number.
  package init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count <= Self.maximumLength, bytes.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
    if Self.isPlain(bytes) {
      let sign = bytes[bytes.startIndex]
      let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
      isNegative = sign == UInt8(ascii: "-")
      guard readDigits(isSigned ? bytes.dropFirst() : bytes) else { return nil }
    } else {
      guard readDecorated(String(decoding: bytes, as: UTF8.self)) else { return nil }
    }
  }

  /// The number with this decimal mark; nil if it cannot be read so, or does not fit a double.
  package func value(_ mark: Mark) -> Double? {
    let fraction: Int
    switch evidence {
    case .none: fraction = 0
    case .decimal(let own):
      guard own == mark else { return nil }
      fraction = decimals
    case .either(let own): fraction = own == mark ? 3 : 0
    }
    let power = exponent - fraction - (isPercent ? 2 : 0)
    let magnitude: Double
    if let digits, abs(power) < Self.powers.count {
      // Both are exact, so that the one rounding is the right one (Clinger 1990).
      magnitude = power < 0 ? Double(digits) / Self.powers[-power] : Double(digits) * Self.powers[power]
    } else {
      let text = digits.map(String.init) ?? String(decoding: longDigits, as: UTF8.self)
      guard let number = Double(text + "e\(power)"), number.isFinite else { return nil }
      // 1e-999 is not 0.
      if number == 0, text.contains(where: { $0 != "0" }) { return nil }
      magnitude = number
    }
    return isNegative && magnitude > 0 ? -magnitude : magnitude
  }

  /// The powers of ten that are exact in a double.
  private static let powers: [Double] = (0...22).map { Double("1e\($0)") ?? .nan }

  private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { byte in
      (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2C || byte == 0x2D || byte == 0x2B
        || byte | 0x20 == 0x65
    }
  }

  /// Reads digits with marks between them, and an exponent; false if that is not what stands there.
  private mutating func readDigits(_ bytes: ArraySlice<UInt8>) -> Bool {
    var runs = 0  // marks so far
    var (first, last): (UInt8, UInt8) = (0, 0)  // the first and the last mark
    var leading = 0  // digits before the first mark
    var run = 0  // digits since the last mark
    var areGroups = true  // whether all runs between marks have three digits
    var isOneMark = true  // whether all marks but the last are the same
    var count = 0
    var value: UInt64 = 0
    var index = bytes.startIndex
    reading: while index < bytes.endIndex {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39:
        count += 1
        run += 1
        if value < 900_000_000_000_000 { value = value * 10 + UInt64(byte - 0x30) } else { digits = nil }
      case 0x2E, 0x2C, 0x20, 0x27:
        if runs == 0 {
          (first, leading) = (byte, run)
        } else {
          areGroups = areGroups && run == 3
          isOneMark = isOneMark && last == first
        }
        last = byte
        runs += 1
        run = 0
      default:
        break reading
      }
      index += 1
    }
    if count == 0 { return false }
    let hasExponent = index < bytes.endIndex
    if hasExponent, !readExponent(bytes[index...]) { return false }
    if digits != nil {
      digits = value
    } else {
      longDigits = bytes[..<index].filter { (0x30...0x39).contains($0) }
    }
    if runs == 0 { return true }
    let startsGroups = (1...3).contains(leading) && bytes[bytes.startIndex] != 0x30
    let isGrouped = isOneMark && last == first && startsGroups && areGroups && run == 3 && !hasExponent
    let hasDecimals =
      Mark(rawValue: last) != nil && isOneMark && (runs == 1 || startsGroups && areGroups && first != last)
    switch (isGrouped, hasDecimals, Mark(rawValue: last)) {
    case (true, true, let mark?): evidence = .either(mark)
    case (true, false, let mark): evidence = mark.map { .decimal($0.other) } ?? .none
    case (false, true, let mark?):
      evidence = .decimal(mark)
      decimals = run
    default: return false
    }
    return true
  }

  private mutating func readExponent(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let letter = bytes.first, letter | 0x20 == 0x65 else { return false }
    let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
    guard text.utf8.count <= 5, text.utf8.last.map({ (0x30...0x39).contains($0) }) ?? false, let power = Int(text)
    else { return false }
    exponent = power
    return true
  }

  /// Reads a number with a currency, a percent sign, or spaces of any kind between its digits.
  private mutating func readDecorated(_ text: String) -> Bool {
    var scalars = Array(text.trimmed.unicodeScalars)[...]
    var hasSign = false
    func isDigit(_ scalar: UnicodeScalar) -> Bool { ("0"..."9").contains(scalar) }
    func readSign(_ number: inout WrittenNumber) {
      guard let sign = scalars.first, !hasSign, ["-", "+", "\u{2212}"].contains(sign) else { return }
      hasSign = true
      number.isNegative = sign != "+"
      scalars = scalars.dropFirst()
    }
    func word(_ scalars: ArraySlice<UnicodeScalar>) -> String { String(String.UnicodeScalarView(scalars)).trimmed }
    readSign(&self)
    // What stands before the digits, and before a point or comma that belongs to them.
    guard let firstDigit = scalars.firstIndex(where: isDigit), let lastDigit = scalars.lastIndex(where: isDigit) else {
      return false
    }
    let suffix = scalars[(lastDigit + 1)...]
    var prefix = scalars[..<firstDigit]
    if hasSign == false, let last = prefix.last, ["-", "+", "\u{2212}"].contains(last), prefix.count > 1 {
      hasSign = true
      isNegative = last != "+"
      prefix = prefix.dropLast()
    }
    var start = firstDigit
    if !prefix.isEmpty, !word(prefix).isEmpty {
      if let mark = CurrencyMark(word(prefix)) {
        currency = mark
      } else if let mark = prefix.last, mark == "." || mark == ",", start == prefix.endIndex {
        start -= 1
        let rest = word(prefix.dropLast())
        if !rest.isEmpty {
          guard let mark = CurrencyMark(rest) else { return false }
          currency = mark
        }
      } else {
        return false
      }
    }
    switch word(suffix) {
    case "": break
    case "%" where currency == nil: isPercent = true
    case let rest:
      guard currency == nil, let mark = CurrencyMark(rest) else { return false }
      currency = mark
    }
    var bytes: [UInt8] = []
    for scalar in scalars[start...lastDigit] {
      switch scalar {
      case " ", "\u{A0}", "\u{202F}", "\u{2009}", "\u{2007}": bytes.append(0x20)
      case "'", "\u{2019}": bytes.append(0x27)
      case _ where scalar.isASCII: bytes.append(UInt8(ascii: scalar))
      default: return false
      }
    }
    return readDigits(bytes[...])
  }
}
