import Foundation

/// Amounts of money as people read them.
struct Money {
  /// The largest amount in view, which says how many decimals all of them have.
  let largest: Double

  /// An amount with thousands separated.
  func text(_ amount: Double) -> String {
    guard amount.isFinite else { return "" }
    let size = abs(amount)
    if size >= 1e15 { return "\(amount)" }
    let text = String(format: "%.\(largest >= 1000 ? 0 : (largest >= 10 ? 2 : 4))f", size)
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
