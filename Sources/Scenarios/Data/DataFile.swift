import Foundation

/// A file of the user's own data: its bytes, and its text as UTF-8.
package struct DataFile: Sendable {
  /// The name by which messages call it.
  package let name: String
  /// The bytes of the file, on which results depend.
  package let bytes: [UInt8]
  /// The text in UTF-8, without a byte order mark.
  let text: [UInt8]

  /// The size above which a file is refused.
  package static let maximumBytes = 256 << 20

  /// Reads a file. Throws ``DataProblems`` where it cannot be read or is no text.
  package init(contentsOf path: String, name: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw DataProblems("no such file: \(printable(path))")
    }
    defer { try? handle.close() }
    // The reading is bounded whatever size the system states: some files never end.
    let limit = Self.maximumBytes
    var data = Data()
    do {
      while let more = try handle.read(upToCount: limit + 1 - data.count), !more.isEmpty { data += more }
    } catch {
      throw DataProblems("\(printable(path)) cannot be read")
    }
    try self.init(bytes: Array(data), name: name)
  }

  /// Takes the bytes of a file. Throws ``DataProblems`` where they are no text.
  package init(bytes: [UInt8], name: String) throws {
    guard bytes.count <= Self.maximumBytes else {
      throw DataProblems(
        "\(printable(name)) is too large; a file of data has at most \(Self.maximumBytes >> 20) MB")
    }
    self.name = name
    self.bytes = bytes
    do {
      text = try TextEncoding.utf8(bytes)
    } catch let error as TextEncoding.Mistake {
      throw DataProblems("\(printable(name)) \(error.words)")
    }
  }
}
