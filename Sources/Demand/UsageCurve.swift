/// How the worth of a product falls from one unit to the next for a customer who may take several of it.
///
/// The valuation v of the product is the worth of the first unit; unit k is worth `weights[k - 1]` times v. Whoever takes
/// the product on its own from a seller at price p takes at least one unit, and of the further units each that is worth
/// its price, so that it leaves
///
///     v - p + sum over k > 1 of max(0, weights[k - 1] v - p),
///
/// with the taste noise of the alternative and of buying nothing added once, not for each unit. All units come from one
/// seller. A bundle holds one unit of each of its products. Verified against customers who try every number of units
/// (`LinkedChoiceTests`), expected units against the sum of the units' demand curves
/// (`LinkedExpectedTests`).
public struct UsageCurve: Sendable, Hashable {
  /// The shape of the decline.
  public enum Decline: String, Sendable, Hashable, CaseIterable {
    /// Each unit is worth the same proportion less than the one before.
    case geometric
    /// Each unit is worth the same amount less than the one before: a proportion of the first.
    case linear
  }

  /// The worth of each unit as a share of the first one's; the first is 1, and none is 0.
  public let weights: [Double]

  /// More units of a product than this are refused.
  public static let largestCount = 100

  /// A curve of up to `count` units.
  ///
  /// - Parameter satiation: what each unit is worth less, as a share of the one before (geometric) or of the first
  ///   (linear). A unit that is worth nothing is not taken.
  /// - Throws: ``DemandError`` unless the count lies between 1 and 100 and satiation between 0 and 1.
  public init(upTo count: Int, satiation: Double, decline: Decline = .geometric) throws {
    guard (1...Self.largestCount).contains(count) else {
      throw DemandError("up to \(count) units; from 1 to \(Self.largestCount) are allowed")
    }
    guard (0...1).contains(satiation) else {
      throw DemandError("a satiation of \(satiation); it lies between 0 and 1")
    }
    var weights = [1.0]
    for unit in 1..<max(1, count) {
      let weight = decline == .geometric ? weights[unit - 1] * (1 - satiation) : 1 - Double(unit) * satiation
      guard weight > 1e-12 else { break }
      weights.append(weight)
    }
    self.weights = weights
  }

  /// What the units after the first leave a customer, and how many of them are taken.
  ///
  /// - Parameters:
  ///   - valuation: the worth of the first unit, in money.
  ///   - price: of each unit; of an infinite one nothing is taken.
  ///   - limit: the most units that can be had, the first one among them.
  public func further(valuation: Double, price: Double, limit: Int = .max) -> (surplus: Double, units: Int) {
    var result = (surplus: 0.0, units: 0)
    for unit in weights.indices.dropFirst() where unit < limit {
      let surplus = weights[unit] * valuation - price
      if surplus >= 0 {
        result.surplus += surplus
        result.units += 1
      }
    }
    return result
  }

  /// The highest price at which a customer still takes the product, if at price 0 the first unit leaves `worth` more than
  /// what they would do otherwise.
  func highestPrice(worth: Double, valuation: Double) -> Double {
    // The root of a maximum of falling lines, one for each number of units, is the highest of their roots.
    var total = worth
    var highest = worth
    for unit in weights.indices.dropFirst() {
      total += weights[unit] * valuation
      highest = max(highest, total / Double(unit + 1))
    }
    return highest
  }
}

extension Segment {
  /// The curves by product, empty where every customer takes single units: then nothing changes, not even the last bit.
  ///
  /// - Throws: ``DemandError`` for a product that is not there.
  static func checked(
    _ usage: [Int: UsageCurve], productCount: Int, segment: String
  ) throws -> [UsageCurve?] {
    guard usage.keys.allSatisfy({ (0..<productCount).contains($0) }) else {
      throw DemandError("segment \(segment): several units of a product that customers do not value")
    }
    let curves = (0..<productCount).map { product in usage[product].flatMap { $0.weights.count > 1 ? $0 : nil } }
    return curves.contains { $0 != nil } ? curves : []
  }

  /// Whether customers take one unit of each product at most, and no product changes the worth of another.
  public var choosesPlainly: Bool { synergies.isEmpty && usage.isEmpty }

  /// How the worth of a product falls from unit to unit; nil where customers take one unit at most.
  public func usageCurve(ofProduct product: Int) -> UsageCurve? {
    usage.indices.contains(product) ? usage[product] : nil
  }
}
