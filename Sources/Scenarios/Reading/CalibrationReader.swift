import Demand
import Foundation

/// Reads what a scenario with `logit: calibrate` says of the market as it is, and reports what is missing or does not fit
/// together.
struct CalibrationReader {
  /// What there is to calibrate from.
  struct Input {
    /// The products in the order of the file, with the name of the seller of each.
    let products: [(name: String, seller: String)]
    /// What is known of each; the owner is the index of its seller.
    let observations: [ObservedProduct]
    let hasOutsideOption: Bool
    /// The seller for whom candidates are, or will be, compared.
    let studied: Int
    /// For each seller, whether the file says how it prices.
    let hasStrategy: [Bool]
  }

  private let scenario: Record
  private let customers: Record
  private let records: [Record]
  /// What a file says of the products, by name; nil where the scenario says it itself.
  private let market: [String: ObservedProduct]?

  /// What a scenario says; nil after a report.
  ///
  /// - Parameter folder: where its file of market data is looked for.
  static func input(_ scenario: Record, folder: URL) -> Input? {
    guard let customers = scenario.record("customers") else { return nil }
    let records = scenario.records("sellers")
    var market: [String: ObservedProduct]?
    if customers.isWritten("market data") {
      market = MarketDataReader(customers: customers, sellers: records, currency: scenario.text("currency"))
        .observations(folder: folder)
      guard market != nil else { return nil }
    }
    return Self(scenario: scenario, customers: customers, records: records, market: market).input()
  }

  /// Whether a scenario cannot be run before it is calibrated; if so, that is reported.
  static func isToBeCalibrated(_ customers: Record) -> Bool {
    let segments = customers.records("segments").filter { $0.choice("logit") == Part.calibrate.name }
    segments.first?.report(
      "this scenario has yet to be calibrated; `bertrand calibrate` with this file writes one that can run", at: "logit"
    )
    return !segments.isEmpty
  }

  private func input() -> Input? {
    // Where nothing asks for a calibration, that is the mistake, and what it would need is none.
    guard checkSegment() else { return nil }
    checkCosts()
    let hasOutsideOption = customers.flag("outside option") ?? true
    let sellers = SellerReader(records)
    let isOneMarket = sellers.assortment(hasOutsideOption: hasOutsideOption).map(isMarketOfSubstitutes) ?? false
    let studied = studied()
    var observations: [ObservedProduct] = []
    var products: [(name: String, seller: String)] = []
    for (seller, record) in records.enumerated() {
      for entry in record.table("products") {
        guard let observation = observation(entry, owner: seller) else { continue }
        observations.append(observation)
        products.append((entry.key, record.text("name") ?? ""))
      }
    }
    // What concerns all products together makes sense only where each of them is right.
    let count = records.reduce(0) { $0 + $1.table("products").count }
    guard isOneMarket, count > 0, observations.count == count else { return nil }
    guard checkTogether(observations, hasOutsideOption), let studied else { return nil }
    return Input(
      products: products, observations: observations, hasOutsideOption: hasOutsideOption, studied: studied,
      hasStrategy: records.map { $0.isWritten("strategy") || $0.isWritten("candidates") })
  }

  /// Whether the file asks for a calibration, or would but for a mistake.
  private func checkSegment() -> Bool {
    let segments = customers.records("segments")
    guard segments.count <= 1 else {
      segments[1].report("a calibration fits one segment of customers; this is another: leave it out")
      return true
    }
    guard let segment = segments.first else {
      // Where segments have to be given, that was reported.
      if !customers.isWritten("segments"), customers.definition.field("segments")?.isRequired == false {
        customers.report("there is nothing to calibrate; give `segments` with one that says `logit: calibrate`")
      }
      return false
    }
    let others = ["values", "survey"].filter(segment.isWritten)
    if !others.isEmpty {
      segment.report(
        "found " + others.map { "`\($0)`" }.joined(separator: " and ")
          + "; to calibrate, give `logit: calibrate` instead", at: others[0])
      return segment.isWritten("logit")
    } else if !segment.isWritten("logit") {
      segment.report("what customers would pay is to be found: write `logit: calibrate`")
      return false
    } else if segment.value("logit")?.record != nil {
      segment.report("this logit is complete; where it is to be found, write `logit: calibrate`", at: "logit")
      return false
    }
    // Whatever else shapes choices does not enter the calibration, which would then be quietly wrong. (`taste` and
    // `correlation` are refused with any logit.)
    let allowed = ["name", "share", "values", "survey", "logit", "taste", "correlation"]
    for field in segment.definition.fields.map(\.name) where segment.isWritten(field) && !allowed.contains(field) {
      segment.report(
        "a plain logit is calibrated, without `\(field)`; leave it out, or add it to the completed scenario", at: field)
    }
    return true
  }

  private func checkCosts() {
    for product in records.flatMap({ $0.table("products") }).compactMap(\.value.record) {
      for field in ["unit cost", "volume costs", "experience", "includes"] where product.isWritten(field) {
        product.report(
          "what a unit costs follows from the calibration; leave `\(field)` out, and state what is known as `margin` "
            + "under `observed`", at: field)
      }
    }
  }

  private func isMarketOfSubstitutes(_ assortment: Assortment) -> Bool {
    var sellers: [String: String] = [:]
    var isRight = true
    for record in records {
      let seller = record.text("name") ?? ""
      for entry in record.table("products") {
        if let other = sellers[entry.key] {
          entry.reportKey(
            "\(quoted(other)) sells a product of this name too; in a calibration each product has a name of its own")
          isRight = false
        }
        sellers[entry.key] = seller
      }
    }
    guard assortment.categories.count == 1 else {
      let known = assortment.categories.prefix(6).map(quoted).joined(separator: ", ")
      scenario.report(
        "a calibration needs all products in one category, since they are substitutes; found \(known)"
          + (assortment.categories.count > 6 ? ", ..." : "") + ": give them the same `category`", at: "sellers")
      return false
    }
    return isRight
  }

  private func observation(_ entry: Value.Entry, owner: Int) -> ObservedProduct? {
    guard let product = entry.value.record else { return nil }
    if let market {
      if product.isWritten("observed") {
        product.report("what is observed stands in the file of `market data`; leave this out", at: "observed")
      }
      return market[entry.key]
    }
    guard product.isWritten("observed") else {
      product.report(
        "nothing is observed of \(quoted(entry.key)); write observed: { price: ..., share: ... }, and its margin if known"
      )
      return nil
    }
    guard let observed = product.record("observed"), let price = observed.number("price"),
      let share = observed.number("share"), !observed.isWritten("margin") || observed.number("margin") != nil
    else { return nil }
    return ObservedProduct(price: price, share: share, margin: observed.number("margin"), owner: owner)
  }

  private func checkTogether(_ products: [ObservedProduct], _ hasOutsideOption: Bool) -> Bool {
    var isRight = true
    func report(_ message: String) {
      scenario.report(message, at: "sellers")
      isRight = false
    }
    if !products.contains(where: { $0.margin != nil }) {
      report("no product has a `margin` under `observed`; give at least one: it tells how customers react to prices")
    }
    let total = products.reduce(0) { $0 + $1.share }
    let percent = plain((total * 1e12).rounded() / 1e10) + "%"
    let tolerance = LogitCalibration.shareTolerance
    if total > 1 + tolerance {
      report("the observed shares sum to \(percent); they cannot exceed 100%")
    } else if hasOutsideOption, total > 1 - tolerance {
      report(
        "the observed shares sum to 100%, which leaves nothing for those who buy nothing; "
          + "if everybody buys, write `outside option: no` under `customers`")
    } else if !hasOutsideOption, total < 1 - tolerance {
      report(
        "the observed shares sum to \(percent); without an outside option they sum to 100%. Correct them, "
          + "or write `outside option: yes` if the rest buys nothing")
    }
    if !hasOutsideOption, Set(products.map(\.owner)).count == 1 {
      report(
        "where everybody buys, a single seller could raise prices without end; "
          + "give its rivals, or write `outside option: yes`")
    }
    return isRight
  }

  /// The seller with candidates, else the first whose prices the file leaves open.
  private func studied() -> Int? {
    let given = records.firstIndex { $0.isWritten("candidates") }
    let open = records.firstIndex { !$0.isWritten("candidates") && !$0.isWritten("strategy") }
    if given == nil, open == nil {
      records.first?.report(
        "every seller has a `strategy`, so that none is left to study; leave one out, or give `candidates`",
        at: "strategy")
    }
    return given ?? open
  }
}
