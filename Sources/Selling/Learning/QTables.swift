/// What one or several learners know: for every state the value of each action, and the greedy action.
///
/// Values of all learners stand in one array, row by row of a state, so that a loop over millions of periods may hold the
/// two arrays as spans and call ``learn(_:_:_:state:action:profit:next:)`` on them; ``learn(_:state:action:profit:next:)``
/// does the same for one step.
public struct QTables: Sendable {
  /// One learner: where its numbers stand, and how it learns.
  public struct Learner: Sendable {
    /// Where its values begin in ``QTables/values``.
    public let firstValue: Int
    /// Where its states begin in ``QTables/greedy``.
    public let firstState: Int
    /// How many actions it has.
    public let actionCount: Int
    /// The weight of what is new.
    public let learningRate: Double
    /// What the next period is worth beside this one.
    public let discountFactor: Double
  }

  /// The learners.
  public let learners: [Learner]
  /// How many states there are; the same for all learners.
  public let stateCount: Int
  /// Q of every learner, state and action.
  public var values: [Double]
  /// The greedy action of every learner and state.
  public var greedy: [Int32]

  /// Tables in which every state has the same values.
  ///
  /// - Parameters:
  ///   - starts: of each learner the value of each action.
  ///   - rules: of each learner.
  public init(stateCount: Int, starts: [[Double]], rules: [QLearningRule]) {
    var learners: [Learner] = []
    (values, greedy) = ([], [])
    values.reserveCapacity(stateCount * starts.reduce(0) { $0 + $1.count })
    greedy.reserveCapacity(stateCount * starts.count)
    for (start, rule) in zip(starts, rules) {
      learners.append(
        Learner(
          firstValue: values.count, firstState: greedy.count, actionCount: start.count,
          learningRate: rule.learningRate, discountFactor: rule.discountFactor))
      let best = start.indices.reduce(0) { start[$1] > start[$0] ? $1 : $0 }
      for _ in 0..<stateCount { values += start }
      greedy += [Int32](repeating: Int32(best), count: stateCount)
    }
    self.learners = learners
    self.stateCount = stateCount
  }

  /// The greedy action of a learner in a state.
  public func greedyAction(_ learner: Int, state: Int) -> Int { Int(greedy[learners[learner].firstState + state]) }

  /// Learns from one period; see ``learn(_:_:_:state:action:profit:next:)``.
  @discardableResult
  public mutating func learn(_ learner: Int, state: Int, action: Int, profit: Double, next: Int) -> Bool {
    let learner = learners[learner]
    return withSpans {
      Self.learn(learner, &$0, &$1, state: state, action: action, profit: profit, next: next)
    }
  }

  /// Calls `body` with the values and the greedy actions as spans.
  @inlinable
  public mutating func withSpans<Result>(
    _ body: (inout MutableSpan<Double>, inout MutableSpan<Int32>) -> Result
  ) -> Result {
    func lend(_ values: inout [Double], _ greedy: inout [Int32]) -> Result {
      var values = values.mutableSpan
      var greedy = greedy.mutableSpan
      return body(&values, &greedy)
    }
    return lend(&values, &greedy)
  }

  /// Learns from one period: one value changes, and perhaps the state's greedy action, which is remembered so that no
  /// maximum is sought while the largest value grows. A greedy action stays until another is better; of several that are
  /// equally good after it has fallen, the first is taken.
  ///
  /// - Returns: whether the greedy action of the state is another now.
  @inlinable @inline(__always)
  public static func learn(
    _ learner: Learner, _ values: inout MutableSpan<Double>, _ greedy: inout MutableSpan<Int32>, state: Int,
    action: Int, profit: Double, next: Int
  ) -> Bool {
    let row = learner.firstValue + state * learner.actionCount
    let incumbent = Int(greedy[learner.firstState + state])
    let future = values[
      learner.firstValue + next * learner.actionCount + Int(greedy[learner.firstState + next])]
    let before = values[row + action]
    let value =
      (1 - learner.learningRate) * before + learner.learningRate * (profit + learner.discountFactor * future)
    values[row + action] = value
    var best = incumbent
    if action != incumbent {
      if value > values[row + incumbent] { best = action }
    } else if value < before {
      // Only if the largest value has fallen may another be larger.
      let cells = values.span.extracting(row..<row + learner.actionCount)
      var largest = value
      for other in cells.indices where cells[other] > largest {
        largest = cells[other]
        best = other
      }
    }
    guard best != incumbent else { return false }
    greedy[learner.firstState + state] = Int32(truncatingIfNeeded: best)
    return true
  }

  /// The action that one uniform number in (0, 1) decides on: any action if it is below the probability of exploring, each
  /// with the same chance, else the greedy one.
  @inlinable @inline(__always)
  public static func action(
    _ uniform: Double, exploration: Double, actionCount: Int, greedy: Int32
  ) -> Int {
    // Below the probability, the number over it is uniform again.
    uniform < exploration ? min(actionCount - 1, Int(uniform / exploration * Double(actionCount))) : Int(greedy)
  }
}
