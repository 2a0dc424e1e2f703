/// Customers who choose between options that cost several charges each: a price by size, or a price for a product and
/// one for each of its options.
///
/// The options are the customer's own: what each is worth to them and what it costs to serve may differ from customer to
/// customer, as it does where a price buys any two products. Each charge has a threshold as an offer has one, so that the
/// same search serves (``ThresholdPricing``).
struct ChargedOptions {
  /// What is paid for each option, as places in the list of charges; nothing for the first, which is to walk away.
  let charges: [[Int]]
  /// What each option is worth: one row a customer.
  let worths: [Double]
  /// What each option costs to serve, in the same order.
  let serviceCosts: [Double]
  /// A cost of each charge to start a search from, in money.
  let costs: [Double]
  var customerCount: Int { worths.count / charges.count }
  var setCount: Int { charges.count }
  var largestWorth: Double { max(0, worths.max() ?? 0) }
  private let tolerance: Double

  init(charges: [[Int]], worths: [Double], serviceCosts: [Double], costs: [Double]) {
    self.charges = charges
    self.worths = worths
    self.serviceCosts = serviceCosts
    self.costs = costs
    tolerance = 1e-13 * worths.reduce(0) { max($0, abs($1)) }
  }

  private func paid(_ prices: [Double], except charge: Int? = nil) -> [Double] {
    charges.map { $0.reduce(0) { $1 == charge ? $0 : $0 + prices[$1] } }
  }
}

extension ChargedOptions: ThresholdPricing {
  func contribution(at prices: [Double]) -> Double {
    let paid = paid(prices)
    var total = 0.0
    for customer in 0..<customerCount {
      var best = BestChoice()
      for option in paid.indices {
        let place = customer * paid.count + option
        best.consider(worths[place] - paid[option], margin: paid[option] - serviceCosts[place], tolerance: tolerance)
      }
      total += best.margin
    }
    return total / Double(customerCount)
  }

  func thresholds(of charge: Int, prices: [Double]) -> Thresholds {
    let paid = paid(prices, except: charge)
    let isCharged = charges.map { $0.contains(charge) }
    var thresholds = Thresholds(capacity: customerCount)
    for customer in 0..<customerCount {
      var with = BestChoice()
      var without = BestChoice()
      for option in paid.indices {
        let place = customer * paid.count + option
        let (worth, margin) = (worths[place] - paid[option], paid[option] - serviceCosts[place])
        if isCharged[option] {
          with.consider(worth, margin: margin, tolerance: tolerance)
        } else {
          without.consider(worth, margin: margin, tolerance: tolerance)
        }
      }
      thresholds.append(price: with.worth - without.worth, with: with.margin, without: without.margin)
    }
    return thresholds
  }
}

/// What one source's products are worth to customers beyond what else they could take: category by category, so that
/// rivals' single prices count and rivals' bundles do not.
struct GainsOverRivals {
  /// For each category in which the source sells: its products' places, in its own list.
  let products: [[Int]]
  /// The gain of each own product over the best of the rivals' and nothing: one row a customer.
  let rows: [[Double]]

  init(valuations: [[Double]], assortment: Assortment, source: Int, others: [PriceList]) {
    let own = assortment.alternativesBySource[source]
    var prices = [Double](repeating: .infinity, count: assortment.alternatives.count)
    for (seller, list) in others.enumerated() where seller != source {
      for offer in list.offers where offer.contents.count == 1 {
        prices[assortment.alternativesBySource[seller][offer.contents.positions[0]]] = offer.price
      }
    }
    let categories = own.map(assortment.category(ofAlternative:))
    products = Set(categories).sorted().map { category in own.indices.filter { categories[$0] == category } }
    let rivals = categories.map { category in
      assortment.alternativesByCategory[category].filter { prices[$0].isFinite }
    }
    rows = valuations.map { row in
      own.indices.map { product in
        row[own[product]] - rivals[product].reduce(0) { max($0, row[$1] - prices[$1]) }
      }
    }
  }
}
