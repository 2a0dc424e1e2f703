import Demand
import GSL
import Selling

/// The best tariffs found of a seller who knows demand, where nothing runs out and rivals keep their prices: two-part tariffs
/// and quantity discounts that are best on a sample of customers, improved on expected demand.
struct TariffSearch {
  /// The tariffs.
  let list: PriceList

  private static let sampleSize = 600

  /// - Parameters:
  ///   - others: every seller's list; the studied seller's own is ignored.
  ///   - known: lists to start from if they earn more than what is found.
  /// - Throws: what expected demand throws.
  init(_ study: Study, others: [PriceList], known: [PriceList]) throws {
    let population = study.market.averagePopulation
    let seller = study.market.profiles[study.studied].inCustomerPrices
    let assortment = population.assortment
    let customers = SampledValuations.customers(of: population, count: Self.sampleSize)
    var demand = ExpectedDemand(population)
    func earned(_ list: PriceList) throws -> Double {
      var lists = others
      lists[study.studied] = list
      let menu = try Menu(lists, in: assortment)
      let choice = try demand.choice(from: menu)
      return zip(list.offers, menu.slots[study.studied]).reduce(0) { total, item in
        let (offer, slot) = item
        let margin = offer.price - seller.unitCost(of: offer.contents)
        return total + choice.units(slot, in: menu) * margin - (choice.rebates[menu.index(of: slot)] ?? 0)
      }
    }
    var trials = known
    var twoPart: [Offer] = []
    var discounted: [Offer] = []
    for product in seller.products.indices {
      let own = assortment.alternativesBySource[study.studied][product]
      let optimum = try TariffOptimum(
        customerCount: customers.count, alternative: own, of: study.studied, others: others, assortment: assortment,
        unitCost: seller.products[product].unitCost
      ) { number, alternative in
        let (customer, product) = (customers[number], assortment.alternatives[alternative])
        let weights = population.segments[customer.segment].usageCurve(ofProduct: product)?.weights ?? [1]
        return [customer.values[alternative]] + weights.dropFirst().map { $0 * customer.valuations[product] }
      }
      let fee = optimum.bestTwoPart()
      twoPart.append(Offer(product: product, price: fee.price, tariff: fee.tariff))
      let discounts = Tariff.Basis.allCases.compactMap {
        optimum.bestDiscount(
          from: Array(2...max(2, min(21, optimum.largestCount))), discounts: (1...6).map { Double($0) / 10 }, $0)
      }
      let best = discounts.max { $0.contribution < $1.contribution } ?? fee
      discounted.append(Offer(product: product, price: best.price, tariff: best.tariff))
    }
    trials += [PriceList(twoPart), PriceList(discounted)]
    var best = (list: trials[0], earned: -Double.infinity)
    for trial in trials where !trial.hasGroupOffers {
      let value = try earned(trial)
      if value > best.earned { best = (trial, value) }
    }
    let polished = try minimiseNelderMead(
      from: best.list.numbers, steps: best.list.numbers.map { max(0.03 * abs($0), 1e-3) }, tolerance: 1e-6,
      maximumIterations: 200
    ) { numbers in
      guard numbers.allSatisfy({ $0 >= 0 }) else { return .infinity }
      return -(try earned(best.list.with(numbers)))
    }
    list = -polished.value > best.earned ? best.list.with(polished.point) : best.list
  }
}

extension PriceList {
  /// All prices of its offers: that of one unit, then those of its tariff.
  fileprivate var numbers: [Double] {
    offers.flatMap { offer -> [Double] in
      switch offer.tariff {
      case nil: [offer.price]
      case .twoPart(let unitPrice): [offer.price, unitPrice]
      case .quantitySteps(let steps, _): [offer.price] + steps.map(\.unitPrice)
      }
    }
  }

  /// The same offers at other prices.
  fileprivate func with(_ numbers: [Double]) -> PriceList {
    var rest = numbers[...]
    return PriceList(
      offers.map { offer in
        var offer = offer
        offer.price = rest.popFirst() ?? offer.price
        switch offer.tariff {
        case nil: break
        case .twoPart(let unitPrice): offer.tariff = .twoPart(unitPrice: rest.popFirst() ?? unitPrice)
        case .quantitySteps(let steps, let basis):
          offer.tariff = .quantitySteps(
            steps.map { .init(from: $0.from, unitPrice: rest.popFirst() ?? $0.unitPrice) }, basis)
        }
        return offer
      })
  }
}
