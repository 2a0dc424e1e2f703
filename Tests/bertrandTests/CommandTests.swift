import Foundation
import Testing

@Suite("The tool as a process")
struct CommandTests {
  /// The executable stands among the build products, where the tests stand too.
  static let executable: URL = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("bertrand")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return URL(fileURLWithPath: "bertrand")
  }()

  static func run(_ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test("The catalogue lists every family")
  func catalogue() throws {
    let result = try Self.run(["strategies"])
    #expect(result.code == 0)
    for family in ["cost-based", "market-based", "value-based", "bundle", "dynamic"] {
      #expect(result.output.contains(family))
    }
  }

  @Test("A missing file ends with 66, bad usage with 64")
  func exitCodes() throws {
    #expect(try Self.run(["run", "/no/such/file.yaml"]).code == 66)
    #expect(try Self.run(["run"]).code == 64)
  }
}
