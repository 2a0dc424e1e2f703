import Demand
import Selling
import Simulation
import Strategies

/// Reads which sellers merge, and who prices the target's products afterwards.
struct MergerReader {
  private let records: [(merger: Merger, record: Record)]
  /// Who owns whom; nobody anybody where a merger is wrong.
  let ownership: Ownership

  /// Wrong mergers are reported and left out.
  init(_ scenario: Record, sellers: [String], studied: Int?, periodCount: Int) {
    var known: [(merger: Merger, record: Record)] = []
    var ownership = Ownership(sellerCount: sellers.count)
    // By period, so that of two mergers that contradict each other the later is the wrong one.
    let records = scenario.records("mergers").enumerated()
      .sorted { ($0.1.count("period") ?? 0, $0.0) < ($1.1.count("period") ?? 0, $1.0) }
    for (_, record) in records {
      func seller(_ field: String) -> Int? {
        guard let value = record.value(field), let name = value.text else { return nil }
        if let index = sellers.firstIndex(of: name) { return index }
        value.reportUnknown("seller", known: sellers)
        return nil
      }
      let (buyer, target) = (seller("buyer"), seller("target"))
      guard let period = record.count("period"), let buyer, let target else { continue }
      guard period <= periodCount else {
        record.report("period \(period) lies beyond the calendar, which has \(periodCount)", at: "period")
        continue
      }
      guard buyer != target else {
        record.report("a seller cannot buy itself", at: "target")
        continue
      }
      guard target != studied else {
        record.report(
          "\(quoted(sellers[target])) is studied and cannot be bought: its profit would end there; study the buyer",
          at: "target")
        continue
      }
      let merger = Merger(period: period - 1, buyer: buyer, target: target)
      do {
        ownership = try Ownership(sellerCount: sellers.count, mergers: known.map(\.merger) + [merger])
        known.append((merger, record))
      } catch {
        let owners = ownership.owners(period: period - 1)
        let side = owners[target] == target ? buyer : target
        record.report(
          "in period \(period) \(quoted(sellers[side])) belongs to \(quoted(sellers[owners[side]]))",
          at: side == target ? "target" : "buyer")
      }
    }
    self.records = known
    self.ownership = ownership
  }

  /// The strategies that targets run from their merger on; wrong ones are reported and left out.
  func newManagement(
    _ profiles: [SellerProfile], _ facts: [PublicMarket], _ files: ResearchFiles
  ) -> [NewManagement] {
    records.compactMap { merger, record in
      guard let (name, parameters) = record.named("strategy"),
        let strategy = StrategyDefinitions.strategy(
          name, parameters, seller: profiles[merger.target], market: facts[merger.target], files: files)
      else { return nil }
      return NewManagement(period: merger.period, seller: merger.target, strategy: strategy)
    }
  }
}
