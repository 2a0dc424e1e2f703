/// What is known of a product on the market, as observed.
package struct MarketObservation: Hashable, Sendable {
  /// The product, as the file calls it.
  package let product: String
  /// Who sells it, if the file says.
  package let seller: String?
  /// In money, more than 0.
  package let price: Double
  /// The share of all customers who buy it, between 0 and 1 without the ends; nil if the file has quantities.
  package let share: Double?
  /// Units sold, more than 0; nil if the file has shares.
  package let quantity: Double?
  /// (price - unit cost) / price, between 0 and 1; nil if not known.
  package let margin: Double?
  /// The unit cost in money; nil if not known.
  package let cost: Double?
  /// The row in the file, counted from 1.
  package let row: Int
}

/// Prices and shares of a market: columns `product`, `price`, and `share` or `quantity`; optionally `margin` or `cost`,
/// which may be blank where they are not known, and `seller`. Verified by `MarketFileTests`.
package struct MarketFile: Sendable {
  /// The rows in the order of the file.
  package let observations: [MarketObservation]
  /// The bytes of the file.
  package let bytes: [UInt8]
  private let name: String
  private let columns: [String: (column: Int, name: String)]

  private static let names = ["product", "price", "share", "quantity", "margin", "cost", "seller"]

  /// Reads a file.
  ///
  /// - Parameter currency: the scenario's; amounts in another one are refused.
  /// - Throws: ``DataProblems``: also for a product named twice (by one seller), shares that sum to more than 100%, and
  ///   costs above prices.
  package init(_ data: DataFile, currency: String? = nil) throws(DataProblems) {
    let wanted = Self.names.map { WantedColumn($0, isRequired: $0 == "product" || $0 == "price") }
    var table = try DataTable(data, wanted: wanted, noun: "products", blankRows: .leftOut)
    var columns: [String: (column: Int, name: String)] = [:]
    for (name, column) in zip(Self.names, table.columns) {
      if let column { columns[name] = (column, table.header[column].text) }
    }
    let isShare = columns["share"] != nil
    if isShare == (columns["quantity"] != nil) {
      table.mistakes.report("give either a column \"share\" or a column \"quantity\"")
    }
    if columns["margin"] != nil, columns["cost"] != nil {
      table.mistakes.report("give either a column \"margin\" or a column \"cost\"; one follows from the other")
    }
    try table.throwMistakes()
    let read = Self.names.filter { columns[$0] != nil && $0 != "product" && $0 != "seller" }
    let wantedNumbers = read.compactMap { name in
      columns[name].map { NumberColumn(column: $0.column, rule: Self.rule(name)) }
    }
    let numbers = table.numbers(wantedNumbers, currency: currency)
    var observations: [MarketObservation] = []
    for (index, row) in table.rows.enumerated() {
      func text(_ name: String) -> String? { columns[name].map { table.grid.text(row, $0.column) } }
      func number(_ name: String) -> Double? {
        read.firstIndex(of: name).flatMap { column in numbers.flatMap { $0[column][index] } }
      }
      observations.append(
        MarketObservation(
          product: text("product") ?? "", seller: text("seller"), price: number("price") ?? 0, share: number("share"),
          quantity: number("quantity"), margin: number("margin"), cost: number("cost"), row: row + 1))
    }
    (self.observations, bytes, name, self.columns) = (observations, data.bytes, data.name, columns)
    var mistakes = table.mistakes
    check(&mistakes, hasNumbers: numbers != nil)
    try mistakes.throwIfAny()
  }

  /// Where an observation stands in the file; `field` is the name of a property that is a column, such as "price".
  package func place(_ observation: MarketObservation, _ field: String) -> DataPlace {
    DataPlace(file: name, row: observation.row, column: columns[field]?.column, name: columns[field]?.name)
  }

  private func check(_ mistakes: inout DataMistakes, hasNumbers: Bool) {
    var rows: [[String]: Int] = [:]
    for one in observations {
      if one.product.isEmpty { mistakes.report("found no name; write the product", at: place(one, "product")) }
      if one.seller?.isEmpty ?? false { mistakes.report("found no name; write the seller", at: place(one, "seller")) }
      let key = [one.product, one.seller ?? ""].map(ColumnName.folded)
      if let other = rows.updateValue(one.row, forKey: key) {
        mistakes.report(
          "the product \(quoted(one.product)) already stands in row \(other)", at: place(one, "product"))
      }
      if let cost = one.cost, hasNumbers, cost >= one.price {
        mistakes.report("a cost of \(plain(cost)) is not below the price", at: place(one, "cost"))
      }
    }
    let total = observations.reduce(0) { $0 + ($1.share ?? 0) }
    if hasNumbers, total > 1 + 1e-9 {
      mistakes.report("the shares sum to \(plain((total * 1e8).rounded() / 1e6))%; they cannot exceed 100%")
    }
  }

  private static func rule(_ name: String) -> NumberRule {
    switch name {
    case "price":
      NumberRule(bounds: Bounds(lower: .excluding(0), upper: .including(1e12)), advice: "write a price", isMoney: true)
    case "share":
      NumberRule(
        bounds: Bounds(lower: .excluding(0), upper: .excluding(1)),
        advice: "write a share of more than 0 and less than 1, such as 0.25 or 25%", percent: .inCellsAndHeader)
    case "quantity":
      NumberRule(bounds: Bounds(lower: .excluding(0), upper: .including(1e15)), advice: "write units sold, more than 0")
    case "margin":
      NumberRule(
        bounds: Bounds(lower: .excluding(0), upper: .excluding(1)),
        advice: "write (price - cost) / price, such as 0.4 or 40%, or leave the cell blank", percent: .inCellsAndHeader,
        allowsBlank: true)
    default:
      NumberRule(
        bounds: .between(0, 1e12), advice: "write a unit cost, or leave the cell blank", isMoney: true,
        allowsBlank: true)
    }
  }
}
