import Demand
import Foundation

/// The comment at the top of a calibrated scenario: where its numbers come from.
struct CalibrationComments {
  private let lines: [String]

  init(_ input: CalibrationReader.Input, _ calibration: LogitCalibration, program: String, file: String) {
    let known = calibration.products.count { $0.margin != nil }
    let margins = known == 1 ? "the one observed margin" : "the \(known) observed margins"
    var lines = [
      "Calibrated by \(program) from observed prices, shares and margins: \(printable(file))",
      "",
      "price coefficient: with it the margins of Bertrand-Nash prices, set by sellers who own these products, come as",
      "  near as can be to \(margins) (sum of squared errors \(calibration.sumOfSquaredErrors)).",
      "mean values: with them the shares at the observed prices are the observed ones;",
      calibration.hasOutsideOption
        ? "  \(Self.percent(calibration.outsideShare)) of the customers buy nothing, which has mean value 0."
        : "  only their differences matter: the first is 0.",
      "unit cost: price less the margin implied, with which nobody gains by another price.",
      "strategies and candidates that the file did not give: the observed prices.",
      "",
    ]
    let names = ["product"] + input.products.map { printable($0.name) }
    let width = names.map(\.count).max() ?? 0
    func row(_ name: String, _ observed: String, _ implied: String) -> String {
      func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
      }
      return "  " + name + String(repeating: " ", count: width - name.count) + padded(observed, 17)
        + padded(implied, 16)
    }
    lines.append(row(names[0], "margin observed", "margin implied"))
    for index in calibration.products.indices {
      lines.append(
        row(
          names[index + 1], calibration.products[index].margin.map(Self.percent) ?? "",
          Self.percent(calibration.impliedMargins[index])))
    }
    self.lines = lines
  }

  private static func percent(_ share: Double) -> String { String(format: "%.4g%%", share * 100) }

  /// The comment, followed by the one at the top of the user's file, whose line for editors stays the first.
  func text(above document: Document) -> String {
    let text = String(decoding: document.bytes, as: UTF8.self)
    let own = text.split(omittingEmptySubsequences: false) { $0.isNewline }
      .map { $0.drop { $0 == "\u{FEFF}" || $0 == " " } }
      .prefix { $0.isEmpty || $0.hasPrefix("#") }
      .filter { !$0.isEmpty }.map(String.init)
    let isForEditors = own.first?.contains("yaml-language-server") ?? false
    let first = isForEditors ? Array(own.prefix(1)) + ["#"] : []
    var rest = own.dropFirst(first.isEmpty ? 0 : 1)
    if rest.first == "#" { rest = rest.dropFirst() }
    let comment = lines.map { $0.isEmpty ? "#" : "# " + $0 }
    return (first + comment + (rest.isEmpty ? [] : ["#"]) + rest).map { $0 + "\n" }.joined()
  }
}
