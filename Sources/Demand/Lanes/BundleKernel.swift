import CKernels

/// The choice between products and bundles of customers who are known one by one.
enum BundleKernel {
  /// What customers leave in margin, by weight; see `bertrand_bundle_margins`.
  static func margins(_ menu: BundleMenu, _ crowd: BundleCrowd, prices: [Double], margins: [Double]) -> Double {
    let count = crowd.weights.count
    return withRoom(menu, crowd) { room, others in
      bertrand_bundle_margins(
        menu.numbers, menu.rivalPrices, menu.tolerance, prices, margins, crowd.values, others,
        crowd.hasWeights ? crowd.weights : nil, count, count, room)
    }
  }

  /// Their thresholds for one offer; see `bertrand_bundle_thresholds`.
  static func thresholds(
    _ menu: BundleMenu, _ crowd: BundleCrowd, prices: [Double], margins: [Double], single: Int?, bundle: Int?,
    unitCost: Double
  ) -> Thresholds {
    let count = crowd.weights.count
    var found = Thresholds(capacity: 0)
    found.weights = crowd.weights
    found.prices = [Double](repeating: 0, count: count)
    found.takers = [Double](repeating: 0, count: count)
    found.refusers = [Double](repeating: 0, count: count)
    withRoom(menu, crowd) { room, others in
      bertrand_bundle_thresholds(
        menu.numbers, menu.rivalPrices, menu.tolerance, prices, margins, crowd.values, others, count, count,
        Int32(single ?? -1), Int32(bundle ?? -1), unitCost, room, &found.prices, &found.takers, &found.refusers)
    }
    return found
  }

  private static func withRoom<Result>(
    _ menu: BundleMenu, _ crowd: BundleCrowd, _ body: (UnsafeMutableRawPointer?, UnsafePointer<Double>?) -> Result
  ) -> Result {
    let size = (menu.categoryCount + menu.bundleCount) * Int(BERTRAND_BUNDLE_ROOM)
    return withUnsafeTemporaryAllocation(byteCount: max(64, size), alignment: 64) { room in
      crowd.others.withUnsafeBufferPointer { others in
        body(room.baseAddress, others.isEmpty ? nil : others.baseAddress)
      }
    }
  }
}
