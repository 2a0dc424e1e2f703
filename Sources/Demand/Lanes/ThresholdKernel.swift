import CKernels

/// The price that earns most from customers whose thresholds are known.
enum ThresholdKernel {
  /// The price that earns most by these thresholds; see `bertrand_best_threshold`.
  static func bestPrice(_ thresholds: Thresholds, otherwise: Double) -> (price: Double, total: Double) {
    let count = thresholds.prices.count
    var earned = 0.0
    let price = withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { numbers in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 6 * count + 1) { scratch in
        bertrand_best_threshold(
          thresholds.prices, thresholds.takers, thresholds.refusers, thresholds.weights, count, otherwise,
          numbers.baseAddress, scratch.baseAddress, &earned)
      }
    }
    return (price, earned)
  }
}

extension [Double] {
  /// The places of the numbers in falling order, equal ones by rising place.
  var fallingOrder: [UInt32] {
    var order = [UInt32](repeating: 0, count: count)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * count + 1) { scratch in
      bertrand_falling_order(self, count, &order, scratch.baseAddress)
    }
    return order
  }
}
