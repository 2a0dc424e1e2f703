import Foundation

/// What follows when one seller is forced for one period to charge what would earn it most in that period, and everybody
/// then goes on as learnt: whether rivals punish it, and whether it pays.
///
/// After Calvano et al. (2020), section IV.C. From every state of the cycle in which the forced price would be another than
/// the learnt one, with the same weight. Rivals are taken to charge what they are about to charge.
public struct ForcedDeviation: Sendable, Codable {
  /// The periods told, relative to the forced one, which is 0; -1 is what was charged last before it.
  public static let periods = -1...25

  /// By period of ``periods`` and seller the mean price, in money.
  public let prices: [[Double]]
  /// By period of ``periods`` and seller the mean profit over unit cost, in money from an average customer.
  public let profits: [[Double]]
  /// By how much the forced seller's discounted profit, from the forced period on, is more than without: in money from an
  /// average customer.
  public let gain: Double

  /// The deviation of a seller from a cycle; nil where it charges what earns most in one period all along.
  public init?(of seller: Int, from cycle: [Int], _ game: LearningGame, _ play: GreedyPlay) {
    let count = game.sellers.count
    var prices = [[Double]](repeating: [Double](repeating: 0, count: count), count: Self.periods.count)
    var profits = prices
    var (gain, starts) = (0.0, 0)
    func add(_ place: Int, profile: Int) {
      let actions = game.actions(profile)
      for (other, profit) in game.profits(at: profile).enumerated() {
        prices[place][other] += game.grids[other][actions[other]]
        profits[place][other] += profit
      }
    }
    for state in cycle {
      var actions = play.actions(in: state)
      let forced = game.bestResponse(of: seller, to: actions)
      guard forced != actions[seller] else { continue }
      actions[seller] = forced
      starts += 1
      add(0, profile: state % game.profileCount)
      var profile = game.profile(actions)
      gain += Self.discountedGain(of: seller, forced: profile, in: state, game, play)
      var here = state
      for place in 1..<Self.periods.count {
        add(place, profile: profile)
        here = game.state(after: here, profile: profile)
        profile = game.profile(play.actions(in: here))
      }
    }
    guard starts > 0 else { return nil }
    let weight = 1 / Double(starts)
    self.prices = prices.map { $0.map { $0 * weight } }
    self.profits = profits.map { $0.map { $0 * weight } }
    self.gain = gain * weight
  }

  /// Discounted profit with the forced period less that without; what is worth less than 1e-12 of a period's profit is
  /// left out.
  private static func discountedGain(
    of seller: Int, forced: Int, in state: Int, _ game: LearningGame, _ play: GreedyPlay
  ) -> Double {
    let discount = game.rules[seller].discountFactor
    let count = game.sellers.count
    var (with, without) = (game.state(after: state, profile: forced), play.next(state))
    var (gain, weight) = (0.0, 1.0)
    while weight > 1e-12 {
      gain +=
        weight
        * (game.profits[with % game.profileCount * count + seller]
          - game.profits[without % game.profileCount * count + seller])
      // From the same state on all is the same.
      if with == without { break }
      (with, without) = (play.next(with), play.next(without))
      weight *= discount
    }
    return gain
  }
}
