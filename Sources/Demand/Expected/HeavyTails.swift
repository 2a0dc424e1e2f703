/// The heavy upper tails of sampled valuations against what they should be.
///
/// Beyond a high value of a product the surplus grows as the valuation itself, so that the part of the valuation above
/// its median, whose mean has a closed form, serves as a control variate: what a sample gets wrong there it gets wrong
/// in the surplus.
struct HeavyTails {
  private struct Tail {
    let product: Int
    let median: Double
    /// How surplus grows with the valuation.
    let slope: Double
    /// What is left to be found in the sample.
    var missing: Double
  }

  private var tails: [Tail] = []

  /// The tails of some products; none but those of Pareto valuations are heavy enough to matter.
  init(_ segment: Segment, products: [Int]) throws {
    guard case .distributions(let distributions, _) = segment.valuations else { return }
    for product in products where distributions[product].hasHeavyTail {
      let median = try distributions[product].quantile(0.5)
      // Whoever takes several units gains on each.
      let slope = segment.usageCurve(ofProduct: product)?.weights.reduce(0, +) ?? 1
      tails.append(
        Tail(
          product: product, median: median, slope: slope,
          missing: slope * distributions[product].expectedSurplus(at: median)))
    }
  }

  /// The tails of several groups of customers, each with its share.
  init(joining parts: [(share: Double, tails: HeavyTails)]) {
    tails = parts.flatMap { part in
      part.tails.tails.map {
        Tail(product: $0.product, median: $0.median, slope: $0.slope, missing: part.share * $0.missing)
      }
    }
  }

  /// Takes a customer of the sample into account; `valuations` by product.
  mutating func add(weight: Double, _ valuations: (Int) -> Double) {
    for index in tails.indices {
      tails[index].missing -=
        weight * tails[index].slope * max(0, valuations(tails[index].product) - tails[index].median)
    }
  }

  /// What the sample's mean surplus misses where some products are on offer, in money.
  func missing(_ isOffered: (Int) -> Bool) -> Double {
    tails.reduce(0) { isOffered($1.product) ? $0 + $1.missing : $0 }
  }
}
