#if Workbook
  internal import CXLSXWriter

  /// A native chart. Its numbers and names are cells of the workbook: whoever changes a cell changes the chart.
  public struct Chart {
    /// What is drawn.
    public enum Kind: Sendable {
      /// Bars from left to right, the first on top, each series over the other.
      case bars
      /// Columns side by side.
      case columns
      /// Lines over a common axis.
      case lines
      /// Points by two numbers.
      case points
    }

    /// An axis: what it tells, and how its numbers are written.
    public struct Axis: Sendable {
      let title: String
      let number: String
      let interval: Int?
      let lowest: Double?
      let highest: Double?

      /// An axis.
      ///
      /// - Parameters:
      ///   - title: what it tells, with the unit.
      ///   - number: the number format; empty for Excel's choice.
      ///   - interval: one label for so many categories; nil for Excel's choice.
      ///   - lowest: where it begins; nil for Excel's choice.
      ///   - highest: where it ends; nil for Excel's choice.
      public init(
        _ title: String, number: String = "", interval: Int? = nil, lowest: Double? = nil, highest: Double? = nil
      ) {
        self.title = title
        self.number = number
        self.interval = interval
        self.lowest = lowest
        self.highest = highest
      }
    }

    /// Cells below each other.
    public struct Cells {
      let sheet: Sheet
      let rows: ClosedRange<Int>
      let column: Int

      /// Cells of a sheet.
      public init(_ sheet: Sheet, rows: ClosedRange<Int>, column: Int) {
        self.sheet = sheet
        self.rows = rows
        self.column = column
      }
    }

    let handle: UnsafeMutablePointer<lxw_chart>
    private let file: WorkbookFile
    private let kind: Kind

    /// A chart without series.
    ///
    /// - Parameters:
    ///   - categories: the axis of the categories; of points the horizontal axis.
    ///   - values: the axis of the values; of points the vertical axis.
    ///   - legend: whether the names of series are shown.
    /// - Throws: ``WorkbookError``.
    public init(
      _ kind: Kind, in file: WorkbookFile, title: String, categories: Axis, values: Axis, legend: Bool
    ) throws {
      let type =
        switch kind {
        case .bars: LXW_CHART_BAR
        case .columns: LXW_CHART_COLUMN
        case .lines: LXW_CHART_LINE
        case .points: LXW_CHART_SCATTER
        }
      guard let chart = workbook_add_chart(try file.open(), UInt8(type.rawValue)) else {
        throw WorkbookError("memory is short")
      }
      self.file = file
      self.kind = kind
      handle = chart
      var titleFont = Self.font(12, isBold: true)
      chart_title_set_name(chart, Self.words(title))
      chart_title_set_name_font(chart, &titleFont)
      // Where bars lie, the axis of categories stands upright, and so is y.
      let isUpright = kind == .bars
      let categoryAxis = isUpright ? chart.pointee.y_axis : chart.pointee.x_axis
      Self.set(categoryAxis, categories, isValues: kind == .points)
      Self.set(isUpright ? chart.pointee.x_axis : chart.pointee.y_axis, values, isValues: true)
      if kind == .bars {
        chart_set_series_overlap(chart, 100)
        chart_set_series_gap(chart, 45)
        chart_axis_set_reverse(categoryAxis)
        // Turned around, the axis of values would stand on top.
        chart_axis_set_crossing_max(categoryAxis)
        chart_axis_major_gridlines_set_visible(categoryAxis, 0)
      }
      if kind == .columns { chart_set_series_gap(chart, 80) }
      if kind != .points {
        // Names of categories stay at the edge where bars go below 0.
        chart_axis_set_label_position(categoryAxis, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
      }
      chart_show_blanks_as(chart, UInt8(LXW_CHART_BLANKS_AS_GAP.rawValue))
      var legendFont = Self.font(9, isBold: false)
      chart_legend_set_position(
        chart, UInt8(legend ? LXW_CHART_LEGEND_BOTTOM.rawValue : LXW_CHART_LEGEND_NONE.rawValue))
      chart_legend_set_font(chart, &legendFont)
    }

    private static func set(_ axis: UnsafeMutablePointer<lxw_chart_axis>?, _ words: Axis, isValues: Bool) {
      var font = font(9, isBold: false)
      if !words.title.isEmpty {
        chart_axis_set_name(axis, Self.words(words.title))
        chart_axis_set_name_font(axis, &font)
      }
      chart_axis_set_num_font(axis, &font)
      if !words.number.isEmpty { chart_axis_set_num_format(axis, words.number) }
      if let lowest = words.lowest { chart_axis_set_min(axis, lowest) }
      if let highest = words.highest { chart_axis_set_max(axis, highest) }
      if let interval = words.interval, interval > 1 {
        chart_axis_set_interval_unit(axis, UInt16(min(interval, 60_000)))
        chart_axis_set_interval_tick(axis, UInt16(min(interval, 60_000)))
      }
      var line = lxw_chart_line()
      line.color = 0xBFBFBF
      line.width = 0.75
      chart_axis_set_line(axis, &line)
      if isValues {
        line.color = 0xE3E3E3
        chart_axis_major_gridlines_set_visible(axis, 1)
        chart_axis_major_gridlines_set_line(axis, &line)
      }
    }

    private static func font(_ size: Double, isBold: Bool) -> lxw_chart_font {
      var font = lxw_chart_font()
      font.size = size
      // 0 would leave titles bold, as Excel likes them.
      font.bold = isBold ? 1 : UInt8(LXW_EXPLICIT_FALSE.rawValue)
      font.color = 0x404040
      return font
    }

    /// The library reads words that begin with `=` as a formula.
    private static func words(_ text: String) -> String {
      let text = WorkbookText.line(text)
      return text.hasPrefix("=") ? " " + text : text
    }

    /// Adds a series.
    ///
    /// - Parameters:
    ///   - name: the row and the column of the cell with its name, on the sheet of the values.
    ///   - categories: the names below the values, or the horizontal positions of points.
    ///   - values: the numbers.
    ///   - hasMarkers: whether a line has a sign at each point.
    ///   - error: how far an error bar reaches to both sides; nil for none.
    public func add(
      name: (row: Int, column: Int), categories: Cells, values: Cells, style: SeriesStyle, hasMarkers: Bool = false,
      error: Double? = nil
    ) throws {
      _ = try file.open()
      guard let series = chart_add_series(handle, nil, nil) else { throw WorkbookError("memory is short") }
      file.size += 2000 + 300 * values.rows.count
      chart_series_set_categories(
        series, categories.sheet.name, UInt32(categories.rows.lowerBound), UInt16(categories.column),
        UInt32(categories.rows.upperBound), UInt16(categories.column))
      chart_series_set_values(
        series, values.sheet.name, UInt32(values.rows.lowerBound), UInt16(values.column),
        UInt32(values.rows.upperBound), UInt16(values.column))
      chart_series_set_name_range(series, values.sheet.name, UInt32(name.row), UInt16(name.column))
      switch kind {
      case .bars, .columns: fill(series, style)
      case .lines: draw(series, style, hasMarkers: hasMarkers)
      case .points: mark(series, style, size: 10)
      }
      if let error, error.isFinite, error > 0 {
        // Bars lie, and so do their errors.
        let bars = kind == .bars ? series.pointee.x_error_bars : series.pointee.y_error_bars
        var line = lxw_chart_line()
        line.color = 0x262626
        line.width = 1.25
        chart_series_set_error_bars(bars, UInt8(LXW_CHART_ERROR_BAR_TYPE_FIXED.rawValue), error)
        chart_series_set_error_bars_line(bars, &line)
      }
    }

    private func fill(_ series: UnsafeMutablePointer<lxw_chart_series>, _ style: SeriesStyle) {
      var line = lxw_chart_line()
      line.color = style.color.value
      line.width = 0.75
      chart_series_set_line(series, &line)
      if let pattern = style.pattern.code {
        var filling = lxw_chart_pattern()
        filling.fg_color = style.color.value
        filling.bg_color = 0xFFFFFF
        filling.type = pattern
        chart_series_set_pattern(series, &filling)
      } else {
        var filling = lxw_chart_fill()
        filling.color = style.color.value
        chart_series_set_fill(series, &filling)
      }
    }

    private func draw(_ series: UnsafeMutablePointer<lxw_chart_series>, _ style: SeriesStyle, hasMarkers: Bool) {
      var line = lxw_chart_line()
      line.color = style.color.value
      line.width = 2
      line.dash_type = style.dash.code
      chart_series_set_line(series, &line)
      if hasMarkers {
        mark(series, style, size: 6)
      } else {
        chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_NONE.rawValue))
      }
    }

    private func mark(_ series: UnsafeMutablePointer<lxw_chart_series>, _ style: SeriesStyle, size: UInt8) {
      chart_series_set_marker_type(series, style.marker.code)
      chart_series_set_marker_size(series, size)
      var line = lxw_chart_line()
      line.color = style.color.value
      line.width = 1.5
      chart_series_set_marker_line(series, &line)
      var filling = lxw_chart_fill()
      filling.color = style.color.value
      chart_series_set_marker_fill(series, &filling)
    }
  }
#endif
