internal import CGSL

/// What went wrong in the GNU Scientific Library, or in an argument on its way there.
///
/// GSL's default is to abort the process; here every failure is thrown as this type. Errors of a caller's closure are
/// not wrapped: they pass through unchanged.
public struct GSLError: Error, Sendable, Equatable, CustomStringConvertible {
  /// GSL's error number, from `gsl_errno.h`: 1 is a domain error, 4 an invalid argument, 11 too many iterations.
  public let code: Int
  /// GSL's own words for the number.
  public let message: String
  /// The operation that failed, by the name of the GSL function or of the Swift type that was asked for it.
  public let operation: String
  /// The values that caused it, or what would have been allowed; empty where the message says enough.
  public let detail: String

  /// Looks up GSL's message for a number.
  init(_ code: Int, in operation: String, _ detail: String = "") {
    self.code = code
    self.message = String(cString: gsl_strerror(Int32(truncatingIfNeeded: code)))
    self.operation = operation
    self.detail = detail
  }

  /// `operation: message (detail)`, on one line.
  public var description: String {
    detail.isEmpty ? "\(operation): \(message)" : "\(operation): \(message) (\(detail))"
  }
}
