import Demand
import Simulation

extension StudyBuilder {
  /// The market of a scenario without its strategies, or nil after a report.
  mutating func market(_ scenario: Record) -> Market? {
    guard let customers = scenario.record("customers"), let periods = scenario.record("periods") else { return nil }
    guard !CalibrationReader.isToBeCalibrated(customers) else { return nil }
    currency = scenario.text("currency")
    let lastPeriod = periods.count("count") ?? Int.max
    let sellers = SellerReader(scenario.records("sellers"), periodCount: lastPeriod)
    let arrivals = customers.record("arrivals").flatMap { ArrivalsReader.arrivals($0, periodCount: lastPeriod) }
    guard let assortment = sellers.assortment(hasOutsideOption: customers.flag("outside option") ?? true),
      let (population, aggregate) = demand(customers, assortment), let arrivals, problems.isEmpty
    else { return nil }
    return Market(
      population: population, profiles: sellers.profiles, periodCount: periods.count("count") ?? 1,
      periodUnit: periods.text("unit") ?? "period", arrivals: arrivals, aggregate: aggregate)
  }

  /// Who buys: segments of customers, or demand for the market as a whole, whose population is a mere stand-in.
  mutating func demand(_ customers: Record, _ assortment: Assortment) -> (Population, AggregateDemand?)? {
    let forms = ["segments", "linear", "ces"].filter(customers.isWritten)
    guard forms.count == 1 else {
      customers.report(
        forms.isEmpty
          ? "say who buys: give `segments` of customers, or `linear` or `ces` demand of the market as a whole"
          : "found " + forms.joined(separator: " and ") + "; give only one of them")
      return nil
    }
    guard forms[0] == "segments" else {
      guard let aggregate = AggregateReader(assortment: assortment).demand(customers) else { return nil }
      let values = assortment.products.map { _ in Valuation.fixed(0) }
      do {
        let all = try Segment(name: "all customers", share: 1, valuations: .distributions(values, correlation: nil))
        return (try Population(segments: [all], assortment: assortment), aggregate)
      } catch {
        customers.report("\(error)")
        return nil
      }
    }
    let segments = segments(customers, assortment)
    return population(segments, assortment, customers).map { ($0, nil) }
  }
}
