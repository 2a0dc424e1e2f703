import Selling

/// Van Westendorp's price sensitivity meter: where the cumulative curves of four questions meet.
///
/// A price is too cheap, or cheap, for the share of respondents who named that price or a higher one, and expensive, or
/// too expensive, for the share who named that price or a lower one; the curves are the steps that the answers make, no
/// lines between them. Two such curves, one falling and one rising, meet where half of the answers to both questions
/// together lie below: at their pooled median. Where the curves run along each other for a while, the middle of that
/// stretch is taken, which is the median's usual definition; ties are jumps of a curve, and a crossing inside a jump is
/// at that price. So any answers at all have every point. "Not cheap" and "not expensive" are the complements, as in van
/// Westendorp (1976) (later texts use "expensive" and "cheap" themselves, which gives a narrower range). Answers that are
/// not in rising order are left out, as is usual. Verified by `VanWestendorpTests`.
package struct PriceSensitivityMeter: Sendable, Hashable {
  /// Optimal price point: as many find it too cheap as too expensive.
  package let optimal: Double
  /// Indifference price point: as many find it cheap as expensive.
  package let indifference: Double
  /// Point of marginal cheapness, the lower end of the acceptable range: as many find it too cheap as not cheap.
  package let marginalCheapness: Double
  /// Point of marginal expensiveness, the upper end: as many find it too expensive as not expensive.
  package let marginalExpensiveness: Double
  /// How many respondents were left out because their answers are in no order.
  package let dropped: Int

  /// The points of a product; nil where no respondent is left.
  package init?(_ answers: [PriceThresholds], dropsDisorder: Bool) {
    let used = dropsDisorder ? answers.filter(\.isInOrder) : answers
    guard !used.isEmpty else { return nil }
    dropped = answers.count - used.count
    func crossing(_ falling: (PriceThresholds) -> Double, _ rising: (PriceThresholds) -> Double) -> Double {
      let pooled = (used.map(falling) + used.map(rising)).sorted()
      let (lower, upper) = (pooled[used.count - 1], pooled[used.count])
      return lower + (upper - lower) / 2
    }
    optimal = crossing(\.tooCheap, \.tooExpensive)
    indifference = crossing(\.cheap, \.expensive)
    marginalCheapness = crossing(\.tooCheap, \.cheap)
    marginalExpensiveness = crossing(\.expensive, \.tooExpensive)
  }
}
