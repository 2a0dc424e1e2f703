import Tables

/// How to read the page, and what was run. No times: the same run gives the same page.
struct PageGuide {
  let results: Results
  private var manifest: Manifest { results.manifest }

  var markup: Markup {
    .group([
      element(.section) {
        element(.h2) { "How to read this" }
        list(reading)
      },
      element(.section) {
        element(.h2) { "What was run" }
        list(run)
      },
    ])
  }

  private func list(_ entries: [(String, Markup)]) -> Markup {
    element(.dl, [.class: "guide"]) {
      for (term, words) in entries {
        element(.div) {
          element(.dt) { term }
          element(.dd) { words }
        }
      }
    }
  }

  private var reading: [(String, Markup)] {
    var entries: [(String, Markup)] = [
      (
        "Same customers",
        .text(
          "Every strategy meets the same simulated customers, so that differences between strategies are surer than "
            + "the profits themselves.")
      ),
      (
        "Profit",
        .text(
          "Revenue less unit, fixed, capacity and research cost \(results.span), in \(manifest.currency): the mean over "
            + "\(count(manifest.replications, "replication")) of the calendar.")
      ),
      (
        "Baseline",
        .group([.text("Strategies are compared with "), name(manifest.baseline), .text(".")])
      ),
      ("Perfect knowledge", .text(Self.knowledge(manifest.clairvoyantKind))),
      (
        "Consumer surplus",
        .text("What customers gain over buying nothing: what the purchase is worth to them less what they pay.")
      ),
    ]
    if results.hasIntervals {
      entries.insert(
        (
          "Intervals",
          .text(
            "\(results.confidence) intervals say how far chance may have moved a mean. They say nothing about whether the "
              + "scenario is right.")
        ), at: 2)
      entries.insert(
        (
          "Probability best",
          .text(
            "How often a strategy has the highest mean profit when the replications are drawn again with replacement.")
        ), at: 3)
    } else {
      entries.insert(("Chance", .text("One replication gives no intervals: any difference may be chance.")), at: 2)
    }
    if results.files.contains(.regret) {
      entries.append(
        ("Regret", .text("How much more perfect knowledge had earned by a time than a strategy that learns.")))
    }
    entries.append(
      (
        "Numbers",
        .text(
          "A comma separates thousands, a point comes before decimals. Columns are explained where a pointer rests on "
            + "their heading; the files hold all digits.")
      ))
    return entries
  }

  private static func knowledge(_ kind: String) -> String {
    let words = "A benchmark, not a strategy: it knows how customers choose, though not who comes. "
    switch kind {
    case "exact": return words + "Its prices are the best there are."
    case "bound": return words + "No strategy can earn more; perhaps none can earn as much."
    default: return words + "Its prices are the best that a search found; read it as a comparison, not as a limit."
    }
  }

  private var run: [(String, Markup)] {
    [
      ("Scenario", .group([element(.code) { name(manifest.scenario) }])),
      ("Scenario and its files, SHA-256", element(.code) { manifest.scenarioSha256 }),
      ("Seller studied", name(manifest.studiedSeller)),
      ("Calendar", name(count(manifest.periods, manifest.periodUnit))),
      ("Replications", .text(count(manifest.replications, "replication"))),
      ("Seed", .text("\(manifest.seed)")),
      ("Demand", .text(manifest.demand)),
      ("Policies of perfect knowledge", .text(manifest.clairvoyantClass.replacing("_", with: " "))),
      (
        "Program",
        .text(
          "bertrand \(manifest.programVersion), GNU Scientific Library \(manifest.gslVersion), \(manifest.architecture)"
        )
      ),
      ("Files", .text(results.files.map(\.fileName).joined(separator: ", "))),
    ]
  }

  private func count(_ number: Int, _ unit: String) -> String {
    let isPlain = number == 1 || unit.hasSuffix("s") || !(unit.last?.isASCII ?? false)
    return "\(PageNumber(.whole, largest: 0).text(Double(number))) \(isPlain ? unit : unit + "s")"
  }
}
