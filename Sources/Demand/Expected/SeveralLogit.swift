import Foundation

extension OptionTally {
  /// The shares of customers with taste noise who face a single category and may take several units: exact for known
  /// valuations, by quadrature between the prices at which the number of units changes for one uncertain valuation; nil
  /// where points have to do.
  func severalLogitShares() throws -> OptionShares? {
    var shares = empty
    switch segment.valuations {
    case .respondents(let rows):
      for row in rows { addLogit(1 / Double(rows.count), { row[$0] }, scale: segment.taste, to: &shares) }
    case .agents(let agents):
      let total = agents.reduce(0) { $0 + $1.weight }
      for agent in agents {
        let valuations = agent.valuations
        addLogit(
          agent.weight / total, { valuations[$0] }, scale: segment.taste / agent.priceSensitivity, to: &shares)
      }
    case .distributions(let distributions, _):
      let uncertain = products.filter { if case .fixed = distributions[$0] { false } else { true } }
      let known = { (product: Int) in distributions[product].mean }
      guard let product = uncertain.first else {
        addLogit(1, known, scale: segment.taste, to: &shares)
        return shares
      }
      guard uncertain.count == 1 else { return nil }
      return try average(
        over: segment.samplers[product], isLinked: false, tailSlope: tailSlope(of: product),
        kinks: severalTasteKinks(product, known)
      ) {
        value, _, weight, shares in
        addLogit(weight, { $0 == product ? value : known($0) }, scale: segment.taste, to: &shares)
      }
    case .utility:
      return nil
    }
    return shares
  }

  /// Adds a customer with taste noise of this scale in money whose valuations are known exactly.
  func addLogit(_ weight: Double, _ valuation: (Int) -> Double, scale: Double, to shares: inout OptionShares) {
    let worth = worthOfSeveral(valuation)
    var own = empty
    if segment.nests.contains(where: { $0.dissimilarity < 1 }) {
      let columns = group.options.map { $0.alternatives.first.flatMap(alternatives.firstIndex(of:)) }
      var utilities = [Double](repeating: 0, count: alternatives.count)
      for (column, value) in zip(columns, worth) {
        if let column { utilities[column] = value / scale }
      }
      let nodes = LogitNodes(
        oneCustomer: utilities, scale: scale, alternatives: alternatives,
        nests: alternativeProducts.map(segment.nest(ofProduct:)), dissimilarities: segment.nests.map(\.dissimilarity),
        hasOutside: hasOutsideOption)
      let totals = nodes.totals(
        prices: [Double](repeating: 0, count: alternatives.count), nodes: 0..<1, hasSlopes: false)
      for (option, column) in columns.enumerated() {
        own.probabilities[option] = weight * (column.map { totals.units[$0] } ?? max(0, 1 - totals.units.reduce(0, +)))
      }
      own.surplus = weight * totals.surplus
    } else {
      let top = worth.max() ?? 0
      let sum = worth.reduce(0) { $0 + exp(($1 - top) / scale) }
      for option in worth.indices { own.probabilities[option] = weight * exp((worth[option] - top) / scale) / sum }
      own.surplus = weight * (top + scale * log(sum))
      // The log-sum leaves out the mean of the noise itself, which is there where no outside option's noise cancels it.
      if !hasOutsideOption { own.surplus += weight * Valuation.eulerGamma * scale }
    }
    include(own, valuation, in: &shares)
  }
}

extension LogitNodes {
  /// A single customer of known utilities, one for each alternative.
  fileprivate init(
    oneCustomer utilities: [Double], scale: Double, alternatives: [Int], nests: [Int?], dissimilarities: [Double],
    hasOutside: Bool
  ) {
    self.alternatives = alternatives
    products = alternatives
    tails = HeavyTails(joining: [])
    self.utilities = utilities
    sensitivities = [1 / scale]
    weights = [1]
    self.hasOutside = hasOutside
    isQuasiRandom = false
    self.nests = nests
    self.dissimilarities = dissimilarities
  }
}
