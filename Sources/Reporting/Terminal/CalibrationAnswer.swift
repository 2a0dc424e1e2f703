import Demand
import Foundation

/// What a calibration found, in words and a table for the terminal.
public struct CalibrationAnswer: Sendable {
  private let calibration: LogitCalibration
  private let products: [String]
  private let sellers: [String]
  private let currency: String

  /// How far an implied margin may be from the observed one before a warning, as a share of price.
  public static let largestMarginGap = 0.1

  /// The answer to a calibration.
  ///
  /// - Parameters:
  ///   - products: the name of each product, in the calibration's order.
  ///   - sellers: the name of each product's seller.
  public init(_ calibration: LogitCalibration, products: [String], sellers: [String], currency: String) {
    self.calibration = calibration
    self.products = products
    self.sellers = sellers
    self.currency = currency
  }

  /// The price coefficient, how well it fits, and how customers react to prices as a whole.
  public var sentence: String {
    let count = calibration.products.count { $0.margin != nil }
    let coefficient = "The price coefficient is \(digits(calibration.priceCoefficient, 8)) per \(currency)"
    let fit =
      count == 1
      ? ": it follows from the one observed margin"
      : "; the sum of squared errors of \(count) margins is \(digits(calibration.sumOfSquaredErrors, 4))"
    let market =
      calibration.hasOutsideOption
      ? " When all prices rise by 1%, \(digits(-calibration.marketElasticity, 4))% fewer units are bought (market "
        + "elasticity \(digits(calibration.marketElasticity, 4))); \(percent(calibration.outsideShare)) of the customers buy nothing."
      : " Everybody buys, whatever all prices together do: the market elasticity is 0."
    return coefficient + fit + "." + market
  }

  /// The table: what was observed and what follows from it, a row for each product.
  public var table: String {
    var rows = [
      [
        "product", "seller", "price", "share", "cost", "margin observed", "implied", "mean value", "own elasticity",
      ]
    ]
    for (index, product) in calibration.products.enumerated() {
      rows.append([
        TextTable.plain(products[index]), TextTable.plain(sellers[index]), digits(product.price, 6),
        percent(product.share),
        digits(calibration.unitCosts[index], 6), product.margin.map(percent) ?? "",
        percent(calibration.impliedMargins[index]),
        String(format: "%.4f", calibration.meanValues[index]), digits(calibration.ownPriceElasticities[index], 4),
      ])
    }
    return TextTable(rows, isNumeric: rows[0].indices.map { $0 > 1 }).text
  }

  /// What the user ought to know before using the model: costs below 0, and margins that the model does not explain.
  public var warnings: [String] {
    calibration.products.indices.flatMap { index -> [String] in
      let implied = calibration.impliedMargins[index]
      var warnings: [String] = []
      if calibration.unitCosts[index] < 0 {
        warnings.append(
          "\(TextTable.plain(products[index])) would have a unit cost of \(digits(calibration.unitCosts[index], 6)), less than 0: its price is "
            + "lower than what its seller earns on a unit of each of its products, so that this price, these shares and "
            + "these margins do not go together. Check them, or the list of its seller's products.")
      }
      if let observed = calibration.products[index].margin, abs(observed - implied) > Self.largestMarginGap {
        warnings.append(
          "\(TextTable.plain(products[index])) has an observed margin of \(percent(observed)), but prices and shares imply \(percent(implied)): "
            + "its seller does not price as the model says, or the margin counts other costs than those of one more unit."
        )
      }
      return warnings
    }
  }

  private func percent(_ share: Double) -> String { String(format: "%.4g%%", share * 100) }

  private func digits(_ number: Double, _ count: Int) -> String {
    let text = String(format: "%.\(count)g", number)
    return text == "-0" ? "0" : text
  }
}
