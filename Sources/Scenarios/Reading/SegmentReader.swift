import Demand

/// Reads the segments of a scenario: who the customers are and what they would pay.
struct SegmentReader {
  private let assortment: Assortment
  private var respondents: RespondentReader

  init(_ respondents: RespondentReader) {
    self.respondents = respondents
    assortment = respondents.assortment
  }

  /// The bytes of the data files read.
  var fileBytes: [UInt8] { respondents.bytes }

  /// The segments that are right; every mistake is reported.
  mutating func segments(_ customers: Record) -> [Segment] {
    var segments: [Segment] = []
    var names: Set<String> = []
    let groups = GroupReader(customers, isReporting: true)
    for record in customers.records("segments") {
      if let name = record.text("name"), !names.insert(name).inserted {
        record.report("a segment called \(quoted(name)) was already described", at: "name")
      }
      let memberships = groups.memberships(record)
      guard let segment = segment(record), let memberships else { continue }
      do {
        segments += groups.names.isEmpty ? [segment] : try segment.divided(among: memberships)
      } catch {
        record.report("\(error)", at: "groups")
      }
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

  private mutating func segment(_ record: Record) -> Segment? {
    let sources = ["values", "survey", "part-worths", "logit"].filter(record.isWritten)
    guard sources.count == 1 else {
      record.report(
        sources.isEmpty
          ? "say what customers would pay: give `values`, `survey`, `part-worths` or `logit`"
          : "found " + sources.joined(separator: " and ") + "; give only one of them")
      return nil
    }
    var taste = record.number("taste") ?? 0
    let logitReader = LogitReader(assortment: assortment, attributes: respondents.attributes)
    let valuations: ValuationSource?
    switch sources[0] {
    case "survey":
      valuations = respondents.survey(record)
    case "part-worths":
      valuations = respondents.partWorths(record)
      // Part-worths are in units of the noise with which they were estimated.
      if !record.isWritten("taste") { taste = 1 }
    case "logit":
      let logit = record.record("logit").flatMap(logitReader.valuations)
      if record.isWritten("taste") {
        record.report("a logit has its noise from the price coefficient; leave `taste` out", at: "taste")
      }
      taste = logit?.taste ?? 0
      valuations = logit?.source
    default:
      valuations = Self.distributions(record, assortment)
    }
    if sources[0] != "values", record.isWritten("correlation") {
      record.report("a correlation goes with `values` only", at: "correlation")
    }
    let referencePrice = OutlookReader.referencePrice(record, assortment)
    let patience = OutlookReader.patience(record, assortment)
    let linked = LinkedChoiceReader(assortment: assortment)
    let (synergies, usage) = (linked.synergies(record), linked.usage(record))
    let nests = logitReader.nests(record)
    guard let valuations, let name = record.text("name"), let share = record.number("share"), let synergies, let usage,
      let nests
    else { return nil }
    do {
      return try Segment(
        name: name, share: share, valuations: valuations, taste: taste, nests: nests, referencePrice: referencePrice,
        patience: patience, synergies: synergies, usage: usage, profile: record.numbers("profile"))
    } catch {
      let field =
        record.isWritten("correlation")
        ? "correlation" : record.isWritten("nests") ? "nests" : record.isWritten("profile") ? "profile" : nil
      record.report("\(error)", at: field)
      return nil
    }
  }

  /// Values by product in the order of the assortment; nil after a report about a product unknown or missing.
  static func byProduct<T>(
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
    let read = byProduct(record.table("values"), record, "values", assortment, read: ValuationReader.valuation)
    guard let values = read else { return nil }
    guard record.isWritten("correlation") else { return .distributions(values, correlation: nil) }
    return pairs("correlation", record, assortment, diagonal: 1).map { .distributions(values, correlation: $0) }
  }

  /// A symmetric matrix by product, given as one number for all pairs or pair by pair; pairs left out are 0.
  static func pairs(
    _ field: String, _ record: Record, _ assortment: Assortment, diagonal: Double
  ) -> [[Double]]? {
    let names = assortment.products.map(\.name)
    var matrix = names.indices.map { row in names.indices.map { $0 == row ? diagonal : 0.0 } }
    guard let value = record.value(field) else { return nil }
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
}
