/// What Bertrand-Nash prices earn on each product where the price coefficient is -1; for another one, divide by its
/// size. From shares, owners and nests alone.
///
/// With s the shares, s|g those within the nest and lambda its dissimilarity, the first-order condition of product j,
/// divided by its share, is
///
///     m_j / lambda - (1 / lambda - 1) x sum over own k of the nest of (s_k|g m_k) - sum over own k of (s_k m_k) = 1.
///
/// It makes m the same for all products that an owner has in a nest: m = w (1 + K), with w = lambda / (1 - (1 - lambda) S|g),
/// where S|g is the owner's share within the nest and K the last sum; summing gives K = W/(1 - W) with W = sum over own
/// k of (s_k w_k), hence m = w/(1 - W). Without nests w = 1 and m = 1/(1 - the owner's share). Verified by the conditions
/// as a linear system (`LogitCalibrationTests`, `NestedCalibrationTests`).
struct UnitMarkups {
  /// The markup of each product.
  let markups: [Double]
  /// Their derivatives by the dissimilarity of all nests together.
  let slopes: [Double]
  /// The share of each product within its nest; 1 without one.
  let withinShares: [Double]
  /// The dissimilarity of each product's nest; 1 without one.
  let dissimilarities: [Double]

  init(_ products: [ObservedProduct], nests: [Nest]) {
    var withinShares = products.map { _ in 1.0 }
    var dissimilarities = withinShares
    var weights = withinShares
    var weightSlopes = products.map { _ in 0.0 }
    for nest in nests {
      let total = nest.products.reduce(0) { $0 + products[$1].share }
      let lambda = nest.dissimilarity
      for product in nest.products {
        let own = nest.products.reduce(0) { sum, other in
          products[other].owner == products[product].owner ? sum + products[other].share : sum
        }
        withinShares[product] = products[product].share / total
        dissimilarities[product] = lambda
        // 1 - (1 - lambda) S, in a form that keeps its digits where the owner has the whole nest.
        let rest = lambda + (1 - lambda) * (1 - own / total)
        weights[product] = lambda / rest
        weightSlopes[product] = (1 - own / total) / (rest * rest)
      }
    }
    var sums: [Int: (value: Double, slope: Double)] = [:]
    for (index, product) in products.enumerated() {
      let sum = sums[product.owner] ?? (0, 0)
      sums[product.owner] =
        (sum.value + product.share * weights[index], sum.slope + product.share * weightSlopes[index])
    }
    var markups: [Double] = []
    var slopes: [Double] = []
    for (index, product) in products.enumerated() {
      let sum = sums[product.owner] ?? (0, 0)
      let rest = 1 - sum.value
      markups.append(weights[index] / rest)
      slopes.append((weightSlopes[index] + weights[index] * sum.slope / rest) / rest)
    }
    self.markups = markups
    self.slopes = slopes
    self.withinShares = withinShares
    self.dissimilarities = dissimilarities
  }
}
