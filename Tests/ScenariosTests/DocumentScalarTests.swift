import Scenarios
import Testing

/// Single texts are read by strict rules, and what is refused is refused with advice.
struct DocumentScalarTests {
  private func number(_ text: String, in field: String) throws -> Double? {
    let (record, problems) = try Gym.read("scenario: a\nsegments: [{name: a, values: {}}]\n\(field): \(text)\n")
    #expect(problems.isEmpty, "\(problems.problems)")
    return record?.number(field)
  }

  @Test(arguments: [("0", 0), ("2100", 2100), (".5", 0.5), ("5.", 5), ("+5", 5), ("1e3", 1000), ("2.5E-1", 0.25)])
  func goodNumbers(_ text: String, _ value: Double) throws {
    #expect(try number(text, in: "fixed cost") == value)
  }

  @Test(arguments: [("45%", 0.45), ("-5%", -0.05), ("35.1%", 0.351), ("5.%", 0.05), ("1e1%", 0.1), ("0.2", 0.2)])
  func goodPercentages(_ text: String, _ value: Double) throws {
    #expect(try number(text, in: "discount") == value)
  }

  @Test(arguments: [
    ("010", "found \"010\"; write 10"),
    ("00", "found \"00\"; write 0"),
    ("0x1F", "found \"0x1F\"; write 31"),
    ("0o17", "found \"0o17\"; write 15"),
    ("1:30", "found \"1:30\"; write a decimal number such as 1.5"),
    ("1_000.5", "found \"1_000.5\"; write 1000.5"),
    ("1,000", "found \"1,000\"; write 1000"),
    ("1,000,000.5", "found \"1,000,000.5\"; write 1000000.5"),
    ("1 000", "found \"1 000\"; write 1000"),
    ("1'000", "found \"1'000\"; write 1000"),
    ("24,90", "found \"24,90\"; write 24.90"),
    ("10 EUR", "found \"10 EUR\"; write 10"),
    ("€10", "found \"€10\"; write 10"),
    ("\u{2212}5", "found \"\u{2212}5\"; write -5"),
    ("nan", "found \"nan\"; only finite numbers are allowed"),
    (".nan", "found \".nan\"; only finite numbers are allowed"),
    ("-.inf", "found \"-.inf\"; only finite numbers are allowed"),
    ("1e999", "found \"1e999\"; the number is too large"),
    ("1e-999", "found \"1e-999\"; the number is too close to 0"),
    ("\"10\"", "found \"10\" in quotes; write 10 without quotes"),
    ("45%", "found 45%; a percentage is not possible here"),
    ("-5", "found -5; write a number of at least 0, in EUR, for example 10"),
    ("ten", "found \"ten\"; write a number of at least 0, in EUR, for example 10"),
    ("1.2.3", "found \"1.2.3\"; write a number of at least 0, in EUR, for example 10"),
    ("[10]", "found a list; write a number of at least 0, in EUR, for example 10"),
    ("{a: 1}", "found a map (name: value); write a number of at least 0, in EUR, for example 10"),
  ])
  func badNumbers(_ text: String, _ message: String) {
    #expect(Gym.mistakes(line: "fixed cost: \(text)") == ["4:13: fixed cost: \(message)"])
  }

  @Test(arguments: [
    ("45 %", "found \"45 %\"; write 45%"),
    ("45", "found 45; write a number less than 100%, for example 25%; did you mean 45%?"),
    ("100%", "found 100%; write a number less than 100%, for example 25%"),
    ("'5%'", "found \"5%\" in quotes; write 5% without quotes"),
    ("5%%", "found \"5%%\"; write a number less than 100%, for example 25%"),
  ])
  func badPercentages(_ text: String, _ message: String) {
    #expect(Gym.mistakes(line: "discount: \(text)") == ["4:11: discount: \(message)"])
  }

  @Test(arguments: [
    ("1e3", "found 1e3; write 1000"),
    ("3.0", "found 3.0; write 3"),
    ("2.5", "found 2.5; write a whole number from 1 to 100000, for example 10"),
    ("0", "found 0; write a whole number from 1 to 100000, for example 10"),
    ("100001", "found 100001; write a whole number from 1 to 100000, for example 10"),
    ("99999999999999999999", "found 99999999999999999999; the number is too large"),
    ("1_000", "found \"1_000\"; write 1000"),
    ("'12'", "found \"12\" in quotes; write 12 without quotes"),
  ])
  func badCounts(_ text: String, _ message: String) {
    #expect(Gym.mistakes(line: "periods: \(text)") == ["4:10: periods: \(message)"])
  }

  @Test(arguments: [
    ("log: True", "4:6: log: found \"True\"; write true or false"),
    ("log: 'true'", "4:6: log: found \"true\" in quotes; write true or false"),
    ("log: 1", "4:6: log: found 1; write true or false"),
    ("log:", "4:5: log: found nothing; write true or false"),
    ("unit: wek", "4:7: unit: found \"wek\"; did you mean \"week\"?"),
    ("unit: Week", "4:7: unit: found \"Week\"; did you mean \"week\"?"),
    ("unit: month", "4:7: unit: found \"month\"; write one of day or week"),
    ("stock: 0", "4:8: stock: found 0; write a whole number of at least 1, for example 10"),
    ("stock: 5.0", "4:8: stock: found 5.0; write 5"),
    ("stock: unlimitd", "4:8: stock: found \"unlimitd\"; did you mean \"unlimited\"?"),
    ("stock: none", "4:8: stock: found \"none\"; write a whole number of at least 1, or unlimited"),
    ("stock: []", "4:8: stock: found a list; write a whole number of at least 1, or unlimited"),
  ])
  func badWords(_ line: String, _ message: String) {
    #expect(Gym.mistakes(line: line) == [message])
  }

  @Test func unsafeTextsAreEscaped() {
    let mistakes = Gym.mistakes(line: "\"a\\e[31m\": x")
    #expect(mistakes.count == 1)
    #expect(mistakes.first?.hasPrefix("4:1: a\\u{1B}[31m: unknown field \"a\\u{1B}[31m\"; the names here are ") == true)
    let long = Gym.mistakes(line: "unit: \(String(repeating: "x", count: 1000))")
    #expect(long.first?.contains(String(repeating: "x", count: 60) + "...\"") == true)
  }

  @Test func boundsInWords() {
    #expect(Bounds.between(0, 1).words(asPercent: true) == "between 0% and 100%")
    #expect(Bounds.between(0, 0.07).words(asPercent: true) == "between 0% and 7%")
    #expect(Bounds.between(1, 100_000).words(isCount: true) == "from 1 to 100000")
    #expect(Bounds.moreThan(0).words() == "more than 0")
    #expect(Bounds(lower: .excluding(0), upper: .including(2.5)).words() == "more than 0 and at most 2.5")
    #expect(Bounds(lower: .including(0), upper: .excluding(1)).words() == "at least 0 and less than 1")
    #expect(Bounds.any.words().isEmpty)
    #expect(!Bounds.any.contains(.infinity) && !Bounds.lessThan(1).contains(1) && Bounds.atMost(1).contains(1))
  }
}
