import Demand
import Selling

/// Reads what a seller's products, services and volumes cost.
enum CostReader {
  /// A product at its cost.
  static func product(_ name: String, _ record: Record?) -> SellerProduct {
    SellerProduct(
      name: name, unitCost: record?.number("unit cost") ?? 0, volume: record?.record("volume costs").flatMap(volume),
      experience: record?.record("experience").flatMap(experience))
  }

  private static func volume(_ record: Record) -> VolumeCost? {
    var steps: [VolumeCost.Step] = []
    for step in record.records("steps") {
      guard let above = step.number("above"), let unitCost = step.number("unit cost") else { continue }
      if let last = steps.last, above <= last.above {
        step.report(
          "the steps rise: this one is at \(plain(above)), the one before at \(plain(last.above))", at: "above")
      }
      steps.append(VolumeCost.Step(above: above, unitCost: unitCost))
    }
    return VolumeCost(steps, reach: record.choice("for").flatMap(VolumeCost.Reach.init) ?? .addedUnits)
  }

  private static func experience(_ record: Record) -> ExperienceCurve? {
    guard let learning = record.number("learning"), let start = record.number("start") else { return nil }
    return ExperienceCurve(learning: learning, start: start)
  }

  /// The service items of a seller with the products that include them.
  static func serviceItems(_ record: Record, products: [Value.Entry]) -> [ServiceItem] {
    let items = record.table("service items")
    var holders = items.map { _ in [Int]() }
    for (position, product) in products.enumerated() {
      for name in product.value.record?.list("includes") ?? [] {
        guard let index = items.firstIndex(where: { $0.key == name.text }) else {
          let isReported = name.text.map { record.isReported($0, in: "service items") } ?? true
          if !isReported { reportUnknown(name, known: items.map(\.key)) }
          continue
        }
        if holders[index].last == position { name.report("\(quoted(items[index].key)) is included twice") }
        holders[index].append(position)
      }
    }
    return zip(items, holders).compactMap { item, holders in
      guard let definition = item.value.record, let cost = definition.number("cost") else { return nil }
      if holders.isEmpty { item.reportKey("no product includes \(quoted(item.key)); name it under `includes`") }
      return ServiceItem(
        name: item.key, cost: cost, basis: definition.choice("per").flatMap(ServiceItem.Basis.init) ?? .unit,
        products: ProductSet(holders))
    }
  }

  private static func reportUnknown(_ name: Value, known: [String]) {
    guard known.isEmpty else { return name.reportUnknown("service item", known: known) }
    name.report("unknown service item \(quoted(name.text ?? "")); the seller has no `service items`")
  }

  /// The step costs of a seller.
  static func stepCosts(_ record: Record) -> [StepCost] {
    record.table("step costs").compactMap { entry in
      guard let cost = entry.value.record?.number("cost"), let every = entry.value.record?.number("every") else {
        return nil
      }
      return StepCost(name: entry.key, cost: cost, every: every)
    }
  }

  /// The periods, from 0, in which a seller is in the market.
  static func presence(_ record: Record, periodCount: Int) -> ClosedRange<Int> {
    let first = record.count("enters") ?? 1
    guard first <= periodCount else {
      record.report("period \(first) lies beyond the calendar, which has \(periodCount)", at: "enters")
      return SellerProfile.always
    }
    guard let last = record.count("leaves") else { return (first - 1)...Int.max }
    guard last >= first else {
      record.report("`leaves` is \(last), before `enters`, which is \(first)", at: "leaves")
      return SellerProfile.always
    }
    return (first - 1)...(last - 1)
  }
}
