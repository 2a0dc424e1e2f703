import GSL

extension LogitCalibration {
  /// A nested logit of which the dissimilarity, one for all nests, is found too: price coefficient and dissimilarity
  /// together minimise the sum of squared errors of the margins. For each dissimilarity the best coefficient is known in
  /// closed form; the rest is a search over one number, a scan and Brent's method, finished on the zero of the slope.
  ///
  /// Verified by recovering the dissimilarity that random markets were made from (`NestedCalibrationTests`).
  ///
  /// - Parameters:
  ///   - products: what was observed of every product on the market; at least two with a margin.
  ///   - hasOutsideOption: whether customers may buy nothing, which is an alternative outside of all nests.
  ///   - nests: for each nest its name and the indices of its products.
  /// - Throws: ``DemandError`` as ``init(_:hasOutsideOption:nests:)``, and where margins do not tell the dissimilarity.
  public static func fittingDissimilarity(
    _ products: [ObservedProduct], hasOutsideOption: Bool, nests: [(name: String, products: [Int])]
  ) throws -> LogitCalibration {
    func shaped(_ dissimilarity: Double) -> [Nest] {
      nests.map { Nest(name: $0.name, products: $0.products, dissimilarity: dissimilarity) }
    }
    try check(products, hasOutsideOption: hasOutsideOption, nests: shaped(1))
    func fit(_ dissimilarity: Double) -> MarginFit {
      MarginFit(products, UnitMarkups(products, nests: shaped(dissimilarity)))
    }
    let (lowest, steps) = (0.005, 199)
    let grid = (0...steps).map { lowest + (1 - lowest) * Double($0) / Double(steps) }
    let values = grid.map { fit($0).sumOfSquaredErrors }
    let size = products.reduce(0) { $0 + ($1.margin ?? 0) * ($1.margin ?? 0) }
    guard let least = values.min(), let most = values.max(), most - least > 1e-12 * size else {
      throw DemandError(
        "the observed margins do not tell how alike the products of a nest are; give the dissimilarity, or margins of "
          + "sellers with different shares of their nests")
    }
    let minimum = try minimise(from: lowest, to: 1, scanSteps: steps) { fit($0).sumOfSquaredErrors }
    var best = minimum.point
    // A minimum is known to half the digits only; the zero of the slope beside it to all of them.
    let (left, right) = (max(lowest, best - 1e-5), min(1, best + 1e-5))
    if fit(left).slope < 0, fit(right).slope > 0 { best = try findRoot(from: left, to: right) { fit($0).slope } }
    return try LogitCalibration(products, hasOutsideOption: hasOutsideOption, nests: shaped(best))
  }

  /// - Throws: ``DemandError`` for nests that cannot be.
  static func check(_ nests: [Nest], productCount: Int) throws {
    var seen: Set<Int> = []
    for nest in nests {
      guard nest.dissimilarity > 0, nest.dissimilarity <= 1 else {
        throw DemandError("nest \(nest.name): a dissimilarity of \(nest.dissimilarity); it is above 0 and at most 1")
      }
      guard !nest.products.isEmpty, nest.products.allSatisfy((0..<productCount).contains) else {
        throw DemandError("nest \(nest.name): its products are not all on the market")
      }
      guard nest.products.allSatisfy({ seen.insert($0).inserted }) else {
        throw DemandError("nest \(nest.name): a product is in two nests, or twice in one; it can be in one")
      }
    }
  }
}
