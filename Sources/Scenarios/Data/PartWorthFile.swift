import Demand

/// What surveyed respondents like: estimated part-worths, a row for each respondent.
///
/// The columns: for each attribute in numbers the utility of one more unit; for each level of an attribute in words its
/// utility, called `brand: Acme` or `Acme`, where one level of an attribute may lack (the reference of a dummy coding, with
/// utility 0); `price`, the utility of one more unit of money, negative; optionally one called like a product, its own
/// constant; `none`, the utility of buying nothing, taken from those of the products; and `weight`, how many customers the
/// respondent stands for. Other columns are left aside. Verified by `PartWorthFileTests`.
package struct PartWorthFile {
  /// The respondents, each with the utility of every product before price; buying nothing has 0.
  package let agents: [Agent]

  /// Reads the respondents' utilities of some products with these attributes.
  ///
  /// - Parameter attributes: of the same products; without any, every product needs a constant.
  /// - Throws: ``DataProblems``.
  package init(_ data: DataFile, products: [String], attributes: ProductAttributes) throws {
    let hasAttributes = !attributes.names.isEmpty
    var wanted = [
      WantedColumn("price"), WantedColumn("weight", isRequired: false), WantedColumn("none", isRequired: false),
    ]
    let firstAttribute = wanted.count
    for (name, level) in zip(attributes.names, attributes.levels) {
      let alone = level.flatMap { Self.isClear($0, products, attributes) ? [$0.name] : nil } ?? []
      wanted.append(
        level == nil
          ? WantedColumn(name, what: "attribute")
          : WantedColumn(name, what: "level", isRequired: false, aliases: alone))
    }
    let firstProduct = wanted.count
    wanted += products.map { WantedColumn($0, what: "product", isRequired: !hasAttributes) }
    var table = try DataTable(data, wanted: wanted, noun: "respondents")
    table.refuseTotals()
    table.checkLevels(attributes, first: firstAttribute)
    let rules = [NumberRule.pricePartWorth, .weight] + wanted.dropFirst(2).map { _ in NumberRule.partWorth }
    let present = wanted.indices.filter { table.columns[$0] != nil }
    let columns = present.compactMap { index in
      table.columns[index].map { NumberColumn(column: $0, rule: rules[index]) }
    }
    let read = table.numbers(columns, currency: nil)?.map(\.values) ?? []
    table.refuseSum(read)
    try table.throwMistakes()
    var values = [[Double]?](repeating: nil, count: wanted.count)
    for (place, index) in present.enumerated() { values[index] = read[place] }
    agents = try table.rows.indices.map { row in
      let utilities = products.indices.map { product in
        var utility = (values[firstProduct + product]?[row] ?? 0) - (values[2]?[row] ?? 0)
        for (attribute, levels) in attributes.values.enumerated() {
          if let partWorths = values[firstAttribute + attribute] { utility += partWorths[row] * levels[product] }
        }
        return utility
      }
      return try Agent(
        weight: values[1]?[row] ?? 1, utilities: utilities, priceSensitivity: -(values[0]?[row] ?? -1))
    }
  }

  /// Whether the name of a level alone tells what it is.
  private static func isClear(
    _ level: ProductAttributes.Level, _ products: [String], _ attributes: ProductAttributes
  ) -> Bool {
    let name = ColumnName.folded(level.name)
    let others = products + attributes.names + attributes.levels.compactMap { $0 == level ? nil : $0?.name }
    return !["price", "weight", "none"].contains(name) && !others.contains { ColumnName.folded($0) == name }
  }
}

extension NumberRule {
  fileprivate static let partWorth = NumberRule(bounds: .between(-1e6, 1e6), advice: "write a part-worth, 0 for none")

  fileprivate static let pricePartWorth = NumberRule(
    bounds: .between(-1e9, -1e-9),
    advice: "the part-worth of price is the utility of one more unit of money, a negative number; leave out a "
      + "respondent who likes to pay, or estimate with the sign of price constrained")
}

extension DataTable {
  /// Reports attributes in words of which more than one level has no column, and levels that could be products.
  fileprivate mutating func checkLevels(_ attributes: ProductAttributes, first: Int) {
    var names: [String] = []
    for level in attributes.levels.compactMap(\.self) where !names.contains(level.attribute) {
      names.append(level.attribute)
    }
    for name in names {
      let own = attributes.levels.indices.filter { attributes.levels[$0]?.attribute == name }
      let missing = own.filter { columns[first + $0] == nil }
      guard missing.count <= 1, missing.count < own.count || own.count == 1 else {
        mistakes.report(
          "no columns for " + listed(missing.map { quoted(attributes.names[$0]) }, "and")
            + "; one level of \(quoted(name)) may lack, the reference, whose part-worth is 0")
        continue
      }
      // A column called "Acme" that is taken for a product or another attribute may have been meant for the level.
      for index in missing {
        guard let level = attributes.levels[index],
          let column = header.indices.first(where: { header[$0].folded == ColumnName.folded(level.name) })
        else { continue }
        mistakes.report(
          "this can mean the level \(quoted(attributes.names[index])) or something else of that name; call the column "
            + "of the level \(quoted(attributes.names[index]))", at: place(headerRow, column))
      }
    }
  }
}
