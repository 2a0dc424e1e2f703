#if Workbook
  import Foundation
  internal import CXLSXWriter

  /// An Excel workbook in the making: the only place that knows libxlsxwriter and its pointers.
  ///
  /// The same calls give the same bytes: the date in the file is fixed. Nothing is written before ``close()``, which first
  /// makes sure that there is room, since the library does not notice a full disk while it puts the parts together.
  public final class WorkbookFile {
    /// The date in the file, 1980-01-01, as in every entry of its archive: results have no date.
    private static let date = time_t(315_532_800)

    let path: String
    private var handle: UnsafeMutablePointer<lxw_workbook>?
    private var formats: [CellFormat: UnsafeMutablePointer<lxw_format>] = [:]
    private var names: [String] = []
    /// At least as many bytes as the parts of the file take, unpacked.
    var size = 1 << 20

    /// A workbook without sheets.
    ///
    /// - Parameters:
    ///   - path: where the file will be.
    ///   - title: its title, for the properties of the file.
    /// - Throws: ``WorkbookError`` where memory is short.
    public init(path: String, title: String) throws {
      self.path = path
      // Its waiting files stand where the workbook will: one disk that can be full, not two.
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      handle = folder.withCString { folder in
        var options = lxw_workbook_options(
          constant_memory: 0, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 0)
        return workbook_new_opt(path, &options)
      }
      let workbook = try open()
      try WorkbookText.shortened(WorkbookText.line(title), to: 200).withCString { title in
        var properties = lxw_doc_properties()
        properties.title = UnsafeMutablePointer(mutating: title)
        properties.created = Self.date
        try check("properties", workbook_set_properties(workbook, &properties))
      }
    }

    deinit { if let handle { lxw_workbook_free(handle) } }

    /// Adds a sheet, under a name as near to `name` as a sheet's can be.
    ///
    /// - Throws: ``WorkbookError``.
    public func addSheet(_ name: String) throws -> Sheet {
      let name = WorkbookText.sheetName(name, unlike: names)
      guard let sheet = workbook_add_worksheet(try open(), name) else {
        throw WorkbookError("no sheet can be named \(name)")
      }
      names.append(name)
      return Sheet(name: name, file: self, handle: sheet)
    }

    /// Writes the file.
    ///
    /// - Throws: ``WorkbookError`` where it cannot be written or the disk is full; then there is no file.
    public func close() throws {
      let workbook = try open()
      try reserve()
      handle = nil
      do {
        try check("the file", workbook_close(workbook))
        // What had no room after all would be lacking in silence.
        try reserve(beside: ".room")
      } catch {
        unlink(path)
        throw error
      }
    }

    /// Fills the file with as many bytes as will be needed, to find a full disk while it can still be told.
    private func reserve(beside suffix: String = "") throws {
      let path = path + suffix
      guard let file = fopen(path, "wb") else { throw WorkbookError(Self.system(errno)) }
      defer { unlink(path) }
      let zeros = [UInt8](repeating: 0, count: 1 << 16)
      var left = size
      var failure: Int32 = 0
      while left > 0, failure == 0 {
        if fwrite(zeros, 1, zeros.count, file) < zeros.count || fflush(file) != 0 { failure = errno }
        left -= zeros.count
      }
      if fclose(file) != 0, failure == 0 { failure = errno }
      guard failure == 0 else { throw WorkbookError(Self.system(failure)) }
    }

    private static func system(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }

    // MARK: For sheets and charts

    func open() throws -> UnsafeMutablePointer<lxw_workbook> {
      guard let handle else { throw WorkbookError("the workbook is closed, or memory is short") }
      return handle
    }

    /// The library's own format for a cell; every format is made once.
    func format(_ format: CellFormat) throws -> UnsafeMutablePointer<lxw_format> {
      if let known = formats[format] { return known }
      guard let new = workbook_add_format(try open()) else { throw WorkbookError("memory is short") }
      format.apply(to: new)
      formats[format] = new
      return new
    }

    func check(_ what: @autoclosure () -> String, _ status: lxw_error) throws {
      guard status != LXW_NO_ERROR else { return }
      throw WorkbookError("\(what()): \(String(cString: lxw_strerror(status)))")
    }
  }
#endif
