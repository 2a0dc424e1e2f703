import CKernels

// The files of this folder are the only ones of the module that touch memory by pointer: rows of numbers, one lane for each
// customer of a block, and the vector kernels over them. Everything else works with row numbers and ranges of lanes.

/// Rows of numbers, one lane a customer.
struct Lanes: ~Copyable {
  let width: Int
  let base: UnsafeMutablePointer<Double>

  init(rows: Int, width: Int) {
    self.width = width
    base = .allocate(capacity: max(1, rows * width))
    base.initialize(repeating: 0, count: max(1, rows * width))
  }

  deinit { base.deallocate() }

  subscript(row: Int, lane: Int) -> Double {
    get { base[row * width + lane] }
    nonmutating set { base[row * width + lane] = newValue }
  }

  func lanes(_ row: Int, _ range: Range<Int>) -> UnsafeMutablePointer<Double> {
    base + (row * width + range.lowerBound)
  }

  /// Two rows of uniforms in the open unit interval for the customers whose numbers stand in a row of `customers`.
  func drawUniforms(
    _ first: Int, _ second: Int, lanes range: Range<Int>, customers: borrowing IndexLanes, row: Int, key: DrawKey,
    slot: Int
  ) {
    let numbers = UnsafeRawPointer(customers.base + (row * customers.width + range.lowerBound))
    bertrand_uniform_pairs(
      numbers.assumingMemoryBound(to: UInt32.self), range.count,
      UInt32(key.purpose.rawValue) << 24 | UInt32(truncatingIfNeeded: slot), key.period, key.replication, key.seed,
      lanes(first, range), lanes(second, range))
  }

  func normalQuantiles(_ row: Int, _ range: Range<Int>) {
    bertrand_normal_quantiles(lanes(row, range), range.count, lanes(row, range))
  }

  func normalProbabilities(_ row: Int, _ range: Range<Int>) {
    bertrand_normal_probabilities(lanes(row, range), range.count, lanes(row, range))
  }

  func exponentials(_ row: Int, _ range: Range<Int>) {
    bertrand_exponentials(lanes(row, range), range.count, lanes(row, range))
  }

  func logarithms(_ row: Int, _ range: Range<Int>) {
    bertrand_logarithms(lanes(row, range), range.count, lanes(row, range))
  }

  func gumbelQuantiles(_ row: Int, _ range: Range<Int>) {
    bertrand_standard_gumbel_quantiles(lanes(row, range), range.count, lanes(row, range))
  }

  func exponentialQuantiles(_ row: Int, _ range: Range<Int>) {
    bertrand_standard_exponential_quantiles(lanes(row, range), range.count, lanes(row, range))
  }

  func scale(_ row: Int, _ range: Range<Int>, by scale: Double, shift: Double) {
    bertrand_scale_and_shift(lanes(row, range), range.count, scale, shift)
  }

  /// target += scale * source
  func add(_ source: Int, times scale: Double, to target: Int, _ range: Range<Int>) {
    bertrand_add_scaled(lanes(source, range), range.count, scale, lanes(target, range))
  }

  /// target += scale * source, where the target is a row of other lanes.
  func add(_ source: Int, times scale: Double, to target: Int, of other: borrowing Lanes, _ range: Range<Int>) {
    bertrand_add_scaled(lanes(source, range), range.count, scale, other.lanes(target, range))
  }

  /// target = start + first + second, where the target is a row of other lanes.
  func sum(
    _ first: Int, _ second: Int, from start: Double, to target: Int, of other: borrowing Lanes, _ range: Range<Int>
  ) {
    bertrand_sum_of_two(lanes(first, range), lanes(second, range), range.count, start, other.lanes(target, range))
  }

  /// target *= source, where the target is a row of other lanes.
  func multiply(_ source: Int, into target: Int, of other: borrowing Lanes, _ range: Range<Int>) {
    let factors = lanes(source, range)
    let products = other.lanes(target, range)
    for lane in 0..<range.count { products[lane] *= factors[lane] }
  }

  func copy(_ source: Int, to target: Int, of other: borrowing Lanes, _ range: Range<Int>) {
    other.lanes(target, range).update(from: lanes(source, range), count: range.count)
  }

  func fill(_ row: Int, _ range: Range<Int>, with value: Double) {
    lanes(row, range).update(repeating: value, count: range.count)
  }

  /// target += source, where the source is a list of numbers from a place on.
  func add(_ source: [Double], from start: Int, to target: Int, _ range: Range<Int>) {
    source.withUnsafeBufferPointer { all in
      guard let first = all.baseAddress, start + range.count <= all.count else { return }
      bertrand_add_scaled(first + start, range.count, 1, lanes(target, range))
    }
  }

  /// The sum of some lanes of a row, one after the other, on top of `start`.
  func runningSum(_ row: Int, _ range: Range<Int>, from start: Double) -> Double {
    bertrand_running_sum(lanes(row, range), range.count, start)
  }
}
