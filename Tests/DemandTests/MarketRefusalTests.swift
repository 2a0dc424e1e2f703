import Demand
import Testing

/// What cannot be is refused in one clear sentence.
@Suite struct MarketRefusalTests {
  private static func segment(
    name: String = "students", share: Double = 1, taste: Double = 0, correlation: [[Double]]? = nil,
    valuations: [Valuation] = [.fixed(1), .fixed(2)]
  ) throws -> Segment {
    try Segment(
      name: name, share: share, valuations: .distributions(valuations, correlation: correlation), taste: taste)
  }

  @Test func segmentShareAndTaste() {
    for (share, words) in [(0.0, "0.0"), (-0.1, "-0.1"), (1.2, "1.2"), (Double.nan, "nan"), (.infinity, "inf")] {
      #expect(
        refusal { try Self.segment(share: share) }
          == "segment students: a share of \(words); a share is more than 0 and at most 1")
    }
    for (taste, words) in [(-1.0, "-1.0"), (Double.nan, "nan"), (.infinity, "inf")] {
      #expect(
        refusal { try Self.segment(taste: taste) } == "segment students: taste of \(words); taste is 0 or more")
    }
  }

  @Test func segmentValuations() {
    #expect(
      refusal { try Self.segment(valuations: [.fixed(1), .normal(mean: 3, standardDeviation: -1)]) }
        == "normal(3.0, -1.0): the standard deviation must be more than 0")
    #expect(
      refusal { try Segment(name: "a", share: 1, valuations: .respondents([])) }
        == "segment a: a survey without respondents")
    for rows in [[[1, 2], [3]], [[1, 2], [3, .nan]], [[1, 2], [.infinity, 1]]] as [[[Double]]] {
      #expect(
        refusal { try Segment(name: "a", share: 1, valuations: .respondents(rows)) }
          == "segment a: respondent 2 lacks a finite value for some product")
    }
  }

  @Test func segmentCorrelations() {
    for matrix in [[[1]], [[1, 0], [0]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]] as [[[Double]]] {
      #expect(
        refusal { try Self.segment(correlation: matrix) }
          == "segment students: the correlation matrix must have a row and a column for each product")
    }
    let rule = "; correlations lie between -1 and 1, are the same both ways, and are 1 of a product with itself"
    let wrong: [(matrix: [[Double]], found: String)] = [
      ([[1, 1.2], [1.2, 1]], "1.2"), ([[1, 0.2], [0.3, 1]], "0.2"), ([[0.9, 0], [0, 1]], "0.9"),
      ([[1, .nan], [.nan, 1]], "nan"),
    ]
    for (matrix, found) in wrong {
      #expect(
        refusal { try Self.segment(correlation: matrix) } == "segment students: a correlation of \(found)" + rule)
    }
    let contradictory = [[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]
    #expect(
      refusal { try Self.segment(correlation: contradictory, valuations: [.fixed(1), .fixed(1), .fixed(1)]) }
        .hasPrefix("segment students: these correlations contradict each other (the matrix is not positive definite)"))
  }

  @Test func population() throws {
    let shelf = try assortment(categories: [0, 0], sources: [[0, 1]])
    func refused(_ segments: [Segment]) -> String {
      refusal { try Population(segments: segments, assortment: shelf) }
    }
    #expect(refused([]) == "a market needs at least one segment of customers")
    #expect(
      refused([try Self.segment(share: 0.5)]) == "the shares of the segments sum to 50.0%; they must sum to 100%")
    #expect(refused([try Self.segment(share: 0.5), try Self.segment(share: 0.5)]) == "two segments have the same name")
    #expect(
      refused([try Self.segment(valuations: [.fixed(1)])]) == "segment students values 1 products; the market has 2")
    #expect(refused([try Self.segment()]) == "(accepted)")
    let tenths = try (0..<10).map { try Self.segment(name: "\($0)", share: 0.1) }
    #expect(refused(tenths) == "(accepted)")
  }

  @Test func assortments() throws {
    func refused(_ categories: [String], _ products: [Product], _ sources: [[Int]]) -> String {
      refusal { try Assortment(categories: categories, products: products, sources: sources) }
    }
    let many = (0...64).map { "category \($0)" }
    #expect(refused(many, [], []) == "65 categories; at most 64 are allowed")
    #expect(refused(Array(many.dropLast()), [], []) == "(accepted)")
    for category in [-1, 1] {
      #expect(
        refused(["a"], [Product(name: "tea", category: category)], []) == "product tea belongs to no known category")
    }
    for product in [-1, 1] {
      #expect(
        refused(["a"], [Product(name: "tea", category: 0)], [[0], [product]])
          == "product number \(product) is unknown")
      #expect(refused([], [], [[product]]) == "product number \(product) is unknown")
    }
  }

  @Test func assortmentsAreLaidOutByCategory() throws {
    let shelf = try assortment(categories: [0, 1, 0], sources: [[1, 0], [2, 1, 0]])
    #expect(shelf.alternatives == [0, 2, 0, 1, 1])
    #expect(shelf.alternativesByCategory == [0..<3, 3..<5])
    #expect(shelf.alternativesBySource == [[3, 0], [1, 4, 2]])
    #expect((0..<5).map { shelf.category(ofAlternative: $0) } == [0, 0, 0, 1, 1])
  }

  @Test func priceLists() {
    func refused(_ offers: [Offer]) -> String { refusal { try PriceList(offers).check() } }
    #expect(refused([]) == "(accepted)")
    #expect(refused([Offer(product: 0, price: -3)]) == "(accepted)")
    #expect(refused([Offer(product: 0, price: .nan)]) == "a price of nan was posted; prices are finite")
    #expect(refused([Offer(product: 0, price: .infinity)]) == "a price of inf was posted; prices are finite")
    #expect(refused([Offer(ProductSet([]), price: 1)]) == "an offer without products was posted")
    #expect(refused([Offer(product: 64, price: 1)]) == "an offer without products was posted")
    #expect(
      refused([Offer(ProductSet([0, 1]), price: 1), Offer(ProductSet([1, 0]), price: 2)])
        == "two offers of the same products were posted")
    #expect(PriceList(prices: [3, 4]).price(ofProduct: 1) == 4)
    #expect(PriceList([Offer(ProductSet([0, 1]), price: 1)]).price(ofProduct: 1) == nil)
  }

  @Test func productSets() {
    #expect(ProductSet([3, 1, 3, -1, 64]).positions == [1, 3])
    #expect(ProductSet([63, 0]).count == 2)
    #expect(ProductSet([63, 0]).bits == 0x8000_0000_0000_0001)
    let sets = [[2], [0, 1], [0], [0, 1, 2], [1, 2], [0, 2], [1]].map { ProductSet($0) }
    #expect(sets.sorted().map(\.positions) == [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]])
  }

  @Test func menus() throws {
    let shelf = try assortment(categories: [0, 1, 1], sources: [[0, 1, 2], [0]])
    func refused(_ lists: [PriceList], _ shelf: Assortment, isComplete: Bool = true) -> String {
      refusal { try Menu(lists, in: shelf, isComplete: isComplete) }
    }
    #expect(refused([PriceList(prices: [.nan])], shelf) == "a price of nan was posted; prices are finite")
    #expect(
      refused([PriceList([]), PriceList(prices: [1, 2])], shelf) == "an offer holds product number 1; the source has 1")
    #expect(
      refused([PriceList([Offer(ProductSet([1, 2]), price: 1)])], shelf)
        == "a bundle holds two products of category category 1; a customer takes at most one product of a category")
    let captive = try assortment(categories: [0, 1], sources: [[0, 1]], hasOutsideOption: false)
    let half = [PriceList([Offer(product: 0, price: 1)])]
    #expect(refused(half, captive) == "everybody must buy, but nothing of category category 1 is on sale")
    #expect(refused(half, captive, isComplete: false) == "(accepted)")
    #expect(refused([PriceList(prices: [1, 2])], captive) == "(accepted)")
    let three = [PriceList([]), PriceList([]), PriceList([])]
    #expect(refused(three, shelf) == "3 price lists; the market has 2 sources")
  }

  /// Twelve bundles that share nothing make 2^12 = 4096 packings, thirteen twice as many.
  @Test func packingsAreLimited() throws {
    let shelf = try assortment(categories: Array(0..<26), sources: [Array(0..<26)])
    func refused(_ count: Int) -> String {
      refusal {
        try Menu([PriceList((0..<count).map { Offer(ProductSet([2 * $0, 2 * $0 + 1]), price: 1) })], in: shelf)
      }
    }
    #expect(refused(12) == "(accepted)")
    #expect(refused(13) == "the bundles go together in more than 4096 ways; offer fewer bundles")
  }

  /// Sets of offers that are too many to list: an error, not an endless run.
  @Test func expectedDemandLimitsItsOptions() throws {
    let population = try monopoly(.init(repeating: .uniform(low: 0, high: 1), count: 17))
    let menu = try Menu(
      [PriceList((0..<17).map { Offer(product: $0, price: 0.5) } + [Offer(ProductSet(0..<17), price: 7)])],
      in: population.assortment)
    var demand = ExpectedDemand(population)
    #expect(
      refusal { try demand.choice(from: menu) } == "customers could put together more than 50000 sets of offers")
  }

  @Test func placesOfTheMenu() throws {
    let shelf = try assortment(categories: [0, 1], sources: [[1, 0], [0]])
    var menu = try Menu(
      [PriceList([Offer(ProductSet([0, 1]), price: 5), Offer(product: 0, price: 2)]), PriceList(prices: [4])], in: shelf
    )
    #expect(menu.slots == [[.bundle(0), .single(2)], [.single(1)]])
    #expect(menu.slots.joined().map(menu.index(of:)) == [3, 2, 1])
    #expect((0..<4).map { menu.price(at: $0) } == [.infinity, 4, 2, 5])
    #expect(menu.bundles[0].alternatives == [0, 2])
    menu.withdraw(at: 3)
    menu.withdraw(at: 1)
    #expect((0..<4).map { menu.price(at: $0) } == [.infinity, .infinity, 2, .infinity])
  }
}
