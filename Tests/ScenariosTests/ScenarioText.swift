import Foundation
import Scenarios
import Testing

/// A right scenario to break, and what is said about it.
enum ScenarioText {
  static let hotel = """
    scenario: Hotel
    question: What should a room cost?
    currency: CHF
    periods: { count: 10, unit: night }
    customers:
      arrivals:
        poisson: 80
        season: { every: 7, swing: 30%, peak: 6 }
        trend: 1%
      segments:
        - name: tourists
          share: 70%
          values:
            room: normal(120, 30)
            breakfast: 14
            suite: uniform(100, 300)
          correlation: 0.4
          taste: 5
        - name: business
          share: 0.3
          logit:
            price coefficient: -0.05
            mean values: { room: 8, suite: 10, breakfast: 0.5 }
    sellers:
      - name: Alpenblick
        products:
          room: { category: bed, unit cost: 20, uses: { rooms: 1 } }
          suite: { category: bed, unit cost: 35, uses: { rooms: 2 } }
          breakfast: { unit cost: 6, uses: {} }
        fixed cost: 900
        capacity:
          rooms: { units: 40, per: period, unit cost: 12 }
        candidates:
          today:
            fixed-price: { room: 110, suite: 190, breakfast: 15, room + breakfast: 120 }
          markup:
            full-cost-markup: { markup: 80%, planned units: 40 }
          pace:
            sales-pace: { opening: { room: 110, suite: 190, breakfast: 15 } }
      - name: Seehof
        products:
          room: { category: bed }
        strategy:
          fixed-price: { room: 105 }
    study:
      baseline: markup
      replications: 33
      seed: 9
      confidence: 90%
      clairvoyant: single prices

    """

  /// The mistakes found in the hotel after a replacement; none if it is right.
  static func problems(
    _ old: String = "", _ new: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) -> [ScenarioProblem] {
    if !old.isEmpty {
      #expect(hotel.components(separatedBy: old).count == 2, "\(old) stands there once", sourceLocation: sourceLocation)
    }
    return problems(in: old.isEmpty ? hotel : hotel.replacingOccurrences(of: old, with: new))
  }

  static func problems(in text: String, file: String = "hotel.yaml") -> [ScenarioProblem] {
    do {
      _ = try Scenario(text: text, file: file)
      return []
    } catch let error as ScenarioProblems {
      return error.problems
    } catch {
      Issue.record("\(error)")
      return []
    }
  }

  /// The place of the first character of `part` in the hotel after a replacement, as `line:column`.
  static func place(of part: String, _ old: String, _ new: String) -> String {
    let text = hotel.replacingOccurrences(of: old, with: new)
    guard let range = text.range(of: part) else { return "nowhere" }
    let before = text[..<range.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
    return "\(before.count):\((before.last?.count ?? 0) + 1)"
  }
}
