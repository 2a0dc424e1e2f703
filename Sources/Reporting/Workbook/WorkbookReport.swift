import Foundation
import Tables
import Workbook

/// The results of a run as an Excel workbook: the answer, its charts, and a sheet for every file.
public enum WorkbookReport {
  #if Workbook
    /// Whether this program can write workbooks.
    public static let isBuiltIn = true
  #else
    /// Whether this program can write workbooks.
    public static let isBuiltIn = false
  #endif

  /// What to do where it cannot.
  public static let remedy =
    "workbooks are not built in; build with them: Scripts/setup && swift build -c release --traits Workbook"

  /// As many rows of `replications.csv` as are of use in a workbook; more stay in the file.
  static let replicationRowLimit = 10_000

  /// Writes `NAME.xlsx` into a folder of results, from the files that are there and from nothing else. It appears whole or
  /// not at all, and the same results give the same bytes.
  ///
  /// - Throws: ``ResultsError`` where the files cannot be read, ``OutputError`` where the workbook cannot be written.
  public static func write(_ folder: ResultFolder, name: String) throws {
    #if Workbook
      let results = try readable(folder.url.path)
      let fileName = name + ".xlsx"
      try folder.write(fileName) { path in
        do {
          try draw(results, to: path)
        } catch let error as WorkbookError {
          throw OutputError(description: error.description)
        }
      }
    #else
      throw OutputError(description: remedy)
    #endif
  }

  #if Workbook
    /// The results in a folder, without replications where they are too many.
    static func readable(_ folder: String) throws -> Results {
      let few = try Results(folder: folder, files: [.summary])
      let rows = few.manifest.replications.multipliedReportingOverflow(by: few.table(.summary).rowCount)
      let isShort = !rows.overflow && rows.partialValue <= replicationRowLimit
      return try Results(folder: folder, files: ResultFile.all.filter { isShort || $0 != .replications })
    }

    /// Draws a workbook and writes it.
    static func draw(_ results: Results, to path: String) throws {
      let file = try WorkbookFile(path: path, title: results.manifest.market)
      let answer = try file.addSheet("Answer")
      let charts = try file.addSheet("Charts")
      let tables = try results.files.map { (file: $0, sheet: try file.addSheet(TableSheet.title($0))) }
      let manifest = try file.addSheet("Manifest")
      let data = ChartData(try file.addSheet("Chart data"))
      try data.begin()
      try AnswerSheet(results: results, sheet: answer, file: file).write(data)
      try ChartSheet(results: results, sheet: charts, file: file).write(data)
      for (file, sheet) in tables {
        try TableSheet(file: file, table: results.table(file), currency: results.manifest.currency).write(to: sheet)
      }
      try ManifestSheet(results: results).write(to: manifest)
      try file.close()
    }
  #endif
}
