import Demand

/// Blocks of customers that are kept once drawn, for one who lets the same customers choose again and again.
struct KeptCustomers {
  private struct Key: Hashable {
    let replication: UInt32
    let period: UInt32
    let first: Int
  }

  /// A block that many can refer to.
  final class Block {
    let customers: CustomerBlock

    init(_ customers: consuming CustomerBlock) { self.customers = customers }
  }

  private let population: Population
  private var blocks: [Key: Block] = [:]

  /// Memory grows with those who are drawn: see ``size(of:in:)``.
  init(_ population: Population) { self.population = population }

  /// How many numbers are kept of so many customers.
  static func size(of customers: Double, in population: Population) -> Double {
    customers * Double(population.assortment.alternatives.count + population.assortment.products.count + 9)
  }

  /// The block that begins with a customer, drawn if it is not there; see ``CustomerBlock/draw(_:first:count:shares:)``.
  mutating func block(_ key: DrawKey, first: Int, count: Int, shares: [Double]) -> Block {
    let name = Key(replication: key.replication, period: key.period, first: first)
    if let known = blocks[name] { return known }
    var customers = CustomerBlock(population, room: count)
    customers.draw(key, first: first, count: count, shares: shares)
    let block = Block(customers)
    blocks[name] = block
    return block
  }
}
