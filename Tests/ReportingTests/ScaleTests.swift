import Reporting
import Testing

/// Ticks against values by hand, and places between them.
struct ScaleTests {
  private func scale(_ numbers: [Double], _ fit: Scale.Fit, steps: Int = 4, leastStep: Double = 0) -> Scale {
    Scale(numbers, fit: fit, range: (0, 100), steps: steps, leastStep: leastStep)
  }

  @Test(arguments: [
    ([0.0, 100], [0.0, 50, 100]), ([3, 97], [0, 50, 100]), ([0, 80], [0, 20, 40, 60, 80]),
    ([-71_598, 38_110], [-100_000, -50_000, 0, 50_000]), ([0.1, 0.3], [0.1, 0.15, 0.2, 0.25, 0.3]),
    ([1e12, 3e12], [1e12, 1.5e12, 2e12, 2.5e12, 3e12]),
    ([0.0002, 0.0004], [0.0002, 0.00025, 0.0003, 0.00035, 0.0004]),
    ([-3, -1], [-3, -2.5, -2, -1.5, -1]),
  ]) func ticksAroundNumbers(numbers: [Double], ticks: [Double]) {
    // Each tick is rounded once, so that it is the double nearest to the decimal number.
    #expect(scale(numbers, .ticks).ticks == ticks)
  }

  @Test func withZero() {
    #expect(scale([70, 130], .ticksAndZero).ticks == [0, 50, 100, 150])
    #expect(scale([-70, -130], .ticksAndZero).ticks == [-150, -100, -50, 0])
  }

  /// Time begins and ends with its numbers; ticks are whole.
  @Test func exact() {
    let weeks = scale([1, 52], .exact, steps: 5, leastStep: 1)
    #expect(weeks.ticks == [20, 40])
    #expect(weeks(1) == 0)
    #expect(weeks(52) == 100)
    #expect(scale([1, 3], .exact, steps: 5, leastStep: 1).ticks == [1, 2, 3])
  }

  @Test func placesBetween() {
    let scale = Scale([0, 80], fit: .ticks, range: (5, 95), steps: 4)
    #expect(scale(0) == 5)
    #expect(scale(80) == 95)
    // A quarter of the way: 5 + 90 / 4.
    #expect(scale(20) == 27.5)
    let downwards = Scale([0, 80], fit: .ticks, range: (180, 20), steps: 4)
    #expect(downwards(20) == 140)
  }

  /// Nothing, one number, and numbers that are hard to tell apart or huge still make an axis.
  @Test(
    arguments: [
      [], [0], [5], [-5], [1e300, -1e300], [1e-300, 2e-300], [1, 1.000_000_000_000_000_2], [.infinity, 1], [.nan],
    ] as [[Double]]) func hardNumbers(numbers: [Double])
  {
    for fit in [Scale.Fit.ticks, .ticksAndZero, .exact] {
      let scale = scale(numbers, fit)
      #expect(scale.domain.low < scale.domain.high)
      #expect(scale.ticks.count <= 12)
      for number in numbers where abs(number) <= 1e300 { #expect((-1e-6...100 + 1e-6).contains(scale(number))) }
      for tick in scale.ticks { #expect((-1e-6...100 + 1e-6).contains(scale(tick))) }
    }
  }

  @Test(arguments: [
    ([0.0, 80], "", "20"), ([0, 400_000], "thousand", "100"), ([0, 4e6], "million", "1"),
    ([0, 0.0004], "", "0.0001"), ([0, 4e-6], "10⁻⁶", "1"), ([0, 4e18], "10¹⁸", "1"), ([0, 8000], "", "2,000"),
    ([1_000_000, 1_000_004], "", "1,000,001"),
  ]) func units(numbers: [Double], words: String, second: String) {
    let scale = scale(numbers, .ticks)
    let unit = AxisUnit(scale)
    #expect(unit.words == words)
    #expect(unit.label(scale.ticks[1]) == second)
  }
}

/// Numbers as the kind of their column asks.
struct PageNumberTests {
  @Test(arguments: [
    (ResultColumn.Kind.money, 304_303.4, 304_303.4, "304,303"), (.money, 1000, -0.4, "0"),
    (.money, 45, -1.005, "-1.00"),
    (.money, 0.0004, 0.000_360_12, "0.0003601"), (.money, 1e12, 1e12, "1,000,000,000,000"),
    (.money, 1e16, 1e16, "1e+16"),
    (.price, 30, 24.9, "24.90"), (.price, 0.04, 0.0441, "0.0441"), (.share, 1, 0.876_54, "87.7%"),
    (.share, 50, 12.5, "1,250.0%"), (.probability, 1, 0.0004, "<0.1%"), (.probability, 1, 0.9996, ">99.9%"),
    (.probability, 1, 1, "100%"), (.probability, 1, 0, "0%"), (.amount, 13_527, 13_527.2, "13,527"),
    (.amount, 40, 39.44, "39.4"), (.whole, 1000, 1000, "1,000"),
  ]) func forms(kind: ResultColumn.Kind, largest: Double, number: Double, text: String) {
    #expect(PageNumber(kind, largest: largest).text(number) == text)
  }

  @Test func signs() {
    let number = PageNumber(.money, largest: 5000)
    #expect(number.signed(12) == "+12")
    #expect(number.signed(-12) == "-12")
    #expect(number.signed(0.2) == "0", "what rounds to nothing is no gain")
  }
}
