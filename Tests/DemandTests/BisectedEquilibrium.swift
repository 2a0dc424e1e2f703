import Foundation

/// Equilibrium prices by another method than the program's: every first-order condition in turn is bisected in its own
/// price, again and again, with shares and slopes that the test itself writes down.
struct BisectedEquilibrium {
  /// Units, and the derivative of the units of alternative [row] by the price of [column].
  typealias Demand = ([Double]) -> (units: [Double], slopes: [[Double]])

  let prices: [Double]
  /// By how much a last round still moved the prices.
  let movement: Double

  init(costs: [Double], owners: [Int], highest: Double, rounds: Int = 4000, _ demand: Demand) {
    var prices = costs.map { $0 + 0.1 * (highest - $0) }
    var movement = Double.infinity
    for _ in 0..<rounds where movement > 2e-15 * highest {
      let before = prices
      for alternative in prices.indices {
        var (low, high) = (costs[alternative], highest)
        while true {
          let middle = (low + high) / 2
          guard middle > low, middle < high else { break }
          prices[alternative] = middle
          let (units, slopes) = demand(prices)
          var condition = units[alternative]
          for other in prices.indices where owners[other] == owners[alternative] {
            condition += (prices[other] - costs[other]) * slopes[other][alternative]
          }
          if condition > 0 { low = middle } else { high = middle }
        }
      }
      movement = zip(prices, before).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
    self.prices = prices
    self.movement = movement
  }

  /// Multinomial logit.
  static func logit(_ utilities: [Double], _ sensitivity: Double, outside: Double = 1) -> Demand {
    { prices in
      let weights = zip(utilities, prices).map { exp($0 - sensitivity * $1) }
      let sum = weights.reduce(outside, +)
      let units = weights.map { $0 / sum }
      let slopes = units.indices.map { row in
        units.indices.map { sensitivity * units[row] * (units[$0] - (row == $0 ? 1 : 0)) }
      }
      return (units, slopes)
    }
  }

  /// Nested logit where each alternative has a nest, by logarithmic derivatives.
  static func nested(
    _ utilities: [Double], _ sensitivity: Double, nests: [Int], dissimilarities: [Double], outside: Double = 1
  ) -> Demand {
    { prices in
      let weights = prices.indices.map {
        exp((utilities[$0] - sensitivity * prices[$0]) / dissimilarities[nests[$0]])
      }
      let sums = dissimilarities.indices.map { nest in
        prices.indices.reduce(0) { $0 + (nests[$1] == nest ? weights[$1] : 0) }
      }
      let powers = zip(sums, dissimilarities).map { pow($0, $1) }
      let total = powers.reduce(outside, +)
      let within = prices.indices.map { weights[$0] / sums[nests[$0]] }
      let nestShares = powers.map { $0 / total }
      let units = prices.indices.map { within[$0] * nestShares[nests[$0]] }
      let slopes = prices.indices.map { row in
        prices.indices.map { column in
          let nest = nests[column]
          // Of the nest's share, and of the share within it.
          var relative = sensitivity * within[column] * (nestShares[nest] - (nests[row] == nest ? 1 : 0))
          if nests[row] == nest {
            relative += sensitivity / dissimilarities[nest] * (within[column] - (row == column ? 1 : 0))
          }
          return units[row] * relative
        }
      }
      return (units, slopes)
    }
  }

  /// Latent classes with weights.
  static func mixed(_ classes: [(weight: Double, demand: Demand)]) -> Demand {
    { prices in
      var units = prices.map { _ in 0.0 }
      var slopes = prices.map { _ in prices.map { _ in 0.0 } }
      for (weight, demand) in classes {
        let part = demand(prices)
        for row in prices.indices {
          units[row] += weight * part.units[row]
          for column in prices.indices { slopes[row][column] += weight * part.slopes[row][column] }
        }
      }
      return (units, slopes)
    }
  }
}
