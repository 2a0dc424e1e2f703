import CKernels

// The only file of this module that touches memory by pointer. Rows of numbers, one lane for each customer of a block,
// and the vector kernels over them; everything above works with row numbers and ranges of lanes.

/// Identifies the random draws of customers: never the strategy, the thread or the order of work.
public struct DrawKey: Sendable, Hashable {
  /// What the draws are for; different purposes never share a draw.
  public enum Purpose: UInt8, Sendable {
    /// How many customers arrive in a period.
    case arrivals = 1
    /// The customers of the market.
    case customers = 2
    /// Customers who are asked by a seller's research.
    case respondents = 3
    /// What respondents add to their true answer.
    case answers = 4
    /// Resampling of replications.
    case bootstrap = 5
    /// Customers on whom a benchmark is tuned, so that it never sees those it is judged on.
    case tuning = 6
    /// What moves the number of customers of a whole period.
    case demandShocks = 7
    /// What moves a seller's costs from period to period.
    case costShocks = 8
    /// What strategies draw that experiment.
    case strategies = 9
    /// When in a period its customers come.
    case times = 10
    /// What sellers try that learn against each other.
    case learning = 16
  }

  /// The seed of the study.
  public var seed: UInt64
  /// The replication, from 0.
  public var replication: UInt32
  /// What is drawn.
  public var purpose: Purpose
  /// The period, from 0.
  public var period: UInt32

  /// A key for draws.
  public init(seed: UInt64, replication: UInt32, purpose: Purpose, period: UInt32 = 0) {
    self.seed = seed
    self.replication = replication
    self.purpose = purpose
    self.period = period
  }
}

/// Long rows of uniform numbers in the open unit interval, a block of counters at a time.
///
/// Counter c of row pair s holds what `RandomStream` gives for index c and the slot s (verified so): its low half is the
/// index, its high half the period of the key.
public struct UniformRows: Sendable {
  /// How many counters a block has; blocks begin at multiples of it.
  public static let width = 1024

  /// Row by row the numbers of the block.
  public private(set) var values: [Double]
  private let pairs: Int
  private var counters = [UInt32](repeating: 0, count: width)

  /// Room for so many rows.
  public init(rows: Int) {
    pairs = (max(1, rows) + 1) / 2
    values = [Double](repeating: 0, count: 2 * pairs * Self.width)
  }

  /// Draws the block that begins at a counter.
  public mutating func draw(block: Int, key: DrawKey) {
    let first = block * Self.width
    for lane in 0..<Self.width { counters[lane] = UInt32(truncatingIfNeeded: first + lane) }
    let period = key.period ^ UInt32(truncatingIfNeeded: first >> 32)
    values.withUnsafeMutableBufferPointer { all in
      guard let start = all.baseAddress else { return }
      for pair in 0..<pairs {
        let row = start + 2 * pair * Self.width
        bertrand_uniform_pairs(
          counters, Self.width, UInt32(key.purpose.rawValue) << 24 | UInt32(truncatingIfNeeded: pair), period,
          key.replication, key.seed, row, row + Self.width)
      }
    }
  }
}

/// Rows of whole numbers, one lane a customer.
struct IndexLanes: ~Copyable {
  let width: Int
  fileprivate let base: UnsafeMutablePointer<Int32>

  init(rows: Int, width: Int) {
    self.width = width
    base = .allocate(capacity: max(1, rows * width))
    base.initialize(repeating: 0, count: max(1, rows * width))
  }

  deinit { base.deallocate() }

  subscript(row: Int, lane: Int) -> Int {
    get { Int(base[row * width + lane]) }
    nonmutating set { base[row * width + lane] = Int32(truncatingIfNeeded: newValue) }
  }
}

/// Rows of numbers, one lane a customer.
struct Lanes: ~Copyable {
  let width: Int
  private let base: UnsafeMutablePointer<Double>

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

  fileprivate func lanes(_ row: Int, _ range: Range<Int>) -> UnsafeMutablePointer<Double> {
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

  /// For each lane the row among `rows` with the largest value less price; see `bertrand_best_alternatives`.
  ///
  /// Writes the position in `rows`, or -1, to `choices`, the surplus to `surpluses`.
  /// - Returns: the number of lanes with two or more equally good rows.
  func best(
    of rows: Range<Int>, prices: [Double], outside: Double, lanes range: Range<Int>,
    choices: borrowing IndexLanes, choiceRow: Int, surpluses: borrowing Lanes, surplusRow: Int
  ) -> Int {
    let first = base + (rows.lowerBound * width + range.lowerBound)
    return prices.withUnsafeBufferPointer { all in
      guard let start = all.baseAddress else { return 0 }
      return bertrand_best_alternatives(
        first, width, start + rows.lowerBound, rows.count, range.count, outside,
        choices.base + (choiceRow * choices.width + range.lowerBound), surpluses.lanes(surplusRow, range))
    }
  }
}

extension Lanes {
  /// counts[offset + k] += how many lanes chose position k of `count`; positions below 0 are nobody.
  ///
  /// - Returns: the sum of a row of surpluses, in a fixed order; 0 for no row.
  func tally(
    _ choices: borrowing IndexLanes, row: Int, lanes range: Range<Int>, count: Int, counts: inout [Double],
    from offset: Int, surplusRow: Int?
  ) -> Double {
    var surplus = 0.0
    counts.withUnsafeMutableBufferPointer { all in
      guard let start = all.baseAddress, offset + count <= all.count else { return }
      let chosen = choices.base + (row * choices.width + range.lowerBound)
      if let surplusRow {
        bertrand_tally(chosen, lanes(surplusRow, range), range.count, count, start + offset, &surplus)
      } else {
        bertrand_tally(chosen, nil, range.count, count, start + offset, nil)
      }
    }
    return surplus
  }
}

extension IndexLanes {
  private func lanes(_ row: Int, _ range: Range<Int>) -> UnsafeMutablePointer<Int32> {
    base + (row * width + range.lowerBound)
  }

  func fill(_ row: Int, _ range: Range<Int>, with value: Int) {
    lanes(row, range).update(repeating: Int32(truncatingIfNeeded: value), count: range.count)
  }

  /// Numbers the lanes of a row one after the other; numbers are kept in 32 bits.
  func count(_ row: Int, _ range: Range<Int>, from first: Int) {
    let numbers = UnsafeMutableBufferPointer(start: lanes(row, range), count: range.count)
    let start = Int32(truncatingIfNeeded: first)
    for place in numbers.indices { numbers[place] = start &+ Int32(truncatingIfNeeded: place) }
  }

  /// Puts row `trial` of some numbers in the place of row `best` where it is larger, with its number in row 0 here and 1
  /// in row 1.
  ///
  /// - Returns: in how many lanes they are equal.
  func takeBetter(_ number: Int, _ trial: Int, than best: Int, of values: borrowing Lanes, _ range: Range<Int>) -> Int {
    bertrand_take_better(
      values.lanes(trial, range), range.count, Int32(number), values.lanes(best, range), lanes(0, range),
      lanes(1, range))
  }

  /// Writes -1 to the lanes of a row where the set of that number in row 0 of `numbers` has a bit.
  func drop(
    _ row: Int, where sets: [UInt64], have bit: UInt64, of numbers: borrowing IndexLanes, _ range: Range<Int>
  ) {
    guard sets.count <= 32 else {
      let marks = sets.map { Int32(truncatingIfNeeded: $0 >> bit & 1) }
      bertrand_drop_marked(numbers.lanes(0, range), range.count, marks, lanes(row, range))
      return
    }
    var marks: UInt32 = 0
    for (number, set) in sets.enumerated() where set >> bit & 1 != 0 { marks |= 1 << UInt32(number) }
    bertrand_drop_few_marked(numbers.lanes(0, range), range.count, marks, lanes(row, range))
  }

  /// Adds what a part of a table says of the numbers in a row of `choices`, which count from its start; nothing of those
  /// below 0.
  func lookUp(
    _ choices: borrowing IndexLanes, row: Int, in table: [Int32], _ part: Range<Int>, to target: Int,
    _ range: Range<Int>
  ) {
    table.withUnsafeBufferPointer { all in
      guard let start = all.baseAddress, part.upperBound <= all.count else { return }
      bertrand_look_up(
        choices.lanes(row, range), range.count, start + part.lowerBound, part.count, lanes(target, range))
    }
  }

  /// In how many lanes a row is above 0.
  func countPositive(_ row: Int, _ range: Range<Int>) -> Int { bertrand_count_positive(lanes(row, range), range.count) }

  /// How many can be served in order, whose needs stand in a row of `needs` and places in a row here, until the next would
  /// need more than is left of `room`.
  func serveInLine(_ row: Int, _ range: Range<Int>, needs: borrowing IndexLanes, needRow: Int, room: Int) -> Int {
    bertrand_serve_in_line(
      lanes(row, range), range.count, needs.lanes(needRow, 0..<needs.width), Int64(room))
  }
}

extension Lanes {
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

/// Mixed logit sums over kinds of customers.
enum LogitKernel {
  /// Adds what the customers of some nodes take; see `bertrand_mixed_logit`. Of `cross` only the upper triangle.
  static func add(_ logit: LogitNodes, prices: [Double], nodes: Range<Int>, to totals: inout LogitTotals) {
    let hasSlopes = !totals.own.isEmpty
    var surplus = 0.0
    withUnsafeTemporaryAllocation(byteCount: max(1, prices.count) * 256 * 8, alignment: 64) { scratch in
      logit.utilities.withUnsafeBufferPointer { utilities in
        logit.sensitivities.withUnsafeBufferPointer { sensitivities in
          logit.weights.withUnsafeBufferPointer { weights in
            totals.units.withUnsafeMutableBufferPointer { units in
              totals.own.withUnsafeMutableBufferPointer { own in
                totals.cross.withUnsafeMutableBufferPointer { cross in
                  guard let first = utilities.baseAddress, let alpha = sensitivities.baseAddress,
                    let weight = weights.baseAddress, let shares = units.baseAddress,
                    let room = scratch.baseAddress?.assumingMemoryBound(to: Double.self)
                  else { return }
                  bertrand_mixed_logit(
                    first + nodes.lowerBound, logit.count, alpha + nodes.lowerBound, weight + nodes.lowerBound, prices,
                    prices.count, nodes.count, logit.hasOutside ? 1 : 0, room, shares,
                    hasSlopes ? own.baseAddress : nil, hasSlopes ? cross.baseAddress : nil, &surplus)
                }
              }
            }
          }
        }
      }
    }
    totals.surplus += surplus
  }

  /// What all customers let owners earn, by price; see `bertrand_logit_conditions`.
  static func earnings(_ logit: LogitNodes, prices: [Double], markups: [Double], owners: [Int]) -> EarningSlopes {
    let (alternatives, ownerCount) = (prices.count, (owners.max() ?? 0) + 1)
    var units = [Double](repeating: 0, count: alternatives)
    var (own, effects) = (units, units)
    withUnsafeTemporaryAllocation(byteCount: max(1, alternatives + ownerCount) * 256 * 8, alignment: 64) { scratch in
      guard let room = scratch.baseAddress?.assumingMemoryBound(to: Double.self) else { return }
      bertrand_logit_conditions(
        logit.utilities, logit.count, logit.sensitivities, logit.weights, prices, markups, owners.map { Int32($0) },
        ownerCount, alternatives, logit.count, logit.hasOutside ? 1 : 0, room, &units, &own, &effects)
    }
    for alternative in units.indices {
      units[alternative] += effects[alternative] - own[alternative] * markups[alternative]
      own[alternative] = 0 - own[alternative]
    }
    return EarningSlopes(slopes: units, directSlopes: own)
  }

  /// Puts the upper triangle of a square matrix, row by row, in the place of its lower one.
  static func mirror(_ matrix: inout [Double], order: Int) {
    matrix.withUnsafeMutableBufferPointer { all in
      guard let start = all.baseAddress, all.count == order * order else { return }
      bertrand_mirror(start, order)
    }
  }
}

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
