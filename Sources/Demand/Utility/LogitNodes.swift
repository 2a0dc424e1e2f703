import Foundation
import GSL

/// Customers of one segment with taste noise, facing one category, as kinds of customers with weights: the integral of
/// a mixed logit turned into a sum. One kind where nothing but the noise varies, quadrature for one or two uncertain
/// quantities, Sobol points beyond; respondents and agents are their own kinds.
struct LogitNodes: Sendable {
  /// The alternatives of the category, one column each.
  let alternatives: [Int]
  /// Utilities before price in units of the noise, column by column.
  let utilities: [Double]
  /// Utility in units of the noise per unit of money.
  let sensitivities: [Double]
  /// Weights that sum to 1.
  let weights: [Double]
  let hasOutside: Bool
  /// Whether the nodes are quasi-random, so that batches of them tell the error.
  let isQuasiRandom: Bool
  /// The product of each column.
  let products: [Int]
  /// What the nodes miss of heavy upper tails.
  var tails: HeavyTails
  /// The nest of each column, or nil, and the dissimilarity of each nest.
  let nests: [Int?]
  let dissimilarities: [Double]

  var count: Int { weights.count }

  init(_ segment: Segment, category: Int, assortment: Assortment, pointCount: Int) throws {
    let alternatives = Array(assortment.alternativesByCategory[category])
    let products = alternatives.map { assortment.alternatives[$0] }
    self.alternatives = alternatives
    self.products = products
    hasOutside = assortment.hasOutsideOption
    nests = products.map(segment.nest(ofProduct:))
    dissimilarities = segment.nests.map(\.dissimilarity)
    let scale = segment.taste
    tails = try HeavyTails(segment, products: Set(products).sorted())
    // Inside a nest products differ by less noise.
    let leastNoise = scale * Set(nests.compactMap { $0 }).reduce(1) { min($0, segment.nests[$1].dissimilarity) }
    switch segment.valuations {
    case .respondents(let rows):
      weights = rows.map { _ in 1 / Double(rows.count) }
      sensitivities = rows.map { _ in 1 / scale }
      utilities = products.flatMap { product in rows.map { $0[product] / scale } }
      isQuasiRandom = false
    case .agents(let agents):
      let total = agents.reduce(0) { $0 + $1.weight }
      weights = agents.map { $0.weight / total }
      sensitivities = agents.map { $0.priceSensitivity / scale }
      utilities = products.flatMap { product in agents.map { $0.utilities[product] / scale } }
      isQuasiRandom = false
    case .distributions(let distributions, let correlation):
      let uncertain = Set(products).sorted().filter { if case .fixed = distributions[$0] { false } else { true } }
      let factor =
        try uncertain.isEmpty
        ? nil
        : correlation.map { matrix in
          try CholeskyFactor(of: uncertain.map { row in uncertain.map { matrix[row][$0] } }).lower
        }
      let samplers = uncertain.map { segment.samplers[$0] }
      // The steps and bends of a mixture are cuts between panels, unless correlation moves them from node to node. (The
      // peak of a triangle then costs about 1e-6.)
      let cuts = try samplers.map { try $0.scoreCuts() }
      let hasMixture = samplers.contains { if case .mixture = $0.valuation { true } else { false } }
      let nodes = try ScoreNodes(
        count: uncertain.count, pointCount: pointCount, cuts: cuts,
        isAlwaysQuasiRandom: factor != nil && uncertain.count > 1 && hasMixture
      ) { quantity, from, to in
        // A cut belongs to the panels on both sides; what happens at it to neither.
        let inset = cuts[quantity].isEmpty ? 0 : 1e-6 * (to - from)
        let low = try samplers[quantity].value(normalScore: from + inset)
        let high = try samplers[quantity].value(normalScore: to - inset)
        // A heavy tail goes on for ever: there, panels may be as wide as a small part of the valuation itself.
        guard !samplers[quantity].valuation.hasHeavyTail || high - low > 0.007 * abs(high) else { return 0 }
        return (high - low) / leastNoise
      }
      weights = nodes.weights
      isQuasiRandom = nodes.isQuasiRandom
      sensitivities = nodes.weights.map { _ in 1 / scale }
      var utilities: [Double] = []
      for product in products {
        guard let place = uncertain.firstIndex(of: product) else {
          utilities += nodes.weights.map { _ in distributions[product].mean / scale }
          continue
        }
        for node in nodes.weights.indices {
          let score = factor.map { rows in (0...place).reduce(0) { $0 + rows[place][$1] * nodes.scores[$1][node] } }
          utilities.append(
            try samplers[place].value(normalScore: score ?? nodes.scores[place][node]) / scale)
        }
      }
      for node in nodes.weights.indices {
        tails.add(weight: nodes.weights[node]) { product in
          products.firstIndex(of: product).map { utilities[$0 * nodes.weights.count + node] * scale } ?? 0
        }
      }
      self.utilities = utilities
    case .utility(let model):
      let varying = model.distributions
      let uncertain = varying.indices.filter { if case .fixed = varying[$0] { false } else { true } }
      let samplers = uncertain.map { segment.samplers[$0] }
      let nodes = try ScoreNodes(
        count: uncertain.count, pointCount: pointCount, cuts: samplers.map { try $0.scoreCuts() }
      ) {
        try model.change(of: uncertain[$0], from: $1, to: $2, among: products) / leastNoise
      }
      weights = nodes.weights
      isQuasiRandom = nodes.isQuasiRandom
      var coefficients = varying.map { $0.mean }
      var sensitivities: [Double] = []
      var rows = products.map { _ in [Double]() }
      for node in nodes.weights.indices {
        for (place, quantity) in uncertain.enumerated() {
          coefficients[quantity] = try samplers[place].value(normalScore: nodes.scores[place][node])
        }
        sensitivities.append(coefficients[coefficients.count - 1] / scale)
        for (column, product) in products.enumerated() {
          rows[column].append(model.utility(of: product, coefficients: coefficients) / scale)
        }
      }
      self.sensitivities = sensitivities
      utilities = Array(rows.joined())
    }
  }
}

/// What logit customers of one category take, summed by weight.
struct LogitTotals {
  /// The share of each column.
  var units: [Double]
  /// Sensitivity x share of each column; empty if slopes were not asked for.
  var own: [Double]
  /// Minus the price derivative of demand plus `own` on the diagonal, row by row: a symmetric matrix.
  var cross: [Double]
  /// The log-sum in money, with the mean of the noise where no outside option cancels it.
  var surplus = 0.0

  init(columns: Int, hasSlopes: Bool) {
    units = [Double](repeating: 0, count: columns)
    own = hasSlopes ? units : []
    cross = hasSlopes ? [Double](repeating: 0, count: columns * columns) : []
  }

  mutating func add(_ other: LogitTotals) {
    for index in units.indices { units[index] += other.units[index] }
    for index in own.indices { own[index] += other.own[index] }
    for index in cross.indices { cross[index] += other.cross[index] }
    surplus += other.surplus
  }
}

extension LogitNodes {
  /// What the mean surplus over the nodes misses of heavy upper tails, in money, at prices by column.
  private func tailSurplus(prices: [Double]) -> Double {
    tails.missing { product in products.indices.contains { products[$0] == product && prices[$0].isFinite } }
  }

  /// What the customers of some nodes take at prices by column; an infinite price takes a column off offer.
  func totals(prices: [Double], nodes: Range<Int>, hasSlopes: Bool) -> LogitTotals {
    var totals = LogitTotals(columns: prices.count, hasSlopes: hasSlopes)
    if nests.allSatisfy({ $0 == nil }) {
      LogitKernel.add(self, prices: prices, nodes: nodes, to: &totals)
    } else {
      var room = NestRoom(columns: prices.count, nests: dissimilarities.count)
      for node in nodes { addNested(node, prices: prices, &room, to: &totals) }
    }
    if !hasOutside {
      for node in nodes { totals.surplus += weights[node] * Valuation.eulerGamma / sensitivities[node] }
    }
    if hasSlopes { LogitKernel.mirror(&totals.cross, order: prices.count) }
    return totals
  }

  /// What all customers take, and the standard error of the largest share where the nodes are quasi-random.
  func totals(prices: [Double], hasSlopes: Bool) -> (LogitTotals, error: Double) {
    guard isQuasiRandom else {
      var sum = totals(prices: prices, nodes: 0..<count, hasSlopes: hasSlopes)
      sum.surplus += tailSurplus(prices: prices)
      return (sum, 0)
    }
    let batches = (0..<8).map {
      totals(prices: prices, nodes: (count * $0 / 8)..<(count * ($0 + 1) / 8), hasSlopes: hasSlopes)
    }
    var sum = LogitTotals(columns: prices.count, hasSlopes: hasSlopes)
    for batch in batches { sum.add(batch) }
    sum.surplus += tailSurplus(prices: prices)
    var error = 0.0
    for column in prices.indices {
      let squares = batches.reduce(0.0) { total, batch in
        let difference = 8 * batch.units[column] - sum.units[column]
        return total + difference * difference
      }
      error = max(error, (squares / 56).squareRoot())
    }
    return (sum, error)
  }

  /// Nested logit shares and slopes of one node (McFadden 1978; Train 2009, section 4.2).
  private func addNested(_ node: Int, prices: [Double], _ room: inout NestRoom, to totals: inout LogitTotals) {
    let columns = prices.count
    let alpha = sensitivities[node]
    let weight = weights[node]
    room.clear()
    for column in 0..<columns {
      room.scaled[column] = utilities[column * count + node] - alpha * prices[column]
      guard let nest = nests[column] else { continue }
      room.scaled[column] /= dissimilarities[nest]
      room.largest[nest] = max(room.largest[nest], room.scaled[column])
    }
    // Each nest acts as one alternative of utility lambda x inclusive value.
    for column in 0..<columns {
      guard let nest = nests[column], room.largest[nest] > -.infinity else { continue }
      room.within[column] = exp(room.scaled[column] - room.largest[nest])
      room.sums[nest] += room.within[column]
    }
    var largest = hasOutside ? 0 : -Double.infinity
    for nest in dissimilarities.indices where room.sums[nest] > 0 {
      room.utilities[nest] = dissimilarities[nest] * (room.largest[nest] + log(room.sums[nest]))
      largest = max(largest, room.utilities[nest])
    }
    for column in 0..<columns where nests[column] == nil { largest = max(largest, room.scaled[column]) }
    guard largest > -.infinity else { return }
    var total = hasOutside ? exp(-largest) : 0
    for nest in dissimilarities.indices {
      room.utilities[nest] = exp(room.utilities[nest] - largest)
      total += room.utilities[nest]
    }
    for column in 0..<columns where nests[column] == nil {
      room.shares[column] = exp(room.scaled[column] - largest)
      total += room.shares[column]
    }
    totals.surplus += weight * (largest + log(total)) / alpha

    // The share within the nest and that of the whole nest; a column without one is its own.
    for column in 0..<columns {
      if let nest = nests[column] {
        guard room.sums[nest] > 0 else { continue }
        room.within[column] /= room.sums[nest]
        room.shares[column] = room.within[column] * room.utilities[nest] / total
      } else {
        room.shares[column] /= total
      }
      totals.units[column] += weight * room.shares[column]
    }
    guard !totals.own.isEmpty else { return }
    // d s_j / d p_k = -alpha s_j (1[j = k] / lambda - (1 / lambda - 1) s_k|nest 1[same nest] - s_k).
    for row in 0..<columns {
      let lambda = nests[row].map { dissimilarities[$0] } ?? 1
      totals.own[row] += weight * alpha * room.shares[row] / lambda
      for column in row..<columns {
        var factor = room.shares[column]
        if let nest = nests[row], nest == nests[column] { factor += (1 / lambda - 1) * room.within[column] }
        totals.cross[row * columns + column] += weight * alpha * room.shares[row] * factor
      }
    }
  }
}

/// Room for one node of a nested logit, so that none is made for each.
private struct NestRoom {
  var scaled: [Double]
  var within: [Double]
  var shares: [Double]
  var largest: [Double]
  var sums: [Double]
  /// Utilities of whole nests; then their exponentials.
  var utilities: [Double]

  init(columns: Int, nests: Int) {
    (scaled, within, shares) = (
      [Double](repeating: 0, count: columns), [Double](repeating: 0, count: columns),
      [Double](repeating: 0, count: columns)
    )
    (largest, sums, utilities) = (
      [Double](repeating: 0, count: nests), [Double](repeating: 0, count: nests), [Double](repeating: 0, count: nests)
    )
  }

  mutating func clear() {
    for column in scaled.indices { (within[column], shares[column]) = (1, 0) }
    for nest in sums.indices { (largest[nest], sums[nest], utilities[nest]) = (-.infinity, 0, -.infinity) }
  }
}
