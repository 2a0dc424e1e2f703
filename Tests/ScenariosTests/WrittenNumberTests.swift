import Scenarios
import Testing

/// Numbers as people write them in tables.
struct WrittenNumberTests {
  private func read(_ text: String) -> WrittenNumber? { WrittenNumber(Array(text.utf8)[...]) }

  /// The text, its value with a decimal point, and with a decimal comma.
  @Test(
    arguments: [
      ("12", 12, 12), ("-3", -3, -3), ("+7", 7, 7), ("0", 0, 0), ("-0", 0, 0), ("007", 7, 7), ("12.5", 12.5, nil),
      ("12,5", nil, 12.5), (".5", 0.5, nil), (",5", nil, 0.5), ("5.", 5, nil), ("0.234", 0.234, nil),
      ("0,234", nil, 0.234), ("1.234", 1.234, 1234), ("1,234", 1234, 1.234), ("123,456", 123_456, 123.456),
      ("1234.567", 1234.567, nil), ("1234,567", nil, 1234.567), ("1,234.50", 1234.5, nil), ("1.234,50", nil, 1234.5),
      ("1,234,567", 1_234_567, nil), ("1.234.567", nil, 1_234_567), ("1,234,567.891", 1_234_567.891, nil),
      ("1.234.567,891", nil, 1_234_567.891), ("1 234", 1234, 1234), ("1 234,50", nil, 1234.5), ("1 234.5", 1234.5, nil),
      ("1\u{A0}234,50", nil, 1234.5), ("1\u{202F}234\u{202F}567", 1_234_567, 1_234_567), ("1'234.50", 1234.5, nil),
      ("1\u{2019}234", 1234, 1234), ("1e2", 100, 100), ("1.5E+3", 1500, nil), ("2,5e-3", nil, 0.0025),
      ("1.234e1", 12.34, nil), ("\u{2212}4", -4, -4), ("- 4", -4, -4), ("€ 12,50", nil, 12.5), ("12.50 EUR", 12.5, nil),
      ("$1,234.50", 1234.5, nil), ("-$5", -5, -5), ("$-5", -5, -5), ("EUR12", 12, 12), ("12€", 12, 12),
      ("12\u{A0}€", 12, 12), ("kr 99", 99, 99), ("99 zł", 99, 99), ("CHF 1'000", 1000, 1000), ("Fr. 5.50", 5.5, nil),
      ("€.50", 0.5, nil), ("R$ 3,25", nil, 3.25), ("45%", 0.45, 0.45), ("45 %", 0.45, 0.45), ("35,1%", nil, 0.351),
      ("1,234 €", 1234, 1.234), ("\u{A0}8\u{A0}", 8, 8), ("0.1", 0.1, nil), ("100000000000000000", 1e17, 1e17),
      ("3.141592653589793238462643", 3.141592653589793, nil), ("1e308", 1e308, 1e308),
    ] as [(String, Double?, Double?)])
  func values(text: String, point: Double?, comma: Double?) throws {
    let number = try #require(read(text), "\(text)")
    #expect(number.value(.point) == point)
    #expect(number.value(.comma) == comma)
  }

  @Test(arguments: [
    "", " ", "-", "+", ".", ",", "e5", "1e", "1e+", "1-2", "--1", "1.2.3", "1,2,3", "1,23,456", "12,34.5",
    "1.234,567.8",
    "1,2345,678", "0,123.4", "1 23", "24 29", "1  234", "1 234 5", "1,234e5,", "x", "n/a", "NaN", "inf", "#N/A", "1x",
    "0x10", "1:30", "12.05.2024", "(12.50)", "12-", "€", "€ 12 €", "12 QQQ", "12 eur", "12 kg", "%", "45%%", "45% €",
    "=\"12\"", "'12", "1'23", "१२", "１２", "1\u{0}", "12 €/month", "5,-", "5,–", String(repeating: "1", count: 101),
  ])
  func noNumbers(text: String) { #expect(read(text) == nil) }

  /// Too large for a double, or not 0 and yet read as 0.
  @Test(arguments: ["1e309", "1e-400", "9e999"]) func outOfRange(text: String) throws {
    #expect(try #require(read(text)).value(.point) == nil)
  }

  /// The value is the double nearest to the decimals, as Swift's own reader finds it: to the last bit.
  @Test func nearestDoubles() throws {
    var random = SplitMix(state: 5)
    var digitsTried: Set<Int> = []
    for _ in 0..<200_000 {
      let digits = Int.random(in: 1...19, using: &random)
      digitsTried.insert(digits)
      let whole = String((0..<digits).map { _ in Character(String(Int.random(in: 0...9, using: &random))) })
      let fraction = String(
        (0..<Int.random(in: 1...12, using: &random)).map { _ in Character("\(Int.random(in: 0...9, using: &random))") })
      let power = Int.random(in: 0..<4, using: &random) == 0 ? "e\(Int.random(in: -30...30, using: &random))" : ""
      let text = "\(whole).\(fraction)\(power)"
      let own = read(text)?.value(.point)
      #expect(own == Double(text), "\(text)")
    }
    #expect(digitsTried.count == 19)
  }
}

/// SplitMix64, so that every run tries the same.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
