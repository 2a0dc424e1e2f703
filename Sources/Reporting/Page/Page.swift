import Foundation
import Tables

/// The results of a run as one HTML page: the question and its answer, charts, tables, and how to read them. It is made
/// from the results alone, loads nothing, runs nothing, and is the same bytes for the same results.
public struct Page: Sendable {
  private let results: Results
  private let cast: Cast

  /// The files that a page is made of: all but the raw results of each replication.
  public static let files = ResultFile.all.filter { $0 != .replications }

  /// A page of results, which have to hold ``files``.
  ///
  /// - Throws: ``ResultsError`` where no strategy is ranked.
  public init(_ results: Results) throws {
    self.results = results
    cast = Cast(results)
    guard !cast.candidates.isEmpty else {
      throw ResultsError(
        "\(results.folder)/\(ResultFile.summary.fileName): no strategy has a rank; run the scenario again")
    }
  }

  /// The page.
  public var html: String { "<!DOCTYPE html>\n" + document.text }

  private var document: Markup {
    element(.html, [.lang: "en"]) {
      element(.head) {
        element(.meta, [.charset: "utf-8"])
        element(.meta, [.name: "viewport", .content: "width=device-width, initial-scale=1"])
        element(.meta, [.name: "color-scheme", .content: "light dark"])
        // Not even a later hand can make the page load something.
        element(
          .meta,
          [.httpEquiv: "Content-Security-Policy", .content: "default-src 'none'; style-src 'unsafe-inline'"])
        element(.title) { "\(results.manifest.market): pricing strategies compared" }
        element(.style) { PageStyle.text }
      }
      element(.body) {
        PageHead(results: results, cast: cast).markup
        element(.main) {
          section("Charts", Markup.group([.element(.div, [(.class, "charts")], figures.map(\.markup))]))
          section("Tables", .group(Self.files.filter(results.files.contains).compactMap(table)))
          PageGuide(results: results).markup
        }
      }
    }
  }

  private func section(_ heading: String, _ content: Markup) -> Markup {
    element(.section) {
      element(.h2) { heading }
      content
    }
  }

  private var figures: [Figure] {
    [
      ProfitChart(results: results, cast: cast).figure, DifferenceChart(results: results, cast: cast).figure,
      SurplusChart(results: results, cast: cast).figure, WinnersChart(results: results, cast: cast).figure,
    ].compactMap(\.self) + OverTimeCharts(results: results, cast: cast).figures
      + WaterfallChart(results: results, cast: cast).figures
      + [RegretChart(results: results, cast: cast).figure].compactMap(\.self)
  }

  private func table(_ file: ResultFile) -> Markup? {
    PageTable(file: file, table: results.table(file), baseline: results.manifest.baseline).markup
  }
}

extension Results {
  /// Whether there are intervals: one replication has none.
  var hasIntervals: Bool { manifest.replications > 1 }

  /// The confidence of intervals, such as `95%`.
  var confidence: String {
    let percent = (manifest.confidence * 1e4).rounded() / 100
    return pixels(percent) + "%"
  }

  /// The calendar, such as `over 52 weeks`.
  var span: String {
    let unit = manifest.periodUnit
    let isPlain = manifest.periods == 1 || unit.hasSuffix("s") || !(unit.last?.isASCII ?? false)
    return "over \(PageNumber(.whole, largest: 0).text(Double(manifest.periods))) \(isPlain ? unit : unit + "s")"
  }
}

extension Table.Row {
  /// The interval whose ends stand in two columns; nil where there is none.
  func interval(_ columns: String, dividedBy size: Double = 1) -> (low: Double, high: Double)? {
    guard let low = number(columns + "_low"), let high = number(columns + "_high") else { return nil }
    return (low / size, high / size)
  }
}
