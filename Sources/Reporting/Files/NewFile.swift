import Foundation

/// A file of the user's that appears whole or not at all, and replaces another only if it may.
public enum NewFile {
  /// Writes a file: under another name beside its place first, then moved there in one step.
  ///
  /// - Parameter replaces: whether a file that is already there may go.
  /// - Throws: ``OutputError`` where it is already there and may not go, where something stands there that is no file, such
  ///   as a folder, a link or a device, or where it cannot be written; what stood there before then still does.
  public static func write(_ text: String, to path: String, replaces: Bool) throws {
    let target = URL(fileURLWithPath: path)
    let kind = try? FileManager.default.attributesOfItem(atPath: target.path)[.type] as? FileAttributeType
    if let kind, kind != .typeRegular {
      throw OutputError(description: "cannot write \(path): what is there is no file; choose another name")
    }
    let waiting = target.deletingLastPathComponent().appendingPathComponent(
      ".\(target.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).partial")
    defer { try? FileManager.default.removeItem(at: waiting) }
    do {
      try Data(text.utf8).write(to: waiting)
      // rename(2) replaces a file in one step; link(2) puts one in place only where there is none.
      guard (replaces ? rename(waiting.path, target.path) : link(waiting.path, target.path)) == 0 else {
        throw NSError(domain: NSPOSIXErrorDomain, code: Int(errno))
      }
    } catch let error as NSError where error.domain == NSPOSIXErrorDomain && error.code == Int(EEXIST) {
      throw OutputError(description: "\(path) is already there; choose another name, or replace it with --force")
    } catch {
      throw OutputError(description: "cannot write \(path): \(ResultFolder.reason(error))")
    }
  }
}
