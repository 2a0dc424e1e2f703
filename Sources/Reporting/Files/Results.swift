import Foundation
import Tables

/// The results of one run, read back from its folder: what pages, workbooks and comparisons are made of, so that they show
/// what the files say and nothing else.
public struct Results: Sendable {
  /// The folder as the user named it.
  public let folder: String
  /// What was run.
  public let manifest: Manifest
  private let tables: [String: Table]

  /// Reads a folder.
  ///
  /// - Parameter files: those that are wanted; others are not opened.
  /// - Throws: ``ResultsError`` where there are no results, or files that are not as they were written.
  public init(folder: String, files: [ResultFile] = ResultFile.all) throws {
    let url = URL(fileURLWithPath: folder, isDirectory: true)
    func bytes(_ name: String) throws -> Data? {
      let path = url.appendingPathComponent(name).path
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      do {
        return try Data(contentsOf: URL(fileURLWithPath: path))
      } catch {
        throw ResultsError("\(path): cannot be read: \(ResultFolder.reason(error))")
      }
    }
    guard let data = try bytes("manifest.json") else {
      throw ResultsError(
        "\(folder): no results of a run here (there is no manifest.json); first `bertrand run FILE --output \(folder)`")
    }
    do {
      manifest = try Manifest.decoder.decode(Manifest.self, from: data)
    } catch {
      throw ResultsError(
        "\(url.appendingPathComponent("manifest.json").path): this is not the manifest of a run of this version; "
          + "run the scenario again")
    }
    var tables: [String: Table] = [:]
    for file in files {
      let path = url.appendingPathComponent(file.fileName).path
      guard let data = try bytes(file.fileName) else {
        guard file.condition != nil else { throw ResultsError("\(path): no such file; run the scenario again") }
        continue
      }
      do {
        let table = try Table(csv: Array(data), isText: file.isText)
        let lacking = file.columns.map(\.name).filter { !table.columns.contains($0) }
        guard lacking.isEmpty else {
          throw ResultsError("\(path): there is no column \(lacking.joined(separator: ", "))")
        }
        tables[file.name] = table
      } catch let error as CSVMistake {
        throw ResultsError("\(path): \(error)")
      }
    }
    self.folder = folder
    self.tables = tables
  }

  /// The table of a file; without rows where this run has none.
  public func table(_ file: ResultFile) -> Table { tables[file.name] ?? file.table }

  /// The files that this run has, in the order of ``ResultFile/all``.
  public var files: [ResultFile] { ResultFile.all.filter { tables[$0.name] != nil } }
}

/// Why results cannot be read, in one line.
public struct ResultsError: Error, CustomStringConvertible, Sendable {
  /// One line.
  public let description: String

  init(_ description: String) { self.description = description }
}
