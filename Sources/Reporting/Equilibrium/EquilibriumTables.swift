import Demand
import Tables

/// The CSV files of an equilibrium: one row for each product, seller, pair of products, and market.
public struct EquilibriumTables: Sendable {
  private let report: EquilibriumReport

  /// Tables of a report.
  public init(_ report: EquilibriumReport) { self.report = report }

  /// All files with their names.
  public var files: [(name: String, table: Table)] {
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

  private func begin(_ table: inout Table, _ entry: EquilibriumReport.Entry) {
    table.cell(entry.conduct.rawValue)
    table.cell(entry.number)
    table.cell(entry.status.rawValue)
  }

  private var products: Table {
    var table = Table(columns: [
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
        begin(&table, entry)
        table.cell(report.sellers[report.sellersByAlternative[alternative]])
        table.cell(report.products[alternative])
        // What nobody buys has no price of its own.
        table.cell(isSold ? price : nil)
        table.cell(cost)
        table.cell(isSold ? price - cost : nil)
        table.cell(isSold && price != 0 ? (price - cost) / price : nil)
        table.cell(units)
        table.cell(measures.shares[alternative])
        table.cell(isSold ? units * price : 0)
        table.cell(isSold ? units * (price - cost) : 0)
        table.cell(
          isSold ? measures.response.elasticity(of: alternative, by: alternative, prices: measures.prices) : nil)
        table.endRow()
      }
    }
    return table
  }

  private var sellers: Table {
    var table = Table(columns: ["conduct", "number", "status", "seller", "units", "share", "profit"])
    for entry in report.entries {
      let total = entry.measures.response.units.reduce(0, +)
      for owner in Set(entry.owners).sorted() {
        begin(&table, entry)
        table.cell(report.name(ofOwner: owner, in: entry))
        table.cell(report.customers * total * entry.measures.sellerShares[owner])
        table.cell(entry.measures.sellerShares[owner])
        table.cell(report.customers * entry.measures.profits[owner])
        table.endRow()
      }
    }
    return table
  }

  private var responses: Table {
    var table = Table(columns: [
      "conduct", "number", "status", "product", "seller", "price_of", "price_of_seller", "slope", "elasticity",
      "diversion",
    ])
    for entry in report.entries {
      let measures = entry.measures
      for row in report.products.indices where report.isSold(row, in: entry) {
        for column in report.products.indices where report.isSold(column, in: entry) {
          begin(&table, entry)
          table.cell(report.products[row])
          table.cell(report.sellers[report.sellersByAlternative[row]])
          table.cell(report.products[column])
          table.cell(report.sellers[report.sellersByAlternative[column]])
          table.cell(report.customers * measures.response.slope(of: row, by: column))
          table.cell(measures.response.elasticity(of: row, by: column, prices: measures.prices))
          table.cell(row == column ? nil : measures.response.diversion(from: column, to: row))
          table.endRow()
        }
      }
    }
    return table
  }

  private var market: Table {
    var table = Table(columns: [
      "conduct", "number", "status", "hhi", "units", "profit", "consumer_surplus", "welfare", "residual",
      "demand_error",
      "deviating_seller", "deviation_gain",
    ])
    for entry in report.entries {
      let measures = entry.measures
      begin(&table, entry)
      table.cell(measures.concentration)
      table.cell(report.customers * measures.response.units.reduce(0, +))
      table.cell(report.profit(entry))
      table.cell(report.consumerSurplus(entry))
      table.cell(report.profit(entry) + report.consumerSurplus(entry))
      table.cell(entry.residual)
      table.cell(measures.response.error)
      table.cell(entry.deviation.map { report.name(ofOwner: $0.seller, in: entry) } ?? "")
      table.cell(entry.deviation.map { report.customers * $0.gain })
      table.endRow()
    }
    return table
  }

  private var merger: Table {
    var table = Table(columns: ["level", "seller", "product", "measure", "before", "after", "change_percent"])
    guard let before = report.first(.equilibrium), let after = report.first(.merger) else { return table }
    func row(_ level: String, _ seller: String, _ product: String, _ measure: String, _ values: (Double, Double)) {
      table.cell(level)
      table.cell(seller)
      table.cell(product)
      table.cell(measure)
      table.cell(values.0)
      table.cell(values.1)
      // A change of surplus that has no zero has no percentage either.
      let hasZero = report.hasOutsideOption || !["consumer_surplus", "welfare"].contains(measure)
      table.cell(values.0 != 0 && hasZero ? 100 * (values.1 / values.0 - 1) : nil)
      table.endRow()
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
    return table
  }
}
