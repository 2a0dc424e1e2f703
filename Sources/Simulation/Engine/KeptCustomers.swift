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

  /// Memory grows with the blocks that are drawn: see ``size(ofBlocks:in:)``.
  init(_ population: Population) { self.population = population }

  /// How many numbers so many blocks hold.
  static func size(ofBlocks count: Double, in population: Population) -> Double {
    let rows = population.assortment.alternatives.count + population.assortment.products.count + 9
    return count * Double(CustomerBlock.capacity * rows)
  }

  /// The block that begins with a customer, drawn if it is not there; see ``CustomerBlock/draw(_:first:count:shares:)``.
  mutating func block(_ key: DrawKey, first: Int, count: Int, shares: [Double]) -> Block {
    let name = Key(replication: key.replication, period: key.period, first: first)
    if let known = blocks[name] { return known }
    var customers = CustomerBlock(population)
    customers.draw(key, first: first, count: count, shares: shares)
    let block = Block(customers)
    blocks[name] = block
    return block
  }
}
