#if Workbook
  internal import CXLSXWriter

  /// A sheet of a workbook. Rows and columns are counted from 0.
  public struct Sheet {
    /// As many rows as Excel has.
    public static let rowLimit = 1_048_576

    /// The name on its tab.
    public let name: String
    let file: WorkbookFile
    private let handle: UnsafeMutablePointer<lxw_worksheet>

    init(name: String, file: WorkbookFile, handle: UnsafeMutablePointer<lxw_worksheet>) {
      self.name = name
      self.file = file
      self.handle = handle
    }

    /// The sheet while its workbook is open; afterwards the pointer leads nowhere.
    private func open() throws -> UnsafeMutablePointer<lxw_worksheet> {
      _ = try file.open()
      return handle
    }

    private func check(_ row: Int, _ column: Int, _ status: lxw_error) throws {
      try file.check("sheet \(name), row \(row + 1), column \(column + 1)", status)
    }

    // MARK: Cells

    /// Writes text, whatever it begins with.
    public func write(_ text: String, _ row: Int, _ column: Int, _ format: CellFormat = CellFormat()) throws {
      let text = WorkbookText.cell(text)
      // A quotation mark or a control character takes up to seven bytes.
      file.size += 100 + 7 * text.utf8.count
      try check(
        row, column,
        worksheet_write_string(try open(), UInt32(row), UInt16(column), text, try file.format(format)))
    }

    /// Writes a number; one that is not finite, which would break the file, leaves the cell empty.
    public func write(_ number: Double, _ row: Int, _ column: Int, _ format: CellFormat = CellFormat()) throws {
      guard number.isFinite else { return try writeBlank(row, column, format) }
      file.size += 100
      try check(
        row, column,
        worksheet_write_number(try open(), UInt32(row), UInt16(column), number, try file.format(format)))
    }

    /// Writes no content, only a format.
    public func writeBlank(_ row: Int, _ column: Int, _ format: CellFormat) throws {
      file.size += 50
      try check(row, column, worksheet_write_blank(try open(), UInt32(row), UInt16(column), try file.format(format)))
    }

    /// Writes text across several columns of a row.
    public func write(_ text: String, _ row: Int, across columns: ClosedRange<Int>, _ format: CellFormat) throws {
      guard columns.count > 1 else { return try write(text, row, columns.lowerBound, format) }
      let text = WorkbookText.cell(text)
      file.size += 200 + 7 * text.utf8.count + 50 * columns.count
      try check(
        row, columns.lowerBound,
        worksheet_merge_range(
          try open(), UInt32(row), UInt16(columns.lowerBound), UInt32(row), UInt16(columns.upperBound), text,
          try file.format(format)))
    }

    /// Puts a note on a cell, which shows where the mouse rests on it.
    public func note(_ text: String, _ row: Int, _ column: Int) throws {
      var options = lxw_comment_options()
      options.width = 260
      options.height = UInt16(min(300, 30 + 18 * (text.count / 36 + 1)))
      file.size += 2000 + 7 * text.utf8.count
      try check(
        row, column,
        worksheet_write_comment_opt(try open(), UInt32(row), UInt16(column), WorkbookText.line(text), &options))
    }

    // MARK: Looks

    /// The width of a column, in characters.
    public func setWidth(_ width: Double, _ column: Int) throws {
      try check(0, column, worksheet_set_column(try open(), UInt16(column), UInt16(column), width, nil))
    }

    /// The height of a row, in points.
    public func setHeight(_ height: Double, _ row: Int) throws {
      try check(row, 0, worksheet_set_row(try open(), UInt32(row), height, nil))
    }

    /// Keeps the first rows and columns in view.
    public func freeze(rows: Int, columns: Int) throws {
      worksheet_freeze_panes(try open(), UInt32(rows), UInt16(columns))
    }

    /// Lets people filter rows below a header.
    public func filter(rows: ClosedRange<Int>, columns: ClosedRange<Int>) throws {
      try check(
        rows.lowerBound, columns.lowerBound,
        worksheet_autofilter(
          try open(), UInt32(rows.lowerBound), UInt16(columns.lowerBound), UInt32(rows.upperBound),
          UInt16(columns.upperBound)))
    }

    /// Shows no lines between cells on the screen.
    public func hideGrid() throws { worksheet_gridlines(try open(), UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue)) }

    /// The colour of the sheet's tab.
    public func setTab(_ color: Color) throws { worksheet_set_tab_color(try open(), color.value) }

    /// Says that text which looks like a number is meant as text.
    public func keepsNumbersAsText(rows: ClosedRange<Int>, column: Int) throws {
      let letters = Self.letters(column)
      let range = "\(letters)\(rows.lowerBound + 1):\(letters)\(rows.upperBound + 1)"
      try check(
        rows.lowerBound, column,
        worksheet_ignore_errors(try open(), UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), range))
    }

    static func letters(_ column: Int) -> String {
      var letters = ""
      var rest = column + 1
      while rest > 0 {
        letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
        rest = (rest - 1) / 26
      }
      return letters
    }

    /// Draws a bar behind each number, in proportion.
    ///
    /// - Parameter scale: where bars begin and end; nil for the least and the largest number, with 0 between or at an end.
    public func addBars(
      rows: ClosedRange<Int>, column: Int, color: Color, negative: Color, scale: ClosedRange<Double>? = nil
    ) throws {
      var bars = lxw_conditional_format()
      bars.type = UInt8(LXW_CONDITIONAL_DATA_BAR.rawValue)
      bars.data_bar_2010 = 1
      bars.bar_solid = 1
      bars.bar_no_border = 1
      bars.bar_color = color.value
      bars.bar_negative_color = negative.value
      if let scale {
        bars.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
        bars.max_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
        bars.min_value = scale.lowerBound
        bars.max_value = scale.upperBound
      }
      try check(
        rows.lowerBound, column,
        worksheet_conditional_format_range(
          try open(), UInt32(rows.lowerBound), UInt16(column), UInt32(rows.upperBound), UInt16(column), &bars))
    }

    // MARK: Paper

    /// Prints on A4 across, as wide as a page, with page numbers.
    ///
    /// - Parameters:
    ///   - header: the row that every page begins with.
    ///   - pages: how many pages it may be long; nil for as many as it needs.
    ///   - scale: in percent, instead of the width of a page.
    public func setPaper(header: Int? = nil, pages: Int? = nil, scale: Int? = nil) throws {
      let sheet = try open()
      worksheet_set_landscape(sheet)
      worksheet_set_paper(sheet, 9)
      worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6)
      if let scale {
        worksheet_set_print_scale(sheet, UInt16(scale))
      } else {
        worksheet_fit_to_pages(sheet, 1, UInt16(pages ?? 0))
      }
      if let header { try check(header, 0, worksheet_repeat_rows(sheet, UInt32(header), UInt32(header))) }
      try check(0, 0, worksheet_set_footer(sheet, "&L&8&A&R&8&P / &N"))
    }

    /// Begins a new page above each of these rows.
    public func setPageBreaks(_ rows: [Int]) throws {
      guard !rows.isEmpty else { return }
      // The library reads up to a 0, and takes at most 1023.
      var breaks = rows.prefix(1000).map { UInt32($0) } + [0]
      try check(0, 0, worksheet_set_h_pagebreaks(try open(), &breaks))
    }

    // MARK: Charts

    /// Puts a chart on the sheet.
    ///
    /// - Parameters:
    ///   - row: the row of its upper left corner.
    ///   - column: the column of that corner.
    ///   - offset: from the left edge of the column, in pixels.
    ///   - size: width and height in pixels.
    ///   - description: what it shows, for those who cannot see it.
    public func insert(
      _ chart: Chart, _ row: Int, _ column: Int, offset: Int = 0, size: (width: Int, height: Int), description: String
    ) throws {
      try WorkbookText.line(description).withCString { description in
        var options = lxw_chart_options()
        options.x_offset = Int32(offset)
        // A chart of the library is 480 pixels wide and 288 high.
        options.x_scale = Double(size.width) / 480
        options.y_scale = Double(size.height) / 288
        options.object_position = UInt8(LXW_OBJECT_MOVE_DONT_SIZE.rawValue)
        options.description = UnsafeMutablePointer(mutating: description)
        file.size += 20_000
        try check(
          row, column, worksheet_insert_chart_opt(try open(), UInt32(row), UInt16(column), chart.handle, &options))
      }
    }
  }
#endif
