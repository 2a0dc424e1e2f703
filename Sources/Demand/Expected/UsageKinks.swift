/// What an option is worth as a function of one product's valuation of which customers may take several units: a constant,
/// a slope of 0 or 1, and a step in the slope for each further unit.
private struct WorthCurve {
  var constant: Double
  let slope: Double
  let steps: [(at: Double, slope: Double)]

  func value(at valuation: Double) -> Double {
    steps.reduce(constant + slope * valuation) { $0 + $1.slope * max(0, valuation - $1.at) }
  }

  /// Where two curves meet.
  static func crossings(_ one: WorthCurve, _ other: WorthCurve) -> [Double] {
    let knots = (one.steps + other.steps).map(\.at).sorted()
    func difference(_ valuation: Double) -> Double { one.value(at: valuation) - other.value(at: valuation) }
    var found: [Double] = []
    /// The root of the line through a point, if it lies in an interval.
    func root(_ point: Double, _ slope: Double, _ low: Double, _ high: Double) {
      guard slope != 0 else { return }
      let crossing = point - difference(point) / slope
      if crossing >= low, crossing <= high { found.append(crossing) }
    }
    guard let first = knots.first, let last = knots.last else {
      root(0, one.slope - other.slope, -.infinity, .infinity)
      return found
    }
    root(first, one.slope - other.slope, -.infinity, first)
    for (low, high) in zip(knots, knots.dropFirst()) where low < high {
      root(low, (difference(high) - difference(low)) / (high - low), low, high)
    }
    let steps = one.steps.reduce(0) { $0 + $1.slope } - other.steps.reduce(0) { $0 + $1.slope }
    root(last, one.slope - other.slope + steps, last, .infinity)
    return found
  }
}

extension OptionTally {
  /// The curve of each option over the valuation of `product`; `fixed` gives the other products' valuations.
  private func curves(over product: Int, _ fixed: (Int) -> Double) -> [WorthCurve] {
    let constants = worthOfSeveral(excluding: product) { $0 == product ? 0 : fixed($0) }
    return constants.indices.map { option in
      let item = several[option].first { $0.product == product }
      let steps = item.map { item in item.steps.map { (at: $0.at, slope: $0.slope) } }
      return WorthCurve(
        constant: constants[option], slope: optionProducts[option].contains(product) ? 1 : 0, steps: steps ?? [])
    }
  }

  /// Valuations of `product` at which the number of its units changes, an option becomes the best, or the threshold of
  /// the pivot meets an end of its support or one of its own knots.
  func severalKinks(_ product: Int, pivot: Int, _ landmarks: [Double], _ known: (Int) -> Double) -> [Double] {
    let envelope = PivotEnvelope(self, pivot: pivot)
    let views = (landmarks + envelope.knots).filter(\.isFinite)
    var kinks = several.joined().filter { $0.product == product }.flatMap { item in
      item.steps.map(\.at)
    }
    for view in views.isEmpty ? [0] : views {
      let curves = curves(over: product) { $0 == pivot ? view : known($0) }
      for one in curves.indices {
        for other in curves.indices.dropFirst(one + 1) {
          let isSameKind = envelope.kinds[one] == envelope.kinds[other]
          for crossing in WorthCurve.crossings(curves[one], curves[other]) {
            // Only what happens on top of all others is a kink of what customers do.
            let height = curves[one].value(at: crossing)
            let top = curves.indices.reduce(-Double.infinity) { top, option in
              let matters = !isSameKind || envelope.kinds[option] == envelope.kinds[one]
              return matters ? max(top, curves[option].value(at: crossing)) : top
            }
            if height >= top - 1e-9 * max(1, abs(top)) { kinks.append(crossing) }
          }
        }
      }
    }
    return kinks.filter(\.isFinite)
  }

  /// Valuations of `product` at which the number of its units changes or two options are about equally good; with little
  /// noise the logit shares turn sharply around them.
  func severalTasteKinks(_ product: Int, _ known: (Int) -> Double) -> [Double] {
    var kinks = several.joined().filter { $0.product == product }.flatMap { item in
      item.steps.map(\.at)
    }
    let curves = curves(over: product, known)
    for own in curves where own.slope > 0 {
      for var other in curves where other.slope == 0 || other.steps.count != own.steps.count {
        let constant = other.constant
        for distance in [-24.0, -12, -6, -2, 0, 2, 6, 12, 24] {
          other.constant = constant + distance * segment.taste
          kinks += WorthCurve.crossings(own, other)
        }
      }
    }
    return kinks.filter(\.isFinite)
  }
}
