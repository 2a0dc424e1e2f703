import Foundation

/// A smooth function of a normal score, tabulated for speed: on each of equal cells a polynomial through its values at
/// Chebyshev's nodes.
///
/// It serves quantiles that have no closed form, as a function of the score, so that one table answers for uniform draws
/// and for correlated normals. Verified against the functions themselves (`ValuationSamplerTests`): 12 nodes on cells of
/// a quarter leave nothing but rounding for functions as smooth as the logarithm of a gamma quantile.
struct ScoreTable: Sendable {
  /// Scores are cut off here: a draw lies beyond once in 10^17.
  static let limit = 8.5
  private static let cellsPerUnit = 4.0
  private static let nodeCount = 12
  /// Chebyshev coefficients, cell by cell.
  private let coefficients: [Double]

  /// Tabulates a function of the score.
  init(_ function: (Double) throws -> Double) rethrows {
    let count = Self.nodeCount
    let nodes = (0..<count).map { cos(Double.pi * (Double($0) + 0.5) / Double(count)) }
    var coefficients: [Double] = []
    for cell in 0..<Int(2 * Self.limit * Self.cellsPerUnit) {
      let centre = Self.centre(cell)
      let values = try nodes.map { try function(centre + $0 / (2 * Self.cellsPerUnit)) }
      for order in 0..<count {
        let sum = values.indices.reduce(0) {
          $0 + values[$1] * cos(Double.pi * Double(order) * (Double($1) + 0.5) / Double(count))
        }
        coefficients.append(sum * (order == 0 ? 1 : 2) / Double(count))
      }
    }
    self.coefficients = coefficients
  }

  private static func centre(_ cell: Int) -> Double { -limit + (Double(cell) + 0.5) / cellsPerUnit }

  /// The function at a score, by Clenshaw's recurrence.
  func value(_ score: Double) -> Double {
    let score = min(Self.limit, max(-Self.limit, score))
    let cells = coefficients.count / Self.nodeCount
    let cell = min(cells - 1, Int((score + Self.limit) * Self.cellsPerUnit))
    // Taken from the cell's centre, which is exact, the place in the cell loses nothing.
    let x = 2 * Self.cellsPerUnit * (score - Self.centre(cell))
    var (next, afterNext) = (0.0, 0.0)
    let first = cell * Self.nodeCount
    for order in stride(from: Self.nodeCount - 1, to: 0, by: -1) {
      (next, afterNext) = (2 * x * next - afterNext + coefficients[first + order], next)
    }
    return x * next - afterNext + coefficients[first]
  }
}
