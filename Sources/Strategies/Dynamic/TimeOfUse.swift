import Demand
import Selling

/// Stated prices by the phase of a cycle.
public struct TimeOfUse: PlannedStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "time-of-use", family: .dynamic,
    idea:
      "A tariff by the clock: each hour of the day, or day of the week, has its stated price. Customers know it "
      + "beforehand, and who can come at another time may do so.",
    formula:
      "price = base price x factor of the phase, or the stated price of its block; phase = 1 + (period - 1) mod cycle, "
      + "with periods counted from 1. Phases in no block have the base price",
    needs: "when demand is high; nothing that happens while it runs",
    works: "demand differs between times of the day or week, and differs the same way every time",
    fails:
      "the blocks follow when it is busy and not what those who then come would pay: in the example a dear day drives "
      + "commuters away, and earns less than one price for all hours",
    example: "parking-garage", belief: "given plan",
    source:
      "Train & Mehrez (1994), RAND Journal of Economics 25; Faruqui & Sergici (2010), Journal of Regulatory Economics 38",
    parameters: [base, cycle, factors, blocks, blockPrices, announced])

  static let base = Parameter(
    "base", .prices, default: .required, "the prices of phases without a factor or a block", forGroups: true)
  static let cycle = Parameter(
    "cycle", .count(1...10_000, unit: "periods"), default: .number(24),
    "after how many periods the tariff starts again; with `factors` it is their number")
  static let factors = Parameter(
    "factors", .numbers(0...100, unit: "share"), default: .absent,
    "by what each phase multiplies the base prices, the first for period 1, for all phases of the cycle")
  private static let blockName =
    "a phase of the cycle, counted from 1, or the first and the last phase of a block, as 7-9 (22-5 goes over the end)"
  static let blocks = Parameter(
    "blocks", .amounts(of: .anything(blockName), 0...100, unit: "share"), default: .absent,
    "the prices of blocks of phases, as shares of the base prices")
  static let blockPrices = Parameter(
    "block prices", .amounts(of: .anything(blockName), 0...1e12, unit: "money"), default: .absent,
    "the same in money, for a seller of one product")
  static let announced = Parameter(
    "announced", .choice(["yes", "no"]), default: .choice("yes"),
    "whether customers are told the tariff; it matters to those who wait and believe announcements")

  /// The prices of the phases.
  private let lists: [PriceList]
  let isAnnounced: Bool

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a product without a base price, for factors beside blocks, and for blocks that are not
  ///   within the cycle or overlap.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let base = try arguments.priceList(Self.base, of: seller, calling: "base price")
    isAnnounced = try arguments.choice(Self.announced) == "yes"
    let factors = arguments.numbers(Self.factors)
    let steps = try PriceSteps(arguments, base: base, shares: Self.blocks, prices: Self.blockPrices)
    guard factors.isEmpty else {
      guard steps.names.isEmpty else {
        throw StrategyError("give either `factors` or `\(steps.parameter)`, not both", parameter: steps.parameter)
      }
      lists = factors.map(base.scaled)
      return
    }
    let cycle = try arguments.count(Self.cycle)
    let blocks = try steps.read("\(Self.blockName), within the cycle of \(cycle)") {
      Self.phases($0, cycle: cycle)
    }
    var stepByPhase = [Int?](repeating: nil, count: cycle)
    for (step, phases) in blocks.enumerated() {
      for phase in phases {
        if let other = stepByPhase[phase] {
          throw StrategyError(
            "\(steps.parameter) has two prices for phase \(phase + 1), in \(steps.names[other]) and \(steps.names[step])",
            parameter: steps.parameter)
        }
        stepByPhase[phase] = step
      }
    }
    lists = stepByPhase.map(steps.list)
  }

  /// The phases of a block, from 0; nil if its name cannot be read.
  private static func phases(_ name: String, cycle: Int) -> [Int]? {
    let ends = name.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard (1...2).contains(ends.count), let first = ends.first, let last = ends.last,
      ends.allSatisfy((1...cycle).contains)
    else { return nil }
    return first <= last
      ? Array(first - 1...last - 1) : Array(first - 1..<cycle) + Array(0..<last)
  }

  /// Those of the base prices.
  public var offerKinds: Set<OfferKind> { lists[0].offerKinds }

  /// It never changes where all phases have one price.
  public var isConstant: Bool { Set(lists).count == 1 }

  func list(period: Int) -> PriceList { lists[max(0, period) % lists.count] }
}
