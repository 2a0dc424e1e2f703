/// What several products of different categories are worth together beyond their own worths, from whatever seller they
/// come: positive where they complete each other, negative where they partly replace each other.
///
/// A customer who owns all the products has the amount added once, however many units they have of each. Several
/// synergies add up; one of three products does not replace those of its pairs. Sampled choice is verified against a
/// plain search through all sets of offers (`LinkedChoiceTests`), expected demand against areas of the unit
/// square (`LinkedExpectedTests`).
public struct Synergy: Sendable, Hashable {
  /// The products, rising.
  public let products: [Int]
  /// The amount, in money.
  public let worth: Double

  /// A synergy of these products.
  public init(of products: some Sequence<Int>, worth: Double) {
    self.products = products.sorted()
    self.worth = worth
  }

  /// Whether a set of products holds all of this synergy's.
  func isIn(_ owned: [Int]) -> Bool { products.allSatisfy(owned.contains) }
}

extension Collection where Element == Synergy {
  /// What a set of products is worth beyond the worths of its products, in money.
  public func worth(of owned: [Int]) -> Double { reduce(0) { $1.isIn(owned) ? $0 + $1.worth : $0 } }
}

extension Segment {
  /// The synergies that matter: those of worth 0 are left out, so that they change nothing, not even the last bit.
  ///
  /// - Throws: ``DemandError`` for fewer than two products, a product twice or unknown, an amount that is not finite, or
  ///   the same products twice.
  static func checked(_ synergies: [Synergy], productCount: Int, segment: String) throws -> [Synergy] {
    for synergy in synergies {
      guard synergy.products.count > 1, Set(synergy.products).count == synergy.products.count,
        synergy.products.allSatisfy({ (0..<productCount).contains($0) })
      else {
        throw DemandError("segment \(segment): a synergy is one of two or more different products that customers value")
      }
      guard synergy.worth.isFinite else {
        throw DemandError("segment \(segment): a synergy of \(synergy.worth); it must be finite")
      }
    }
    guard Set(synergies.map(\.products)).count == synergies.count else {
      throw DemandError("segment \(segment): a synergy of the same products was stated twice")
    }
    return synergies.filter { $0.worth != 0 }
  }
}

/// Categories that the synergies of one segment link, with the ways in which they can be combined.
///
/// What a synergy does not name matters through the best of a category's offers only. So a category is in one of a few
/// *states*: state 0, anything that no synergy names or nothing; or one of the named products. A *combination* is a
/// state for each category, written as a number with one digit a category.
struct SynergyGroup: Sendable, Hashable {
  /// The categories, rising.
  let categories: [Int]
  /// For each of them the products that a synergy names: its states from 1 on.
  let named: [[Int]]
  /// The synergies of each combination, in money.
  let worths: [Double]

  static let largestCombinationCount = 1024

  /// The groups of a segment's synergies.
  ///
  /// - Throws: ``DemandError`` for a synergy of products of the same category, or more than 1024 combinations.
  static func groups(of segment: Segment, in assortment: Assortment) throws -> [SynergyGroup] {
    var label = Array(assortment.categories.indices)
    for synergy in segment.synergies {
      let categories = synergy.products.map { assortment.products[$0].category }
      guard Set(categories).count == categories.count else {
        throw DemandError(
          "segment \(segment.name): a synergy of "
            + synergy.products.map { assortment.products[$0].name }.joined(separator: " + ")
            + " names two products of one category; a customer takes at most one of them")
      }
      label.join(categories)
    }
    return try Set(label).sorted().compactMap { group in
      let categories = label.indices.filter { label[$0] == group }
      let synergies = segment.synergies.filter { label[assortment.products[$0.products[0]].category] == group }
      guard !synergies.isEmpty else { return nil }
      return try SynergyGroup(categories, synergies, segment, assortment)
    }
  }

  private init(_ categories: [Int], _ synergies: [Synergy], _ segment: Segment, _ assortment: Assortment) throws {
    self.categories = categories
    let names = Set(synergies.flatMap(\.products)).sorted()
    let named = categories.map { category in names.filter { assortment.products[$0].category == category } }
    self.named = named
    var count = 1
    for products in named {
      count *= products.count + 1
      guard count <= Self.largestCombinationCount else {
        throw DemandError(
          "segment \(segment.name): its synergies link \(names.count) products in more than "
            + "\(Self.largestCombinationCount) ways; state fewer")
      }
    }
    worths = (0..<count).map { combination in
      var rest = combination
      var owned: [Int] = []
      for products in named {
        let state = rest % (products.count + 1)
        if state > 0 { owned.append(products[state - 1]) }
        rest /= products.count + 1
      }
      return synergies.worth(of: owned)
    }
  }

  /// The state of the category at a position in a combination.
  func state(_ combination: Int, at position: Int) -> Int {
    var rest = combination
    for earlier in 0..<position { rest /= named[earlier].count + 1 }
    return rest % (named[position].count + 1)
  }
}

extension [Int] {
  /// Gives all groups that hold one of these members the lowest of their labels.
  mutating func join(_ members: [Int]) {
    let merged = Set(members.map { self[$0] })
    guard let lowest = merged.min() else { return }
    for index in indices where merged.contains(self[index]) { self[index] = lowest }
  }
}
