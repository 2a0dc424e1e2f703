extension Lanes {
  /// Turns a row of uniforms (or of standard normals) into valuations of the kinds with formulas of their own, by the
  /// inverse of the distribution function; of the mixtures only correlated ones.
  func transformByTails(_ row: Int, _ sampler: ValuationSampler, isNormal: Bool, _ lanes: Range<Int>) {
    switch sampler.valuation {
    case .pareto(let minimum, let elasticity):
      upperTails(row, isNormal: isNormal, lanes)
      logarithms(row, lanes)
      scale(row, lanes, by: -1 / elasticity, shift: 0)
      exponentials(row, lanes)
      scale(row, lanes, by: minimum, shift: 0)
    case .weibull(let shape, let scale):
      if isNormal {
        upperTails(row, isNormal: true, lanes)
        logarithms(row, lanes)
        self.scale(row, lanes, by: -1, shift: 0)
      } else {
        exponentialQuantiles(row, lanes)
      }
      logarithms(row, lanes)
      self.scale(row, lanes, by: 1 / shape, shift: 0)
      exponentials(row, lanes)
      self.scale(row, lanes, by: scale, shift: 0)
    case .logistic(let location, let scale):
      for lane in lanes {
        let draw = self[row, lane]
        self[row, lane] =
          isNormal ? Valuation.normalTail(-draw) / Valuation.normalTail(draw) : draw / (1 - draw)
      }
      logarithms(row, lanes)
      self.scale(row, lanes, by: scale, shift: location)
    case .triangular(let low, let mode, let high):
      if isNormal { normalProbabilities(row, lanes) }
      let curve = TriangularCurve(low: low, mode: mode, high: high)
      for lane in lanes { self[row, lane] = curve.value(below: self[row, lane], above: 1 - self[row, lane]) }
    case .truncatedNormal(let mean, let deviation):
      upperTails(row, isNormal: isNormal, lanes)
      let kept = Valuation.normalTail(-mean / deviation)
      // A tail rounded to 1 would be a score of minus infinity.
      for lane in lanes { self[row, lane] = min(kept * self[row, lane], 1 - 0x1p-53) }
      normalQuantiles(row, lanes)
      scale(row, lanes, by: -deviation, shift: mean)
      for lane in lanes { self[row, lane] = max(0, self[row, lane]) }
    case .gamma(_, let scale):
      guard let table = sampler.table else { return }
      if !isNormal { normalQuantiles(row, lanes) }
      for lane in lanes { self[row, lane] = table.value(self[row, lane]) }
      exponentials(row, lanes)
      self.scale(row, lanes, by: scale, shift: 0)
    case .beta(let alpha, let beta, let low, let high):
      guard let table = sampler.table else { return }
      if !isNormal { normalQuantiles(row, lanes) }
      let curve = BetaCurve(alpha: alpha, beta: beta, low: low, high: high)
      for lane in lanes { self[row, lane] = curve.value(logOdds: table.value(self[row, lane])) }
    case .mixture(let components):
      for lane in lanes { self[row, lane] = sampler.mixed(components, self[row, lane]) }
    case .fixed, .normal, .logNormal, .uniform, .exponential, .gumbel: break
    }
  }

  /// The probability above each draw: exact for uniforms, which are odd multiples of 2^-53.
  private func upperTails(_ row: Int, isNormal: Bool, _ lanes: Range<Int>) {
    scale(row, lanes, by: -1, shift: isNormal ? 0 : 1)
    if isNormal { normalProbabilities(row, lanes) }
  }
}
