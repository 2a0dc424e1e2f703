import Testing
import Workbook

/// Text that a workbook can hold.
struct WorkbookTextTests {
  @Test func ordinaryTextStays() {
    for text in ["", "=1+1", "Grüße 😀 价格 مرحبا \"x\" 'y' <&>", "a\nb", "_x", "_x00_"] {
      #expect(WorkbookText.cell(text) == text)
    }
  }

  @Test func whatNoWorkbookCanHold() {
    #expect(WorkbookText.cell("a\0b\u{FFFE}\u{FFFF}") == "a\u{FFFD}b\u{FFFD}\u{FFFD}")
    #expect(WorkbookText.cell("_x0041_") == "_x005F_x0041_", "Excel would read an A")
    #expect(WorkbookText.line("a\u{1}b\nc\0") == "a b c\u{FFFD}")
  }

  /// Excel counts UTF-16 units: an emoji is two.
  @Test func longText() {
    let fits = String(repeating: "x", count: WorkbookText.longest)
    #expect(WorkbookText.cell(fits) == fits)
    for long in [fits + "x", String(repeating: "😀", count: 20_000)] {
      let cut = WorkbookText.cell(long)
      #expect(cut.utf16.count <= WorkbookText.longest)
      #expect(cut.utf16.count > WorkbookText.longest - 2)
      #expect(cut.hasSuffix(WorkbookText.cut))
      #expect(long.hasPrefix(cut.dropLast(WorkbookText.cut.count)))
    }
  }

  @Test(arguments: [
    ("Answer", "Answer"), ("a[b]c:d*e?f/g\\h", "a-b-c-d-e-f-g-h"), ("'quoted'", "quoted"), ("", "Sheet"),
    ("History", "Sheet"), ("''", "Sheet"), ("summary", "summary (2)"),
    (String(repeating: "n", count: 40), String(repeating: "n", count: 31)),
  ])
  func sheetNames(text: String, name: String) {
    #expect(WorkbookText.sheetName(text, unlike: ["Summary"]) == name)
  }

  @Test func sheetNamesAreUnlike() {
    var names: [String] = []
    for _ in 0..<12 { names.append(WorkbookText.sheetName(String(repeating: "😀", count: 30), unlike: names)) }
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.utf16.count <= 31 })
  }
}
