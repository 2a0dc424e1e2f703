import Demand
import Selling

/// Stated prices for named steps of a rule: shares of a base price or, for a seller of one product, prices in money.
///
/// The steps' names say when each holds, as the strategy reads them.
struct PriceSteps {
  /// The names of the steps, in the order given.
  let names: [String]
  /// The parameter that gives them, for messages.
  let parameter: String
  private let base: PriceList
  private let values: [Double]
  private let areMoney: Bool

  /// Steps given under one of two parameters; none if under neither.
  ///
  /// - Parameters:
  ///   - base: the prices where no step holds.
  ///   - shares: amounts that are shares of the base prices.
  ///   - prices: amounts that are prices in money.
  /// - Throws: ``StrategyError`` where both are given, and for prices in money beside several base prices.
  init(_ arguments: Arguments, base: PriceList, shares: Parameter, prices: Parameter) throws {
    self.base = base
    let (factors, money) = (arguments.amounts(shares), arguments.amounts(prices))
    guard factors.isEmpty || money.isEmpty else {
      throw StrategyError("give either `\(shares.name)` or `\(prices.name)`, not both", parameter: prices.name)
    }
    guard money.isEmpty || base.offers.count == 1 else {
      throw StrategyError(
        "`\(prices.name)` is for a seller of one product at one price; give `\(shares.name)`, as shares of the base prices",
        parameter: prices.name)
    }
    areMoney = !money.isEmpty
    parameter = areMoney ? prices.name : shares.name
    names = (areMoney ? money : factors).map(\.name)
    values = (areMoney ? money : factors).map(\.value)
  }

  /// The kinds of offers.
  var offerKinds: Set<OfferKind> { base.offerKinds }

  /// Whether every step has the base prices.
  var areAllBase: Bool { values.indices.allSatisfy { list($0) == base } }

  /// The prices of a step; the base prices where none holds.
  func list(_ step: Int?) -> PriceList {
    guard let step else { return base }
    guard areMoney else { return base.scaled(by: values[step]) }
    return PriceList(
      base.offers.map { offer in
        var offer = offer
        offer.price = values[step]
        return offer
      })
  }

  /// The names read one by one.
  ///
  /// - Parameter words: what a name may be, as in "a number of periods, as 14".
  /// - Throws: ``StrategyError`` for a name that cannot be read, and where two names mean the same.
  func read<Meaning: Hashable>(_ words: String, _ meaning: (String) -> Meaning?) throws -> [Meaning] {
    var found: [Meaning] = []
    for name in names {
      guard let read = meaning(name.filter { !$0.isWhitespace }) else {
        throw StrategyError("\(parameter) has a step called \(name); it has to be \(words)", parameter: parameter)
      }
      guard !found.contains(read) else {
        throw StrategyError("\(parameter) has two steps for \(name)", parameter: parameter)
      }
      found.append(read)
    }
    return found
  }
}
