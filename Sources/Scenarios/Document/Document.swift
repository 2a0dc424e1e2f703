import Foundation

/// Why a scenario file could not be read at all.
public enum DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
  case noSuchFile(String)
  case isDirectory(String)
  /// The file exists, but the system refuses it for the given reason.
  case cannotRead(String, reason: String)
  /// The file is larger than a scenario may be; its size is nil where the system does not tell.
  case tooLarge(String, bytes: Int?)
  /// The file is not UTF-8 text; the line is the first that is not.
  case notUTF8(String, line: Int)

  /// One line for the user.
  public var description: String {
    switch self {
    case .noSuchFile(let file): return "\(printable(file)): no such file"
    case .isDirectory(let file): return "\(printable(file)): this is a directory; name a scenario file"
    case .cannotRead(let file, let reason): return "\(printable(file)): cannot be read: \(reason)"
    case .tooLarge(let file, let bytes):
      let size = bytes.map { "this has \(Self.size($0))" } ?? "this has more"
      return "\(printable(file)): a scenario has at most \(Document.maximumBytes >> 20) MB, \(size)"
    case .notUTF8(let file, let line):
      return "\(printable(file)):\(line): this is not UTF-8 text; save the file as UTF-8"
    }
  }

  private static func size(_ bytes: Int) -> String {
    let megabytes = Double(bytes) / 1_048_576
    return megabytes < 1024
      ? String(format: "%.1f MB", megabytes) : String(format: "%.1f GB", megabytes / 1024)
  }
}

/// A scenario file as a tree of texts with their places, before any of them is understood.
package struct Document: Sendable {
  /// The file as the user named it.
  package let file: String
  /// The file's bytes, to tell one version of a scenario from another.
  package let bytes: [UInt8]
  package let root: DocumentNode

  /// The size above which a file is refused unread.
  package static let maximumBytes = 4 << 20

  /// Reads a file; throws a `DocumentError` where there is no text, and `ScenarioProblems` where it is not YAML.
  package init(contentsOf file: String) throws {
    try self.init(bytes: Self.load(file), file: file)
  }

  /// Parses a text; `file` is its name in messages.
  package init(text: String, file: String) throws {
    try self.init(bytes: Array(text.utf8), file: file)
  }

  /// Parses the bytes of a file; `file` is its name in messages.
  package init(bytes: [UInt8], file: String) throws {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
    guard bytes.count <= Self.maximumBytes else { throw DocumentError.tooLarge(file, bytes: bytes.count) }
    guard String(validating: text, as: UTF8.self) != nil else {
      let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let good = lines.prefix { String(validating: $0, as: UTF8.self) != nil }
      throw DocumentError.notUTF8(file, line: good.count + 1)
    }
    let problems = ProblemCollector(file: file)
    var builder = DocumentBuilder(problems: problems)
    do throws(ScenarioProblem) {
      try readYAML(text, file: file) { event throws(ScenarioProblem) in try builder.take(event) }
    } catch {
      problems.add(error)
    }
    let root = builder.root ?? DocumentNode(place: .start, content: .empty)
    if root.isEmpty, problems.isEmpty { problems.report("the file has no content", at: .start) }
    try problems.throwIfAny()
    (self.file, self.bytes, self.root) = (file, bytes, root)
  }

  private static func load(_ file: String) throws -> [UInt8] {
    guard !file.isEmpty else { throw DocumentError.noSuchFile(file) }
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
      defer { try? handle.close() }
      let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
      guard size <= maximumBytes else { throw DocumentError.tooLarge(file, bytes: size) }
      // A pipe has no size, so that the reading itself is bounded too.
      var bytes: [UInt8] = []
      while let more = try handle.read(upToCount: maximumBytes + 1 - bytes.count), !more.isEmpty {
        bytes += more
        guard bytes.count <= maximumBytes else { throw DocumentError.tooLarge(file, bytes: nil) }
      }
      return bytes
    } catch let error as DocumentError {
      throw error
    } catch {
      throw documentError(error as NSError, file)
    }
  }

  private static func documentError(_ error: NSError, _ file: String) -> DocumentError {
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    switch cause.domain == NSPOSIXErrorDomain ? POSIXErrorCode(rawValue: Int32(cause.code)) : nil {
    case .ENOENT, .ENOTDIR: return .noSuchFile(file)
    case .EISDIR: return .isDirectory(file)
    case .EACCES, .EPERM: return .cannotRead(file, reason: "permission denied")
    default: return .cannotRead(file, reason: cause.localizedDescription)
    }
  }
}

extension Document {
  /// Reads the document as a record; nil after reporting that it is no map. All other mistakes are reported too.
  package func record(_ definition: RecordDefinition, _ problems: ProblemCollector) -> Record? {
    ShapeReader(problems: problems).value(root, .record(definition), .root)?.record
  }
}
