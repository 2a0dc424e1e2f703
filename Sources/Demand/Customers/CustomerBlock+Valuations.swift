/// What customers would pay for products.
extension CustomerBlock {
  /// The row of `scratch` with what a unit of utility is worth in money.
  static let moneyRow = 2

  /// Draws valuations, or utilities with their worth in money in ``moneyRow``.
  ///
  /// - Returns: whether they are in money.
  func drawValuations(_ index: Int, _ lanes: Range<Int>) -> Bool {
    let count = population.assortment.products.count
    switch population.segments[index].valuations {
    case .utility(let model):
      drawUtilities(model, population.segments[index].samplers, lanes)
      return false
    case .agents(let agents):
      scratch.drawUniforms(0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.valuationSlot)
      for lane in lanes {
        let agent = Self.place(of: scratch[0, lane], in: cumulativeShares[index])
        for product in 0..<count { products[product, lane] = flatRespondents[index][agent * count + product] }
        scratch[Self.moneyRow, lane] = 1 / agents[agent].priceSensitivity
      }
      return false
    case .respondents(let rows):
      scratch.drawUniforms(0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.valuationSlot)
      for lane in lanes {
        let respondent = min(rows.count - 1, Int(scratch[0, lane] * Double(rows.count)))
        for product in 0..<count { products[product, lane] = flatRespondents[index][respondent * count + product] }
      }
    case .distributions(let distributions, _):
      for product in stride(from: 0, to: count, by: 2) {
        // With an odd number of products the last second draw lands in a spare row.
        products.drawUniforms(
          product, product + 1, lanes: lanes, customers: numbers, row: 0, key: key,
          slot: Self.valuationSlot + product / 2)
      }
      let isNormal = population.segments[index].correlationFactor != nil
      if let factor = population.segments[index].correlationFactor { correlate(factor, lanes) }
      for product in distributions.indices {
        // What has a formula is drawn without a look at its sampler, whose tables would be handed round for nothing.
        if !products.transform(product, distributions[product], isNormal: isNormal, lanes) {
          transform(
            product, of: products, population.segments[index].samplers[product], isNormal: isNormal, number: product,
            lanes)
        }
      }
    }
    return true
  }

  /// The first place whose cumulative share exceeds a uniform draw.
  static func place(of uniform: Double, in cumulativeShares: [Double]) -> Int {
    var (low, high) = (0, cumulativeShares.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulativeShares[middle] > uniform { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Utilities of every product before price, with coefficients drawn for each customer.
  func drawUtilities(_ model: UtilityModel, _ samplers: [ValuationSampler], _ lanes: Range<Int>) {
    for product in model.meanUtilities.indices { products.fill(product, lanes, with: model.meanUtilities[product]) }
    for number in model.distributions.indices {
      scratch.drawUniforms(0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.valuationSlot + number)
      transform(0, of: scratch, samplers[number], isNormal: false, number: number, lanes)
      guard number < model.attributes.count else { break }
      for product in model.meanUtilities.indices where model.attributes[number][product] != 0 {
        scratch.add(0, times: model.attributes[number][product], to: product, of: products, lanes)
      }
    }
    // The last draw is the price sensitivity.
    for lane in lanes { scratch[Self.moneyRow, lane] = 1 / scratch[0, lane] }
  }

  /// Turns a row of uniforms (or of standard normals) into what a customer's `number`-th distribution gives. The
  /// component of a mixture has a draw of its own, unless the mixture is correlated with something.
  func transform(
    _ row: Int, of rows: borrowing Lanes, _ sampler: ValuationSampler, isNormal: Bool, number: Int, _ lanes: Range<Int>
  ) {
    guard case .mixture(let components) = sampler.valuation, !isNormal else {
      return rows.transform(row, sampler, isNormal: isNormal, lanes)
    }
    let (lots, uniforms, trial) = (Self.moneyRow + 1, Self.moneyRow + 2, Self.moneyRow + 3)
    scratch.drawUniforms(
      lots, trial, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.componentSlot + number)
    rows.copy(row, to: uniforms, of: scratch, lanes)
    var from = 0.0
    for (index, component) in components.enumerated() {
      // The last one takes what rounding leaves.
      let to = index == components.count - 1 ? 1 : from + component.share
      scratch.copy(uniforms, to: trial, of: scratch, lanes)
      scratch.transform(trial, sampler.components[index], isNormal: false, lanes)
      for lane in lanes where scratch[lots, lane] >= from && scratch[lots, lane] < to {
        rows[row, lane] = scratch[trial, lane]
      }
      from = to
    }
  }

  /// Turns independent uniforms into correlated standard normals, the last product first so that it can be done in place.
  func correlate(_ factor: [[Double]], _ lanes: Range<Int>) {
    for product in factor.indices { products.normalQuantiles(product, lanes) }
    for product in factor.indices.reversed() {
      products.scale(product, lanes, by: factor[product][product], shift: 0)
      for other in 0..<product where factor[product][other] != 0 {
        products.add(other, times: factor[product][other], to: product, lanes)
      }
    }
  }
}

extension Lanes {
  /// Turns a row of uniforms (or of standard normals) into valuations by the inverse of the distribution function.
  func transform(_ row: Int, _ sampler: ValuationSampler, isNormal: Bool, _ lanes: Range<Int>) {
    if !transform(row, sampler.valuation, isNormal: isNormal, lanes) {
      transformByTails(row, sampler, isNormal: isNormal, lanes)
    }
  }

  /// The same for the distributions whose inverse is one kernel or two.
  ///
  /// - Returns: whether it is one of them; if not, nothing was done.
  func transform(_ row: Int, _ valuation: Valuation, isNormal: Bool, _ lanes: Range<Int>) -> Bool {
    switch valuation {
    case .fixed(let value):
      fill(row, lanes, with: value)
    case .normal(let mean, let deviation):
      if !isNormal { normalQuantiles(row, lanes) }
      scale(row, lanes, by: deviation, shift: mean)
    case .logNormal(let mean, let deviation):
      if !isNormal { normalQuantiles(row, lanes) }
      let moments = Valuation.logarithmicMoments(mean: mean, standardDeviation: deviation)
      scale(row, lanes, by: moments.standardDeviation, shift: moments.mean)
      exponentials(row, lanes)
    case .uniform(let low, let high):
      if isNormal { normalProbabilities(row, lanes) }
      scale(row, lanes, by: high - low, shift: low)
    case .exponential(let mean):
      if isNormal { normalProbabilities(row, lanes) }
      exponentialQuantiles(row, lanes)
      scale(row, lanes, by: mean, shift: 0)
    case .gumbel(let location, let scale):
      if isNormal { normalProbabilities(row, lanes) }
      gumbelQuantiles(row, lanes)
      self.scale(row, lanes, by: scale, shift: location)
    default: return false
    }
    return true
  }
}
