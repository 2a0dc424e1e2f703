/// The regression through the origin of observed margins on those that a price coefficient of -1 implies.
struct MarginFit {
  /// Minus 1 over the price coefficient that fits best, in money.
  let scale: Double
  /// The sum of squared errors, over products with an observed margin.
  let sumOfSquaredErrors: Double
  /// The derivative of that sum by the dissimilarity of all nests together, the scale being the best for each.
  let slope: Double

  init(_ products: [ObservedProduct], _ unit: UnitMarkups) {
    // Predictors are scaled to at most 1, so that no square of them overflows.
    let largest = zip(products, unit.markups).map { $1 / $0.price }.max() ?? 1
    var moment = 0.0
    var squares = 0.0
    for (product, markup) in zip(products, unit.markups) {
      guard let margin = product.margin else { continue }
      let predictor = markup / product.price / largest
      moment += predictor * margin
      squares += predictor * predictor
    }
    let factor = moment / squares
    var errors = 0.0
    var slope = 0.0
    for (index, product) in products.enumerated() {
      guard let margin = product.margin else { continue }
      let error = margin - factor * (unit.markups[index] / product.price / largest)
      errors += error * error
      // The scale is at its best, so that only the markups count.
      slope -= 2 * error * factor * (unit.slopes[index] / product.price / largest)
    }
    scale = factor / largest
    sumOfSquaredErrors = errors
    self.slope = slope
  }
}
