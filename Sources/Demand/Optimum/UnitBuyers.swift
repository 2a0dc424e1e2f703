/// Customers of one product who stated what each unit of it is worth to them: what a tariff earns from them.
///
/// Whoever finds two numbers of units equally good takes the one that a price a hair lower, or if so asked a hair higher,
/// would make them take; whoever finds buying as good as not buying buys. Customers who are alike are kept once.
struct UnitBuyers: Sendable {
  /// One kind of customer.
  struct Kind: Hashable {
    /// What the first q + 1 units are worth together, by q, in money.
    let worths: [Double]
    /// What the customer is left with who does not buy, in money.
    let otherwise: Double
  }

  let kinds: [Kind]
  /// How many customers are of each kind.
  let weights: [Double]
  let unitCost: Double
  /// The most units that anybody takes.
  let largestCount: Int
  /// Differences of no more are rounding.
  let tolerance: Double

  init(worths: [[Double]], otherwise: [Double], unitCost: Double) {
    var places: [Kind: Int] = [:]
    var kinds: [Kind] = []
    var weights: [Double] = []
    for (units, otherwise) in zip(worths, otherwise) where !units.isEmpty {
      var total = 0.0
      let kind = Kind(
        worths: units.map { worth in
          total += worth
          return total
        }, otherwise: otherwise)
      if let place = places[kind] {
        weights[place] += 1
      } else {
        places[kind] = kinds.count
        kinds.append(kind)
        weights.append(1)
      }
    }
    self.kinds = kinds
    self.weights = weights
    self.unitCost = unitCost
    largestCount = kinds.map(\.worths.count).max() ?? 1
    tolerance = 1e-12 * (kinds.flatMap(\.worths).map(abs).max() ?? 0)
  }

  var customerCount: Double { weights.reduce(0, +) }

  /// The number of units that leaves a kind most at these payments, and what it leaves over not buying.
  ///
  /// - Parameter payments: by number of units less 1.
  func best(_ kind: Kind, _ payments: [Double], isHairHigher: Bool = false) -> (units: Int, surplus: Double) {
    var best = (units: 1, surplus: -Double.infinity)
    for count in kind.worths.indices {
      let surplus = kind.worths[count] - payments[count]
      let isEqual = abs(surplus - best.surplus) <= tolerance
      let paysMore = payments[count] >= payments[best.units - 1]
      if isEqual ? paysMore != isHairHigher : surplus > best.surplus { best = (count + 1, max(surplus, best.surplus)) }
    }
    return (best.units, best.surplus - kind.otherwise)
  }

  /// What a tariff earns from an average customer over unit cost, in money.
  func contribution(_ payments: [Double]) -> Double {
    var total = 0.0
    for (kind, weight) in zip(kinds, weights) {
      let choice = best(kind, payments)
      guard choice.surplus >= -tolerance else { continue }
      total += weight * (payments[choice.units - 1] - unitCost * Double(choice.units))
    }
    return total / customerCount
  }
}
