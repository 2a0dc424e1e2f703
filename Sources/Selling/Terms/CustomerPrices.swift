import Demand

extension PriceList {
  /// The list as customers count it.
  public func inCustomerPrices(_ terms: PriceTerms?) -> PriceList {
    guard let terms else { return self }
    return repriced { terms.customerPrice(list: $0.price, of: $0.contents) }
  }

  /// The list prices that customers count as these prices, to twelve digits.
  public func inListPrices(_ terms: PriceTerms?) -> PriceList {
    guard let terms else { return self }
    return repriced { terms.listPrice(customer: $0.price, of: $0.contents).asDecimal }
  }

  private func repriced(_ price: (Offer) -> Double) -> PriceList {
    var list = self
    for index in offers.indices { list.offers[index].price = price(offers[index]) }
    return list
  }
}

extension SellerProfile {
  /// What the seller keeps of a sold offer, in money: its pocket price.
  public func pocketPrice(of offer: Offer) -> Double {
    terms?.pocketPrice(list: offer.price, of: offer.contents) ?? offer.price
  }

  /// The seller without price terms that earns in customers' prices what this one earns, but for the factor
  /// ``PriceTerms/keptShare``: every cost is divided by it, and what rebates and costs to serve take in money becomes a
  /// service item.
  public var inCustomerPrices: SellerProfile {
    guard let terms else { return self }
    let kept = terms.keptShare
    let all = ProductSet(products.indices)
    let added = ServiceItem(name: "price terms", cost: terms.addedUnitCost, products: all)
    return SellerProfile(
      name: name,
      products: products.map { product in
        SellerProduct(
          name: product.name, unitCost: product.productionCost / kept,
          volume: product.volume.map { volume in
            VolumeCost(
              volume.steps.map { .init(above: $0.above, unitCost: $0.unitCost / kept) }, reach: volume.reach)
          }, experience: product.experience)
      },
      fixedCost: fixedCost / kept,
      capacities: capacities.map {
        Capacity(name: $0.name, units: $0.units, renewal: $0.renewal, use: $0.use, unitCost: $0.unitCost / kept)
      },
      serviceItems: serviceItems.map {
        ServiceItem(name: $0.name, cost: $0.cost / kept, basis: $0.basis, products: $0.products)
      } + (terms.addedUnitCost > 0 ? [added] : []),
      stepCosts: stepCosts.map { StepCost(name: $0.name, cost: $0.cost / kept, every: $0.every) },
      costShocks: costShocks, randomCostShocks: randomCostShocks, priceDelay: priceDelay, presence: presence,
      rules: rules)
  }
}
