import Demand
import GSL
import Selling

/// What products are worth in money, from a conjoint study: part-worths over minus the part-worth of money, one logit or
/// one least-squares fit for each category in which the seller has products. Verified by `ConjointTests`.
struct ConjointPartWorths: Sendable {
  /// One category.
  struct Category: Sendable {
    /// Value of each product that the study shows, in money, by its place in the assortment's products; from choices over
    /// buying nothing, where that could be chosen, from ratings up to a constant.
    let values: [Int: Double]
    /// The value of buying nothing on the same scale; nil where the study does not know.
    let nothing: Double?
    /// The scale of the choices' noise, in money; nil from ratings.
    let scale: Double?
    /// The mean price shown, in money.
    let meanPrice: Double
  }

  /// By category of the assortment, rising.
  let categories: [(category: Int, worth: Category)]

  /// Part-worths from answers.
  ///
  /// - Parameter isSimulated: whether chance drew the answers. A category of which they tell no part-worths then has its
  ///   mean price and no values, so that one unlucky sample does not end a study; a file of the user's own is refused.
  /// - Throws: ``StrategyError`` where they are not those of a conjoint study, or tell no part-worths.
  init(_ answers: ResearchAnswers, _ market: PublicMarket, isSimulated: Bool = false) throws {
    func told(_ profiles: [Profile], _ fit: () throws -> Category) throws -> Category {
      do {
        return try fit()
      } catch  where isSimulated {
        return Category(values: [:], nothing: nil, scale: nil, meanPrice: Self.meanPrice(profiles))
      }
    }
    let assortment = market.assortment
    let own = assortment.alternativesBySource[market.own].map { assortment.alternatives[$0] }
    func name(_ product: Int) -> String { assortment.products[product].name }
    func isIn(_ category: Int, _ profile: Profile) -> Bool {
      profile.product.map { assortment.products[$0].category == category } ?? true
    }
    categories = try Set(own.map { assortment.products[$0].category }).sorted().map { category in
      let products = own.filter { assortment.products[$0].category == category }
      switch answers {
      case .ratings(let ratings):
        let shown = ratings.filter { isIn(category, $0.profile) }
        try Self.checkShown(products, Set(shown.compactMap(\.profile.product)), name)
        return (category, try told(shown.map(\.profile)) { try Self.fromRatings(shown, products.map(name)) })
      case .choices(let tasks):
        let shown = tasks.filter { task in
          task.profiles.allSatisfy { isIn(category, $0) } && task.profiles.contains { $0.product != nil }
        }
        try Self.checkShown(products, Set(shown.flatMap(\.profiles).compactMap(\.product)), name)
        return (category, try told(shown.flatMap(\.profiles)) { try Self.fromChoices(shown, products, name) })
      default:
        throw StrategyError("conjoint needs ratings of profiles, or choices among them")
      }
    }
  }

  private static func checkShown(_ own: [Int], _ shown: Set<Int>, _ name: (Int) -> String) throws {
    for product in own where !shown.contains(product) {
      throw StrategyError("the study never shows \(name(product)), so that it cannot tell its price")
    }
  }

  private static func meanPrice(_ profiles: [Profile]) -> Double {
    let prices = profiles.filter { $0.product != nil }.map(\.price)
    return prices.reduce(0, +) / Double(max(1, prices.count))
  }

  private static func fromRatings(_ ratings: [RatedProfile], _ names: [String]) throws -> Category {
    let products = Set(ratings.compactMap(\.profile.product)).sorted()
    let hasNothing = ratings.contains { $0.profile.product == nil }
    // One constant a product, one for nothing, and the slope of price.
    let width = products.count + (hasNothing ? 1 : 0) + 1
    let rows = ratings.map { rated -> [Double] in
      var row = [Double](repeating: 0, count: width)
      if let product = rated.profile.product {
        if let place = products.firstIndex(of: product) { row[place] = 1 }
        row[width - 1] = rated.profile.price
      } else {
        row[products.count] = 1
      }
      return row
    }
    let coefficients: [Double]
    do {
      coefficients = try LinearFit(predictors: rows, responses: ratings.map(\.rating)).coefficients
    } catch {
      throw StrategyError(
        "\(ratings.count) ratings do not tell what \(names.joined(separator: ", ")) and money are worth: each product has "
          + "to be rated at several prices, and there have to be more ratings than part-worths (\(width))")
    }
    let slope = -coefficients[width - 1]
    guard slope > 0 else { throw moneyIsLiked("ratings rise with the price") }
    return Category(
      values: Dictionary(uniqueKeysWithValues: products.enumerated().map { ($1, coefficients[$0] / slope) }),
      nothing: hasNothing ? coefficients[products.count] / slope : nil, scale: nil,
      meanPrice: meanPrice(ratings.map(\.profile)))
  }

  private static func fromChoices(_ tasks: [ChoiceTask], _ own: [Int], _ name: (Int) -> String) throws -> Category {
    let chosen = Set(tasks.map { $0.profiles[$0.chosen].product })
    for product in own where !chosen.contains(product) {
      throw StrategyError(
        "nobody chose \(name(product)) in the study at any price shown; show lower prices, or ask more respondents")
    }
    let hasNothing = tasks.contains { $0.profiles.contains { $0.product == nil } }
    guard !hasNothing || chosen.contains(nil) else {
      throw StrategyError(
        "nobody ever chose to buy nothing, so that the study does not tell how high prices may go; show higher prices")
    }
    // What nobody chooses is worth too little to matter: the likelihood is highest without it.
    let products = chosen.compactMap(\.self).sorted()
    let choices = tasks.map { task -> LogitEstimate.Choice in
      let kept = task.profiles.indices.filter { task.profiles[$0].product.map(products.contains) ?? true }
      return LogitEstimate.Choice(
        kept.map { place in
          LogitEstimate.Option(
            product: task.profiles[place].product.flatMap { products.firstIndex(of: $0) },
            price: task.profiles[place].price)
        }, chosen: kept.firstIndex(of: task.chosen) ?? 0)
    }
    let fit: LogitEstimate
    do {
      fit = try LogitEstimate(choices, productCount: products.count)
    } catch {
      throw StrategyError("the choices about \(own.map(name).joined(separator: ", ")) tell no part-worths: \(error)")
    }
    guard fit.priceSensitivity > 0 else { throw moneyIsLiked("dearer profiles are chosen more often") }
    let scale = 1 / fit.priceSensitivity
    return Category(
      values: Dictionary(uniqueKeysWithValues: products.enumerated().map { ($1, fit.constants[$0] * scale) }),
      nothing: hasNothing ? 0 : nil, scale: scale, meanPrice: meanPrice(tasks.flatMap(\.profiles)))
  }

  private static func moneyIsLiked(_ what: String) -> StrategyError {
    StrategyError("in the study \(what), so that no price is too high; check the columns, or ask more respondents")
  }
}
