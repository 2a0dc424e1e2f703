/// A good that customers value. Products of one category are substitutes: a customer takes at most one of them.
public struct Product: Sendable, Hashable {
  /// The name, unique in a market.
  public let name: String
  /// The index of its category in ``Assortment/categories``.
  public let category: Int

  /// Makes a product of a category.
  public init(name: String, category: Int) {
    self.name = name
    self.category = category
  }
}

/// Everything a customer can choose from: the categories, their products, and the *alternatives*, each of them one
/// product from one source. Two sources of the same product share its valuation and differ by taste only.
///
/// Alternatives are kept in the order of their categories, so that each category is one range.
public struct Assortment: Sendable, Hashable {
  /// Names of the categories.
  public let categories: [String]
  /// The products, in the order in which segments state their valuations.
  public let products: [Product]
  /// The product of each alternative.
  public let alternatives: [Int]
  /// The alternatives of each category, as a range of ``alternatives``.
  public let alternativesByCategory: [Range<Int>]
  /// Whether a customer may buy nothing at all. If not, everybody buys one product of every category.
  public let hasOutsideOption: Bool

  /// Lays out the alternatives by category.
  ///
  /// - Parameters:
  ///   - categories: names of the categories.
  ///   - products: the products with their categories.
  ///   - sources: for each source (a seller, say) the indices of the products that it has on sale.
  ///   - hasOutsideOption: whether customers may buy nothing.
  /// - Throws: ``DemandError`` for more than 64 categories, or a product or category that does not exist.
  public init(categories: [String], products: [Product], sources: [[Int]], hasOutsideOption: Bool = true) throws {
    guard categories.count <= 64 else {
      throw DemandError("\(categories.count) categories; at most 64 are allowed")
    }
    for product in products where !categories.indices.contains(product.category) {
      throw DemandError("product \(product.name) belongs to no known category")
    }
    for product in sources.joined() where !products.indices.contains(product) {
      throw DemandError("product number \(product) is unknown")
    }
    var alternatives: [Int] = []
    var ranges: [Range<Int>] = []
    var places = sources.map { [Int](repeating: 0, count: $0.count) }
    for category in categories.indices {
      let start = alternatives.count
      for (source, offered) in sources.enumerated() {
        for (position, product) in offered.enumerated() {
          guard products[product].category == category else { continue }
          places[source][position] = alternatives.count
          alternatives.append(product)
        }
      }
      ranges.append(start..<alternatives.count)
    }
    self.categories = categories
    self.products = products
    self.alternatives = alternatives
    self.alternativesByCategory = ranges
    self.hasOutsideOption = hasOutsideOption
    self.alternativesBySource = places
  }

  /// The alternative of each source's products, in the order in which the source listed them.
  public let alternativesBySource: [[Int]]

  /// The category of an alternative.
  public func category(ofAlternative alternative: Int) -> Int { products[alternatives[alternative]].category }
}
