import Demand

/// Reads logit demand as the literature states it, and nests.
struct LogitReader {
  let assortment: Assortment
  /// What the products are like; nil if that was described wrongly, which has been reported.
  let attributes: ProductAttributes?

  /// Valuations, or utilities, with the scale of their noise; nil after a report.
  func valuations(_ record: Record) -> (source: ValuationSource, taste: Double)? {
    let sensitivity = sensitivity(record)
    let values = SegmentReader.byProduct(record.table("mean values"), record, "mean values", assortment) { $0.number }
    let coefficients = coefficients(record)
    guard let sensitivity, let values, let coefficients else { return nil }
    if case .fixed(let alpha) = sensitivity, coefficients.isEmpty {
      return (.distributions(values.map { .fixed($0 / alpha) }, correlation: nil), 1 / alpha)
    }
    do {
      let model = try UtilityModel(
        meanUtilities: values, attributes: coefficients.map(\.levels), coefficients: coefficients.map(\.value),
        priceSensitivity: sensitivity)
      return (.utility(model), 1)
    } catch {
      record.report("\(error)", at: record.isWritten("price sensitivity") ? "price sensitivity" : nil)
      return nil
    }
  }

  private func sensitivity(_ record: Record) -> Valuation? {
    let forms = ["price coefficient", "price sensitivity"].filter(record.isWritten)
    guard forms.count == 1 else {
      record.report(
        forms.isEmpty
          ? "say what a unit of money costs: give `price coefficient`, for example -0.5, or `price sensitivity` where it "
            + "varies"
          : "found price coefficient and price sensitivity; give only one of them")
      return nil
    }
    guard let value = record.value(forms[0]) else { return nil }
    if forms[0] == "price sensitivity" { return ValuationReader.valuation(value) }
    guard let number = value.number else {
      value.report(
        "found a distribution; where the price coefficient varies, some customers must not like to pay more: give "
          + "`price sensitivity`, minus the coefficient, as a distribution of positive numbers, for example "
          + "log-normal(4, 1)")
      return nil
    }
    return .fixed(-number)
  }

  private func coefficients(_ record: Record) -> [(value: Valuation, levels: [Double])]? {
    var isComplete = true
    var coefficients: [(value: Valuation, levels: [Double])] = []
    guard let attributes else { return nil }
    for entry in record.table("coefficients") {
      guard let attribute = attributes.names.firstIndex(of: entry.key) else {
        entry.reportKey(
          attributes.names.isEmpty
            ? "no `attributes` are given under customers; say what the products are like there"
            : unknown("attribute", entry.key, known: attributes.names))
        isComplete = false
        continue
      }
      guard let value = ValuationReader.valuation(entry.value) else {
        isComplete = false
        continue
      }
      coefficients.append((value, attributes.values[attribute]))
    }
    return isComplete && !(record.value("coefficients")?.isReported ?? false) ? coefficients : nil
  }

  /// The nests of a segment; nil after a report.
  func nests(_ segment: Record) -> [Nest]? {
    let names = assortment.products.map(\.name)
    var nests: [Nest] = []
    var isComplete = true
    for entry in segment.table("nests") {
      guard let record = entry.value.record, let dissimilarity = record.number("dissimilarity") else {
        isComplete = false
        continue
      }
      var products: [Int] = []
      for item in record.list("products") {
        guard let name = item.text, let product = names.firstIndex(of: name) else {
          item.reportUnknown("product", known: names)
          isComplete = false
          continue
        }
        products.append(product)
      }
      if Set(products.map { assortment.products[$0].category }).count > 1 {
        record.report("the products of a nest are substitutes of one category; these are of several", at: "products")
        isComplete = false
      }
      nests.append(Nest(name: entry.key, products: products, dissimilarity: dissimilarity))
    }
    return isComplete && !(segment.value("nests")?.isReported ?? false) ? nests : nil
  }
}
