import CKernels
import Testing

/// One customer's choice by the words of the contract: the offers that are worth something, the best of them, and
/// nothing if that is below the outside option.
private struct PlainChoice {
  var choice: Int32 = -1
  var surplus: Double
  var isTie = false

  init(values: [Double], prices: [Double], outside: Double) {
    surplus = outside
    let surpluses = zip(values, prices).map { $0 - $1 }
    let offered = surpluses.indices.filter { prices[$0] != .infinity && surpluses[$0] > -.infinity }
    guard let best = offered.map({ surpluses[$0] }).max(), best >= outside else { return }
    let winners = offered.filter { surpluses[$0] == best }
    choice = Int32(winners[0])
    surplus = best
    isTie = winners.count > 1
  }
}

private struct Choices: Equatable {
  var choices: [Int32]
  var surpluses: [Double]
  var ties: Int
}

private struct Market {
  var values: [Double]
  var stride: Int
  var prices: [Double]
  var count: Int
  var outside: Double

  var chosen: Choices {
    var choices = [Int32](repeating: 99, count: count)
    var surpluses = [Double](repeating: 99, count: count)
    let ties = bertrand_best_alternatives(
      values, stride, prices, prices.count, count, outside, &choices, &surpluses)
    return Choices(choices: choices, surpluses: surpluses, ties: ties)
  }

  var plainlyChosen: Choices {
    let plain = (0..<count).map { customer in
      PlainChoice(
        values: prices.indices.map { values[$0 * stride + customer] }, prices: prices, outside: outside)
    }
    return Choices(
      choices: plain.map(\.choice), surpluses: plain.map(\.surplus), ties: plain.count { $0.isTie })
  }
}

@Suite struct BestAlternativeTests {
  /// Values on a coarse grid, so that ties between alternatives and with the outside option are common; some prices
  /// and values that are infinite or not numbers. Lengths around the block of 256, numbers of alternatives around
  /// the 8 that one pass holds.
  @Test(arguments: Array(0...13) + [40])
  func agreesWithThePlainChoice(alternatives: Int) {
    var random = SplitMix(state: UInt64(alternatives))
    var ties = 0
    var abstentions = 0
    for count in [0, 1, 2, 7, 8, 31, 255, 256, 257, 700] {
      for outside in [0, 2, -0.0, -.infinity, .infinity, .leastNonzeroMagnitude, -.leastNonzeroMagnitude] {
        let stride = count + Int.random(in: 0...3, using: &random)
        let levels: [Double] = [-3, -1, -0.0, 0, 1, 2, 3, 4, .leastNonzeroMagnitude, -.infinity, .nan]
        let market = Market(
          values: (0..<alternatives * stride).map { _ in levels[Int.random(in: 0..<levels.count, using: &random)] },
          stride: stride,
          prices: (0..<alternatives).map { _ in
            let level = Int.random(in: 0...6, using: &random)
            return level == 6 ? .infinity : Double(level)
          },
          count: count, outside: outside)
        let chosen = market.chosen
        #expect(chosen == market.plainlyChosen)
        ties += chosen.ties
        abstentions += chosen.choices.count { $0 < 0 }
      }
    }
    // The inputs would be no test if nothing interesting happened in them.
    #expect(alternatives < 2 || ties > 20)
    #expect(abstentions > 50)
  }

  @Test(arguments: [1, 3, 8, 9, 20])
  func continuousValuesDoNotTie(alternatives: Int) {
    let count = 5000
    let market = Market(
      values: uniforms(alternatives * count, lane: 7), stride: count,
      prices: .init(repeating: 0.4, count: alternatives), count: count, outside: 0)
    #expect(market.chosen == market.plainlyChosen)
    #expect(market.chosen.ties == 0)
  }

  @Test func equalToOutsideBuys() {
    let market = Market(values: [3, 2], stride: 2, prices: [2.5], count: 2, outside: 0.5)
    #expect(market.chosen == Choices(choices: [0, -1], surpluses: [0.5, 0.5], ties: 0))
  }

  @Test func whatIsNotOfferedIsNeverChosen() {
    let market = Market(
      values: [3, .infinity], stride: 2, prices: [.infinity], count: 2, outside: -.infinity)
    #expect(market.chosen == Choices(choices: [-1, -1], surpluses: [-.infinity, -.infinity], ties: 0))
  }

  @Test func tiesBelowOutsideAreNoTies() {
    var market = Market(values: [1, 1], stride: 1, prices: [0, 0], count: 1, outside: 2)
    #expect(market.chosen.ties == 0)
    market.outside = 1
    #expect(market.chosen == Choices(choices: [0], surpluses: [1], ties: 1))
    market.values = [1, 1, 3]
    market.prices = [0, 0, 0]
    #expect(market.chosen == Choices(choices: [2], surpluses: [3], ties: 0))
  }
}

@Suite struct TallyTests {
  /// Counts are whole numbers and the sum's order is part of the contract, so both are compared exactly.
  @Test(arguments: [0, 1, 5, 16, 17, 40])
  func agreesWithAPlainTally(alternatives: Int) {
    var random = SplitMix(state: 5)
    for count in [0, 1, 7, 8, 9, 255, 256, 257, 1003] {
      let choices = (0..<count).map { _ in Int32.random(in: -1...Int32(alternatives), using: &random) }
      // Thirds have no short binary form, so that another order of the sum shows.
      let surpluses = uniforms(count, lane: UInt32(alternatives)).map { ($0 - 0.3) / 3 }
      var counts = (0..<alternatives).map(Double.init)
      var total = 0.0
      bertrand_tally(choices, surpluses, count, 0, alternatives, &counts, &total)

      for alternative in 0..<alternatives {
        let chosen = choices.count { $0 == Int32(alternative) }
        #expect(counts[alternative] == Double(alternative + chosen))
      }
      var partial = [Double](repeating: 0, count: 8)
      for (index, surplus) in surpluses.enumerated() { partial[index % 8] += surplus }
      let even = (partial[0] + partial[4]) + (partial[2] + partial[6])
      let odd = (partial[1] + partial[5]) + (partial[3] + partial[7])
      #expect(total == even + odd)
      bertrand_tally(choices, surpluses, count, 0, alternatives, &counts, &total)
      #expect(total == 2 * (even + odd))
      var later = [Double](repeating: 0, count: alternatives)
      bertrand_tally(choices, nil, count, 1, alternatives, &later, nil)
      #expect(later == (0..<alternatives).map { place in Double(choices.count { $0 == Int32(place + 1) }) })
    }
  }
}
