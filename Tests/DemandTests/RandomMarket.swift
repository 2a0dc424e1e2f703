import Demand

/// A random market with its menu: one to three sellers, one to four categories, bundles, segments of every kind.
struct RandomMarket {
  let population: Population
  let menu: Menu
  let lists: [PriceList]

  /// - Parameter isCoarse: whether all valuations and prices are small whole numbers, so that ties abound and sums are
  ///   exact; otherwise both are continuous and taste noise is added.
  init(isCoarse: Bool, using random: inout SplitMix) throws {
    let categoryCount = Int.random(in: 1...4, using: &random)
    let categories =
      Array(0..<categoryCount)
      + (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Int.random(in: 0..<categoryCount, using: &random)
      }
    let hasOutsideOption = Int.random(in: 0..<4, using: &random) > 0
    var sources: [[Int]] = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      categories.indices.filter { _ in Bool.random(using: &random) }
    }
    // So that there is something of everything to buy where everybody must.
    sources[0] = Array(categories.indices)
    let assortment = try DemandTests.assortment(
      categories: categories, sources: sources, hasOutsideOption: hasOutsideOption)

    func price(_ size: Int) -> Double {
      isCoarse
        ? Double(Int.random(in: 0...(2 + 2 * size), using: &random))
        : Double.random(in: 0...(4 * Double(size)), using: &random)
    }
    var lists: [PriceList] = []
    for (source, products) in sources.enumerated() {
      var offers: [Offer] = []
      for position in products.indices where source == 0 || Int.random(in: 0..<4, using: &random) > 0 {
        offers.append(Offer(product: position, price: price(1)))
      }
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        var taken: Set<Int> = []
        let positions = products.indices.shuffled(using: &random).filter {
          taken.insert(categories[products[$0]]).inserted
        }
        let size = Int.random(in: 0...positions.count, using: &random)
        let contents = ProductSet(positions.prefix(size))
        guard size > 1, !offers.contains(where: { $0.contents == contents }) else { continue }
        offers.append(Offer(contents, price: price(size)))
      }
      lists.append(PriceList(offers))
    }
    self.lists = lists
    menu = try Menu(lists, in: assortment)

    func valuation() -> Valuation {
      [
        Valuation.uniform(low: 0, high: 4), .normal(mean: 2, standardDeviation: 1.5), .exponential(mean: 2),
        .fixed(2), .gumbel(location: 1, scale: 1), .logNormal(mean: 2, standardDeviation: 1),
      ][Int.random(in: 0..<6, using: &random)]
    }
    let surveyed = try Segment(
      name: "surveyed", share: isCoarse ? 1 : 0.5,
      valuations: .respondents(
        (0..<(isCoarse ? 60 : 20)).map { _ in categories.map { _ in Double(Int.random(in: -1...4, using: &random)) } }),
      taste: isCoarse ? 0 : 0.5)
    let others = try Segment(
      name: "others", share: 0.5,
      valuations: .distributions(
        categories.map { _ in valuation() },
        correlation: Bool.random(using: &random) ? equicorrelation(categories.count, 0.5) : nil),
      taste: Bool.random(using: &random) ? 0 : 1)
    population = try Population(segments: isCoarse ? [surveyed] : [surveyed, others], assortment: assortment)
  }
}
