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
  /// The folder as the user named it.
  public let name: String
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
    name = path
    url = URL(fileURLWithPath: path, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      let probe = url.appendingPathComponent(".write-test")
      defer { try? FileManager.default.removeItem(at: probe) }
      try Data("x".utf8).write(to: probe)
    } catch {
      throw OutputError(description: "cannot write to \(path): \(Self.reason(error))")
    }
  }

  static func reason(_ error: any Error) -> String {
    if let error = error as? OutputError { return error.description }
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    if cause.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cause.code))).lowercased() }
    // Foundation says first that the operation could not be completed, and then why.
    let words = cause.localizedDescription
    return words.range(of: "completed. ").map { String(words[$0.upperBound...]) } ?? words
  }

  /// Writes a file as a whole.
  ///
  /// - Throws: ``OutputError`` where that fails; what stood there before then still does.
  public func write(_ bytes: [UInt8], to name: String) throws {
    try write(name) { try Data(bytes).write(to: URL(fileURLWithPath: $0)) }
  }

  /// Writes tables, all of them or none: a full disk leaves no mixture of this run's files and an earlier one's.
  ///
  /// - Throws: ``OutputError`` where that fails; what stood there before then still does.
  public func write(_ tables: [(name: String, table: Table)]) throws {
    try write(
      tables.map { file in
        (file.name, { try Data(CSVText(file.table, style: style).bytes).write(to: URL(fileURLWithPath: $0)) })
      })
  }

  /// Puts a file in its place once `body` has written it, as a whole, where it is told.
  ///
  /// - Throws: ``OutputError`` where that fails; what stood there before then still does.
  func write(_ name: String, _ body: @escaping (String) throws -> Void) throws { try write([(name, body)]) }

  /// Puts files in their places once all of them have been written.
  private func write(_ files: [(name: String, body: (String) throws -> Void)]) throws {
    let places = files.map { file in
      (target: url.appendingPathComponent(file.name), waiting: url.appendingPathComponent("." + file.name + ".partial"))
    }
    defer { for place in places { try? FileManager.default.removeItem(at: place.waiting) } }
    var target = url
    do {
      for (file, place) in zip(files, places) {
        target = place.target
        try file.body(place.waiting.path)
      }
      for place in places {
        target = place.target
        try replace(place.target, by: place.waiting)
      }
    } catch {
      throw OutputError(description: "cannot write \(target.path): \(Self.reason(error))")
    }
  }

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

  /// What was saved of a run with this fingerprint, if its rows are still there.
  private func saved(run: String) -> Saved? {
    guard let data = try? Data(contentsOf: checkpoint),
      let saved = try? PropertyListDecoder().decode(Saved.self, from: data), saved.run == run,
      let size = try? FileManager.default.attributesOfItem(atPath: partial.path)[.size] as? UInt64, size >= saved.bytes
    else { return nil }
    return saved
  }

  /// The tally of an interrupted run with this fingerprint; nil if there is none.
  public func interrupted(run: String) -> StudyTally? { saved(run: run)?.tally }

  /// Opens the waiting rows of replications, which then belong to this run alone.
  ///
  /// - Parameter run: the fingerprint of the interrupted run that goes on; nil to begin anew.
  /// - Throws: ``OutputError`` where that fails, or another run has them.
  public func openReplications(continuing run: String?) throws -> ReplicationWriter {
    do {
      if !FileManager.default.fileExists(atPath: partial.path) { try Data().write(to: partial) }
      let handle = try FileHandle(forWritingTo: partial)
      // Released when the file is closed, however the program ends.
      guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
        throw OutputError(description: "another run is writing to \(name); wait for it, or choose another --output")
      }
      if let run {
        guard let saved = saved(run: run) else {
          throw OutputError(description: "another run has just written to \(name); give the command again")
        }
        // Rows behind the checkpoint, such as a crash leaves, will be written again.
        try handle.truncate(atOffset: saved.bytes)
      } else {
        try? FileManager.default.removeItem(at: checkpoint)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(CSVText(ResultFile.replications.table, style: style).bytes))
      }
      try handle.seekToEnd()
      return ReplicationWriter(handle: handle, style: style)
    } catch let error as OutputError {
      throw error
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
