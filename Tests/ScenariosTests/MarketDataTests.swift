import Demand
import Foundation
import Scenarios
import Testing

/// A calibration from a file of prices and shares, as a spreadsheet of another locale writes it.
@Suite struct MarketDataTests {
  private static let scenario = """
    scenario: Six beers
    periods: { count: 1 }
    customers:
      arrivals: { fixed: 40000 }
      outside option: no
      market data: beers.csv
      segments:
        - { name: drinkers, share: 100%, logit: calibrate }
    sellers:
      - { name: Bud, products: { Bud: { category: beer } } }
      - { name: Old Style, products: { Old Style: { category: beer } } }
      - { name: Miller, products: { Miller: { category: beer }, Miller Lite: { category: beer } } }
      - { name: light, products: { other light: { category: beer } } }
      - { name: other, products: { other: { category: beer } } }

    """
  private static let data =
    "\u{FEFF}Market of 2004;;;\r\n;;;\r\nProduct;Price;Share;Margin\r\nBud;0,0441;6,6%;38,30%\r\n"
    + "Old Style;0,0328;17,2%;55,15%\r\nMILLER;0,0409;25,3%;54,21%\r\nMiller Lite;0,0396;18,7%;55,57%\r\n"
    + "other light;0,0387;9,9%;44,53%\r\nother;0,0497;22,3%;37,69%\r\n"

  private static func calibrated(_ scenario: String, _ data: String) throws -> CalibratedScenario {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("market-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(data.utf8).write(to: folder.appendingPathComponent("beers.csv"))
    return try CalibratedScenario(text: scenario, file: folder.appendingPathComponent("six.yaml").path, program: "test")
  }

  /// The published coefficient, -73.1483, to its last digit.
  @Test func publishedCoefficient() throws {
    let found = try Self.calibrated(Self.scenario, Self.data)
    #expect(abs(found.calibration.priceCoefficient + 73.1483) < 0.00005)
    #expect(found.text != nil)
  }

  @Test(arguments: [
    ("0,0328", "0,03x8", "row 5, column B \"Price\": found \"0,03x8\""),
    ("other light", "otter light", "row 8 of the file: unknown product \"otter light\"; did you mean \"other light\"?"),
    ("other;0,0497;22,3%;37,69%\r\n", "", "the file has no row for the product \"other\""),
    ("Product;Price;Share", "Product;Price", "found 4 cells; the header has 3"),
  ])
  func mistakes(_ old: String, _ new: String, _ message: String) throws {
    let problems = try #require(throws: ScenarioProblems.self) {
      try Self.calibrated(Self.scenario, Self.data.replacingOccurrences(of: old, with: new))
    }
    #expect("\(problems)".contains(message), "\(problems)")
  }

  @Test func quantitiesNeedNoOutsideOption() throws {
    let quantities = Self.data.replacingOccurrences(of: "Share", with: "Quantity").replacingOccurrences(
      of: "%;", with: ";")
    let found = try Self.calibrated(Self.scenario, quantities)
    #expect(abs(found.calibration.priceCoefficient + 73.1483) < 0.00005)
    let problems = try #require(throws: ScenarioProblems.self) {
      try Self.calibrated(Self.scenario.replacingOccurrences(of: "option: no", with: "option: yes"), quantities)
    }
    #expect("\(problems)".contains("give a column `share`"))
  }
}
