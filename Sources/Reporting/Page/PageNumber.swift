import Foundation
import Tables

/// Numbers as people read them on a page: commas between thousands, a point before decimals, all numbers of a column with
/// the same decimals.
package struct PageNumber: Sendable {
  private let kind: ResultColumn.Kind
  private let decimals: Int

  /// The form of the numbers in a column.
  ///
  /// - Parameter largest: the largest size among them, which says how many decimals all of them have.
  package init(_ kind: ResultColumn.Kind, largest: Double) {
    self.kind = kind
    decimals =
      switch kind {
      case .text, .whole: 0
      case .share, .probability: 1
      case .price: largest >= 1e6 ? 0 : (largest >= 1 ? 2 : Self.decimals(largest, digits: 3))
      case .money: largest >= 1000 ? 0 : (largest >= 1 ? 2 : Self.decimals(largest, digits: 4))
      case .amount, .number: largest >= 1000 ? 0 : (largest >= 10 ? 1 : Self.decimals(largest, digits: 3))
      }
  }

  /// The form of the numbers in some cells of a column.
  init(_ kind: ResultColumn.Kind, cells: some Sequence<Table.Cell>) {
    self.init(kind, largest: cells.compactMap { $0.number.map(abs) }.max() ?? 0)
  }

  /// Decimals with which a number below 10 keeps so many digits.
  private static func decimals(_ number: Double, digits: Int) -> Int {
    guard number > 0, number < 10 else { return digits - 1 }
    return min(12, digits - 1 - Int(log10(number).rounded(.down)))
  }

  /// A number of the column.
  package func text(_ number: Double) -> String {
    switch kind {
    case .share: Self.text(100 * number, decimals: decimals) + "%"
    case .probability: Self.probability(number)
    default: Self.text(number, decimals: decimals)
    }
  }

  /// The same with a plus sign before gains.
  package func signed(_ number: Double) -> String {
    let text = text(number)
    return number > 0 && text.contains { ("1"..."9").contains($0) } ? "+" + text : text
  }

  /// What a cell shows; empty where there is nothing.
  func text(_ cell: Table.Cell) -> String { cell.text ?? cell.number.map { text($0) } ?? "" }

  /// A probability in percent, never rounded to a certainty that it is not.
  private static func probability(_ share: Double) -> String {
    if share > 0, share < 0.001 { return "<0.1%" }
    if share < 1, share > 0.999 { return ">99.9%" }
    return text(100 * share, decimals: share == 1 ? 0 : 1) + "%"
  }

  /// A number with so many decimals.
  static func text(_ number: Double, decimals: Int) -> String {
    guard abs(number) < 1e15 else { return String(format: "%.4g", number) }
    let digits = String(format: "%.\(decimals)f", abs(number))
    let parts = digits.split(separator: ".")
    var whole = ""
    for (index, digit) in parts[0].reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { whole.append(",") }
      whole.append(digit)
    }
    let isZero = !digits.contains { ("1"..."9").contains($0) }
    if isZero, number == 0 { return "0" }
    return (number < 0 && !isZero ? "-" : "") + whole.reversed() + (parts.count > 1 ? "." + parts[1] : "")
  }
}
