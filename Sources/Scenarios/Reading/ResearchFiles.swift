import Demand
import Foundation
import Selling

/// The files of answers that strategies name, each read once.
final class ResearchFiles {
  private let folder: URL
  /// The scenario's currency; amounts in another one are refused.
  private let currency: String?
  private var known: [String: DataFile] = [:]
  /// The bytes of the files read.
  private(set) var bytes: [UInt8] = []

  init(folder: URL, currency: String?) { (self.folder, self.currency) = (folder, currency) }

  /// The answers in the file that a field names; nil after a report.
  func answers(
    _ field: String, _ record: Record, _ format: ResearchFormat, seller: SellerProfile, market: PublicMarket
  ) -> ResearchAnswers? {
    guard let name = record.value(field)?.text, let data = file(name, field, record) else { return nil }
    let own = seller.products.map(\.name)
    let assortment = market.assortment
    return record.reading(field) { [currency] in
      let answers = try read()
      try Self.checkCount(answers, data, own)
      return answers
      func read() throws -> ResearchAnswers {
        switch format {
        case .willingnessToPay:
          let survey = try SurveyFile(data, products: assortment.products.map(\.name), currency: currency)
          guard survey.weights == nil else { throw Self.weights(data) }
          return .willingnessToPay(survey.rows.map { row in assortment.alternatives.map { row[$0] } })
        case .purchase: return .purchase(try PurchaseFile(data, products: own, currency: currency).answers)
        case .priceThresholds:
          return .priceThresholds(try PriceThresholdFile(data, products: own, currency: currency).answers)
        case .conjoint:
          return try ConjointFile(
            data, products: assortment.products.map(\.name), categories: assortment.products.map(\.category),
            currency: currency
          ).answers
        }
      }
    }
  }

  /// - Throws: ``DataProblems`` where fewer than two answered: one person says nothing about a market.
  private static func checkCount(_ answers: ResearchAnswers, _ data: DataFile, _ products: [String]) throws {
    func check(_ count: Int, _ what: String = "") throws {
      guard count < 2 else { return }
      throw DataProblems(
        "\(printable(data.name)) has the answers of \(count == 1 ? "a single respondent" : "nobody")\(what); a survey "
          + "has at least 2")
    }
    func about(_ index: Int) -> String { products.count > 1 ? " about \(quoted(products[index]))" : "" }
    switch answers {
    case .willingnessToPay(let rows): try check(rows.count)
    case .purchase(let answers): for (index, one) in answers.enumerated() { try check(one.buys.count, about(index)) }
    case .priceThresholds(let answers): for (index, one) in answers.enumerated() { try check(one.count, about(index)) }
    case .ratings, .choices: break
    }
  }

  private func file(_ name: String, _ field: String, _ record: Record) -> DataFile? {
    if let file = known[name] { return file }
    let file = record.dataFile(field, folder: folder, bytes: &bytes)
    known[name] = file
    return file
  }

  private static func weights(_ data: DataFile) -> DataProblems {
    DataProblems(
      "\(printable(data.name)) has a column \"weight\"; answers that strategies price on count once each: repeat rows, or "
        + "give the column another name")
  }
}
