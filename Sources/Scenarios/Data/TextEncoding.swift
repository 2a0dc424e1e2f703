/// Turns the bytes of a text file into UTF-8.
///
/// The rules: a byte order mark tells UTF-8 or UTF-16; without one, what is UTF-8 is UTF-8; what is not is taken for
/// Windows-1252, the encoding in which spreadsheets of western locales save CSV. A text that mixes UTF-8 with other
/// bytes, and one with characters that Windows-1252 does not have, is refused.
enum TextEncoding {
  /// Why bytes are no text, in words that follow the name of the file.
  struct Mistake: Error {
    let words: String
  }

  static func utf8(_ bytes: [UInt8]) throws -> [UInt8] {
    if let kind = workbook(bytes) {
      throw Mistake(words: "is \(kind), not CSV; save it from the spreadsheet as CSV UTF-8")
    }
    var text: [UInt8]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      text = Array(bytes.dropFirst(3))
      guard String(validating: text, as: UTF8.self) != nil else {
        throw Mistake(words: "says that it is UTF-8, but is not; save it as UTF-8")
      }
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      text = try utf16(bytes)
    } else if String(validating: bytes, as: UTF8.self) != nil {
      text = bytes
    } else {
      text = try windows1252(bytes)
    }
    guard !text.contains(0) else {
      throw Mistake(words: "is not UTF-8 text (it has zero bytes); save it as UTF-8")
    }
    return text
  }

  private static func workbook(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "a workbook or an archive" }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return "a workbook" }
    if bytes.starts(with: Array("%PDF".utf8)) { return "a PDF" }
    return nil
  }

  private static func utf16(_ bytes: [UInt8]) throws -> [UInt8] {
    let isLittle = bytes[0] == 0xFF
    guard bytes.count.isMultiple(of: 2) else { throw Mistake(words: "ends within a character; save it as UTF-8") }
    let units = stride(from: 2, to: bytes.count, by: 2).lazy.map { index in
      UInt16(bytes[isLittle ? index + 1 : index]) << 8 | UInt16(bytes[isLittle ? index : index + 1])
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2)
    let isDamaged = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true, into: { text.append($0) })
    guard !isDamaged else { throw Mistake(words: "has half a character of UTF-16; save it as UTF-8") }
    return text
  }

  private static func windows1252(_ bytes: [UInt8]) throws -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for (index, byte) in bytes.enumerated() {
      if byte < 0x80 {
        text.append(byte)
        continue
      }
      let isMixed = isSequence(bytes, at: index)
      let scalar = byte < 0xA0 ? upperControls[Int(byte) - 0x80] : UInt16(byte)
      guard !isMixed, scalar != 0 else {
        let line = bytes[..<index].count { $0 == UInt8(ascii: "\n") } + 1
        throw Mistake(
          words: isMixed
            ? "is not UTF-8 text, but line \(line) has characters of UTF-8; save it as UTF-8"
            : "is neither UTF-8 nor Windows-1252 text (line \(line)); save it as UTF-8")
      }
      text.append(contentsOf: UTF8.encode(UnicodeScalar(scalar) ?? " ") ?? .init())
    }
    return text
  }

  /// Whether a character of several bytes in UTF-8 begins here; what is Windows-1252 hardly ever looks like one.
  private static func isSequence(_ bytes: [UInt8], at index: Int) -> Bool {
    let length =
      switch bytes[index] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0, index + length <= bytes.count else { return false }
    return String(validating: bytes[index..<index + length], as: UTF8.self) != nil
  }

  /// Windows-1252 from 0x80 to 0x9F; 0 where it has no character.
  private static let upperControls: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]
}
