/// Why a workbook cannot be written, in one line.
public struct WorkbookError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was being done, and what went wrong.
  public let description: String

  init(_ description: String) { self.description = description }
}
