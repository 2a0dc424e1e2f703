import Foundation
import Simulation
import Tables

/// A folder that cannot be written to, and why.
public struct OutputError: Error, CustomStringConvertible, Sendable {
  /// One sentence.
  public let description: String

  /// An error from its sentence.
  public init(description: String) { self.description = description }
}

/// The folder of a study's results. Every file appears whole or not at all: it is written under another name beside its
/// place and moved there. While replications run, their rows and a checkpoint wait in hidden files; a run that was
/// interrupted goes on from them.
public struct ResultFolder: Sendable {
  /// The folder.
  public let url: URL
  /// How its CSV files are written.
  public let style: CSVStyle

  private var partial: URL { url.appendingPathComponent(".replications.csv.partial") }
  private var checkpoint: URL { url.appendingPathComponent(".checkpoint") }

  /// Makes the folder if there is none.
  ///
  /// - Throws: ``OutputError`` where it cannot be made or written to.
  public init(_ path: String, style: CSVStyle = .plain) throws {
    self.style = style
    url = URL(fileURLWithPath: path, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      let probe = url.appendingPathComponent(".write-test")
      try Data("x".utf8).write(to: probe)
      try FileManager.default.removeItem(at: probe)
    } catch {
      throw OutputError(description: "cannot write to \(path): \(Self.reason(error))")
    }
  }

  static func reason(_ error: any Error) -> String {
    if let error = error as? OutputError { return error.description }
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    if cause.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cause.code))).lowercased() }
    return cause.localizedDescription
  }

  /// Writes a file as a whole.
  ///
  /// - Throws: ``OutputError`` where that fails; what stood there before then still does.
  public func write(_ bytes: [UInt8], to name: String) throws {
    try write(name) { try Data(bytes).write(to: URL(fileURLWithPath: $0)) }
  }

  /// Puts a file in its place once `body` has written it, as a whole, where it is told.
  ///
  /// - Throws: ``OutputError`` where that fails; what stood there before then still does.
  func write(_ name: String, _ body: (String) throws -> Void) throws {
    let target = url.appendingPathComponent(name)
    let waiting = url.appendingPathComponent("." + name + ".partial")
    do {
      try body(waiting.path)
      try replace(target, by: waiting)
    } catch {
      try? FileManager.default.removeItem(at: waiting)
      throw OutputError(description: "cannot write \(target.path): \(Self.reason(error))")
    }
  }

  /// Writes a table as a whole.
  ///
  /// - Throws: ``OutputError`` where that fails; what stood there before then still does.
  public func write(_ table: Table, to name: String) throws { try write(CSVText(table, style: style).bytes, to: name) }

  /// Removes a file, if it is there.
  public func remove(_ name: String) { try? FileManager.default.removeItem(at: url.appendingPathComponent(name)) }

  private func replace(_ target: URL, by waiting: URL) throws {
    // rename(2) replaces in one step; Foundation's moveItem would refuse an existing file.
    guard rename(waiting.path, target.path) == 0 else {
      throw NSError(domain: NSPOSIXErrorDomain, code: Int(errno))
    }
  }

  // MARK: Replications as they come

  /// What is needed to go on: which run it belongs to, the tally so far, and how much of the rows it covers.
  private struct Saved: Codable {
    let run: String
    let tally: StudyTally
    let bytes: UInt64
  }

  /// The tally of an interrupted run with this fingerprint; nil if there is none.
  public func interrupted(run: String) -> StudyTally? {
    guard let data = try? Data(contentsOf: checkpoint),
      let saved = try? PropertyListDecoder().decode(Saved.self, from: data), saved.run == run,
      let size = try? FileManager.default.attributesOfItem(atPath: partial.path)[.size] as? UInt64, size >= saved.bytes,
      let handle = try? FileHandle(forUpdating: partial)
    else { return nil }
    defer { try? handle.close() }
    guard (try? handle.truncate(atOffset: saved.bytes)) != nil else { return nil }
    return saved.tally
  }

  /// Opens the waiting rows of replications, to begin or to go on.
  ///
  /// - Throws: ``OutputError`` where that fails.
  public func openReplications(isContinued: Bool) throws -> ReplicationWriter {
    do {
      if !isContinued {
        try? FileManager.default.removeItem(at: checkpoint)
        try Data(CSVText(ResultFile.replications.table, style: style).bytes).write(to: partial)
      }
      let handle = try FileHandle(forWritingTo: partial)
      try handle.seekToEnd()
      return ReplicationWriter(handle: handle, style: style)
    } catch {
      throw OutputError(description: "cannot write to \(url.path): \(Self.reason(error))")
    }
  }

  /// Saves how far the run has come.
  ///
  /// - Throws: ``OutputError`` where that fails.
  public func save(_ tally: StudyTally, run: String, writer: ReplicationWriter) throws {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    do {
      let saved = Saved(run: run, tally: tally, bytes: try writer.handle.offset())
      let waiting = url.appendingPathComponent(".checkpoint.partial")
      try encoder.encode(saved).write(to: waiting)
      try replace(checkpoint, by: waiting)
    } catch {
      throw OutputError(description: "cannot save progress in \(url.path): \(Self.reason(error))")
    }
  }

  /// Puts the rows of replications in their place and forgets the checkpoint.
  ///
  /// - Throws: ``OutputError`` where that fails.
  public func finishReplications(_ writer: ReplicationWriter) throws {
    do {
      try writer.handle.close()
      try replace(url.appendingPathComponent("replications.csv"), by: partial)
      try? FileManager.default.removeItem(at: checkpoint)
    } catch {
      throw OutputError(description: "cannot write replications.csv in \(url.path): \(Self.reason(error))")
    }
  }
}

/// Takes the rows of replications as they come.
public final class ReplicationWriter {
  fileprivate let handle: FileHandle
  private let style: CSVStyle

  fileprivate init(handle: FileHandle, style: CSVStyle) {
    self.handle = handle
    self.style = style
  }

  /// Appends rows.
  ///
  /// - Throws: ``OutputError`` where the disk is full, say.
  public func append(_ rows: Table) throws {
    do {
      try handle.write(contentsOf: Data(CSVText(rows, style: style, hasHeader: false).bytes))
    } catch {
      throw OutputError(description: "cannot write replications: \((error as NSError).localizedDescription)")
    }
  }
}
