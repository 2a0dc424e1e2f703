import Demand
import Selling

/// What is left of every seller's capacities.
struct Stock {
  private let profiles: [SellerProfile]
  private var left: [[Int]]
  /// Whether any seller has a capacity at all.
  let isLimited: Bool

  init(_ profiles: [SellerProfile]) {
    self.profiles = profiles
    left = profiles.map { $0.capacities.map(\.units) }
    isLimited = profiles.contains { !$0.capacities.isEmpty }
  }

  func left(of seller: Int) -> [Int] { left[seller] }

  /// Fills capacities that are there anew in each period.
  mutating func renew() {
    for (seller, profile) in profiles.enumerated() {
      for (index, capacity) in profile.capacities.enumerated() where capacity.renewal == .eachPeriod {
        left[seller][index] = capacity.units
      }
    }
  }

  private func isAvailable(_ contents: ProductSet, seller: Int) -> Bool {
    profiles[seller].capacities.indices.allSatisfy {
      profiles[seller].capacities[$0].use(of: contents) <= left[seller][$0]
    }
  }

  /// Takes offers that can no longer be served off the menu.
  ///
  /// - Returns: whether there were any that still stood there.
  @discardableResult
  func withdrawUnavailable(from menu: inout Menu, lists: [PriceList]) -> Bool {
    var hasChanged = false
    for seller in lists.indices where !profiles[seller].capacities.isEmpty {
      for (offer, slot) in zip(lists[seller].offers, menu.slots[seller])
      where menu.price(slot).isFinite && !isAvailable(offer.contents, seller: seller) {
        menu.withdraw(slot)
        hasChanged = true
      }
    }
    return hasChanged
  }

  /// Takes everything that is wanted (units by slot of the menu) if there is enough of it all, and otherwise nothing.
  mutating func takeAll(_ menu: Menu, lists: [PriceList], wanted: [Double]) -> Bool {
    var after = left
    for seller in lists.indices where !profiles[seller].capacities.isEmpty {
      for (offer, slot) in zip(lists[seller].offers, menu.slots[seller]) {
        let units = Int(wanted[menu.index(of: slot)])
        for (index, capacity) in profiles[seller].capacities.enumerated() {
          after[seller][index] -= units * capacity.use(of: offer.contents)
        }
      }
    }
    guard after.allSatisfy({ $0.allSatisfy { $0 >= 0 } }) else { return false }
    left = after
    return true
  }

  /// The first of the wanted offers for which, after those before it, too little is left.
  func firstUnavailable(_ wanted: [Menu.Slot], _ menu: Menu, lists: [PriceList]) -> Menu.Slot? {
    var trial = self
    for slot in wanted {
      guard let (seller, contents) = trial.owner(of: slot, menu, lists) else { continue }
      guard trial.isAvailable(contents, seller: seller) else { return slot }
      trial.take(contents, seller: seller)
    }
    return nil
  }

  mutating func take(_ wanted: [Menu.Slot], _ menu: Menu, lists: [PriceList]) {
    for slot in wanted {
      guard let (seller, contents) = owner(of: slot, menu, lists) else { continue }
      take(contents, seller: seller)
    }
  }

  private mutating func take(_ contents: ProductSet, seller: Int) {
    for (index, capacity) in profiles[seller].capacities.enumerated() {
      left[seller][index] -= capacity.use(of: contents)
    }
  }

  private func owner(of slot: Menu.Slot, _ menu: Menu, _ lists: [PriceList]) -> (Int, ProductSet)? {
    for seller in lists.indices {
      if let place = menu.slots[seller].firstIndex(of: slot) { return (seller, lists[seller].offers[place].contents) }
    }
    return nil
  }
}
