/// A market that cannot be: what is wrong, in words a user can act on.
public struct DemandError: Error, CustomStringConvertible, Sendable, Equatable {
  /// One sentence: what was found and what is allowed.
  public let description: String

  /// Makes an error from its sentence.
  public init(_ description: String) { self.description = description }
}
