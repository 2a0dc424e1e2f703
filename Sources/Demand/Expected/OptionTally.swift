import Foundation
import GSL

/// How often each option of a group is taken, and the surplus that it leaves.
struct OptionShares {
  var probabilities: [Double]
  var surplus = 0.0
  var error = 0.0
}

/// One group of linked categories seen by one segment, with its options laid out for integration.
struct OptionTally {
  let group: ChoiceGroup
  let segment: Segment
  /// The products that appear in the options, rising.
  let products: [Int]
  /// The alternatives that appear in the options, rising.
  let alternatives: [Int]
  /// The products of each option, parallel to `group.options`.
  let optionProducts: [[Int]]

  init(group: ChoiceGroup, assortment: Assortment, segment: Segment) {
    self.group = group
    self.segment = segment
    optionProducts = group.options.map { $0.alternatives.map { assortment.alternatives[$0] } }
    products = Set(optionProducts.joined()).sorted()
    alternatives = Set(group.options.flatMap(\.alternatives)).sorted()
  }

  var empty: OptionShares { OptionShares(probabilities: [Double](repeating: 0, count: group.options.count)) }

  /// Adds `weight` to the best of the options that satisfy `includes`; equally good ones share it, bundles first.
  ///
  /// - Returns: the best value, or minus infinity if there is no such option.
  @discardableResult
  func addBest(
    _ weight: Double, worth: [Double], to shares: inout OptionShares, where includes: (Int) -> Bool = { _ in true }
  ) -> Double {
    let winners = best(worth, where: includes)
    for option in winners.options { shares.probabilities[option] += weight / Double(winners.options.count) }
    return winners.worth
  }

  func best(_ worth: [Double], where includes: (Int) -> Bool) -> (worth: Double, options: [Int]) {
    var top = -Double.infinity
    var winners: [Int] = []
    for option in worth.indices where includes(option) {
      if worth[option] > top {
        top = worth[option]
        winners.removeAll(keepingCapacity: true)
        winners.append(option)
      } else if worth[option] == top, top > -.infinity {
        winners.append(option)
      }
    }
    guard winners.count > 1 else { return (top, winners) }
    // A customer buys rather than not, and takes the bundle rather than its parts.
    let buying = winners.contains { !group.options[$0].alternatives.isEmpty }
    if buying { winners.removeAll { group.options[$0].alternatives.isEmpty } }
    let bundled = winners.map { group.options[$0].bundled }.max() ?? 0
    return (top, winners.filter { group.options[$0].bundled == bundled })
  }

  /// The worth of each option for a customer with these valuations by product, less its price.
  func worth(_ valuation: (Int) -> Double) -> [Double] {
    group.options.indices.map { option in
      optionProducts[option].reduce(-group.options[option].price) { $0 + valuation($1) }
    }
  }

  /// Adds a customer whose valuations are known exactly: the best option, or logit shares with taste noise.
  func add(_ weight: Double, worth: [Double], to shares: inout OptionShares) {
    guard segment.taste > 0 else {
      shares.surplus += weight * addBest(weight, worth: worth, to: &shares)
      return
    }
    let top = worth.max() ?? 0
    var sum = 0.0
    for value in worth { sum += exp((value - top) / segment.taste) }
    for option in worth.indices {
      shares.probabilities[option] += weight * exp((worth[option] - top) / segment.taste) / sum
    }
    shares.surplus += weight * (top + segment.taste * log(sum))
  }

  /// The average over respondents, each a row of valuations.
  func average(of rows: [[Double]]) -> OptionShares {
    var shares = empty
    for row in rows { add(1 / Double(rows.count), worth: worth { row[$0] }, to: &shares) }
    return shares
  }

  /// The average over the first `count` quasi-random customers.
  func average(of sample: ValuationSample, count: Int) -> OptionShares {
    var shares = empty
    let weight = 1 / Double(count)
    for customer in 0..<count {
      let worth = group.options.map { option in
        option.alternatives.reduce(-option.price) { $0 + sample.value(ofAlternative: $1, customer: customer) }
      }
      if let pivot = sample.pivot(customer: customer) {
        addThreshold(weight, worth: worth, pivot: sample.pivotAlternatives, pivot, to: &shares)
        continue
      }
      add(weight, worth: worth, to: &shares)
    }
    return shares
  }

  /// Adds customers who differ in the pivot's valuation alone: those above the threshold take the best option with the
  /// pivot, the others the best without. `worth` counts the pivot as 0.
  func addThreshold(
    _ weight: Double, worth: [Double], pivot alternatives: [Int], _ pivot: Valuation, to shares: inout OptionShares
  ) {
    let hasPivot = { (option: Int) in group.options[option].alternatives.contains(where: alternatives.contains) }
    let with = best(worth, where: hasPivot)
    let without = best(worth, where: { !hasPivot($0) })
    var above = 0.0
    var surplus = without.worth
    if without.options.isEmpty {
      above = 1
      surplus = with.worth + pivot.mean
    } else if !with.options.isEmpty {
      let threshold = without.worth - with.worth
      above = pivot.demand(at: threshold)
      surplus = without.worth + pivot.expectedSurplus(at: threshold)
    }
    for option in with.options { shares.probabilities[option] += weight * above / Double(with.options.count) }
    for option in without.options {
      shares.probabilities[option] += weight * (1 - above) / Double(without.options.count)
    }
    shares.surplus += weight * surplus
  }
}
