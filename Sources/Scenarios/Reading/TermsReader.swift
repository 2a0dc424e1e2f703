import Selling

/// Reads what lies between a seller's list prices and what it keeps.
enum TermsReader {
  /// The terms; nil if there are none, or after a report.
  static func terms(_ record: Record) -> PriceTerms? {
    let discounts = items(record, "discounts")
    let rebates = items(record, "rebates")
    let costs = items(record, "costs to serve")
    guard let tax = record.number("tax"), let isIncluded = record.flag("tax included"), let discounts, let rebates,
      let costs
    else { return nil }
    do {
      return try PriceTerms(
        tax: tax, isTaxIncluded: isIncluded, discounts: discounts, rebates: rebates, costs: costs)
    } catch {
      RulesReader.report(error, record)
      return nil
    }
  }

  /// The items of a table; nil where one of them is wrong.
  private static func items(_ record: Record, _ field: String) -> [PriceTerms.Item]? {
    guard record.isWritten(field) else { return [] }
    guard record.value(field) != nil else { return nil }
    let entries = record.table(field)
    let items = entries.compactMap { entry -> PriceTerms.Item? in
      let definition = entry.value.record
      guard let written = definition.map({ $0.value("amount") }) ?? entry.value, let amount = amount(written) else {
        return nil
      }
      return PriceTerms.Item(entry.key, amount, felt: definition?.number("felt") ?? 1)
    }
    let isWrong = record.value(field)?.isReported ?? false
    return isWrong || items.count < entries.count ? nil : items
  }

  /// A share of the price, or money; nil after a report.
  private static func amount(_ value: Value) -> PriceTerms.Amount? {
    let text = value.text ?? ""
    let number = NumberText.number(text, allowsPercent: true)
    if let number, text.hasSuffix("%"), (0..<1).contains(number) { return .share(number) }
    if let number, !text.hasSuffix("%"), (0...1e12).contains(number) { return .money(number) }
    let advice = number == nil ? NumberText.advice(text, allowsPercent: true) : nil
    value.report(
      "found \(quoted(text)); "
        + (advice ?? "write a share such as 3%, less than 100%, or money per unit such as 1.20, at least 0"))
    return nil
  }
}
