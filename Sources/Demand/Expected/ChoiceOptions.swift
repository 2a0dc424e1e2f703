/// One feasible thing for a customer to take in a group of linked categories: a set of offers, or nothing.
struct ChoiceOption {
  /// The alternatives that the customer would own.
  var alternatives: [Int] = []
  /// The offers to be bought for it.
  var slots: [Menu.Slot] = []
  /// Which of the menu's packings its bundles are.
  var packing = 0
  /// What they cost together, less what the products are worth together beyond their own worths.
  var price = 0.0
  /// How many of the alternatives come in bundles; of equally good options the one with more is taken.
  var bundled = 0
}

/// Categories that bundles or synergies link, with every option in them. Categories in different groups are chosen
/// independently, so that expected demand is computed group by group.
struct ChoiceGroup {
  let categories: [Int]
  let options: [ChoiceOption]
  /// The price of each alternative on its own, and the tariffs of those that are on one.
  let singlePrices: [Double]
  let tariffs: [Int: Tariff]

  static let largestOptionCount = 50_000

  /// The groups of a menu.
  ///
  /// - Parameter synergies: of the customers who choose; they link categories as bundles do where all their products are
  ///   on sale, and are not yet part of the options' prices (see ``priced(with:in:)``).
  /// - Throws: ``DemandError`` where a group has more than 50,000 options.
  static func groups(
    of menu: Menu, in assortment: Assortment, linkedBy synergies: [Synergy] = []
  ) throws -> [ChoiceGroup] {
    var label = Array(assortment.categories.indices)
    let bundles = menu.bundles.filter(\.price.isFinite)
    for bundle in bundles { label.join(bundle.alternatives.map(assortment.category(ofAlternative:))) }
    if !synergies.isEmpty {
      let onSale = menu.singlePrices.indices.filter { menu.singlePrices[$0].isFinite } + bundles.flatMap(\.alternatives)
      let products = Set(onSale.map { assortment.alternatives[$0] })
      for synergy in synergies where products.isSuperset(of: synergy.products) {
        label.join(synergy.products.map { assortment.products[$0].category })
      }
    }
    return try Set(label).sorted().map { group in
      let categories = label.indices.filter { label[$0] == group }
      return ChoiceGroup(
        categories: categories, options: try options(categories, menu, assortment), singlePrices: menu.singlePrices,
        tariffs: menu.tariffs)
    }
  }

  /// The group with what products are worth together taken off the options' prices, as it is to customers who have it.
  func priced(with synergies: [Synergy], in assortment: Assortment) -> ChoiceGroup {
    guard !synergies.isEmpty else { return self }
    return ChoiceGroup(
      categories: categories,
      options: options.map { option in
        var option = option
        option.price -= synergies.worth(of: option.alternatives.map { assortment.alternatives[$0] })
        return option
      }, singlePrices: singlePrices, tariffs: tariffs)
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
