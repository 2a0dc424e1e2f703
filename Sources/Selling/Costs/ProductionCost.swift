import Foundation

/// Unit cost by the units of a product that are sold in one period.
public struct VolumeCost: Sendable, Hashable {
  /// Which units a step's cost holds for.
  public enum Reach: String, Sendable, Hashable {
    /// The units above the step only: cost is continuous in volume.
    case addedUnits = "added units"
    /// All units of the period, once the period's units exceed the step.
    case allUnits = "all units"
  }

  /// A step: what a unit costs above a volume.
  public struct Step: Sendable, Hashable {
    /// Units in the period above which the cost holds.
    public let above: Double
    /// The unit cost, in money.
    public let unitCost: Double

    /// A step.
    public init(above: Double, unitCost: Double) {
      self.above = above
      self.unitCost = unitCost
    }
  }

  /// Steps by rising volume.
  public let steps: [Step]
  /// Which units a step's cost holds for.
  public let reach: Reach

  /// Volume costs; steps are put in the order of their volume.
  public init(_ steps: [Step], reach: Reach = .addedUnits) {
    self.steps = steps.sorted { $0.above < $1.above }
    self.reach = reach
  }

  /// The units of a period in pieces of one unit cost each, in rising order.
  ///
  /// - Parameter first: the unit cost below the first step, in money.
  func pieces(ofUnits units: Double, first: Double) -> [(from: Double, to: Double, unitCost: Double)] {
    let reached = steps.filter { units > $0.above }
    switch reach {
    case .allUnits: return [(0, units, reached.last?.unitCost ?? first)]
    case .addedUnits:
      let starts = [0] + reached.map(\.above)
      let ends = reached.map(\.above) + [units]
      return zip(zip(starts, ends), [first] + reached.map(\.unitCost)).map { ($0.0, $0.1, $1) }
    }
  }
}

/// Wright's law: the cost of a unit falls by a fixed share with each doubling of cumulative output.
///
/// The unit made when x units lie behind costs c (x / start)^-b with b = -log2(1 - learning), where c is the cost at the
/// starting experience. Costs of a period are integrated over its units, so that each unit is made at the experience
/// reached with it, and the books do not depend on the length of periods. Wright (1936), Journal of the Aeronautical
/// Sciences 3; verified against the closed forms and by summation of small lots (`CostTests`).
public struct ExperienceCurve: Sendable, Hashable {
  /// By what share cost falls when cumulative output doubles: 0.15 for 15%.
  public let learning: Double
  /// Cumulative output, in units, at which the stated unit cost holds; more than 0.
  public let start: Double

  /// An experience curve.
  public init(learning: Double, start: Double) {
    self.learning = learning
    self.start = start
  }

  /// The elasticity b of unit cost.
  public var elasticity: Double { -log1p(-learning) / log(2) }

  /// The cost of a unit as a share of that at the starting experience, after this many units of this calendar.
  public func factor(produced: Double) -> Double { pow((start + produced) / start, -elasticity) }

  /// What units cost together, in units at the starting experience: the integral of ``factor(produced:)``.
  ///
  /// - Parameters:
  ///   - units: how many are made.
  ///   - produced: units of this calendar that lie behind.
  public func costlyUnits(_ units: Double, produced: Double) -> Double {
    let behind = start + produced
    let exponent = 1 - elasticity
    let growth = log1p(units / behind)
    let span = exponent == 0 ? growth : expm1(exponent * growth) / exponent
    return factor(produced: produced) * behind * span
  }
}

extension SellerProduct {
  /// Whether a unit always costs the same to make.
  public var hasConstantCost: Bool { volume == nil && experience == nil }

  /// What a period's units cost to make without service items, in money: volume steps and experience multiply.
  ///
  /// - Parameters:
  ///   - units: units made and sold in the period.
  ///   - produced: units of this calendar that lie behind.
  public func productionCost(ofUnits units: Double, produced: Double = 0) -> Double {
    guard units > 0 else { return 0 }
    let pieces = volume?.pieces(ofUnits: units, first: productionCost) ?? [(0, units, productionCost)]
    guard let experience else { return pieces.reduce(0) { $0 + ($1.to - $1.from) * $1.unitCost } }
    switch volume?.reach {
    case .allUnits, nil: return pieces[0].unitCost * experience.costlyUnits(units, produced: produced)
    case .addedUnits:
      return pieces.reduce(0) {
        $0 + $1.unitCost * experience.costlyUnits($1.to - $1.from, produced: produced + $1.from)
      }
    }
  }

  /// Mean unit cost of production at a volume without experience, in money; at no volume the cost of the first unit.
  public func averageVolumeCost(ofUnits units: Double) -> Double {
    guard let volume, units > 0 else { return productionCost }
    return volume.pieces(ofUnits: units, first: productionCost).reduce(0) { $0 + ($1.to - $1.from) * $1.unitCost }
      / units
  }

  /// What the last unit of a volume costs to make without experience, in money: the cost of the step that the volume has
  /// reached. With steps for all units it is that step's cost, without the saving on the other units at the step itself.
  public func lastUnitCost(ofUnits units: Double) -> Double {
    guard let volume, units > 0 else { return productionCost }
    return volume.pieces(ofUnits: units, first: productionCost).last?.unitCost ?? productionCost
  }
}
