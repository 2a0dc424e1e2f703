import Foundation

/// Q-learning as a seller's rule: how fast it learns, how long it tries prices out, how far it looks back and ahead.
///
/// A state is what every seller charged in the last ``memory`` periods. Q(state, action) is what the seller expects to
/// earn, now and discounted ever after, if it takes an action in a state. After an action was taken, profit seen and the
/// next state reached,
///
///     Q <- (1 - learning rate) Q + learning rate (profit + discount factor x max Q(next state, any action))
///
/// In period t it takes any action with probability exp(-exploration decay x t), and else the greedy one, that of the
/// largest Q. Source: Watkins & Dayan (1992), Machine Learning 8; for sellers Calvano, Calzolari, Denicolò & Pastorello
/// (2020), American Economic Review 110, equations 2 to 4. Verified against a slow reference, number by number, and
/// against the profit gain that they find (`LearningLoopTests`).
public struct QLearningRule: Sendable, Hashable, Codable {
  /// The weight of what is new; above 0 and at most 1.
  public let learningRate: Double
  /// By how much the logarithm of the probability of trying a price at random falls in a period; above 0.
  public let explorationDecay: Double
  /// What profit of the next period is worth beside profit of this one; from 0 to below 1.
  public let discountFactor: Double
  /// How many past periods a state holds; at least 1.
  public let memory: Int

  /// A rule.
  ///
  /// - Throws: ``StrategyError`` for a number that is not allowed.
  public init(
    learningRate: Double = 0.15, explorationDecay: Double = 4e-6, discountFactor: Double = 0.95, memory: Int = 1
  ) throws {
    guard learningRate > 0, learningRate <= 1 else {
      throw StrategyError(
        "a learning rate of \(learningRate): above 0, or nothing would be learnt, and at most 1, where only the last "
          + "period counts", parameter: "learning rate")
    }
    guard explorationDecay > 0, explorationDecay <= 1e3 else {
      throw StrategyError(
        "an exploration decay of \(explorationDecay): above 0, or prices would be tried at random for ever, and at most "
          + "1000", parameter: "exploration decay")
    }
    guard discountFactor >= 0, discountFactor <= 0.9999 else {
      throw StrategyError(
        "a discount factor of \(discountFactor): from 0 to 0.9999 are allowed", parameter: "discount factor")
    }
    guard (1...64).contains(memory) else {
      throw StrategyError("a memory of \(memory) periods: from 1 to 64 are allowed", parameter: "memory")
    }
    self.learningRate = learningRate
    self.explorationDecay = explorationDecay
    self.discountFactor = discountFactor
    self.memory = memory
  }

  /// The probability with which an action is taken at random in a period, counted from 0.
  public func exploration(period: Int) -> Double { exp(-explorationDecay * Double(period)) }
}
