import Demand
import Selling
import Testing

import Simulation

@Suite struct LongCalendarTests {
  /// Spans cover the calendar once, in order, and are no more than 10,000.
  @Test(arguments: [1, 2, 999, 10_000, 10_001, 19_999, 20_001, 1_000_000, 9_999_999])
  func spansCoverTheCalendar(periodCount: Int) {
    let spans = CalendarSpans(periodCount: periodCount)
    #expect(spans.count <= CalendarSpans.mostSpans && spans.count > periodCount / 2 / spans.length)
    var next = 0
    for span in 0..<spans.count {
      let periods = spans.periods(of: span)
      #expect(periods.lowerBound == next && !periods.isEmpty)
      #expect(spans.index(of: periods.lowerBound) == span && spans.index(of: periods.upperBound - 1) == span)
      next = periods.upperBound
    }
    #expect(next == periodCount)
    let checkpoints = Checkpoints(periodCount: periodCount).periods
    #expect(checkpoints == Array(Set(checkpoints)).sorted() && checkpoints.last == periodCount)
    #expect(checkpoints.count <= 1000 + 200 * 7)
  }

  /// A history that forgets gives what it keeps at the same numbers as one that does not.
  @Test func historyForgetsTheOldest() {
    var history = SalesHistory()
    let periods = 3 * SalesHistory.fewestKept + 7
    for period in 0..<periods {
      history.append([OfferSales(offer: Offer(product: 0, price: 1), units: Double(period))])
    }
    #expect(history.count == periods)
    #expect(history.last?.first?.units == Double(periods - 1))
    for period in periods - SalesHistory.fewestKept..<periods {
      #expect(history[period].first?.units == Double(period))
    }
    #expect(history[0].isEmpty && history[-1].isEmpty && history[periods].isEmpty)
  }

  /// Money adds up over spans as over periods, and each span's price is the mean of what was posted.
  @Test func spansAddUp() throws {
    let market = try Small.monopoly(.fixed(1), arrivals: Arrivals(.fixed, mean: 1), periods: 20_002)
    let rising = Scripted { PriceList(prices: [Double($0.period) / 20_002]) }
    let outcome = try Small.study(market, [rising]).outcomes()[0]
    let spans = outcome.offers.values.first?.compactMap { $0 } ?? []
    #expect(spans.count == 6668)
    #expect(spans.reduce(0) { $0 + $1.units } == 20_002)
    // 20,002 numbers are added in another order: rounding alone.
    #expect(abs(spans.reduce(0) { $0 + $1.revenue } - outcome.sellers[0].revenue) < 1e-8)
    #expect(abs(spans[1].price - 4.0 / 20_002) < 1e-15 && spans[1].postings == 3)
  }
}
