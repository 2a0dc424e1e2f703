import Foundation

/// How much room learning takes, known before any of it is taken.
public struct LearningSize: Sendable {
  /// Bytes that learning may take: three quarters of this machine's memory.
  public static var mostBytes: Double { 0.75 * Double(ProcessInfo.processInfo.physicalMemory) }

  /// How many states there are.
  public let states: Double
  /// Bytes that the tables of one session take, and the table of profits.
  public let bytes: Double

  /// The size for sellers with so many prices each, who remember so many periods.
  public init(gridSizes: [Int], memory: Int) {
    let profiles = gridSizes.reduce(1.0) { $0 * Double($1) }
    var states = 1.0
    for _ in 0..<memory { states *= profiles }
    self.states = states
    let rows = states * (8 * Double(gridSizes.reduce(0, +)) + 4 * Double(gridSizes.count))
    // The search for a cycle marks every state.
    bytes = rows + 4 * states + 8 * profiles * Double(gridSizes.count)
  }

  /// The size in words.
  public var words: String {
    (states < 1e15 ? "\(Int(states))" : "\(states)") + " states, which take \(Self.words(bytes: bytes)) in each session"
  }

  /// An amount of memory in words.
  public static func words(bytes: Double) -> String {
    let units = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6)]
    guard let (unit, size) = units.first(where: { bytes >= $0.1 }) else { return "less than 1 MB" }
    let amount = bytes / size
    return amount < 1e6 ? "\((amount * 10).rounded() / 10) \(unit)" : "\(amount) \(unit)"
  }
}
