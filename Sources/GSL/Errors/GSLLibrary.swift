internal import CGSL

/// The GNU Scientific Library that this process is linked with.
public enum GSLLibrary {
  /// GSL's version, such as `2.7.1`. Results are the same to the last bit only within one version.
  public static let version = String(cString: cgsl_version())

  /// GSL's default error handler aborts the process. It is switched off once, on first use, and stays off: errors are
  /// then status codes, or NaN.
  private static let errorHandlerIsOff: Bool = {
    gsl_set_error_handler_off()
    return true
  }()

  /// Runs GSL with its error handler off. Every call into GSL that can fail goes through here or one of the two below.
  @discardableResult
  static func quietly<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    _ = errorHandlerIsOff
    return try body()
  }

  /// Runs a GSL function that returns a status and throws unless that is success.
  static func check(_ operation: String, _ detail: @autoclosure () -> String = "", _ body: () -> Int32) throws {
    let status = Int(quietly(body))
    guard status == Int(GSL_SUCCESS) else { throw GSLError(status, in: operation, detail()) }
  }

  /// Runs a GSL function that answers failure with NaN and throws instead.
  static func value(_ operation: String, _ detail: @autoclosure () -> String, _ body: () -> Double) throws -> Double {
    let result = quietly(body)
    guard !result.isNaN else { throw GSLError(Int(GSL_EDOM), in: operation, detail()) }
    return result
  }

  /// Runs an allocator of GSL, which answers failure with null.
  static func allocate<Pointer>(_ operation: String, _ body: () -> Pointer?) throws -> Pointer {
    guard let pointer = quietly(body) else { throw GSLError(Int(GSL_ENOMEM), in: operation) }
    return pointer
  }
}

/// Throws a domain error unless an argument is what it must be.
func require(_ condition: Bool, in operation: String, _ detail: @autoclosure () -> String) throws {
  guard condition else { throw GSLError(Int(GSL_EDOM), in: operation, detail()) }
}
