import Demand
import Selling

/// The parameters of a strategy that were found to earn most, and what they earn on customers that the search never met.
public struct ParameterOptimum: Sendable {
  /// One tuned number.
  public struct Setting: Sendable {
    /// The dial.
    public let dial: StrategyRecipe.Dial
    /// Where it was searched.
    public let bounds: ClosedRange<Double>
    /// The best value found.
    public let value: Double

    /// Whether the best value lies at an end of the bounds, though more is allowed.
    public var isAtBound: Bool { wider != nil }

    /// Bounds that reach further where the best value lies at an end of them (within a thousandth of their width) and more is
    /// allowed there: by twice their width. Nil where it does not.
    var wider: ClosedRange<Double>? {
      let (low, high) = (bounds.lowerBound, bounds.upperBound)
      let width = high - low
      if value >= high - 1e-3 * width, high < dial.allowed.upperBound {
        return low...min(dial.allowed.upperBound, high + 2 * width)
      }
      if value <= low + 1e-3 * width, low > dial.allowed.lowerBound {
        return max(dial.allowed.lowerBound, low - 2 * width)...high
      }
      return nil
    }
  }

  /// Profit where one dial is turned and the others stand at the optimum.
  public struct CurvePoint: Sendable {
    /// The dial, as an index of ``ParameterOptimum/settings``.
    public let setting: Int
    /// Its value.
    public let value: Double
    /// Profit on the customers of the search, in money over the calendar.
    public let profit: RunningMoments
  }

  /// The tuned numbers.
  public let settings: [Setting]
  /// Mean profit on the customers of the search, which flatters: the optimum was chosen for it.
  public let tunedProfit: Double
  /// Profit on fresh customers, those of `bertrand run`.
  public let profit: RunningMoments
  /// Profit on fresh customers less that of the strategy as the scenario has it.
  public let gain: RunningMoments
  /// Profit on fresh customers less the baseline's.
  public let gainOverBaseline: RunningMoments
  /// The profit curve of each dial.
  public let curve: [CurvePoint]
  /// What the strategy posts with these values, where it always posts the same: under price rules other prices than its own.
  public let posted: PriceList?
  /// Replications of the search.
  public let tuningReplications: Int
  /// How often profit was computed.
  public let trials: Int
}
