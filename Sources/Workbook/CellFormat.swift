#if Workbook
  internal import CXLSXWriter

  /// A colour, as red, green and blue of eight bits each.
  public struct Color: Hashable, Sendable {
    let code: UInt32

    /// The colour `0xRRGGBB`.
    public init(_ code: UInt32) { self.code = code }

    /// For the library 0 is no colour, so that black has a code of its own.
    var value: lxw_color_t { code == 0 ? lxw_color_t(LXW_COLOR_BLACK.rawValue) : lxw_color_t(code) }
  }

  /// How a cell looks.
  public struct CellFormat: Hashable, Sendable {
    /// Where the content stands in its cell.
    public enum Alignment: Hashable, Sendable {
      /// Text to the left, numbers to the right.
      case natural
      /// To the left.
      case left
      /// In the middle.
      case center
      /// To the right.
      case right
    }

    /// The number format, as Excel writes it; empty for its own choice.
    public var number = ""
    /// Bold.
    public var isBold = false
    /// Italic.
    public var isItalic = false
    /// Lines are broken where the column ends.
    public var wraps = false
    /// In points.
    public var size = 11.0
    /// The colour of the text.
    public var color: Color?
    /// The colour behind it.
    public var fill: Color?
    /// A thin line below the cell.
    public var line: Color?
    /// From left to right.
    public var alignment = Alignment.natural
    /// How far text is moved to the right, in widths of a few characters.
    public var indent = 0
    /// At the top of the cell rather than at its bottom.
    public var isAtTop = false

    /// A plain cell.
    public init() {}

    /// A plain cell with some changes.
    public init(_ change: (inout CellFormat) -> Void) { change(&self) }

    /// The same with some changes.
    public func with(_ change: (inout CellFormat) -> Void) -> CellFormat {
      var format = self
      change(&format)
      return format
    }

    /// Says all of it to the library.
    func apply(to format: UnsafeMutablePointer<lxw_format>) {
      if !number.isEmpty { format_set_num_format(format, number) }
      if isBold { format_set_bold(format) }
      if isItalic { format_set_italic(format) }
      if wraps { format_set_text_wrap(format) }
      if size != 11 { format_set_font_size(format, size) }
      if let color { format_set_font_color(format, color.value) }
      if let fill {
        format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
        format_set_fg_color(format, fill.value)
      }
      if let line {
        format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        format_set_bottom_color(format, line.value)
      }
      switch alignment {
      case .natural: break
      case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
      case .center: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
      case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
      }
      if indent > 0 { format_set_indent(format, UInt8(clamping: indent)) }
      if isAtTop { format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue)) }
    }
  }
#endif
