import Foundation
import GSL
import Testing

@Suite struct AlgebraTests {
  /// The textbook matrix whose factor is whole numbers.
  @Test func factorisesATextbookMatrix() throws {
    let factor = try CholeskyFactor(of: [[4, 12, -16], [12, 37, -43], [-16, -43, 98]])
    #expect(factor.lower == [[2, 0, 0], [6, 1, 0], [-8, 5, 3]])
    #expect(try factor.times([1, 1, 1]) == [2, 7, 0])
    #expect(try CholeskyFactor(of: [[9]]).lower == [[3]])
  }

  /// Random correlation-like matrices: L L^T returns the matrix to rounding.
  @Test func productsReturnTheMatrix() throws {
    var stream = stream(seed: 3)
    for size in 1...8 {
      let rows = try (0..<size).map { _ in try (0..<size).map { _ in try stream.normal(mean: 0, standardDeviation: 1) }
      }
      let matrix = (0..<size).map { i in
        (0..<size).map { j in zip(rows[i], rows[j]).reduce(i == j ? 0.1 : 0) { $0 + $1.0 * $1.1 } }
      }
      let lower = try CholeskyFactor(of: matrix).lower
      for i in 0..<size {
        for j in 0..<size {
          let product = zip(lower[i], lower[j]).reduce(0) { $0 + $1.0 * $1.1 }
          #expect(isClose(product, matrix[i][j], relative: 1e-13, absolute: 1e-13))
        }
      }
    }
  }

  @Test func refusesMatricesThatHaveNoFactor() {
    let error = #expect(throws: GSLError.self) { try CholeskyFactor(of: [[1, 2], [2, 1]]) }
    #expect(error?.detail == "the matrix is not positive definite")
    #expect(error?.message == "input domain error")
    #expect(throws: GSLError.self) { try CholeskyFactor(of: [[1, 0.5], [0.4, 1]]) }
    #expect(throws: GSLError.self) { try CholeskyFactor(of: [[1, 0], [0]]) }
    #expect(throws: GSLError.self) { try CholeskyFactor(of: [[1, 0]]) }
    #expect(throws: GSLError.self) { try CholeskyFactor(of: []) }
    #expect(throws: GSLError.self) { try CholeskyFactor(of: [[]]) }
    #expect(throws: GSLError.self) { try CholeskyFactor(of: [[.nan]]) }
    #expect(throws: GSLError.self) { try CholeskyFactor(of: [[.infinity, 0], [0, 1]]) }
    #expect(throws: GSLError.self) { try CholeskyFactor(of: [[0]]) }
    #expect(throws: GSLError.self) { try CholeskyFactor(of: [[1]]).times([1, 2]) }
  }

  /// Longley (1967), from NIST's Statistical Reference Datasets with certified values. The predictors are almost
  /// collinear (condition number 5e9 before scaling), so even a good solver keeps only nine digits or so: 1e-8.
  @Test func fitsLongleysData() throws {
    let rows: [[Double]] = [
      [60323, 83.0, 234289, 2356, 1590, 107608, 1947], [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
      [60171, 88.2, 258054, 3682, 1616, 109773, 1949], [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
      [63221, 96.2, 328975, 2099, 3099, 112075, 1951], [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
      [64989, 99.0, 365385, 1870, 3547, 115094, 1953], [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
      [66019, 101.2, 397469, 2904, 3048, 117388, 1955], [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
      [68169, 108.4, 442769, 2936, 2798, 120445, 1957], [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
      [68655, 112.6, 482704, 3813, 2552, 123366, 1959], [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
      [69331, 115.7, 518173, 4806, 2572, 127852, 1961], [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
    ]
    let fit = try LinearFit(predictors: rows.map { [1] + $0.dropFirst() }, responses: rows.map { $0[0] })
    let certified = [
      (-3482258.63459582, 890420.383607373), (15.0618722713733, 84.9149257747669),
      (-0.358191792925910e-01, 0.334910077722432e-01), (-2.02022980381683, 0.488399681651699),
      (-1.03322686717359, 0.214274163161675), (-0.511041056535807e-01, 0.226073200069370),
      (1829.15146461355, 455.478499142212),
    ]
    #expect(fit.coefficients.count == certified.count)
    for (i, (coefficient, error)) in certified.enumerated() {
      #expect(isClose(fit.coefficients[i], coefficient, relative: 1e-8), "coefficient \(i)")
      #expect(isClose(fit.standardErrors[i], error, relative: 1e-8), "standard error \(i)")
    }
    #expect(isClose(fit.residualSumOfSquares, 836424.055505915, relative: 1e-9))
    #expect(fit.degreesOfFreedom == 9)
  }

  @Test func refusesFitsThatHaveNoAnswer() {
    let collinear = #expect(throws: GSLError.self) {
      try LinearFit(predictors: [[1, 2], [1, 2], [1, 2]], responses: [1, 2, 3])
    }
    #expect(collinear?.detail == "predictors are collinear: rank 1 of 2")
    #expect(throws: GSLError.self) { try LinearFit(predictors: [[0], [0]], responses: [1, 2]) }
    #expect(throws: GSLError.self) { try LinearFit(predictors: [[1, 2], [1, 3]], responses: [1, 2]) }
    #expect(throws: GSLError.self) { try LinearFit(predictors: [[1], [1, 2]], responses: [1, 2]) }
    #expect(throws: GSLError.self) { try LinearFit(predictors: [[1], [1]], responses: [1, 2, 3]) }
    #expect(throws: GSLError.self) { try LinearFit(predictors: [], responses: []) }
    #expect(throws: GSLError.self) { try LinearFit(predictors: [[], []], responses: [1, 2]) }
    #expect(throws: GSLError.self) { try LinearFit(predictors: [[1], [.nan]], responses: [1, 2]) }
    #expect(throws: GSLError.self) { try LinearFit(predictors: [[1], [2]], responses: [1, .infinity]) }
    #expect(throws: GSLError.self) { try LinearFit(predictors: [[1e300], [2e300]], responses: [1e300, -1e300]) }
  }
}
