import Demand
import Foundation

/// Puts what a calibration found into the tree of its scenario.
struct ScenarioCompletion {
  private let input: CalibrationReader.Input
  private let calibration: LogitCalibration

  init(_ input: CalibrationReader.Input, _ calibration: LogitCalibration) {
    self.input = input
    self.calibration = calibration
  }

  /// The tree with the logit, unit costs and strategies; unit costs below 0, which no scenario can have, become 0.
  func completed(_ root: DocumentNode) -> DocumentNode {
    root.changing("customers") { customers in
      (customers ?? root).changing("segments") { segments in
        (segments ?? root).changingItems { _, segment in segment.changing("logit") { logit($0 ?? segment) } }
      }
    }.changing("sellers") { sellers in
      (sellers ?? root).changingItems { completed($1, seller: $0) }
    }
  }

  private func logit(_ word: DocumentNode) -> DocumentNode {
    let values = zip(input.products, calibration.meanValues).map { product, value in
      (product.name, DocumentNode.number(value, at: word.place))
    }
    return .map(
      [
        ("price coefficient", .number(calibration.priceCoefficient, at: word.place)),
        ("mean values", .map(values, at: word.place)),
      ], at: word.place)
  }

  private func completed(_ node: DocumentNode, seller: Int) -> DocumentNode {
    let own = input.observations.indices.filter { input.observations[$0].owner == seller }
    let costs = Dictionary(
      own.map { (input.products[$0].name, max(0, calibration.unitCosts[$0])) }, uniquingKeysWith: { first, _ in first })
    let priced = node.changing("products") { products in
      (products ?? node).changingValues { name, product in
        product.changing("unit cost", before: "observed") { _ in .number(costs[name] ?? 0, at: product.place) }
      }
    }
    guard !input.hasStrategy[seller] else { return priced }
    func fixedPrices(times factor: Double) -> DocumentNode {
      let prices = own.map { index in
        let price = input.observations[index].price * factor
        return (input.products[index].name, DocumentNode.number(factor == 1 ? price : rounded(price), at: node.place))
      }
      return .map([("fixed-price", .map(prices, at: node.place))], at: node.place)
    }
    guard seller == input.studied else { return priced.changing("strategy") { _ in fixedPrices(times: 1) } }
    let candidates = [("today", 1), ("5% dearer", 1.05), ("5% cheaper", 0.95)].map { ($0.0, fixedPrices(times: $0.1)) }
    return priced.changing("candidates") { _ in .map(candidates, at: node.place) }
  }

  /// A price to 12 significant digits: 0.0409 x 1.05 is 0.042945 and not 0.042945000000000004.
  private func rounded(_ price: Double) -> Double { Double(String(format: "%.12g", price)) ?? price }
}
