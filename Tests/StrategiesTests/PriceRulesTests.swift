import Demand
import Selling
import Testing

/// Rules of prices against hand-made cases, enumeration of all permitted prices, and properties of random rules.
struct PriceRulesTests {
  private static let seller = SellerProfile(
    name: "Own", products: [SellerProduct(name: "a", unitCost: 10), SellerProduct(name: "b", unitCost: 4)])
  private static let first = ProductSet([0])

  private static func price(
    _ wanted: Double, last: Double? = nil, isHeld: Bool = false, _ change: (inout PriceRules) throws -> Void
  ) rethrows -> Double {
    var rules = PriceRules()
    try change(&rules)
    return rules.price(wanted, of: first, last: last, isHeld: isHeld, seller)
  }

  /// To the last digit: a price with an ending is the double that a person would write.
  @Test(arguments: [
    (24.60, 1.0, 0.99, PriceEnding.Rounding.nearest, 24.99), (24.40, 1, 0.99, .nearest, 23.99),
    (24.99, 1, 0.99, .down, 24.99), (24.99, 1, 0.99, .up, 24.99), (25, 1, 0.99, .down, 24.99),
    (25, 1, 0.99, .up, 25.99), (24.49, 1, 0.99, .nearest, 23.99), (0.2, 1, 0.99, .nearest, 0.99),
    (0.2, 1, 0.99, .down, 0.99), (0.3, 1, 0, .nearest, 1), (12.6, 5, 4.99, .nearest, 14.99),
    (12.3, 5, 4.99, .down, 9.99), (0.17, 0.05, 0, .nearest, 0.15), (0.3, 0.1, 0, .up, 0.3), (1234.5, 50, 0, .up, 1250),
  ]) func ending(wanted: Double, every: Double, at: Double, rounding: PriceEnding.Rounding, price: Double) throws {
    let found = try Self.price(wanted) {
      $0.ending = try PriceEnding(every: every, at: at)
      $0.rounding = rounding
    }
    #expect(found == price)
  }

  /// What goes before what.
  @Test func order() throws {
    let ending = try PriceEnding(every: 1, at: 0.99)
    // The step holds the price back, and the ending keeps within the step: 26.99 would be nearer to 26.24.
    #expect(Self.price(40, last: 24.99) { ($0.ending, $0.largestStep) = (ending, 0.05) } == 25.99)
    // Within a step of 1% only the last price ends right.
    #expect(Self.price(40, last: 24.99) { ($0.ending, $0.largestStep) = (ending, 0.01) } == 24.99)
    // Limits go before the step, and where no ending lies within them, before the ending.
    #expect(Self.price(40, last: 24.99) { ($0.largestStep, $0.floor) = (0.05, .all(30)) } == 30)
    #expect(Self.price(40, last: 24.99) { ($0.largestStep, $0.ceiling) = (0.05, .all(20)) } == 20)
    #expect(
      Self.price(40, last: 24.99) { ($0.ending, $0.largestStep, $0.floor) = (ending, 0.05, .all(30)) } == 30)
    #expect(Self.price(5.3) { ($0.ending, $0.floor, $0.ceiling) = (ending, .all(5.1), .all(5.8)) } == 5.3)
    // The ending on the other side is taken where the wanted one lies beyond the limit.
    #expect(Self.price(5.9) { ($0.ending, $0.ceiling) = (ending, .all(5.95)) } == 4.99)
    // The step goes before the ending where none lies within it.
    #expect(Self.price(40, last: 24.5) { ($0.ending, $0.largestStep) = (ending, 0.01) } == 24.5 * 1.01)
    // A floor goes before a ceiling.
    #expect(Self.price(1) { ($0.leastMarkup, $0.ceiling) = (0.5, .all(12)) } == 15)
    // A price that is held stays, unless limits move.
    #expect(Self.price(40, last: 20, isHeld: true) { $0.fewestPeriods = 4 } == 20)
    #expect(Self.price(40, last: 20, isHeld: true) { $0.ceiling = .all(18) } == 18)
    // Limits of other offers do not matter; the dearest floor and the cheapest ceiling do.
    #expect(Self.price(1) { $0.floor = .some([ProductSet([1]): 7]) } == 1)
    #expect(Self.price(1) { ($0.floor, $0.leastMarkup) = (.some([Self.first: 7]), 0.2) } == 12)
    #expect(Self.price(99) { ($0.ceiling, $0.largestMarkup) = (.all(50), 0.2) } == 12)
    #expect(Self.price(7.77) { _ in } == 7.77)
  }

  /// Random rules, prices and last prices (fixed seed): the price is the best of all permitted ones, found by counting
  /// them up, lies within limits and step, and is what it would be made of again. A part in 10^12 is forgiven.
  @Test func randomRules() throws {
    var generator = FixedRandom(state: 20_260_101)
    var withEnding = 0
    for _ in 0..<5_000 {
      let every: Double = [0.05, 0.1, 0.25, 0.5, 1, 5, 10].randomElement(using: &generator) ?? 1
      let at = (Double.random(in: 0..<(every * 0.999), using: &generator) * 100).rounded(.down) / 100
      var rules = PriceRules()
      if Bool.random(using: &generator) { rules.ending = try PriceEnding(every: every, at: at) }
      rules.rounding = PriceEnding.Rounding.allCases.randomElement(using: &generator)
      let (one, other) = (Double.random(in: 0...60, using: &generator), Double.random(in: 0...60, using: &generator))
      if Bool.random(using: &generator) { rules.floor = .all(min(one, other)) }
      if Bool.random(using: &generator) { rules.ceiling = .all(max(one, other)) }
      if Bool.random(using: &generator) { rules.largestStep = Double.random(in: 0...0.5, using: &generator) }
      let last = Bool.random(using: &generator) ? Double.random(in: 0...60, using: &generator) : nil
      let isHeld = Int.random(in: 0..<8, using: &generator) == 0
      let wanted = Double.random(in: 0...80, using: &generator)
      func apply(_ price: Double) -> Double {
        rules.price(price, of: Self.first, last: last, isHeld: isHeld, Self.seller)
      }
      let price = apply(wanted)
      #expect(apply(price) == price)
      // Limits.
      let low = rules.floor == nil ? -Double.infinity : min(one, other)
      let high = rules.ceiling == nil ? Double.infinity : max(one, other)
      #expect(price >= low - 1e-10 && price <= high + 1e-10)
      var (least, most) = (low, high)
      if let last, let step = isHeld ? 0 : rules.largestStep {
        let (down, up) = (last * (1 - step), last * (1 + step))
        if up < low {
          most = low
        } else if down > high {
          least = high
        } else {
          (least, most) = (max(low, down), min(high, up))
        }
      }
      #expect(price >= least - 1e-10 && price <= most + 1e-10)
      // The best of all permitted prices, by counting.
      let target = min(max(wanted, least), most)
      var permitted: [Double] = []
      if rules.ending != nil {
        for step in 0...Int(200 / every) {
          let price = at + Double(step) * every
          if price > 1e-9, price >= least - 1e-10, price <= most + 1e-10 { permitted.append(price) }
        }
      }
      guard !permitted.isEmpty else {
        #expect(abs(price - target) < 1e-10)
        continue
      }
      withEnding += 1
      let below = permitted.last { $0 <= target + 1e-9 * every }
      let above = permitted.first { $0 >= target - 1e-9 * every }
      let nearest = permitted.min { abs($0 - target) < abs($1 - target) - 1e-9 } ?? 0
      let best: Double? =
        switch rules.rounding ?? .nearest {
        case .up: above ?? below
        case .down: below ?? above
        case .nearest: nearest
        }
      #expect(abs(price - (best ?? .nan)) < 1e-10, "\(rules) \(wanted) \(String(describing: last))")
    }
    #expect(withEnding > 1_000, "endings were tried")
  }

  @Test func contradictions() throws {
    func refused(_ change: (inout PriceRules) throws -> Void) rethrows -> String {
      var rules = PriceRules()
      try change(&rules)
      return refusal { try rules.check(Self.seller) }
    }
    #expect(refused { ($0.floor, $0.ceiling) = (.all(5), .all(4)) } == "the ceiling of a, 4, is below its floor, 5")
    #expect(refused { ($0.floor, $0.ceiling) = (.some([Self.first: 5]), .all(5)) } == "(accepted)")
    #expect(refused { ($0.leastMarkup, $0.ceiling) = (0.5, .all(14)) }.contains("least markup of a"))
    #expect(refused { ($0.largestMarkup, $0.floor) = (0.5, .all(7)) }.contains("largest markup of b"))
    #expect(refused { ($0.leastMarkup, $0.largestMarkup) = (0.5, 0.4) }.contains("largest markup is below"))
    for (every, at) in [(1.0, 1.0), (1, -0.1), (0, 0), (.nan, 0), (1, .nan), (.infinity, 1)] {
      #expect(refusal { try PriceEnding(every: every, at: at) }.contains("does not exist"))
    }
  }
}

/// A small generator with a fixed seed (SplitMix64).
struct FixedRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
