/// Observable groups, such as the holders of a student card. A group is not a segment: some of a segment are in it, and so
/// are some of others, so that a fence around an offer leaks.
extension Segment {
  /// The segment in parts: one for each group that some of its customers are in, and one for those in none.
  ///
  /// The parts stand next to each other with shares that add up to the segment's, so that a customer's draws make the same
  /// person as before, and only say in addition which group they are in (`GroupTests`).
  ///
  /// - Parameter memberships: the share of its customers who are in each group, by the group's number.
  /// - Throws: ``DemandError`` for shares that are no shares or add up to more than 1.
  public func divided(among memberships: [Double]) throws -> [Segment] {
    guard memberships.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw DemandError("segment \(name): shares of its customers in groups lie between 0 and 100%")
    }
    let inGroups = memberships.reduce(0, +)
    guard inGroups <= 1 + 1e-9 else {
      throw DemandError(
        "segment \(name): a customer is in one group at most, so that the shares in groups add up to 100% at most")
    }
    var parts: [(group: Int?, share: Double)] = [(nil, max(0, 1 - inGroups))]
    parts += memberships.enumerated().map { ($0, $1) }
    return try parts.filter { $0.share > 1e-9 }.map { part in
      try Segment(
        name: name, share: share * part.share, valuations: valuations, taste: taste, nests: nests,
        referencePrice: referencePrice, patience: patience, synergies: synergies,
        usage: Dictionary(
          uniqueKeysWithValues: usage.enumerated().compactMap { product, curve in
            curve.map { (product, $0) }
          }), group: part.group, profile: profile)
    }
  }
}

extension Population {
  /// - Throws: ``DemandError`` for an offer to a group that there is not.
  public func check(_ list: PriceList) throws {
    guard list.offers.allSatisfy({ $0.group.map(groups.indices.contains) ?? true }) else {
      throw DemandError("an offer for a group of customers was posted that the market does not have")
    }
  }

  /// The customers of some groups (nil stands for those in none) as a population without groups, with their share of all
  /// customers; nil if there are none.
  ///
  /// - Throws: ``DemandError`` never, in practice: the parts were checked before.
  public func members(where isMember: (Int?) -> Bool) throws -> (share: Double, population: Population)? {
    let members = segments.filter { isMember($0.group) }
    let share = members.reduce(0) { $0 + $1.share }
    guard share > 0 else { return nil }
    let alone = try members.map { member in
      try Segment(
        name: member.group.map { "\(member.name) (\(groups[$0]))" } ?? member.name, share: min(1, member.share / share),
        valuations: member.valuations, taste: member.taste,
        nests: member.nests, referencePrice: member.referencePrice, patience: member.patience,
        synergies: member.synergies,
        usage: Dictionary(
          uniqueKeysWithValues: member.usage.enumerated().compactMap { product, curve in
            curve.map { (product, $0) }
          }))
    }
    return (share, try Population(segments: alone, assortment: assortment))
  }
}
