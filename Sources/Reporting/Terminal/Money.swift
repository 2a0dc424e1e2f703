import Foundation

/// Amounts of money as people read them.
struct Money {
  /// The largest amount in view, which says how many decimals all of them have.
  let largest: Double

  /// Four digits of the largest amount where it is small.
  private var decimals: Int {
    if largest >= 10 { return largest >= 1000 ? 0 : 2 }
    guard largest > 0, largest < 1 else { return 4 }
    return min(15, 3 - Int(log10(largest).rounded(.down)))
  }

  /// An amount with thousands separated.
  func text(_ amount: Double) -> String {
    guard amount.isFinite else { return "" }
    let size = abs(amount)
    if size >= 1e15 { return "\(amount)" }
    let text = String(format: "%.\(decimals)f", size)
    let parts = text.split(separator: ".")
    var digits = ""
    for (index, digit) in parts[0].reversed().enumerated() {
      if index > 0, index % 3 == 0 { digits.append(",") }
      digits.append(digit)
    }
    let isZero = !text.contains { $0 != "0" && $0 != "." }
    return (amount < 0 && !isZero ? "-" : "") + digits.reversed() + (parts.count > 1 ? "." + parts[1] : "")
  }
}
