import Foundation
import Testing

/// The program, run as a process.
enum Tool {
  /// What a run came to.
  struct Result {
    let code: Int32
    let wasKilled: Bool
    let output: String
    let errors: String
  }

  /// The executable, which the build leaves beside the bundle of tests.
  static let executable: URL? = {
    // On macOS the bundle is a folder that the test process has loaded; elsewhere the bundle is the process itself.
    let bundles = Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") }.map(\.bundleURL)
    let places =
      bundles.map { $0.deletingLastPathComponent() } + [
        Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
      ]
    return places.map { $0.appendingPathComponent("bertrand") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  /// A process that has been started.
  final class Running {
    private let process = Process()
    private let folder: URL
    var isRunning: Bool { process.isRunning }

    fileprivate init(_ arguments: [String], in directory: String) throws {
      folder = FileManager.default.temporaryDirectory.appendingPathComponent("tool-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      process.executableURL = try #require(Tool.executable, "bertrand is not built")
      process.arguments = arguments
      process.currentDirectoryURL = URL(fileURLWithPath: directory, isDirectory: true)
      // Files rather than pipes: no run can block on an answer that nobody reads.
      for name in ["out", "err"] { FileManager.default.createFile(atPath: path(name), contents: nil) }
      process.standardOutput = FileHandle(forWritingAtPath: path("out"))
      process.standardError = FileHandle(forWritingAtPath: path("err"))
      process.standardInput = FileHandle.nullDevice
      try process.run()
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// What it has said so far on standard error.
    var errors: String { (try? String(contentsOfFile: path("err"), encoding: .utf8)) ?? "" }

    func end() { kill(process.processIdentifier, SIGKILL) }

    func interrupt() { kill(process.processIdentifier, SIGINT) }

    func wait() throws -> Result {
      process.waitUntilExit()
      defer { try? FileManager.default.removeItem(at: folder) }
      return Result(
        code: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
        output: try String(contentsOfFile: path("out"), encoding: .utf8),
        errors: try String(contentsOfFile: path("err"), encoding: .utf8))
    }
  }

  static func start(_ arguments: [String], in directory: String = NSTemporaryDirectory()) throws -> Running {
    try Running(arguments, in: directory)
  }

  /// Runs the tool to its end.
  static func run(_ arguments: String..., in directory: String = NSTemporaryDirectory()) throws -> Result {
    try start(arguments, in: directory).wait()
  }
}

/// Calls `body` with a new folder and removes it afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bertrand-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.resolvingSymlinksInPath().path)
}

func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }

/// The files of a folder with their bytes, without the manifest, which holds times.
func results(_ folder: String) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != "manifest.json" {
    files[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
  }
  return files
}

/// A small right scenario.
let kiosk = """
  scenario: Kiosk
  currency: EUR
  periods: { count: 3, unit: day }
  customers:
    arrivals: { poisson: 60 }
    segments:
      - { name: all, share: 100%, values: { coffee: "normal(3, 1)", cake: "exponential(2)" }, taste: 0.5 }
  sellers:
    - name: We
      products: { coffee: { unit cost: 0.6 }, cake: { unit cost: 1 } }
      candidates:
        today: { fixed-price: { coffee: 2.5, cake: 2 } }
        dear: { fixed-price: { coffee: 3, cake: 3 } }
        bundle: { fixed-price: { coffee: 2.5, cake: 2.5, coffee + cake: 4 } }
  study: { replications: 20 }

  """
