/// The distribution of what several products are worth together to customers who value them independently: demand for a
/// pure bundle.
///
/// All valuations but the widest are laid on a grid, each value shared by its two neighbours so that means stay exact
/// (the shares are second differences of the expected surplus, which has a closed form), and summed by convolution; the
/// widest is then integrated in closed form. The error falls with the square of the grid's step, so that two grids give
/// the limit and an estimate of what is left. Verified against the Irwin-Hall distribution (`PureBundleTests`).
struct SumOfValuations: Sendable {
  private struct Grid {
    let low: Double
    let step: Double
    let masses: [Double]
  }

  private let pivot: Valuation
  private let coarse: Grid
  private let fine: Grid

  private static let cells = 1024.0
  /// Probability that is cut off at each end of a valuation, or rather moved to the end.
  private static let tail = 1e-11

  /// The sum of these valuations; nil for fewer than three, or a tail so heavy that a grid would be too coarse.
  ///
  /// - Throws: `GSLError` where a quantile cannot be computed.
  init?(_ valuations: [Valuation]) throws {
    let ranked = valuations.sorted { $0.variance > $1.variance }
    guard ranked.count > 2, let pivot = ranked.first, !valuations.contains(where: \.hasHeavyTail), !pivot.hasAtoms
    else { return nil }
    self.pivot = pivot
    let ranges = try ranked.dropFirst().map { valuation in
      (valuation, try valuation.quantile(Self.tail), try valuation.quantile(1 - Self.tail))
    }
    let width = ranges.reduce(0) { $0 + $1.2 - $1.1 }
    guard width.isFinite, width > 0 else { return nil }
    func grid(_ step: Double) -> Grid {
      var low = 0.0
      var masses = [1.0]
      for (valuation, start, end) in ranges {
        let count = max(1, Int(((end - start) / step).rounded(.up)))
        let surplus = (0...count).map { valuation.expectedSurplus(at: start + Double($0) * step) }
        // How surplus falls along each cell: the share of customers above it, the shares of hats by its differences.
        let slopes = [1] + (0..<count).map { (surplus[$0] - surplus[$0 + 1]) / step } + [0]
        let shares = (0...count).map { max(0, slopes[$0] - slopes[$0 + 1]) }
        var sums = [Double](repeating: 0, count: masses.count + count)
        for (place, mass) in masses.enumerated() where mass > 0 {
          for (offset, share) in shares.enumerated() { sums[place + offset] += mass * share }
        }
        masses = sums
        low += start
      }
      return Grid(low: low, step: step, masses: masses)
    }
    coarse = grid(width / Self.cells)
    fine = grid(width / (2 * Self.cells))
  }

  /// The share of customers whose sum is at least `price`, their expected surplus over it, and an estimate of the error of
  /// the share.
  func demand(at price: Double) -> (share: Double, surplus: Double, error: Double) {
    func average(_ grid: Grid) -> (share: Double, surplus: Double) {
      var (share, surplus) = (0.0, 0.0)
      for (place, mass) in grid.masses.enumerated() where mass > 0 {
        let rest = price - grid.low - Double(place) * grid.step
        share += mass * pivot.demand(at: rest)
        surplus += mass * pivot.expectedSurplus(at: rest)
      }
      return (share, surplus)
    }
    let (one, other) = (average(coarse), average(fine))
    let share = other.share + (other.share - one.share) / 3
    return (
      min(1, max(0, share)), other.surplus + (other.surplus - one.surplus) / 3, abs(other.share - one.share) / 3
    )
  }
}

extension OptionTally {
  /// The products of a choice between one set and nothing, where they are all uncertain and independent or known; nil for
  /// any other choice.
  func summands(_ distributions: [Valuation], isIndependent: Bool) -> [Valuation]? {
    guard isIndependent, several.isEmpty, group.options.count == 2,
      let nothing = optionProducts.firstIndex(where: \.isEmpty)
    else { return nil }
    let set = optionProducts[1 - nothing]
    guard Set(set).count == set.count else { return nil }
    return set.map { distributions[$0] }.filter { if case .fixed = $0 { false } else { true } }
  }

  /// Shares of the set and of nothing.
  func shares(of sum: SumOfValuations, _ distributions: [Valuation]) -> OptionShares? {
    guard let nothing = optionProducts.firstIndex(where: \.isEmpty), group.options.count == 2 else { return nil }
    let known = optionProducts[1 - nothing].reduce(0) {
      if case .fixed(let value) = distributions[$1] { $0 + value } else { $0 }
    }
    let (share, surplus, error) = sum.demand(at: group.options[1 - nothing].price - known)
    guard error < 1e-5 else { return nil }
    var shares = empty
    shares.probabilities[1 - nothing] = share
    shares.probabilities[nothing] = 1 - share
    shares.surplus = surplus
    shares.error = error
    return shares
  }
}
