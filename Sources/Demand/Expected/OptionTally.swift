import Foundation
import GSL

/// How often each option of a group is taken, and the surplus that it leaves.
struct OptionShares {
  var probabilities: [Double]
  var surplus = 0.0
  var error = 0.0
  /// Expected units beyond the first of each of the tally's alternatives on its own; empty where nobody takes several.
  /// Where something is on a tariff, then for each what is paid less than units times price.
  var further: [Double] = []
  /// The weight of all customers added, where an integral keeps count of it.
  var mass = 0.0
}

/// One group of linked categories seen by one segment, with its options laid out for integration.
struct OptionTally {
  let group: ChoiceGroup
  let segment: Segment
  /// The products that appear in the options, rising.
  let products: [Int]
  /// The alternatives that appear in the options, rising.
  let alternatives: [Int]
  /// The product of each of them.
  let alternativeProducts: [Int]
  /// The products of each option, parallel to `group.options`.
  let optionProducts: [[Int]]
  /// What an option holds on its own of which customers may take several units; one list for each option, or none at
  /// all where nobody takes several.
  let several: [[SeveralOption]]
  let hasOutsideOption: Bool
  private var hasTariffs: Bool { !group.tariffs.isEmpty }

  init(group: ChoiceGroup, assortment: Assortment, segment: Segment) {
    self.group = group
    self.segment = segment
    optionProducts = group.options.map { $0.alternatives.map { assortment.alternatives[$0] } }
    products = Set(optionProducts.joined()).sorted()
    let alternatives = Set(group.options.flatMap(\.alternatives)).sorted()
    self.alternatives = alternatives
    alternativeProducts = alternatives.map { assortment.alternatives[$0] }
    several = SeveralOption.lists(group, alternatives, assortment, segment)
    hasOutsideOption = assortment.hasOutsideOption
  }

  var empty: OptionShares {
    OptionShares(
      probabilities: [Double](repeating: 0, count: group.options.count),
      further: several.isEmpty ? [] : [Double](repeating: 0, count: (hasTariffs ? 2 : 1) * alternatives.count))
  }

  /// Adds `weight` to the best of the options that satisfy `includes`. Of equally good ones those with most in bundles
  /// share it: evenly by packing, then evenly within a packing, as lots would have it.
  ///
  /// - Returns: the best value, or minus infinity if there is no such option.
  @discardableResult
  func addBest(
    _ weight: Double, worth: [Double], to shares: inout OptionShares, where includes: (Int) -> Bool = { _ in true }
  ) -> Double {
    let winners = best(worth, where: includes)
    guard winners.options.count > 1 else {
      for option in winners.options { shares.probabilities[option] += weight }
      return winners.worth
    }
    let packings = Dictionary(grouping: winners.options) { group.options[$0].packing }
    for option in winners.options {
      let equals = packings[group.options[option].packing]?.count ?? 1
      shares.probabilities[option] += weight / Double(packings.count * equals)
    }
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
    // A customer takes the bundle rather than its parts, and beside any bundles buys rather than not.
    let bundled = winners.map { group.options[$0].bundled }.max() ?? 0
    winners.removeAll { group.options[$0].bundled < bundled }
    let largest = Dictionary(grouping: winners) { group.options[$0].packing }
      .mapValues { $0.map { group.options[$0].alternatives.count }.max() }
    return (top, winners.filter { group.options[$0].alternatives.count == largest[group.options[$0].packing] })
  }

  /// The worth of each option for a customer with these valuations by product, less its price.
  ///
  /// Further units are left out; see ``worthOfSeveral(excluding:_:)``.
  func worth(_ valuation: (Int) -> Double) -> [Double] {
    group.options.indices.map { option in
      optionProducts[option].reduce(-group.options[option].price) { $0 + valuation($1) }
    }
  }

  /// Adds a customer whose valuations are known exactly, taste noise included: the best option.
  func add(_ weight: Double, worth: [Double], to shares: inout OptionShares) {
    shares.surplus += weight * addBest(weight, worth: worth, to: &shares)
  }

  /// The average over respondents without taste noise, each a row of valuations, by weights that sum to 1.
  func average(of rows: [[Double]], weights: [Double]? = nil) -> OptionShares {
    var shares = empty
    for (index, row) in rows.enumerated() {
      addKnown(weights?[index] ?? 1 / Double(rows.count), { row[$0] }, to: &shares)
    }
    return shares
  }

  /// The average over quasi-random customers; its error is the standard error of eight batches of them.
  func average(of sample: ValuationSample) -> OptionShares {
    let batches = (0..<8).map { (sample.count * $0 / 8)..<(sample.count * ($0 + 1) / 8) }.filter { !$0.isEmpty }
    let parts = batches.map {
      several.isEmpty ? averageOfSingle(sample, customers: $0) : averageOfSeveral(sample, customers: $0)
    }
    var shares = empty
    for (batch, part) in zip(batches, parts) {
      let weight = Double(batch.count) / Double(sample.count)
      for option in part.probabilities.indices { shares.probabilities[option] += weight * part.probabilities[option] }
      for column in part.further.indices { shares.further[column] += weight * part.further[column] }
      shares.surplus += weight * part.surplus
    }
    shares.surplus += sample.tailSurplus
    func deviation(_ values: (OptionShares) -> Double) -> Double {
      let mean = values(shares)
      let squares = parts.reduce(0.0) { $0 + (values($1) - mean) * (values($1) - mean) }
      return (squares / Double(parts.count * (parts.count - 1))).squareRoot()
    }
    for option in shares.probabilities.indices {
      shares.error = max(shares.error, deviation { $0.probabilities[option] })
    }
    for column in alternatives.indices where !several.isEmpty {
      shares.error = max(shares.error, deviation { $0.units(column, of: self) })
    }
    return shares
  }

  /// The shares of logit customers who face a single category.
  func logitShares(_ nodes: LogitNodes) -> OptionShares {
    let columns = group.options.map { $0.alternatives.first.flatMap(nodes.alternatives.firstIndex(of:)) }
    var prices = [Double](repeating: .infinity, count: nodes.alternatives.count)
    for (option, column) in zip(group.options, columns) {
      if let column { prices[column] = option.price }
    }
    let (totals, error) = nodes.totals(prices: prices, hasSlopes: false)
    var shares = empty
    for (option, column) in columns.enumerated() {
      if let column { shares.probabilities[option] = totals.units[column] }
    }
    if let nothing = columns.firstIndex(of: nil) {
      shares.probabilities[nothing] = max(0, 1 - shares.probabilities.reduce(0, +))
    }
    shares.surplus = totals.surplus
    shares.error = error
    return shares
  }

  /// Adds customers who differ in the pivot's valuation alone: those above the threshold take the best option with the
  /// pivot, the others the best without. `worth` counts the pivot as 0. A mixture is taken apart, so that customers who
  /// agree on a valuation settle ties as in the market.
  func addThreshold(
    _ weight: Double, worth: [Double], hasPivot: [Bool], _ pivot: Valuation, to shares: inout OptionShares
  ) {
    switch pivot {
    case .mixture(let components):
      for component in components {
        addThreshold(weight * component.share, worth: worth, hasPivot: hasPivot, component.valuation, to: &shares)
      }
      return
    case .fixed(let value):
      let known = worth.indices.map { hasPivot[$0] ? worth[$0] + value : worth[$0] }
      shares.surplus += weight * addBest(weight, worth: known, to: &shares)
      return
    default: break
    }
    var with = (worth: -Double.infinity, option: -1, equals: 0)
    var without = with
    for option in worth.indices {
      let value = worth[option]
      if hasPivot[option] {
        if value > with.worth { with = (value, option, 1) } else if value == with.worth { with.equals += 1 }
      } else {
        if value > without.worth { without = (value, option, 1) } else if value == without.worth { without.equals += 1 }
      }
    }
    var above = 0.0
    if without.option < 0 {
      above = 1
      shares.surplus += weight * (with.worth + pivot.mean)
    } else if with.option < 0 {
      shares.surplus += weight * without.worth
    } else {
      let threshold = without.worth - with.worth
      above = pivot.demand(at: threshold)
      shares.surplus += weight * (without.worth + pivot.expectedSurplus(at: threshold))
    }
    give(weight * above, to: with, worth: worth, among: hasPivot, is: true, &shares)
    give(weight * (1 - above), to: without, worth: worth, among: hasPivot, is: false, &shares)
  }

  private func give(
    _ weight: Double, to winner: (worth: Double, option: Int, equals: Int), worth: [Double], among marks: [Bool],
    is mark: Bool, _ shares: inout OptionShares
  ) {
    guard winner.equals != 0 else { return }
    guard winner.equals > 1 else {
      shares.probabilities[winner.option] += weight
      return
    }
    addBest(weight, worth: worth, to: &shares) { marks[$0] == mark }
  }
}
