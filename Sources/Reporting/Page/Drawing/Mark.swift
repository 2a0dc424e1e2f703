/// The shape of a point in a chart.
enum Mark: String, CaseIterable, Sendable {
  case disc, square, diamond, triangle, wedge, ring, frame, hollowDiamond, hollowTriangle, hollowWedge, plus, cross
  /// For perfect knowledge alone.
  case star

  private var isHollow: Bool {
    switch self {
    case .ring, .frame, .hollowDiamond, .hollowTriangle, .hollowWedge, .plus, .cross: true
    default: false
    }
  }

  /// The outline around 0, 0.
  private var path: String {
    switch self {
    case .disc, .ring: "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z"
    case .square, .frame: "M-4.5,-4.5h9v9h-9z"
    case .diamond, .hollowDiamond: "M0,-6.5L6.5,0L0,6.5L-6.5,0z"
    case .triangle, .hollowTriangle: "M0,-6L6,5H-6z"
    case .wedge, .hollowWedge: "M0,6L6,-5H-6z"
    case .plus: "M-5.5,0H5.5M0,-5.5V5.5"
    case .cross: "M-4.5,-4.5L4.5,4.5M-4.5,4.5L4.5,-4.5"
    case .star:
      "M0,-7L1.7,-2.3L6.7,-2.2L2.7,0.9L4.1,5.7L0,2.9L-4.1,5.7L-2.7,0.9L-6.7,-2.2L-1.7,-2.3z"
    }
  }

  /// The point at a place: percent across, pixels down.
  func at(_ x: Double, _ y: Double, _ look: Look) -> Markup {
    element(.svg, [.x: percent(x), .y: pixels(y), .class: "at"]) {
      element(.path, [.class: "\(isHollow ? "hollow" : "solid") \(look.colour)", .d: path])
    }
  }
}

/// A place across a chart.
func percent(_ place: Double) -> String { pixels(place) + "%" }

/// A place down a chart, to a hundredth.
func pixels(_ place: Double) -> String {
  let rounded = (place * 100).rounded() / 100
  guard abs(rounded) < 1e9 else { return "0" }
  return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}
