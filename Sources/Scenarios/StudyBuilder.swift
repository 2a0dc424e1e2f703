import Demand
import Foundation
import Selling
import Simulation
import Strategies

/// Turns the record of a scenario into a study, and reports whatever does not fit together on the way.
struct StudyBuilder {
  private let folder: URL
  private let problems: ProblemCollector
  /// The bytes of the survey files read.
  private(set) var surveyBytes: [UInt8] = []

  init(folder: URL, problems: ProblemCollector) {
    self.folder = folder
    self.problems = problems
  }

  /// The study, or nil after a report.
  mutating func study(_ scenario: Record) -> Study? {
    guard let customers = scenario.record("customers"), let periods = scenario.record("periods"),
      let options = scenario.record("study")
    else { return nil }
    let sellers = SellerReader(scenario.records("sellers"))
    let arrivals = customers.record("arrivals").flatMap(Self.arrivals)
    guard let assortment = sellers.assortment(hasOutsideOption: customers.flag("outside option") ?? true) else {
      return nil
    }
    let segments = segments(customers, assortment)
    guard problems.isEmpty || !segments.isEmpty else { return nil }
    // Strategies are read even where customers are wrong, so that their mistakes show at once.
    let periodCount = periods.count("count") ?? 1
    let facts = sellers.profiles.indices.map { sellers.publicFacts($0, assortment, periodCount: periodCount) }
    guard let studied = sellers.studied() else { return nil }
    let strategies = sellers.strategies(facts)
    let candidates = sellers.candidates(facts)
    let baseline = Self.baseline(options, candidates.map(\.label), sellers)
    guard let population = population(segments, assortment, customers), let arrivals, problems.isEmpty,
      strategies.count == sellers.profiles.count, let baseline
    else { return nil }
    let market = Market(
      population: population, profiles: sellers.profiles, periodCount: periodCount,
      periodUnit: periods.text("unit") ?? "period", arrivals: arrivals)
    do {
      return try Study(
        name: scenario.text("scenario") ?? "", question: scenario.text("question") ?? "",
        currency: scenario.text("currency") ?? "EUR", market: market, studied: studied, rivalStrategies: strategies,
        candidates: candidates, baseline: baseline, replications: options.count("replications") ?? 200,
        seed: UInt64(max(0, options.count("seed") ?? 1)), confidence: options.number("confidence") ?? 0.95,
        demand: options.choice("demand").flatMap(DemandMode.init) ?? .sampled,
        clairvoyant: options.choice("clairvoyant").flatMap(ClairvoyantClass.init))
    } catch {
      report("\(error)", customers, options)
      return nil
    }
  }

  /// Reports what only the finished study shows, at the field that is most likely to blame.
  private func report(_ message: String, _ customers: Record, _ options: Record) {
    if message.contains("customers are expected") {
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

  private static func arrivals(_ record: Record) -> Arrivals? {
    let poisson = record.number("poisson")
    let fixed = record.number("fixed")
    if record.isWritten("poisson") == record.isWritten("fixed") {
      record.report("give either `poisson` or `fixed`, for example poisson: 300")
      return nil
    }
    guard let mean = poisson ?? fixed else { return nil }
    let season = record.record("season")
    return Arrivals(
      poisson == nil ? .fixed : .poisson, mean: mean, seasonLength: season?.number("every"),
      seasonSwing: season?.number("swing") ?? 0, seasonPeak: season?.number("peak") ?? 1,
      trend: record.number("trend") ?? 0)
  }

  // MARK: Customers

  private func population(_ segments: [Segment], _ assortment: Assortment, _ customers: Record) -> Population? {
    let written = customers.records("segments").count
    guard segments.count == written, written > 0, Set(segments.map(\.name)).count == written else { return nil }
    do {
      return try Population(segments: segments, assortment: assortment)
    } catch {
      customers.report("\(error)", at: "segments")
      return nil
    }
  }

  private mutating func segments(_ customers: Record, _ assortment: Assortment) -> [Segment] {
    var segments: [Segment] = []
    var names: Set<String> = []
    for record in customers.records("segments") {
      if let name = record.text("name"), !names.insert(name).inserted {
        record.report("a segment called \(quoted(name)) was already described", at: "name")
      }
      if let segment = segment(record, assortment) { segments.append(segment) }
    }
    // Checked here, not only with the finished population, so that it shows beside other mistakes.
    let shares = customers.records("segments").map { $0.number("share") }
    if !shares.isEmpty, !shares.contains(nil) {
      do { try Population.checkShares(shares.compactMap(\.self)) } catch {
        customers.report("\(error)", at: "segments")
      }
    }
    return segments
  }

  private mutating func segment(_ record: Record, _ assortment: Assortment) -> Segment? {
    let sources = ["values", "survey", "logit"].filter(record.isWritten)
    guard sources.count == 1 else {
      record.report(
        sources.isEmpty
          ? "say what customers would pay: give `values`, `survey` or `logit`"
          : "found " + sources.joined(separator: " and ") + "; give only one of them")
      return nil
    }
    var taste = record.number("taste") ?? 0
    let valuations: ValuationSource?
    switch sources[0] {
    case "survey":
      valuations = respondents(record, assortment)
    case "logit":
      let logit = record.record("logit").flatMap { Self.logit($0, assortment) }
      if record.isWritten("taste") {
        record.report("a logit has its noise from the price coefficient; leave `taste` out", at: "taste")
      }
      taste = logit?.taste ?? 0
      valuations = logit.map { .distributions($0.values, correlation: nil) }
    default:
      valuations = Self.distributions(record, assortment)
    }
    if sources[0] != "values", record.isWritten("correlation") {
      record.report("a correlation goes with `values` only", at: "correlation")
    }
    guard let valuations, let name = record.text("name"), let share = record.number("share") else { return nil }
    do {
      return try Segment(name: name, share: share, valuations: valuations, taste: taste)
    } catch {
      record.report("\(error)", at: record.isWritten("correlation") ? "correlation" : nil)
      return nil
    }
  }

  /// Values by product in the order of the assortment; nil after a report about a product unknown or missing.
  private static func byProduct<T>(
    _ entries: [Value.Entry], _ record: Record, _ field: String, _ assortment: Assortment, read: (Value) -> T?
  ) -> [T]? {
    let names = assortment.products.map(\.name)
    var values = [T?](repeating: nil, count: names.count)
    for entry in entries {
      guard let product = names.firstIndex(of: entry.key) else {
        entry.reportKey(unknown("product", entry.key, known: names) + "; no seller sells it")
        continue
      }
      values[product] = read(entry.value)
    }
    guard record.isWritten(field), record.value(field) != nil else { return nil }
    for (product, name) in names.enumerated()
    where values[product] == nil && !entries.contains(where: { $0.key == name }) {
      // A wrong value and a misspelled name were reported already.
      let isMisspelled = entries.contains {
        !names.contains($0.key) && NearestName.nearest(to: $0.key, in: names) == name
      }
      guard !isMisspelled, !record.isReported(name, in: field) else { continue }
      record.report("no value for the product \(quoted(name)); write what it is worth, or 0 if nothing", at: field)
    }
    let complete = values.compactMap(\.self)
    return complete.count == names.count ? complete : nil
  }

  private static func distributions(_ record: Record, _ assortment: Assortment) -> ValuationSource? {
    let read = byProduct(record.table("values"), record, "values", assortment, read: valuation)
    guard let values = read else { return nil }
    guard record.isWritten("correlation") else { return .distributions(values, correlation: nil) }
    return correlation(record, assortment).map { .distributions(values, correlation: $0) }
  }

  private static func valuation(_ value: Value) -> Valuation? {
    if let number = value.number { return .fixed(number) }
    guard let (name, arguments) = value.named else { return nil }
    let fields = arguments.definition.fields.map(\.name)
    let numbers = fields.compactMap { arguments.number($0) }
    guard numbers.count == fields.count else { return nil }
    let valuation: Valuation? =
      switch name {
      case "normal": .normal(mean: numbers[0], standardDeviation: numbers[1])
      case "log-normal": .logNormal(mean: numbers[0], standardDeviation: numbers[1])
      case "uniform": .uniform(low: numbers[0], high: numbers[1])
      case "exponential": .exponential(mean: numbers[0])
      case "gumbel": .gumbel(location: numbers[0], scale: numbers[1])
      default: nil
      }
    do {
      try valuation?.check()
      return valuation
    } catch {
      value.report("\(error)")
      return nil
    }
  }

  private static func logit(_ record: Record, _ assortment: Assortment) -> (values: [Valuation], taste: Double)? {
    guard let coefficient = record.number("price coefficient") else { return nil }
    let scale = -1 / coefficient
    let entries = record.table("mean values")
    return byProduct(entries, record, "mean values", assortment) { $0.number.map { .fixed($0 * scale) } }
      .map { ($0, scale) }
  }

  private static func correlation(_ record: Record, _ assortment: Assortment) -> [[Double]]? {
    let names = assortment.products.map(\.name)
    var matrix = names.indices.map { row in names.indices.map { $0 == row ? 1.0 : 0.0 } }
    guard let value = record.value("correlation") else { return nil }
    if let number = value.number {
      for row in names.indices {
        for column in names.indices where column != row { matrix[row][column] = number }
      }
      return matrix
    }
    var isComplete = true
    for row in value.table ?? [] {
      guard let first = names.firstIndex(of: row.key) else {
        row.reportUnknown("product", known: names)
        isComplete = false
        continue
      }
      for column in row.value.table ?? [] {
        guard let second = names.firstIndex(of: column.key), second != first, let number = column.value.number else {
          column.reportUnknown("other product", known: names.filter { $0 != row.key })
          isComplete = false
          continue
        }
        matrix[first][second] = number
        matrix[second][first] = number
      }
    }
    return isComplete ? matrix : nil
  }

  private mutating func respondents(_ record: Record, _ assortment: Assortment) -> ValuationSource? {
    guard let name = record.text("survey") else { return nil }
    let file = folder.appendingPathComponent(name)
    do {
      let table = try RespondentFile(contentsOf: name.hasPrefix("/") ? name : file.path, name: name)
      surveyBytes += table.bytes
      return .respondents(try table.rows(for: assortment.products.map(\.name)))
    } catch let error as RespondentFile.Mistake {
      record.report(error.description, at: "survey")
    } catch {
      record.report("\(error)", at: "survey")
    }
    return nil
  }
}
