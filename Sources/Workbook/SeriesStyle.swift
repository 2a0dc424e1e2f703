#if Workbook
  internal import CXLSXWriter

  /// How a series of a chart looks: colour, and what tells it apart without colour.
  public struct SeriesStyle: Hashable, Sendable {
    /// The sign at each point.
    public enum Marker: Int, CaseIterable, Sendable {
      case circle, square, triangle, diamond, cross, star, plus, dash

      var code: UInt8 {
        let type: lxw_chart_marker_type =
          switch self {
          case .circle: LXW_CHART_MARKER_CIRCLE
          case .square: LXW_CHART_MARKER_SQUARE
          case .triangle: LXW_CHART_MARKER_TRIANGLE
          case .diamond: LXW_CHART_MARKER_DIAMOND
          case .cross: LXW_CHART_MARKER_X
          case .star: LXW_CHART_MARKER_STAR
          case .plus: LXW_CHART_MARKER_PLUS
          case .dash: LXW_CHART_MARKER_LONG_DASH
          }
        return UInt8(type.rawValue)
      }
    }

    /// How a line is drawn.
    public enum Dash: Int, CaseIterable, Sendable {
      case solid, dash, dot, dashDot, longDash, longDashDot, squareDot, longDashDotDot

      var code: UInt8 {
        let type: lxw_chart_line_dash_type =
          switch self {
          case .solid: LXW_CHART_LINE_DASH_SOLID
          case .dash: LXW_CHART_LINE_DASH_DASH
          case .dot: LXW_CHART_LINE_DASH_ROUND_DOT
          case .dashDot: LXW_CHART_LINE_DASH_DASH_DOT
          case .longDash: LXW_CHART_LINE_DASH_LONG_DASH
          case .longDashDot: LXW_CHART_LINE_DASH_LONG_DASH_DOT
          case .squareDot: LXW_CHART_LINE_DASH_SQUARE_DOT
          case .longDashDotDot: LXW_CHART_LINE_DASH_LONG_DASH_DOT_DOT
          }
        return UInt8(type.rawValue)
      }
    }

    /// What fills a bar.
    public enum Pattern: Int, CaseIterable, Sendable {
      case solid, upward, downward, dots, horizontal, vertical, grid, bricks

      var code: UInt8? {
        let type: lxw_chart_pattern_type? =
          switch self {
          case .solid: nil
          case .upward: LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL
          case .downward: LXW_CHART_PATTERN_WIDE_DOWNWARD_DIAGONAL
          case .dots: LXW_CHART_PATTERN_PERCENT_30
          case .horizontal: LXW_CHART_PATTERN_DARK_HORIZONTAL
          case .vertical: LXW_CHART_PATTERN_DARK_VERTICAL
          case .grid: LXW_CHART_PATTERN_LARGE_GRID
          case .bricks: LXW_CHART_PATTERN_HORIZONTAL_BRICK
          }
        return type.map { UInt8($0.rawValue) }
      }
    }

    /// The colour.
    public var color: Color
    /// The sign at each point of a scatter chart, or of a line with few points.
    public var marker: Marker
    /// The line.
    public var dash: Dash
    /// The filling of a bar.
    public var pattern: Pattern

    /// A style.
    public init(_ color: Color, marker: Marker = .circle, dash: Dash = .solid, pattern: Pattern = .solid) {
      self.color = color
      self.marker = marker
      self.dash = dash
      self.pattern = pattern
    }
  }
#endif
