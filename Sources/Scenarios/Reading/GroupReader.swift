import Demand

/// Reads which customers belong to which observable group.
struct GroupReader {
  /// Names of the groups, in the order of the file.
  let names: [String]

  /// - Parameter isReporting: whether a name that stands twice is reported; once is enough.
  init(_ customers: Record, isReporting: Bool = false) {
    var names: [String] = []
    for item in customers.isWritten("groups") ? customers.list("groups") : [] {
      guard let name = item.text else { continue }
      if names.contains(name) {
        if isReporting { item.report("the group \(quoted(name)) was already named") }
      } else {
        names.append(name)
      }
    }
    self.names = names
  }

  /// The share of a segment's customers in each group; nil after a report.
  func memberships(_ segment: Record) -> [Double]? {
    var shares = names.map { _ in 0.0 }
    guard segment.isWritten("groups") else { return shares }
    var isComplete = !(segment.value("groups")?.isReported ?? true)
    for entry in segment.table("groups") {
      guard let group = names.firstIndex(of: entry.key) else {
        entry.reportKey(
          names.isEmpty
            ? "no groups are stated under `customers`; name them there first"
            : unknown("group", entry.key, known: names))
        isComplete = false
        continue
      }
      guard let share = entry.value.number else {
        isComplete = false
        continue
      }
      shares[group] = share
    }
    return isComplete ? shares : nil
  }
}
