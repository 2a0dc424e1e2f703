import Foundation
import GSL
import Selling
import Simulation
import Tables

/// What a search for the best parameters found, as tables and in words.
public struct OptimumReport: Sendable {
  private let study: Study
  private let label: String
  private let optimum: ParameterOptimum
  private let quantile: Double
  private let tuningQuantile: Double

  /// A report.
  ///
  /// - Parameter label: the candidate's.
  /// - Throws: `GSLError` where a quantile cannot be computed.
  public init(_ study: Study, label: String, optimum: ParameterOptimum) throws {
    func quantile(_ count: Int) throws -> Double {
      count > 1 ? try StudentT(degreesOfFreedom: Double(count - 1)).quantile(0.5 + study.confidence / 2) : 0
    }
    self.study = study
    self.label = label
    self.optimum = optimum
    self.quantile = try quantile(optimum.profit.count)
    tuningQuantile = try quantile(optimum.tuningReplications)
  }

  /// The files by name.
  public var files: [(name: String, table: Table)] {
    [("optimum.csv", parameters), ("profit_curve.csv", curve)]
  }

  /// One row for each tuned parameter, with what the whole setting earns on fresh customers.
  public var parameters: Table {
    var table = Table(columns: [
      "strategy", "parameter", "value_in_file", "optimum", "search_low", "search_high", "at_bound", "profit_mean",
      "profit_ci_low", "profit_ci_high", "gain_mean", "gain_ci_low", "gain_ci_high", "gain_over_baseline_mean",
      "gain_over_baseline_ci_low", "gain_over_baseline_ci_high", "profit_on_tuning_customers",
    ])
    for setting in optimum.settings {
      table.cell(label)
      table.cell(setting.dial.name)
      table.cell(setting.dial.value)
      table.cell(setting.value)
      table.cell(setting.bounds.lowerBound)
      table.cell(setting.bounds.upperBound)
      table.cell(setting.isAtBound ? "yes" : "no")
      for moments in [optimum.profit, optimum.gain, optimum.gainOverBaseline] {
        let interval = Interval(moments, quantile: quantile)
        table.cell(moments.mean)
        table.cell(interval?.low)
        table.cell(interval?.high)
      }
      table.cell(optimum.tunedProfit)
      table.endRow()
    }
    return table
  }

  /// Profit by the value of each parameter, the others at the optimum, on the customers of the search.
  public var curve: Table {
    var table = Table(columns: ["strategy", "parameter", "value", "profit_mean", "profit_ci_low", "profit_ci_high"])
    for point in optimum.curve {
      let interval = Interval(point.profit, quantile: tuningQuantile)
      table.cell(label)
      table.cell(optimum.settings[point.setting].dial.name)
      table.cell(point.value)
      table.cell(point.profit.mean)
      table.cell(interval?.low)
      table.cell(interval?.high)
      table.endRow()
    }
    return table
  }

  /// The answer in words.
  public var text: String {
    let settings = optimum.settings.map { "\(TextTable.plain($0.dial.name)) \(value($0.value, $0.dial))" }
    let file = optimum.settings.map { value($0.dial.value, $0.dial) }
    var lines = [
      "\(TextTable.plain(label)) earns most with \(settings.joined(separator: ", ")) (the file has "
        + "\(file.joined(separator: ", "))): \(amount(optimum.profit, quantile)) \(study.currency) over "
        + "\(study.market.periodCount) \(study.market.periodUnit)\(study.market.periodCount == 1 ? "" : "s")."
    ]
    let baseline = TextTable.plain(study.candidates[study.baseline].label)
    lines.append("That is \(gain(optimum.gain)) than with the file's values,")
    lines.append("and \(gain(optimum.gainOverBaseline)) than \(baseline).")
    lines.append(
      "Judged on \(optimum.profit.count) fresh replications; on the \(optimum.tuningReplications) on which it was tuned, "
        + "profit was \(money(optimum.tunedProfit)).")
    if let posted = optimum.posted, posted.offers.map(\.price) != optimum.settings.map(\.value) {
      let prices = posted.offers.map { offer in
        TextTable.plain(study.name(of: OfferKey(seller: study.studied, contents: offer.contents, group: offer.group)))
          + " "
          + String(format: "%.2f", offer.price)
      }
      lines.append("It then posts " + prices.joined(separator: ", ") + ".")
    }
    for setting in optimum.settings where setting.isAtBound {
      lines.append(
        "The best \(TextTable.plain(setting.dial.name)) lies at an end of the range searched, "
          + "\(value(setting.bounds.lowerBound, setting.dial)) to \(value(setting.bounds.upperBound, setting.dial)): "
          + "search further with --parameter.")
    }
    return lines.joined(separator: "\n")
  }

  private func value(_ value: Double, _ dial: StrategyRecipe.Dial) -> String {
    let number = dial.isShare ? value * 100 : value
    guard abs(number) < 1e12 else { return "\(value)" }
    let decimals = number == number.rounded() ? 0 : (abs(number) >= 1 || dial.isShare ? 2 : 4)
    return String(format: "%.\(decimals)f", number) + (dial.isShare ? "%" : "")
  }

  private func amount(_ moments: RunningMoments, _ quantile: Double) -> String {
    guard let interval = Interval(moments, quantile: quantile) else { return money(moments.mean) }
    return "\(money(moments.mean)) (\(study.confidenceInPercent): \(money(interval.low)) to \(money(interval.high)))"
  }

  /// A difference as "more" or "less".
  private func gain(_ moments: RunningMoments) -> String {
    guard moments.mean < 0 else { return amount(moments, quantile) + " more" }
    var text = money(-moments.mean)
    if let interval = Interval(moments, quantile: quantile) {
      text += " (\(study.confidenceInPercent): \(money(-interval.high)) to \(money(-interval.low)))"
    }
    return text + " less"
  }

  private func money(_ amount: Double) -> String { Money(largest: abs(optimum.profit.mean)).text(amount) }
}
