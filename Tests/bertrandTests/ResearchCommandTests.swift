import Foundation
import Testing

/// `bertrand research` as a process.
struct ResearchCommandTests {
  private static let scenario = """
    scenario: Kiosk
    currency: EUR
    periods: { count: 4, unit: week }
    customers:
      arrivals: { poisson: 100 }
      segments:
        - { name: all, share: 100%, values: { ice: "uniform(0, 4)", tea: "uniform(0, 2)" } }
    sellers:
      - name: Kiosk
        products: { ice: { unit cost: 1 }, tea: { unit cost: 0.2 } }
        candidates:
          today: { fixed-price: { ice: 1.5, tea: 0.5 } }
          packages: { mixed-bundle: { survey: 40, survey cost: 0.5 } }
    study: { replications: 10, seed: 4 }

    """

  @Test func valuesResearch() throws {
    try withFolder { folder in
      try write(Self.scenario, to: folder + "/kiosk.yaml")
      let result = try Tool.run(
        "research", "kiosk.yaml", "--sizes", "10, 80", "--error-free", "200", in: folder)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.hasPrefix("The research of packages, 40 respondents for 20.00 EUR, is worth "))
      let table = try String(contentsOfFile: folder + "/results/kiosk/research.csv", encoding: .utf8)
      #expect(table.split(whereSeparator: \.isNewline).count == 7)
    }
  }

  @Test(arguments: [
    (["--sizes", "10,x"], "--sizes has x"), (["--sizes", "1"], "--sizes has 1"),
    (["--strategy", "pack"], "no candidate is called pack"), (["--error-free", "1"], "--error-free is 1"),
  ])
  func mistakes(_ options: [String], _ message: String) throws {
    try withFolder { folder in
      try write(Self.scenario, to: folder + "/kiosk.yaml")
      let result = try Tool.start(["research", "kiosk.yaml"] + options, in: folder).wait()
      #expect(result.code == 64)
      #expect(result.errors.contains(message), "\(result.errors)")
    }
  }
}
