/// An alternative on its own, as part of an option, of which customers of the segment may take several units.
struct SeveralOption {
  /// Where the alternative stands in ``OptionTally/alternatives``.
  let column: Int
  let product: Int
  let price: Double
  let tariff: Tariff?
  let curve: UsageCurve
  /// The further units as the valuation rises.
  let steps: [UsageCurve.Step]

  init(column: Int, product: Int, price: Double, tariff: Tariff?, curve: UsageCurve) {
    (self.column, self.product, self.price, self.tariff, self.curve) = (column, product, price, tariff, curve)
    steps = curve.steps(price: price, tariff: tariff)
  }

  /// What further units leave a customer with this valuation of the first, and how many there are.
  func further(valuation: Double) -> (surplus: Double, units: Int) {
    curve.further(valuation: valuation, price: price, tariff: tariff)
  }

  /// One list for each option of a group; none at all where nobody takes several units of anything in it.
  static func lists(
    _ group: ChoiceGroup, _ alternatives: [Int], _ assortment: Assortment, _ segment: Segment
  ) -> [[SeveralOption]] {
    guard !segment.usage.isEmpty else { return [] }
    let lists = group.options.map { option in
      option.slots.compactMap { slot -> SeveralOption? in
        guard case .single(let alternative) = slot, let column = alternatives.firstIndex(of: alternative) else {
          return nil
        }
        let product = assortment.alternatives[alternative]
        return segment.usageCurve(ofProduct: product).map { curve in
          SeveralOption(
            column: column, product: product, price: group.singlePrices[alternative],
            tariff: group.tariffs[alternative], curve: curve)
        }
      }
    }
    return lists.allSatisfy(\.isEmpty) ? [] : lists
  }
}

extension OptionShares {
  /// Units taken on its own of the alternative in a column.
  func units(_ column: Int, of tally: OptionTally) -> Double {
    let slot = Menu.Slot.single(tally.alternatives[column])
    return probabilities.indices.reduce(further[column]) {
      tally.group.options[$1].slots.contains(slot) ? $0 + probabilities[$1] : $0
    }
  }
}

extension OptionTally {
  /// How surplus grows with a high valuation of a product: by the weights of all units where several are on sale.
  func tailSlope(of product: Int) -> Double {
    several.joined().first { $0.product == product }?.curve.weights.reduce(0, +) ?? 1
  }

  /// The worth of each option with what further units leave, for a customer with these valuations by product, less its
  /// price.
  ///
  /// - Parameter excluded: a product whose further units are left out.
  func worthOfSeveral(excluding excluded: Int? = nil, _ valuation: (Int) -> Double) -> [Double] {
    var worth = worth(valuation)
    for option in several.indices {
      for item in several[option] where item.product != excluded {
        worth[option] += item.further(valuation: valuation(item.product)).surplus
      }
    }
    return worth
  }

  /// Adds a customer without taste noise whose valuations are known exactly: the best option.
  func addKnown(_ weight: Double, _ valuation: (Int) -> Double, to shares: inout OptionShares) {
    guard !several.isEmpty else { return add(weight, worth: worth(valuation), to: &shares) }
    var own = empty
    add(weight, worth: worthOfSeveral(valuation), to: &own)
    include(own, valuation, in: &shares)
  }

  /// Adds shares of a customer with known valuations, with the further units that go with them.
  func include(_ own: OptionShares, _ valuation: (Int) -> Double, in shares: inout OptionShares) {
    shares.surplus += own.surplus
    for option in own.probabilities.indices where own.probabilities[option] > 0 {
      shares.probabilities[option] += own.probabilities[option]
      addFurther(own.probabilities[option], option, excluding: nil, valuation, to: &shares)
    }
  }

  /// Adds the further units that customers of these valuations take who take an option.
  func addFurther(
    _ weight: Double, _ option: Int, excluding excluded: Int?, _ valuation: (Int) -> Double,
    to shares: inout OptionShares
  ) {
    for item in several[option] where item.product != excluded {
      let units = item.further(valuation: valuation(item.product)).units
      shares.further[item.column] += weight * Double(units)
      addRebate(weight, ofColumn: item.column, further: units, to: &shares)
    }
  }

  /// Adds what customers who take that many further units on a tariff pay less than units times price.
  func addRebate(_ weight: Double, ofColumn column: Int, further units: Int, to shares: inout OptionShares) {
    guard units > 0, let tariff = group.tariffs[alternatives[column]] else { return }
    let price = group.singlePrices[alternatives[column]]
    let payment = tariff.payment(for: units + 1, price: price)
    shares.further[alternatives.count + column] += weight * (Double(units + 1) * price - payment)
  }

  /// The average over some quasi-random customers who may take several units.
  func averageOfSeveral(_ sample: ValuationSample, customers: Range<Int>) -> OptionShares {
    var shares = empty
    let weight = 1 / Double(customers.count)
    let envelope = sample.pivotProduct.map { PivotEnvelope(self, pivot: $0) }
    let hasPivot = group.options.map { $0.alternatives.contains(where: sample.pivotAlternatives.contains) }
    for customer in customers {
      let valuation = { sample.valuation(product: $0, customer: customer) }
      if let envelope, let pivot = sample.pivot(customer: customer) {
        let rest = worthOfSeveral(excluding: envelope.pivot) { $0 == envelope.pivot ? 0 : valuation($0) }
        add(weight, rest: rest, valuation, under: envelope, pivot, to: &shares)
      } else if let noise = sample.pivot(customer: customer) {
        // The pivot is the noise of one alternative, which enters once, whatever the number of units.
        let plain = worth(valuation)
        var worth = worthOfSeveral(valuation)
        for option in worth.indices {
          let drawn = group.options[option].alternatives.reduce(-group.options[option].price) {
            $0 + (sample.column(ofAlternative: $1).map { sample.value(column: $0, customer: customer) } ?? 0)
          }
          worth[option] += drawn - plain[option]
        }
        var own = empty
        addThreshold(weight, worth: worth, hasPivot: hasPivot, noise, to: &own)
        include(own, valuation, in: &shares)
      } else if segment.taste > 0 {
        addLogit(weight, valuation, scale: segment.taste * sample.money[customer], to: &shares)
      } else {
        addKnown(weight, valuation, to: &shares)
      }
    }
    return shares
  }
}
