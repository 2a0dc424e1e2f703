import Foundation
import Testing

/// `bertrand optimize` as a process.
struct OptimizeCommandTests {
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
          markup: { full-cost-markup: { planned units: 50 } }
    study: { replications: 20, seed: 4 }

    """

  /// Ice at 2.5 and tea at 1.1 earn most: 0.5625 + 0.405 a customer. Tuned on 30 replications of about 400 customers the
  /// prices stray by some cents; profit stays within 2% of the best (387), its interval contains what `run` then shows.
  @Test func tunesPrices() throws {
    try withFolder { folder in
      try write(Self.scenario, to: folder + "/kiosk.yaml")
      let result = try Tool.run("optimize", "kiosk.yaml", "--strategy", "today", "--tuning", "30", in: folder)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.hasPrefix("today earns most with ice "))
      let rows = try String(contentsOfFile: folder + "/results/kiosk/optimum.csv", encoding: .utf8)
        .split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
      #expect(rows.count == 3 && rows[1][1] == "ice" && rows[2][1] == "tea")
      let prices = rows.dropFirst().compactMap { Double($0[3]) }
      #expect(abs(prices[0] - 2.5) < 0.4 && abs(prices[1] - 1.1) < 0.2)
      #expect(abs((Double(rows[1][7]) ?? 0) - 387) < 0.05 * 387)
      let curve = try String(contentsOfFile: folder + "/results/kiosk/profit_curve.csv", encoding: .utf8)
      #expect(curve.hasPrefix("strategy,parameter,value,profit_mean,profit_ci_low,profit_ci_high"))
    }
  }

  @Test(arguments: [
    (["--strategy", "tody"], "no candidate is called tody"),
    (["--strategy", "markup", "--parameter", "colour"], "markup has no number called colour"),
    (["--strategy", "markup", "--parameter", "markup=9"], "write the bounds as low..high"),
    (["--strategy", "markup", "--parameter", "markup=50%..10%"], "bounds rise"),
    (["--strategy", "markup", "--parameter", "markup=-5..1"], "a share from -99%"),
    (["--strategy", "markup", "--parameter", "markup=-20..20"], "write shares as -20%..20% or -0.2..0.2"),
    (["--strategy", "markup", "-p", "markup", "-p", "markup"], "names a number twice"),
    (["--strategy", "markup", "--tuning", "0"], "--tuning is 0"),
  ])
  func mistakes(_ options: [String], _ message: String) throws {
    try withFolder { folder in
      try write(Self.scenario, to: folder + "/kiosk.yaml")
      let result = try Tool.start(["optimize", "kiosk.yaml"] + options, in: folder).wait()
      #expect(result.code == 64)
      #expect(result.errors.contains(message), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/results"))
    }
  }
}
