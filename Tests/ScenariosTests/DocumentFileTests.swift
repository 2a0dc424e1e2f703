import Foundation
import Scenarios
import Testing

/// A file that cannot be a scenario is refused for one clear reason.
struct DocumentFileTests {
  /// Calls `body` with the path of a temporary file of the given bytes.
  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file.path)
  }

  @Test func missingFiles() {
    #expect(throws: DocumentError.noSuchFile("")) { try Document(contentsOf: "") }
    #expect(throws: DocumentError.noSuchFile("/none/such")) { try Document(contentsOf: "/none/such") }
    #expect(throws: DocumentError.noSuchFile("/dev/null/x")) { try Document(contentsOf: "/dev/null/x") }
    #expect(DocumentError.noSuchFile("gym.yaml").description == "gym.yaml: no such file")
  }

  @Test func directory() {
    #expect(throws: DocumentError.isDirectory("/tmp")) { try Document(contentsOf: "/tmp") }
    #expect(DocumentError.isDirectory("/tmp").description == "/tmp: this is a directory; name a scenario file")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/mem"))) func unreadable() throws {
    let error = #expect(throws: DocumentError.self) { try Document(contentsOf: "/proc/self/mem") }
    guard case .cannotRead(let file, _) = error else { return #expect(Bool(false), "\(error as Any)") }
    #expect(file == "/proc/self/mem")
  }

  @Test func notUTF8() throws {
    try withFile(Array("a: 1\nb: ".utf8) + [0xE9, 0x0A]) { file in
      #expect(throws: DocumentError.notUTF8(file, line: 2)) { try Document(contentsOf: file) }
    }
    let message = DocumentError.notUTF8("gym.yaml", line: 2).description
    #expect(message == "gym.yaml:2: this is not UTF-8 text; save the file as UTF-8")
  }

  @Test(.timeLimit(.minutes(1))) func hugeSparseFile() throws {
    try withFile([]) { file in
      let handle = try #require(FileHandle(forWritingAtPath: file))
      try handle.truncate(atOffset: 1 << 30)
      try handle.close()
      #expect(throws: DocumentError.tooLarge(file, bytes: 1 << 30)) { try Document(contentsOf: file) }
    }
    let message = DocumentError.tooLarge("gym.yaml", bytes: 1 << 30).description
    #expect(message == "gym.yaml: a scenario has at most 4 MB, this has 1.0 GB")
  }

  @Test(.timeLimit(.minutes(1))) func endlessFile() {
    #expect(throws: DocumentError.tooLarge("/dev/zero", bytes: nil)) { try Document(contentsOf: "/dev/zero") }
  }

  @Test func fourMegabytesAreRead() throws {
    let text = Array("a: 1 #".utf8)
    try withFile(text + Array(repeating: UInt8(ascii: "x"), count: (4 << 20) - text.count)) { file in
      let document = try Document(contentsOf: file)
      #expect(document.bytes.count == 4 << 20)
    }
  }

  @Test func byteOrderMarkIsSkipped() throws {
    try withFile([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8)) { file in
      let document = try Document(contentsOf: file)
      #expect(document.root.place == Place(line: 1, column: 1))
      #expect(document.bytes.count == 7)
    }
  }
}
