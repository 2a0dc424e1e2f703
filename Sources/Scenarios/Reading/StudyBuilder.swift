import Demand
import Foundation
import Selling
import Simulation
import Strategies

/// Turns the record of a scenario into a study, and reports whatever does not fit together on the way.
struct StudyBuilder {
  private let folder: URL
  let problems: ProblemCollector
  /// The scenario's currency, in which the amounts of files are.
  var currency: String?
  /// The bytes of the files of data read.
  private(set) var fileBytes: [UInt8] = []

  init(folder: URL, problems: ProblemCollector) {
    self.folder = folder
    self.problems = problems
  }

  /// The study, or nil after a report.
  mutating func study(_ scenario: Record) -> Study? {
    guard let customers = scenario.record("customers"), let periods = scenario.record("periods"),
      let options = scenario.record("study")
    else { return nil }
    guard !CalibrationReader.isToBeCalibrated(customers) else { return nil }
    currency = scenario.text("currency")
    let periodCount = periods.count("count") ?? 1
    // A calendar that cannot be read says nothing about dates.
    let lastPeriod = periods.count("count") ?? Int.max
    let sellers = SellerReader(scenario.records("sellers"), periodCount: lastPeriod)
    let arrivals = customers.record("arrivals").flatMap { ArrivalsReader.arrivals($0, periodCount: lastPeriod) }
    guard let assortment = sellers.assortment(hasOutsideOption: customers.flag("outside option") ?? true) else {
      return nil
    }
    let demand = demand(customers, assortment)
    // Strategies are read even where customers are wrong, so that their mistakes show at once.
    guard let studied = sellers.studied() else { return nil }
    let mergers = MergerReader(
      scenario, sellers: sellers.profiles.map(\.name), studied: studied, periodCount: lastPeriod)
    let facts = sellers.profiles.indices.map {
      PublicMarket(
        assortment: assortment, profiles: sellers.profiles, own: $0, periodCount: periodCount,
        ownership: mergers.ownership, groups: GroupReader(customers).names)
    }
    let files = ResearchFiles(folder: folder, currency: currency)
    let strategies = sellers.strategies(facts, files)
    let candidates = sellers.candidates(facts, files)
    let newManagement = mergers.newManagement(sellers.profiles, facts, files)
    fileBytes += files.bytes
    let baseline = Self.baseline(options, candidates.map(\.label), sellers)
    guard let (population, aggregate) = demand, let arrivals, problems.isEmpty,
      strategies.count == sellers.profiles.count, let baseline
    else { return nil }
    if aggregate == nil { sellers.checkTariffs(candidates, strategies, population) }
    guard problems.isEmpty else { return nil }
    let market = Market(
      population: population, profiles: sellers.profiles, periodCount: periodCount,
      periodUnit: periods.text("unit") ?? "period", arrivals: arrivals, aggregate: aggregate,
      ownership: mergers.ownership)
    do {
      return try Study(
        name: scenario.text("scenario") ?? "", question: scenario.text("question") ?? "",
        currency: scenario.text("currency") ?? "EUR", market: market, studied: studied, rivalStrategies: strategies,
        candidates: candidates, baseline: baseline, replications: options.count("replications") ?? 200,
        seed: UInt64(max(0, options.count("seed") ?? 1)), confidence: options.number("confidence") ?? 0.95,
        demand: options.choice("demand").flatMap(DemandMode.init) ?? .sampled,
        clairvoyant: options.choice("clairvoyant").flatMap(ClairvoyantClass.init), newManagement: newManagement)
    } catch {
      report("\(error)", customers, options)
      return nil
    }
  }

  /// Reports what only the finished study shows, at the field that is most likely to blame.
  private func report(_ message: String, _ customers: Record, _ options: Record) {
    if message.contains("customers are expected") || message.contains("customers who are expected") {
      customers.report(message, at: "arrivals")
    } else if customers.flag("outside option") == false {
      customers.report(message, at: "outside option")
    } else {
      options.report(message, at: options.isWritten("demand") ? "demand" : nil)
    }
  }

  private static func baseline(_ options: Record, _ labels: [String], _ sellers: SellerReader) -> Int? {
    guard let value = options.value("baseline"), let name = value.text else { return 0 }
    guard sellers.hasCandidate(name) else {
      value.reportUnknown("candidate", known: sellers.candidateNames)
      return nil
    }
    return labels.firstIndex(of: name)
  }

  mutating func segments(_ customers: Record, _ assortment: Assortment) -> [Segment] {
    var attributeReader = AttributeReader(folder: folder, assortment: assortment)
    let attributes = attributeReader.attributes(customers)
    var reader = SegmentReader(
      RespondentReader(folder: folder, assortment: assortment, attributes: attributes, currency: currency))
    defer { fileBytes = attributeReader.bytes + reader.fileBytes }
    return reader.segments(customers)
  }

  func population(_ segments: [Segment], _ assortment: Assortment, _ customers: Record) -> Population? {
    let written = customers.records("segments").count
    guard written > 0, Set(segments.map(\.name)).count == written else { return nil }
    do {
      return try Population(segments: segments, assortment: assortment, groups: GroupReader(customers).names)
    } catch {
      customers.report("\(error)", at: "segments")
      return nil
    }
  }
}
