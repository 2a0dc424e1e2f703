/// The parts that charts share. Places are percent across and pixels down, so that a chart fits any width and its letters
/// keep their size.
enum Drawing {
  /// A chart.
  ///
  /// - Parameters:
  ///   - title: what it shows, for those who cannot see it.
  ///   - description: what is to be seen in it.
  static func chart(
    height: Double, title: String, description: String, @MarkupBuilder _ content: () -> Markup
  ) -> Markup {
    element(.svg, [.role: "img", .width: "100%", .height: pixels(height)]) {
      element(.title) { title }
      element(.desc) { description }
      content()
    }
  }

  /// A straight line.
  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> Markup {
    element(
      .line, [.class: style, .x1: percent(x1), .y1: pixels(y1), .x2: percent(x2), .y2: pixels(y2)])
  }

  /// A box between two places, in whichever order.
  static func box(_ x1: Double, _ x2: Double, top: Double, height: Double, _ style: String) -> Markup {
    element(
      .rect,
      [
        .class: style, .x: percent(min(x1, x2)), .y: pixels(top), .width: percent(abs(x2 - x1)),
        .height: pixels(height),
      ])
  }

  /// A text; `anchor` is start, middle or end.
  static func label(_ text: String, _ x: Double, _ y: Double, anchor: String = "start", _ style: String = "") -> Markup
  {
    element(.text, [.class: style, .x: percent(x), .y: pixels(y), .textAnchor: anchor]) { text }
  }

  /// Curves, whose points are percent across and pixels down: a frame that is stretched with the chart, without its lines.
  static func curves(height: Double, @MarkupBuilder _ content: () -> Markup) -> Markup {
    element(
      .svg,
      [
        .class: "curves", .width: "100%", .height: pixels(height), .viewBox: "0 0 100 \(pixels(height))",
        .preserveAspectRatio: "none",
      ]
    ) { content() }
  }

  /// The points of a curve.
  static func points(_ places: [(x: Double, y: Double)]) -> String {
    places.map { "\(pixels($0.x)),\(pixels($0.y))" }.joined(separator: " ")
  }

  /// An axis along the bottom, with lines up to `top`.
  static func bottomAxis(_ scale: Scale, unit: AxisUnit, top: Double, bottom: Double, hasGrid: Bool = true) -> Markup {
    .group(
      scale.ticks.map { tick in
        .group([
          hasGrid
            ? line(scale(tick), top, scale(tick), bottom, tick == 0 ? "zero" : "grid")
            : line(scale(tick), bottom, scale(tick), bottom + 4, "axis"),
          label(unit.label(tick), scale(tick), bottom + 16, anchor: "middle", "tick"),
        ])
      })
  }

  /// An axis along the left, with lines from there to `right`.
  static func leftAxis(_ scale: Scale, unit: AxisUnit, left: Double, right: Double) -> Markup {
    .group(
      scale.ticks.map { tick in
        .group([
          line(left, scale(tick), right, scale(tick), tick == 0 ? "zero" : "grid"),
          label(unit.label(tick), left - 1.5, scale(tick) + 4, anchor: "end", "tick"),
        ])
      })
  }
}
