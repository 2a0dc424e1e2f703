extension OptionTally {
  /// How demand for a product without taste noise changes with prices, in closed form in the product's own valuation: a
  /// price moves the threshold above which the product is bought, and the density of valuations there is the change.
  ///
  /// Options are single alternatives of one category. With the product itself as the pivot the integrand has no jumps
  /// that move with prices, which is why every product has a pass of its own.
  ///
  /// - Parameter sample: quasi-random customers with `pivot` left open, where more than one other product is uncertain.
  /// - Returns: the option through which the product is bought, and the change of its demand by the price of each other
  ///   option; nil where customers agree on its value (some of them, or all), or are respondents.
  func thresholdSlopes(
    pivot: Int, sample: () throws -> ValuationSample
  ) throws -> (option: Int, changes: [Double])? {
    guard case .distributions(let distributions, let correlation) = segment.valuations else { return nil }
    func isUncertain(_ product: Int) -> Bool { if case .fixed = distributions[product] { false } else { true } }
    let others = products.filter { $0 != pivot && isUncertain($0) }
    guard isUncertain(pivot), !distributions[pivot].hasAtoms else { return nil }
    let own = optionProducts.map { $0.contains(pivot) }
    let offers = own.indices.filter { own[$0] }
    // Of several sellers of the same product the cheapest sells it.
    guard let option = offers.min(by: { group.options[$0].price < group.options[$1].price }) else { return nil }
    let price = group.options[option].price

    func add(_ weight: Double, _ worth: [Double], _ density: (Double) -> Double?, _ shares: inout OptionShares) {
      var best = (worth: -Double.infinity, option: -1)
      for other in worth.indices where !own[other] && worth[other] > best.worth { best = (worth[other], other) }
      guard best.option >= 0 else { return }
      shares.probabilities[best.option] += weight * (density(best.worth + price) ?? 0)
    }
    func known(_ product: Int) -> Double { product == pivot ? 0 : distributions[product].mean }

    var shares = empty
    switch others.count {
    case 0:
      add(1, worth(known), distributions[pivot].density(at:), &shares)
    case 1:
      let other = others[0]
      let link = correlation?[pivot][other] ?? 0
      let kinks = thresholdKinks(pivot, other, distributions[pivot].landmarks, known)
      let deviation = (1 - link * link).squareRoot()
      shares = try average(over: segment.samplers[other], isLinked: link != 0, kinks: kinks) {
        value, score, weight, shares in
        let mean = link == 0 ? 0 : link * (try score ?? distributions[other].normalScore(value))
        add(
          weight, worth { $0 == other ? value : known($0) },
          { try? distributions[pivot].density(at: $0, scoreMean: mean, scoreDeviation: deviation) }, &shares)
      }
    default:
      let sample = try sample()
      let columns = group.options.map { $0.alternatives.compactMap(sample.column(ofAlternative:)) }
      for customer in 0..<sample.count {
        let worth = group.options.indices.map { option in
          columns[option].reduce(-group.options[option].price) { $0 + sample.value(column: $1, customer: customer) }
        }
        add(1 / Double(sample.count), worth, { sample.pivotDensity(customer: customer, at: $0) }, &shares)
      }
    }
    return (option, shares.probabilities)
  }
}
