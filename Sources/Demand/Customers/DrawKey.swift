/// Identifies the random draws of customers: never the strategy, the thread or the order of work.
public struct DrawKey: Sendable, Hashable {
  /// What the draws are for; different purposes never share a draw.
  public enum Purpose: UInt8, Sendable {
    /// How many customers arrive in a period.
    case arrivals = 1
    /// The customers of the market.
    case customers = 2
    /// Customers who are asked by a seller's research.
    case respondents = 3
    /// What respondents add to their true answer.
    case answers = 4
    /// Resampling of replications.
    case bootstrap = 5
    /// Customers on whom a benchmark is tuned, so that it never sees those it is judged on.
    case tuning = 6
    /// What moves the number of customers of a whole period.
    case demandShocks = 7
    /// What moves a seller's costs from period to period.
    case costShocks = 8
    /// What strategies draw that experiment.
    case strategies = 9
    /// When in a period its customers come.
    case times = 10
    /// What sellers try that learn against each other.
    case learning = 16
  }

  /// The seed of the study.
  public var seed: UInt64
  /// The replication, from 0.
  public var replication: UInt32
  /// What is drawn.
  public var purpose: Purpose
  /// The period, from 0.
  public var period: UInt32

  /// A key for draws.
  public init(seed: UInt64, replication: UInt32, purpose: Purpose, period: UInt32 = 0) {
    self.seed = seed
    self.replication = replication
    self.purpose = purpose
    self.period = period
  }
}
