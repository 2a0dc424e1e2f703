#if Workbook
  import Workbook

  /// Colours that people with any vision tell apart (M. Okabe, K. Ito, "Color Universal Design", 2008), each with a sign, a
  /// line and a filling of its own, for paper without colour.
  enum Palette {
    static let blue = Color(0x0072B2)
    static let orange = Color(0xE69F00)
    static let green = Color(0x009E73)
    static let vermilion = Color(0xD55E00)
    static let purple = Color(0xCC79A7)
    static let sky = Color(0x56B4E9)
    static let black = Color(0x000000)
    static let grey = Color(0x7F7F7F)
    /// Behind numbers, which stay easy to read.
    static let paleBlue = Color(0xA9D5F0)
    static let paleGreen = Color(0x9BD6C2)
    static let paleOrange = Color(0xF5CF8E)

    /// A style for each of several series; behind eight they come again with another sign.
    static func style(_ index: Int) -> SeriesStyle {
      let colors = [blue, vermilion, green, orange, purple, sky, black]
      func item<Case: CaseIterable>(_: Case.Type) -> Case where Case.AllCases == [Case] {
        Case.allCases[index % Case.allCases.count]
      }
      return SeriesStyle(
        colors[index % colors.count], marker: item(SeriesStyle.Marker.self), dash: item(SeriesStyle.Dash.self),
        pattern: item(SeriesStyle.Pattern.self))
    }
  }

  /// The looks of cells that several sheets share.
  enum CellLook {
    static let header = CellFormat {
      $0.isBold = true
      $0.wraps = true
      $0.fill = Color(0xE4EEF5)
      $0.line = Palette.blue
      $0.isAtTop = true
    }
    static let title = CellFormat {
      $0.isBold = true
      $0.size = 20
    }
    static let section = CellFormat {
      $0.isBold = true
      $0.size = 13
      $0.color = Palette.blue
    }
    static let note = CellFormat {
      $0.size = 10
      $0.color = Color(0x404040)
      $0.wraps = true
      $0.isAtTop = true
    }
  }
#endif
