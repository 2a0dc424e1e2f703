/// What customers like about single offers beside what products are worth to them, and the lots that settle ties.
extension CustomerBlock {
  func addTaste(_ index: Int, _ lanes: Range<Int>) {
    let taste = population.segments[index].taste
    let hasNests = !population.segments[index].nests.isEmpty
    let count = population.assortment.alternatives.count
    for alternative in stride(from: 0, to: count, by: 2) {
      scratch.drawUniforms(
        0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.tasteSlot + alternative / 2)
      for row in 0..<min(2, count - alternative) {
        scratch.gumbelQuantiles(row, lanes)
        let product = population.assortment.alternatives[alternative + row]
        let own = hasNests ? population.segments[index].noise(of: product) : 1
        scratch.add(row, times: taste * own, to: alternative + row, of: values, lanes)
      }
    }
    if hasNests { addNests(population.segments[index], lanes) }
    guard population.assortment.hasOutsideOption else { return }
    let categories = population.assortment.categories.count
    for category in stride(from: 0, to: categories, by: 2) {
      scratch.drawUniforms(
        0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.outsideSlot + category / 2)
      for row in 0..<min(2, categories - category) {
        scratch.gumbelQuantiles(row, lanes)
        for alternative in population.assortment.alternativesByCategory[category + row] {
          scratch.add(row, times: -taste, to: alternative, of: values, lanes)
        }
      }
    }
  }

  func addNests(_ segment: Segment, _ lanes: Range<Int>) {
    for nest in segment.nests.indices where segment.nests[nest].dissimilarity < 1 { addNest(nest, segment, lanes) }
  }

  /// Adds the noise that the products of a nest have in common.
  func addNest(_ nest: Int, _ segment: Segment, _ lanes: Range<Int>) {
    scratch.drawUniforms(0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.nestSlot + nest)
    for lane in lanes { scratch[0, lane] = segment.nests[nest].commonNoise(scratch[0, lane], scratch[1, lane]) }
    for (alternative, product) in population.assortment.alternatives.enumerated()
    where segment.nests[nest].products.contains(product) {
      scratch.add(0, times: segment.taste, to: alternative, of: values, lanes)
    }
  }

  /// A uniform draw of a customer that settles between equally good choices, one for each category.
  func lot(lane: Int, category: Int) -> Double { lot(lane: lane, slot: Self.categoryLotSlot + category) }

  /// A uniform draw of a customer that settles whether a packing of bundles is taken or an equally good one before it.
  func lot(lane: Int, packing: Int) -> Double { lot(lane: lane, slot: Self.packingLotSlot + packing) }

  /// A uniform draw of a customer that settles between equally good combinations of products with synergies.
  func lot(lane: Int, combination: Int) -> Double {
    lot(lane: lane, slot: Self.combinationLotSlot + combination % 8_000_000)
  }

  func lot(lane: Int, slot: Int) -> Double {
    scratch.drawUniforms(0, 1, lanes: lane..<(lane + 1), customers: numbers, row: 0, key: key, slot: slot)
    return scratch[0, lane]
  }
}

extension Segment {
  /// The part of the taste noise of a product that is its own: the dissimilarity of its nest.
  fileprivate func noise(of product: Int) -> Double { nest(ofProduct: product).map { nests[$0].dissimilarity } ?? 1 }
}
