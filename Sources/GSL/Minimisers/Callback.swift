internal import CGSL

/// A Swift closure on its way through GSL's `void *params`.
///
/// C code cannot be left by a Swift error, so the first error is kept here, GSL is fed NaN until it gives up, and the
/// wrapper throws the error afterwards. NaN from the closure counts as an error.
final class Callback<Input> {
  private let operation: String
  private let body: (Input) throws -> Double
  private var failure: (any Error)?

  init(_ operation: String, _ body: @escaping (Input) throws -> Double) {
    self.operation = operation
    self.body = body
  }

  /// The closure's value, for Swift.
  func callAsFunction(_ input: Input) throws -> Double {
    let value = try body(input)
    guard !value.isNaN else { throw GSLError(Int(GSL_EBADFUNC), in: operation, "NaN at \(input)") }
    return value
  }

  /// The closure's value, for GSL: NaN from the first error on.
  func value(_ input: Input) -> Double {
    attempt { try self(input) } ?? .nan
  }

  /// Runs something that GSL asked for and keeps its error; nothing runs after the first one.
  func attempt<Result>(_ work: () throws -> Result) -> Result? {
    guard failure == nil else { return nil }
    do {
      return try work()
    } catch {
      failure = error
      return nil
    }
  }

  /// Throws the error that GSL was kept from seeing.
  func rethrow() throws {
    if let failure { throw failure }
  }
}

extension Callback<Double> {
  /// Lends a function of one variable to GSL for the length of `use`, and throws what the function threw.
  static func lend<Result>(
    _ operation: String, _ body: (Double) throws -> Double,
    to use: (UnsafeMutablePointer<gsl_function>) throws -> Result
  ) throws -> Result {
    try withoutActuallyEscaping(body) { body in
      let callback = Callback(operation, body)
      return try withExtendedLifetime(callback) {
        var function = gsl_function(
          function: { x, callback in
            callback.map { Unmanaged<Callback<Double>>.fromOpaque($0).takeUnretainedValue().value(x) } ?? .nan
          },
          params: Unmanaged.passUnretained(callback).toOpaque())
        let result = Swift.Result { try use(&function) }
        try callback.rethrow()
        return try result.get()
      }
    }
  }
}
