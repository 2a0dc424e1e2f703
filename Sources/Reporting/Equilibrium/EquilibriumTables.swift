import Demand

/// The CSV files of an equilibrium: one row for each product, seller, pair of products, and market.
public struct EquilibriumTables: Sendable {
  private let report: EquilibriumReport

  /// Tables of a report.
  public init(_ report: EquilibriumReport) { self.report = report }

  /// All files with their names.
  public var files: [(name: String, text: CSVText)] {
    var files = [
      ("equilibrium.csv", products), ("equilibrium_sellers.csv", sellers), ("equilibrium_responses.csv", responses),
      ("equilibrium_market.csv", market),
    ]
    if report.first(.equilibrium) != nil, report.first(.merger) != nil { files.append(("merger.csv", merger)) }
    return files
  }

  /// The names of all files that ``files`` may hold.
  public static let fileNames = [
    "equilibrium.csv", "equilibrium_sellers.csv", "equilibrium_responses.csv", "equilibrium_market.csv", "merger.csv",
  ]

  private func begin(_ text: inout CSVText, _ entry: EquilibriumReport.Entry) {
    text.cell(entry.conduct.rawValue)
    text.cell(entry.number)
    text.cell(entry.status.rawValue)
  }

  private var products: CSVText {
    var text = CSVText(header: [
      "conduct", "number", "status", "seller", "product", "price", "unit_cost", "markup", "margin", "units", "share",
      "revenue", "profit", "own_elasticity",
    ])
    for entry in report.entries {
      let measures = entry.measures
      for alternative in report.products.indices {
        let isSold = report.isSold(alternative, in: entry)
        let price = measures.prices[alternative]
        let cost = report.unitCosts[alternative]
        let units = report.customers * measures.response.units[alternative]
        begin(&text, entry)
        text.cell(report.sellers[report.sellersByAlternative[alternative]])
        text.cell(report.products[alternative])
        // What nobody buys has no price of its own.
        text.cell(isSold ? price : nil)
        text.cell(cost)
        text.cell(isSold ? price - cost : nil)
        text.cell(isSold && price != 0 ? (price - cost) / price : nil)
        text.cell(units)
        text.cell(measures.shares[alternative])
        text.cell(isSold ? units * price : 0)
        text.cell(isSold ? units * (price - cost) : 0)
        text.cell(
          isSold ? measures.response.elasticity(of: alternative, by: alternative, prices: measures.prices) : nil)
        text.endRow()
      }
    }
    return text
  }

  private var sellers: CSVText {
    var text = CSVText(header: ["conduct", "number", "status", "seller", "units", "share", "profit"])
    for entry in report.entries {
      let total = entry.measures.response.units.reduce(0, +)
      for owner in Set(entry.owners).sorted() {
        begin(&text, entry)
        text.cell(report.name(ofOwner: owner, in: entry))
        text.cell(report.customers * total * entry.measures.sellerShares[owner])
        text.cell(entry.measures.sellerShares[owner])
        text.cell(report.customers * entry.measures.profits[owner])
        text.endRow()
      }
    }
    return text
  }

  private var responses: CSVText {
    var text = CSVText(header: [
      "conduct", "number", "status", "product", "seller", "price_of", "price_of_seller", "slope", "elasticity",
      "diversion",
    ])
    for entry in report.entries {
      let measures = entry.measures
      for row in report.products.indices where report.isSold(row, in: entry) {
        for column in report.products.indices where report.isSold(column, in: entry) {
          begin(&text, entry)
          text.cell(report.products[row])
          text.cell(report.sellers[report.sellersByAlternative[row]])
          text.cell(report.products[column])
          text.cell(report.sellers[report.sellersByAlternative[column]])
          text.cell(report.customers * measures.response.slope(of: row, by: column))
          text.cell(measures.response.elasticity(of: row, by: column, prices: measures.prices))
          text.cell(row == column ? nil : measures.response.diversion(from: column, to: row))
          text.endRow()
        }
      }
    }
    return text
  }

  private var market: CSVText {
    var text = CSVText(header: [
      "conduct", "number", "status", "hhi", "units", "profit", "consumer_surplus", "welfare", "residual",
      "demand_error",
      "deviating_seller", "deviation_gain",
    ])
    for entry in report.entries {
      let measures = entry.measures
      begin(&text, entry)
      text.cell(measures.concentration)
      text.cell(report.customers * measures.response.units.reduce(0, +))
      text.cell(report.profit(entry))
      text.cell(report.consumerSurplus(entry))
      text.cell(report.profit(entry) + report.consumerSurplus(entry))
      text.cell(entry.residual)
      text.cell(measures.response.error)
      text.cell(entry.deviation.map { report.name(ofOwner: $0.seller, in: entry) } ?? "")
      text.cell(entry.deviation.map { report.customers * $0.gain })
      text.endRow()
    }
    return text
  }

  private var merger: CSVText {
    var text = CSVText(header: ["level", "seller", "product", "measure", "before", "after", "change_percent"])
    guard let before = report.first(.equilibrium), let after = report.first(.merger) else { return text }
    func row(_ level: String, _ seller: String, _ product: String, _ measure: String, _ values: (Double, Double)) {
      text.cell(level)
      text.cell(seller)
      text.cell(product)
      text.cell(measure)
      text.cell(values.0)
      text.cell(values.1)
      // A change of surplus that has no zero has no percentage either.
      let hasZero = report.hasOutsideOption || !["consumer_surplus", "welfare"].contains(measure)
      text.cell(values.0 != 0 && hasZero ? 100 * (values.1 / values.0 - 1) : nil)
      text.endRow()
    }
    for alternative in report.products.indices {
      let names = (report.sellers[report.sellersByAlternative[alternative]], report.products[alternative])
      for (measure, value) in [
        ("price", { $0.measures.prices[alternative] }),
        ("units", { report.customers * $0.measures.response.units[alternative] }),
        ("share", { $0.measures.shares[alternative] }),
      ] as [(String, (EquilibriumReport.Entry) -> Double)] {
        row("product", names.0, names.1, measure, (value(before), value(after)))
      }
    }
    for owner in Set(after.owners).sorted() {
      let members = Set(after.owners.indices.filter { after.owners[$0] == owner }.map { before.owners[$0] })
      let name = report.name(ofOwner: owner, in: after)
      row(
        "seller", name, "", "profit",
        (
          report.customers * members.reduce(0) { $0 + before.measures.profits[$1] },
          report.customers * after.measures.profits[owner]
        ))
    }
    for (measure, value) in [
      ("hhi", { $0.measures.concentration }),
      ("profit", report.profit),
      ("consumer_surplus", report.consumerSurplus),
      ("welfare", { report.profit($0) + report.consumerSurplus($0) }),
    ] as [(String, (EquilibriumReport.Entry) -> Double)] {
      row("market", "", "", measure, (value(before), value(after)))
    }
    return text
  }
}
