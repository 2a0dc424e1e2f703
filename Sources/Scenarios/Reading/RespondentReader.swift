import Demand
import Foundation

/// Reads the files of respondents that segments name.
struct RespondentReader {
  let folder: URL
  let assortment: Assortment
  /// What the products are like; nil if that was described wrongly, which has been reported.
  let attributes: ProductAttributes?
  /// The scenario's currency; amounts in another one are refused.
  let currency: String?
  /// The bytes of the files read.
  private(set) var bytes: [UInt8] = []

  init(folder: URL, assortment: Assortment, attributes: ProductAttributes?, currency: String?) {
    (self.folder, self.assortment, self.attributes, self.currency) = (folder, assortment, attributes, currency)
  }

  private var products: [String] { assortment.products.map(\.name) }

  /// The respondents of the field `survey`; nil after a report.
  mutating func survey(_ record: Record) -> ValuationSource? {
    record.dataFile("survey", folder: folder, bytes: &bytes).flatMap { data in
      record.reading("survey") {
        let survey = try SurveyFile(data, products: products, currency: currency)
        guard let weights = survey.weights else { return .respondents(survey.rows) }
        // What a respondent would pay, in utility where a unit of money is worth 1.
        return .agents(
          try zip(weights, survey.rows).map { try Agent(weight: $0, utilities: $1, priceSensitivity: 1) })
      }
    }
  }

  /// The respondents of the field `part-worths`; nil after a report.
  mutating func partWorths(_ record: Record) -> ValuationSource? {
    record.dataFile("part-worths", folder: folder, bytes: &bytes).flatMap { data in
      guard let attributes else { return nil }
      return record.reading("part-worths") {
        .agents(try PartWorthFile(data, products: products, attributes: attributes).agents)
      }
    }
  }
}

extension Record {
  /// The file that a field names, from the scenario's folder; nil after a report. Its bytes are added to `bytes`.
  func dataFile(_ field: String, folder: URL, bytes: inout [UInt8]) -> DataFile? {
    guard let name = value(field)?.text else { return nil }
    let file = reading(field) {
      let path = name.hasPrefix("/") ? name : folder.appendingPathComponent(name).path
      return try DataFile(contentsOf: path, name: name)
    }
    bytes += file?.bytes ?? []
    return file
  }

  /// What `read` gives; nil after a report at a field of every mistake that it throws.
  func reading<T>(_ field: String, _ read: () throws -> T) -> T? {
    do {
      return try read()
    } catch let problems as DataProblems {
      for message in problems.messages { report(message, at: field) }
    } catch {
      report("\(error)", at: field)
    }
    return nil
  }
}
