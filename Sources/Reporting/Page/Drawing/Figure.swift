/// A chart with its heading, the unit of its numbers, a legend and what it says.
struct Figure {
  let heading: String
  let unit: String
  var legend: [Cast.Member] = []
  let drawing: Markup
  let caption: Markup

  var markup: Markup {
    element(.figure) {
      element(.h3) { name(heading) }
      element(.p, [.class: "unit"]) { name(unit) }
      if !legend.isEmpty {
        element(.ul, [.class: "legend"]) {
          for member in legend {
            element(.li) {
              Self.key(member); name(member.name); Self.note(member)
            }
          }
        }
      }
      drawing
      element(.figcaption) { caption }
    }
  }

  /// A line with a mark, as the chart draws the strategy.
  private static func key(_ member: Cast.Member) -> Markup {
    element(.svg, [.class: "key", .width: "34", .height: "14", .ariaHidden: "true"]) {
      Drawing.line(0, 7, 100, 7, "curve \(member.look.colour) \(member.look.dash)")
      member.look.mark.at(50, 7, member.look)
    }
  }

  static func note(_ member: Cast.Member) -> Markup? {
    member.isBaseline ? element(.span, [.class: "note"]) { " baseline" } : nil
  }
}
