import Demand
import Selling
import Simulation
import Strategies

/// Reads the sellers of a scenario: who they are, what they share a category with, and how they price.
struct SellerReader {
  private let records: [Record]
  /// The sellers, in the order of the file.
  let profiles: [SellerProfile]
  private let categoriesByProduct: [String: String]
  private let isWellFormed: Bool

  /// - Parameter periodCount: dates beyond it are reported.
  init(_ records: [Record], periodCount: Int = .max) {
    self.records = records
    var categories: [String: String] = [:]
    var names: Set<String> = []
    var isWellFormed = !records.isEmpty
    for record in records {
      if let name = record.text("name"), !names.insert(name).inserted {
        record.report("a seller called \(quoted(name)) was already described", at: "name")
        isWellFormed = false
      }
      for entry in record.table("products") {
        let category = entry.value.record?.text("category") ?? entry.key
        if let known = categories[entry.key], known != category {
          entry.reportKey(
            "the product \(quoted(entry.key)) is in category \(quoted(known)) elsewhere, here in \(quoted(category))")
          isWellFormed = false
        }
        categories[entry.key] = category
      }
      if record.table("products").isEmpty {
        if record.isWritten("products"), record.value("products") != nil {
          record.report("a seller needs at least one product", at: "products")
        }
        isWellFormed = false
      }
      if record.table("products").count > 64 {
        record.report("found \(record.table("products").count) products; a seller has at most 64", at: "products")
        isWellFormed = false
      }
    }
    categoriesByProduct = categories
    profiles = records.map { Self.profile($0, periodCount: periodCount) }
    self.isWellFormed = isWellFormed
  }

  private static func profile(_ record: Record, periodCount: Int) -> SellerProfile {
    let products = record.table("products")
    let limits = record.table("capacity")
    for product in products {
      for use in product.value.record?.table("uses") ?? [] where !limits.contains(where: { $0.key == use.key }) {
        use.reportUnknown("capacity", known: limits.map(\.key))
      }
    }
    let name = record.text("name") ?? ""
    let rules = record.record("rules").map { RulesReader.rules($0, products: products.map(\.key), seller: name) }
    let profile = SellerProfile(
      name: name,
      products: products.map { CostReader.product($0.key, $0.value.record) },
      fixedCost: record.number("fixed cost") ?? 0,
      capacities: limits.compactMap { limit in
        guard let definition = limit.value.record else { return nil }
        let use = products.map { product -> Int in
          guard let record = product.value.record, record.isWritten("uses") else { return 1 }
          return record.table("uses").first { $0.key == limit.key }?.value.count ?? 0
        }
        return Capacity(
          name: limit.key, units: definition.count("units") ?? 0,
          renewal: definition.choice("per").flatMap(Capacity.Renewal.init) ?? .eachPeriod, use: use,
          unitCost: definition.number("unit cost") ?? 0)
      },
      serviceItems: CostReader.serviceItems(record, products: products),
      stepCosts: CostReader.stepCosts(record),
      costShocks: ShockReader.shocks(record, at: "cost shocks", periodCount: periodCount),
      randomCostShocks: ShockReader.random(record, at: "random cost shocks"),
      priceDelay: record.count("sees prices after") ?? 1,
      presence: CostReader.presence(record, periodCount: periodCount),
      terms: record.record("terms").flatMap(TermsReader.terms), rules: rules ?? PriceRules())
    if let record = record.record("rules") { RulesReader.check(profile, record) }
    return profile
  }

  /// What is on sale, by category; nil after a report.
  func assortment(hasOutsideOption: Bool) -> Assortment? {
    guard isWellFormed else { return nil }
    var categories: [String] = []
    var products: [Product] = []
    for name in profiles.flatMap({ $0.products.map(\.name) }) where !products.contains(where: { $0.name == name }) {
      let category = categoriesByProduct[name] ?? name
      if !categories.contains(category) { categories.append(category) }
      products.append(Product(name: name, category: categories.firstIndex(of: category) ?? 0))
    }
    let sources = profiles.map { profile in
      profile.products.compactMap { sold in products.firstIndex { $0.name == sold.name } }
    }
    do {
      return try Assortment(
        categories: categories, products: products, sources: sources, hasOutsideOption: hasOutsideOption)
    } catch {
      records.first?.report("\(error)")
      return nil
    }
  }

  /// The seller with candidates; nil after a report unless there is exactly one.
  func studied() -> Int? {
    let studied = records.indices.filter { records[$0].isWritten("candidates") }
    for index in records.indices {
      let record = records[index]
      if record.isWritten("candidates"), record.isWritten("strategy") {
        record.report("give either `strategy` or `candidates`, not both", at: "strategy")
      }
      if !record.isWritten("candidates"), !record.isWritten("strategy") {
        record.report("say how \(quoted(profiles[index].name)) prices: give `strategy`, or `candidates` to compare")
      }
    }
    guard studied.count <= 1 else {
      for index in studied.dropFirst() {
        records[index].report(
          "only one seller is studied, and \(quoted(profiles[studied[0]].name)) already has candidates; "
            + "give `strategy` here", at: "candidates")
      }
      return nil
    }
    if studied.isEmpty { records.first?.report("no seller has `candidates`; give them to the seller you study") }
    return studied.first
  }

  /// The names under which candidates stand in the file, without those that could not be read.
  var candidateNames: [String] { records.flatMap { $0.table("candidates").map(\.key) } }

  /// Whether a candidate of this name stands in the file, right or wrong.
  func hasCandidate(_ name: String) -> Bool {
    candidateNames.contains(name) || records.contains { $0.isReported(name, in: "candidates") }
  }

  /// The candidates of the studied seller; wrong ones are reported and left out.
  func candidates(_ facts: [PublicMarket], _ files: ResearchFiles) -> [Candidate] {
    records.indices.flatMap { seller in
      records[seller].table("candidates").compactMap { entry in
        if entry.key == PerfectKnowledge.label {
          entry.reportKey("this is the name of the benchmark; choose another")
        }
        return entry.value.named.flatMap { name, record in
          StrategyDefinitions.prepared(name, record, seller: profiles[seller], market: facts[seller], files: files)
            .map { Candidate(label: entry.key, strategy: $0.strategy, recipe: $0.recipe) }
        }
      }
    }
  }

  /// Reports tariffs for several units where no customer takes more than one unit of anything that the seller sells.
  func checkTariffs(_ candidates: [Candidate], _ strategies: [any PricingStrategy], _ population: Population) {
    let assortment = population.assortment
    for (seller, record) in records.indices.lazy.map({ ($0, records[$0]) }) {
      let products = assortment.alternativesBySource[seller].map { assortment.alternatives[$0] }
      guard
        !population.segments.contains(where: { segment in products.contains { segment.usageCurve(ofProduct: $0) != nil }
        })
      else { continue }
      let message =
        "a tariff for several units, but no customer takes more than one; say in `units` of the segments what further units "
        + "are worth, or state the price of one unit"
      if strategies[seller].offerKinds.contains(.tariffs) { record.report(message, at: "strategy") }
      for entry in record.table("candidates") {
        guard let candidate = candidates.first(where: { $0.label == entry.key }),
          candidate.strategy.offerKinds.contains(.tariffs)
        else { continue }
        // The mistake is in the segments, whatever the number of candidates.
        entry.value.report(message)
        break
      }
    }
  }

  /// How each seller prices; for the studied one, a stand-in that is never asked. Wrong ones are reported and left out.
  func strategies(_ facts: [PublicMarket], _ files: ResearchFiles) -> [any PricingStrategy] {
    records.indices.compactMap { seller in
      guard let (name, record) = records[seller].named("strategy") else {
        return records[seller].isWritten("candidates") ? Silent() : nil
      }
      return StrategyDefinitions.strategy(
        name, record, seller: profiles[seller], market: facts[seller], files: files)
    }
  }
}

/// Stands where the studied seller's candidates will stand.
private struct Silent: PricingStrategy {
  static let entry = CatalogueEntry(
    name: "silent", family: .given, idea: "Posts nothing.", formula: "none", needs: "nothing", belief: "none",
    source: "none", parameters: [])

  init() {}
  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {}
  mutating func postPrices(_ view: SellerView) throws -> PriceList { PriceList([]) }
}
