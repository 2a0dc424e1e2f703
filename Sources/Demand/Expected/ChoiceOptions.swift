/// One feasible thing for a customer to take in a group of linked categories: a set of offers, or nothing.
struct ChoiceOption {
  /// The alternatives that the customer would own.
  var alternatives: [Int] = []
  /// The offers to be bought for it.
  var slots: [Menu.Slot] = []
  /// Which of the menu's packings its bundles are.
  var packing = 0
  /// What they cost together.
  var price = 0.0
  /// How many of the alternatives come in bundles; of equally good options the one with more is taken.
  var bundled = 0
}

/// Categories that bundles link, with every option in them. Categories in different groups are chosen independently, so
/// that expected demand is computed group by group.
struct ChoiceGroup {
  let categories: [Int]
  let options: [ChoiceOption]

  static let largestOptionCount = 50_000

  /// The groups of a menu.
  ///
  /// - Throws: ``DemandError`` where a group has more than 50,000 options.
  static func groups(of menu: Menu, in assortment: Assortment) throws -> [ChoiceGroup] {
    var label = Array(assortment.categories.indices)
    let bundles = menu.bundles.filter(\.price.isFinite)
    for bundle in bundles {
      let categories = bundle.alternatives.map(assortment.category(ofAlternative:))
      let merged = Set(categories.map { label[$0] })
      guard let lowest = merged.min() else { continue }
      for category in label.indices where merged.contains(label[category]) { label[category] = lowest }
    }
    return try Set(label).sorted().map { group in
      let categories = label.indices.filter { label[$0] == group }
      return ChoiceGroup(categories: categories, options: try options(categories, menu, assortment))
    }
  }

  private static func options(_ categories: [Int], _ menu: Menu, _ assortment: Assortment) throws -> [ChoiceOption] {
    var options: [ChoiceOption] = []
    let mask = categories.reduce(UInt64(0)) { $0 | (1 << UInt64($1)) }
    for (number, packing) in menu.packings.enumerated() {
      let bundles = packing.map { menu.bundles[$0] }
      guard bundles.allSatisfy({ $0.price.isFinite && $0.categories & mask == $0.categories }) else { continue }
      var covered: UInt64 = 0
      var start = ChoiceOption(packing: number)
      for (index, bundle) in zip(packing, bundles) {
        covered |= bundle.categories
        start.alternatives += bundle.alternatives
        start.slots.append(.bundle(index))
        start.price += bundle.price
      }
      start.bundled = start.alternatives.count
      var partial = [start]
      for category in categories where covered & (1 << UInt64(category)) == 0 {
        var extended = assortment.hasOutsideOption ? partial : []
        for alternative in assortment.alternativesByCategory[category]
        where menu.singlePrices[alternative].isFinite {
          extended += partial.map { option in
            var option = option
            option.alternatives.append(alternative)
            option.slots.append(.single(alternative))
            option.price += menu.singlePrices[alternative]
            return option
          }
        }
        partial = extended
        guard partial.count + options.count <= largestOptionCount else {
          throw DemandError("customers could put together more than \(largestOptionCount) sets of offers")
        }
      }
      options += partial
    }
    return options
  }
}
