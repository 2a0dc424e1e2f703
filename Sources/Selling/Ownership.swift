/// One seller bought by another.
public struct Merger: Sendable, Hashable {
  /// The first period, counted from 0, in which the target belongs to the buyer.
  public let period: Int
  /// Who buys.
  public let buyer: Int
  /// Who is bought.
  public let target: Int

  /// A merger.
  public init(period: Int, buyer: Int, target: Int) {
    self.period = period
    self.buyer = buyer
    self.target = target
  }
}

/// Why mergers do not fit together.
public struct OwnershipError: Error, CustomStringConvertible, Sendable, Equatable {
  /// One sentence, with sellers by number.
  public let description: String
}

/// Who owns whom, period by period. Every seller owns itself until it is bought; who buys a seller that has bought others
/// gets them all.
public struct Ownership: Sendable, Hashable {
  /// The mergers by period.
  public let mergers: [Merger]
  /// Owners by seller from a period on, by rising period; the first from period 0.
  private let spells: [Spell]

  private struct Spell: Hashable {
    let first: Int
    let owners: [Int]
  }

  /// Every seller for itself.
  public init(sellerCount: Int) {
    mergers = []
    spells = [Spell(first: 0, owners: Array(0..<sellerCount))]
  }

  /// Sellers that merge; of mergers in one period the first given comes first.
  ///
  /// - Throws: ``OwnershipError`` for a seller that does not exist, one that buys itself, and a buyer or target that
  ///   belongs to another at the time.
  public init(sellerCount: Int, mergers: [Merger]) throws {
    let sorted = mergers.enumerated().sorted { ($0.1.period, $0.0) < ($1.1.period, $1.0) }.map(\.1)
    var spells = Ownership(sellerCount: sellerCount).spells
    for merger in sorted {
      var owners = spells[spells.count - 1].owners
      guard owners.indices.contains(merger.buyer), owners.indices.contains(merger.target), merger.period >= 0 else {
        throw OwnershipError(description: "a merger of sellers that do not exist")
      }
      guard merger.buyer != merger.target else { throw OwnershipError(description: "a seller cannot buy itself") }
      for side in [merger.buyer, merger.target] where owners[side] != side {
        throw OwnershipError(description: "seller \(side + 1) already belongs to seller \(owners[side] + 1)")
      }
      owners = owners.map { $0 == merger.target ? merger.buyer : $0 }
      if spells[spells.count - 1].first == merger.period { spells.removeLast() }
      spells.append(Spell(first: merger.period, owners: owners))
    }
    self.mergers = sorted
    self.spells = spells
  }

  /// The owner of each seller in a period, counted from 0; before period 0 everybody's own.
  public func owners(period: Int) -> [Int] {
    (spells.last { $0.first <= period } ?? spells[0]).owners
  }
}
