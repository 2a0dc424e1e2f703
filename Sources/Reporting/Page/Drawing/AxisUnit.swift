import Foundation

/// In what the numbers of an axis are counted, so that their labels stay short: `million EUR` rather than six zeros.
package struct AxisUnit: Sendable {
  /// What a label of 1 stands for.
  let size: Double
  /// The words before the currency; empty where labels are the numbers themselves.
  package let words: String
  private let decimals: Int

  private static let names = [1e3: "thousand", 1e6: "million", 1e9: "billion", 1e12: "trillion"]

  /// The unit for the ticks of a scale.
  package init(_ scale: Scale) {
    let largest = scale.ticks.map(abs).max() ?? 0
    var power = 0
    if largest >= 1e5 || (largest > 0 && largest < 1e-4) { power = 3 * Int((log10(largest) / 3).rounded(.down)) }
    let finest = scale.ticks.count > 1 ? scale.ticks[1] - scale.ticks[0] : largest
    let size = pow(10, Double(power))
    let needed = finest > 0 ? max(0, -Int(log10(finest / size * 1.000_001).rounded(.down))) : 0
    // Ticks that differ in late digits only are written in full.
    if power > 0, needed > 3 { power = 0 }
    self.size = power == 0 ? 1 : size
    decimals = power == 0 ? scale.decimals : needed
    words = power == 0 ? "" : Self.names[size] ?? "10" + Self.raised(power)
  }

  /// A power in small raised digits.
  private static func raised(_ power: Int) -> String {
    let digits: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
    return String("\(power)".map { digits[$0] ?? $0 })
  }

  /// The label of a tick.
  package func label(_ tick: Double) -> String { PageNumber.text(tick / size, decimals: decimals) }

  /// The unit of the axis in words.
  package func text(_ currency: String) -> String { words.isEmpty ? currency : "\(words) \(currency)" }
}
