/// A seller's own sales by period. Of a calendar longer than ``fewestKept`` periods only the last are kept, so that memory
/// stays the same however long it is; a strategy that needs more keeps sums of its own.
public struct SalesHistory: Sendable, Hashable, ExpressibleByArrayLiteral {
  /// At least so many periods are kept.
  public static let fewestKept = 10_000

  /// How many periods have passed.
  public private(set) var count = 0
  private var recent: [[OfferSales]] = []

  /// The sales of these periods, the first one first.
  public init(_ periods: [[OfferSales]]) {
    for period in periods { append(period) }
  }

  /// The sales of these periods, the first one first.
  public init(arrayLiteral periods: [OfferSales]...) { self.init(periods) }

  /// The last period's; nil before the first.
  public var last: [OfferSales]? { recent.last }

  /// The sales of a period, counted from 0; nothing for one that is not there or was forgotten.
  public subscript(period: Int) -> [OfferSales] {
    let place = period - (count - recent.count)
    return recent.indices.contains(place) ? recent[place] : []
  }

  /// Adds a period.
  public mutating func append(_ sales: [OfferSales]) {
    // In one go now and then, since each removal moves all that stays.
    if recent.count >= 2 * Self.fewestKept { recent.removeFirst(recent.count - Self.fewestKept + 1) }
    recent.append(sales)
    count += 1
  }
}
