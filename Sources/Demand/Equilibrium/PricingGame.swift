/// Sellers of differentiated products who set prices at the same time, each to earn most given the others' prices
/// (Bertrand competition).
public struct PricingGame: Sendable {
  /// Demand for the alternatives.
  public let demand: any DemandSystem
  /// Unit cost of each alternative, in money.
  public let unitCosts: [Double]
  /// Who sets the price of each alternative: sellers by number. A merger gives two sellers' alternatives one number.
  public let owners: [Int]
  /// The alternatives of each owner, rising, owner by owner; where each owner's begin and, last, end; and the place of
  /// each alternative's owner.
  private let siblings: [Int]
  private let siblingStarts: [Int]
  let ownerPlaces: [Int]

  /// A game.
  ///
  /// - Throws: ``DemandError`` unless every alternative has a finite unit cost, with CES demand a positive one, and an
  ///   owner.
  public init(_ demand: any DemandSystem, unitCosts: [Double], owners: [Int]) throws {
    guard unitCosts.count == demand.alternativeCount, owners.count == demand.alternativeCount,
      unitCosts.allSatisfy(\.isFinite)
    else { throw DemandError("every product on sale needs a finite unit cost and an owner") }
    guard demand.hasLimitAtNoPrice || unitCosts.allSatisfy({ $0 > 0 }) else {
      throw DemandError(
        "CES demand grows without limit as a price nears 0, so that a product of unit cost 0 has no best price; give "
          + "every product a unit cost of more than 0")
    }
    self.demand = demand
    self.unitCosts = unitCosts
    self.owners = owners
    let sellers = Set(owners).sorted()
    let groups = sellers.map { seller in owners.indices.filter { owners[$0] == seller } }
    siblings = Array(groups.joined())
    siblingStarts = groups.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    ownerPlaces = owners.map { owner in sellers.firstIndex(of: owner) ?? 0 }
  }

  /// The sellers, rising.
  public var sellers: [Int] { Set(owners).sorted() }

  /// The alternatives of a seller.
  public func alternatives(of seller: Int) -> [Int] { owners.indices.filter { owners[$0] == seller } }

  /// The same market where other sellers set the prices.
  ///
  /// - Throws: ``DemandError`` unless there is an owner for every alternative.
  public func owned(by owners: [Int]) throws -> PricingGame {
    try PricingGame(demand, unitCosts: unitCosts, owners: owners)
  }

  /// What a seller earns over unit cost from an average customer, in money.
  public func profit(of seller: Int, at prices: [Double]) throws -> Double {
    profit(of: seller, at: prices, units: try demand.response(at: prices, hasSlopes: false).units)
  }

  func profit(of seller: Int, at prices: [Double], units: [Double]) -> Double {
    var profit = 0.0
    for alternative in owners.indices where owners[alternative] == seller && units[alternative] > 0 {
      profit += units[alternative] * (prices[alternative] - unitCosts[alternative])
    }
    return profit
  }

  /// The part of a seller's profit that an integral's error may pretend, in money from an average customer: three times
  /// the error of units at the seller's markups; 0 where demand has a closed form.
  func noise(of seller: Int, at prices: [Double], error: Double) -> Double {
    3 * error
      * alternatives(of: seller).filter { prices[$0].isFinite }.reduce(0) {
        $0 + abs(prices[$1] - unitCosts[$1])
      }
  }

  func noise(of seller: Int, at prices: [Double]) throws -> Double {
    noise(of: seller, at: prices, error: try demand.response(at: prices, hasSlopes: false).error)
  }

  /// How far an integral's error may move the price of each alternative that solves a first-order condition, in money.
  func blur(of alternatives: [Int], _ response: DemandResponse) -> [Double] {
    alternatives.map { alternative in
      let slope = response.slope(of: alternative, by: alternative)
      return response.error > 0 && slope < -1e-300 ? 3 * response.error / -slope : 0
    }
  }

  /// Price less unit cost of each alternative; 0 where it is not on sale.
  func markups(at prices: [Double]) -> [Double] {
    prices.indices.map { prices[$0].isFinite ? prices[$0] - unitCosts[$0] : 0 }
  }

  /// By how much each of some alternatives' prices falls short of what its owner's first-order condition asks for, in
  /// money: the condition q_j + sum over own k of (p_k - c_k) dq_k/dp_j = 0, divided by a slope of q_j.
  ///
  /// Where demand has direct slopes this is the zeta markup less the markup (Morrow & Skerlos 2011, Operations Research
  /// 59, equation for zeta); else the condition over the own-price slope. An alternative that nobody buys at any nearby
  /// price has no condition and a shortfall of 0.
  func shortfalls(of alternatives: [Int], at prices: [Double], _ response: DemandResponse) -> [Double] {
    let count = owners.count
    let markups = markups(at: prices)
    return alternatives.map { alternative in
      let slope =
        response.directSlopes.isEmpty
        ? response.slopes[alternative * count + alternative] : response.directSlopes[alternative]
      guard !(slope >= -1e-300) else { return 0 }
      var condition = response.units[alternative]
      for place in siblingStarts[ownerPlaces[alternative]]..<siblingStarts[ownerPlaces[alternative] + 1] {
        let other = siblings[place]
        // What is not on sale has a markup of 0, and whatever its slope is, it adds nothing.
        guard markups[other] != 0 else { continue }
        condition += markups[other] * response.slopes[other * count + alternative]
      }
      return -condition / slope
    }
  }
}
