/// What each kind of option is worth as a function of one product's valuation, the pivot, of which customers may take
/// several units.
///
/// An option without the pivot is worth the same whatever the pivot's valuation v; with it in a bundle, v more; with it on
/// its own at price p, v and max(0, w v - p) for each further unit of weight w. All these functions are piecewise linear
/// and convex (on a tariff too, see ``UsageCurve/steps(price:tariff:)``), so that the best option is found on the upper envelope of a few lines between *knots* p/w, and shares and
/// surplus follow from the demand curve and its area at the ends of the envelope's pieces.
struct PivotEnvelope {
  /// A function between two knots.
  struct Line {
    /// Beside what the rest of the option is worth.
    let offset: Double
    let slope: Double
    /// Further units of the pivot.
    let units: Int
  }

  let pivot: Int
  /// The kind of each option.
  let kinds: [Int]
  let kindCount: Int
  /// The knots, rising.
  let knots: [Double]
  /// The line of each kind left of each knot, and right of the last.
  let lines: [[Line]]
  /// The column of the pivot's alternative on its own in each option, or -1.
  let columns: [Int]

  private struct Kind: Hashable {
    let hasPivot: Bool
    let price: Double?
    let tariff: Tariff?
  }

  init(_ tally: OptionTally, pivot: Int) {
    self.pivot = pivot
    var found: [Kind] = []
    var kinds: [Int] = []
    var columns: [Int] = []
    var steps: [[UsageCurve.Step]] = []
    for option in tally.several.indices {
      let item = tally.several[option].first { $0.product == pivot }
      let kind = Kind(
        hasPivot: tally.optionProducts[option].contains(pivot), price: item?.price, tariff: item?.tariff)
      columns.append(item?.column ?? -1)
      if !found.contains(kind) {
        found.append(kind)
        steps.append(item?.steps ?? [])
      }
      kinds.append(found.firstIndex(of: kind) ?? 0)
    }
    self.kinds = kinds
    self.columns = columns
    kindCount = found.count
    let knots = Set(steps.joined().map(\.at)).sorted()
    self.knots = knots
    lines = zip(found, steps).map { kind, steps in
      (0...knots.count).map { piece in
        let taken = piece == 0 ? [] : steps.filter { $0.at <= knots[piece - 1] }
        let slope = taken.reduce(kind.hasPivot ? 1 : 0) { $0 + $1.slope }
        guard kind.tariff == nil, let price = kind.price else {
          return Line(offset: -(taken.last?.payment ?? 0), slope: slope, units: taken.last?.units ?? 0)
        }
        return Line(offset: -price * Double(taken.count), slope: slope, units: taken.count)
      }
    }
  }
}

extension OptionTally {
  /// Adds customers who differ in the pivot's valuation alone and may take several units of it. A mixture is taken apart,
  /// so that customers who agree on a valuation settle ties as in the market.
  ///
  /// - Parameters:
  ///   - rest: the worth of each option with the pivot and its further units at 0.
  ///   - valuation: of the other products.
  ///   - distribution: of the pivot's valuation.
  func add(
    _ weight: Double, rest: [Double], _ valuation: (Int) -> Double, under envelope: PivotEnvelope,
    _ distribution: Valuation, to shares: inout OptionShares
  ) {
    switch distribution {
    case .mixture(let components):
      for component in components {
        add(
          weight * component.share, rest: rest, valuation, under: envelope, component.valuation, to: &shares)
      }
      return
    case .fixed(let value):
      return addKnown(weight, { $0 == envelope.pivot ? value : valuation($0) }, to: &shares)
    default: break
    }
    var best = [Double](repeating: -.infinity, count: envelope.kindCount)
    for option in rest.indices { best[envelope.kinds[option]] = max(best[envelope.kinds[option]], rest[option]) }
    let kinds = best.indices.filter { best[$0] > -.infinity }
    guard !kinds.isEmpty else { return }
    var lastSlope: Double?
    for piece in 0...envelope.knots.count {
      let left = piece == 0 ? -Double.infinity : envelope.knots[piece - 1]
      let right = piece == envelope.knots.count ? Double.infinity : envelope.knots[piece]
      let lines = envelope.lines.map { $0[piece] }
      func height(_ kind: Int) -> Double { best[kind] + lines[kind].offset }
      func isBetter(_ one: Int, than other: Int) -> Bool {
        if piece == 0 {
          return lines[one].slope < lines[other].slope
            || (lines[one].slope == lines[other].slope && height(one) > height(other))
        }
        let (value, rival) = (height(one) + lines[one].slope * left, height(other) + lines[other].slope * left)
        return value > rival || (value == rival && lines[one].slope > lines[other].slope)
      }
      var kind = kinds[0]
      for other in kinds.dropFirst() where isBetter(other, than: kind) { kind = other }
      if let lastSlope {
        shares.surplus += weight * (lines[kind].slope - lastSlope) * distribution.expectedSurplus(at: left)
      } else {
        shares.surplus +=
          weight * (height(kind) + (lines[kind].slope > 0 ? lines[kind].slope * distribution.mean : 0))
      }
      var from = left
      while true {
        var next: (kind: Int, at: Double)?
        for other in kinds where lines[other].slope > lines[kind].slope {
          let crossing = max(from, (height(kind) - height(other)) / (lines[other].slope - lines[kind].slope))
          guard crossing < right else { continue }
          if let known = next,
            crossing > known.at || (crossing == known.at && lines[other].slope <= lines[known.kind].slope)
          {
            continue
          }
          next = (other, crossing)
        }
        let probability = Self.probability(distribution, from, next?.at ?? right)
        if probability > 0 {
          let equals = kinds.filter { lines[$0].slope == lines[kind].slope && height($0) == height(kind) }
          give(weight * probability, to: equals, lines, best, rest, valuation, envelope, &shares)
        }
        guard let next else { break }
        shares.surplus +=
          weight * (lines[next.kind].slope - lines[kind].slope) * distribution.expectedSurplus(at: next.at)
        (kind, from) = (next.kind, next.at)
      }
      lastSlope = lines[kind].slope
    }
  }

  private static func probability(_ distribution: Valuation, _ low: Double, _ high: Double) -> Double {
    (low == -.infinity ? 1 : distribution.demand(at: low)) - (high == .infinity ? 0 : distribution.demand(at: high))
  }

  /// Gives a share of customers to the best options of equally good kinds, with their further units.
  private func give(
    _ weight: Double, to kinds: [Int], _ lines: [PivotEnvelope.Line], _ best: [Double], _ rest: [Double],
    _ valuation: (Int) -> Double, _ envelope: PivotEnvelope, _ shares: inout OptionShares
  ) {
    let winners = rest.indices.filter { kinds.contains(envelope.kinds[$0]) && rest[$0] == best[envelope.kinds[$0]] }
    var own: [(option: Int, weight: Double)] = winners.map { ($0, weight) }
    if winners.count > 1 {
      var tied = empty
      // All winners are equally good: what they are worth does not matter.
      addBest(weight, worth: [Double](repeating: 0, count: rest.count), to: &tied) { winners.contains($0) }
      own = winners.map { ($0, tied.probabilities[$0]) }
    }
    for (option, weight) in own where weight > 0 {
      shares.probabilities[option] += weight
      if envelope.columns[option] >= 0 {
        let units = lines[envelope.kinds[option]].units
        shares.further[envelope.columns[option]] += weight * Double(units)
        addRebate(weight, ofColumn: envelope.columns[option], further: units, to: &shares)
      }
      addFurther(weight, option, excluding: envelope.pivot, valuation, to: &shares)
    }
  }
}
