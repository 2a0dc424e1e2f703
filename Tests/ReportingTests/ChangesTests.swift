import Foundation
import GSL
import Reporting
import Scenarios
import Simulation
import Testing

/// Break-even changes of volume.
struct PriceMoveTests {
  /// Nagle & Müller's way of checking: at the break-even volume, contribution is what it was (1e-12 of it; random prices
  /// above unit cost, fixed seed).
  @Test func contributionAtBreakEven() throws {
    var stream = RandomStream(seed: 11, replication: 0, purpose: 1, period: 0, index: 0)
    var largest = 0.0
    for _ in 0..<10_000 {
      let cost = stream.uniform() * 100
      let (before, after) = (cost + 0.01 + stream.uniform() * 100, cost + 0.01 + stream.uniform() * 100)
      let move = PriceMove(from: before, to: after, unitCost: cost)
      let volume = 1 + (try #require(move.breakEvenVolumeChange))
      largest = max(largest, abs(volume * (after - cost) - (before - cost)) / (before - cost))
      #expect((after > before) == (volume < 1) || after == before)
    }
    print("contribution at the break-even volume, largest relative error:", largest)
    #expect(largest < 1e-12)
  }

  /// A 5% cut at a margin of 45% has to bring 12.5% more: 10.00 to 9.50 at a cost of 5.50.
  @Test func textbookExample() {
    let move = PriceMove(from: 10, to: 9.5, unitCost: 5.5)
    #expect(abs((move.breakEvenVolumeChange ?? 0) - 0.125) < 1e-15)
    #expect(move.change == -0.05)
  }

  /// Where a unit earns nothing before or after, no volume balances.
  @Test func noBalance() {
    #expect(PriceMove(from: 5, to: 6, unitCost: 5).breakEvenVolumeChange == nil)
    #expect(PriceMove(from: 6, to: 5, unitCost: 5).breakEvenVolumeChange == nil)
    #expect(PriceMove(from: 0, to: 5, unitCost: 1).change == nil)
  }
}

/// What a candidate changes, on a market in which every customer's choice is known.
struct OfferChangeTests {
  private func report(replications: Int) throws -> StudyReport {
    let text = """
      scenario: Versions
      currency: EUR
      periods: { count: 1, unit: week }
      customers:
        arrivals: { fixed: 2000 }
        segments:
          - { name: plain, share: 40%, values: { basic: 20, premium: 22 } }
          - { name: choosy, share: 35%, values: { basic: 20, premium: 40 } }
          - { name: new, share: 25%, values: { basic: 5, premium: 27 } }
      sellers:
        - name: We
          products:
            basic: { category: seat, unit cost: 4 }
            premium: { category: seat, unit cost: 6 }
          candidates:
            today: { fixed-price: { basic: 10, premium: 35 } }
            cheaper premium: { fixed-price: { basic: 10, premium: 25 } }
            basic alone: { fixed-price: { basic: 12, premium: 100 } }
      study: { baseline: today, replications: \(replications), seed: 3 }
      """
    return try Known.run(Scenario(text: text, file: "versions.yaml").study).report
  }

  /// Today everybody but the new ones takes basic; at 25 the choosy and the new ones take premium. So premium gains both,
  /// and basic loses the choosy: counts are whole, equal to the tally's to 1e-9.
  @Test func cannibalisation() throws {
    let report = try report(replications: 5)
    let row = try #require(report.candidates.first { $0.label == "cheaper premium" })
    let customers = row.tally.segments.map(\.customers.mean)
    let changes = report.offerChanges(row)
    #expect(changes.map { report.name(of: $0.offer) } == ["basic", "premium"])
    let (basic, premium) = (changes[0], changes[1])
    #expect(abs(basic.unitsBefore - customers[0] - customers[1]) < 1e-9)
    #expect(abs(basic.unitsAfter - customers[0]) < 1e-9)
    #expect(premium.unitsBefore == 0 && premium.volumeChange == nil)
    #expect(abs(premium.unitsAfter - customers[1] - customers[2]) < 1e-9)
    #expect(abs(premium.cannibalised - customers[1]) < 1e-9)
    #expect(abs((premium.cannibalisation ?? 0) - customers[1] / (customers[1] + customers[2])) < 1e-12)
    #expect(basic.cannibalised == 0 && basic.cannibalisation == nil)
    #expect(premium.priceBefore == 35 && premium.priceAfter == 25, "nobody paid 35: it is the posted price")
    #expect(abs(premium.contributionChange - 19 * premium.unitsAfter) < 1e-9 * premium.contributionChange)
    let total = changes.reduce(0) { $0 + $1.contributionChange }
    #expect(abs(total - row.tally.difference.mean) < 1e-9 * abs(total), "nothing else changes profit here")
    let move = try #require(premium.move?.breakEvenVolumeChange)
    #expect(abs(move - (29.0 / 19 - 1)) < 1e-15)
  }

  /// The plain gain nothing from a cheaper premium; the choosy have 5 more each (40 - 25 against 20 - 10), the new ones 2.
  /// A dearer basic takes 2 from each who bought it.
  @Test func winnersAndLosers() throws {
    let report = try report(replications: 20)
    let gain = try #require(report.candidates.first { $0.label == "cheaper premium" })
    let winners = report.segmentChanges(gain)
    #expect(winners.map(\.segment) == ["plain", "choosy", "new"])
    #expect(winners.map(\.verdict) == [.unclear, .wins, .wins])
    #expect(zip(winners, [0, 5, 2.0]).allSatisfy { abs(($0.surplusChangePerCustomer ?? -1) - $1) < 1e-9 })
    #expect(zip(winners, [0, 0, 1.0]).allSatisfy { abs($0.buyersChange - $1 * $0.customers) < 1e-9 })
    let loss = try #require(report.candidates.first { $0.label == "basic alone" })
    let losers = report.segmentChanges(loss)
    #expect(losers.map(\.verdict) == [.loses, .loses, .unclear])
    #expect(zip(losers, [-2, -2, 0.0]).allSatisfy { abs(($0.surplusChangePerCustomer ?? 1) - $1) < 1e-9 })
  }

  /// The tables say the same, every candidate but the baseline and the benchmark among them, and the answer shows the best.
  @Test func tablesAndAnswer() throws {
    let report = try report(replications: 5)
    let tables = ResultTables(report)
    let changes = cells(tables.changes)
    #expect(
      changes.dropFirst().map { $0[0] } == [
        "cheaper premium", "cheaper premium", "basic alone", "basic alone", "perfect knowledge", "perfect knowledge",
      ])
    #expect(changes.allSatisfy { $0.count == changes[0].count })
    #expect(cells(tables.winners).count == 1 + 3 * 3)
    let text = try #require(Answer(report).changes(width: 80))
    #expect(text.hasPrefix("What cheaper premium changes against today:\n"))
    #expect(text.contains("premium  25.00   35.00  -28.6%"))
    #expect(text.contains("choosy"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  /// A bundle at 24 takes those who bought both products, at 14 and 15, one by one: of two units of products that each
  /// bundle holds both were lost elsewhere, and no more than all of its gain is cannibalised.
  @Test func bundlesCannibaliseNoMoreThanTheyGain() throws {
    let text = """
      scenario: Bundle
      currency: EUR
      periods: { count: 1, unit: week }
      customers:
        arrivals: { fixed: 1000 }
        segments:
          - { name: both, share: 60%, values: { meal: 16, drink: 17 } }
          - { name: neither, share: 40%, values: { meal: 13, drink: 12 } }
      sellers:
        - name: We
          products: { meal: { unit cost: 4 }, drink: { unit cost: 2 } }
          candidates:
            today: { fixed-price: { meal: 14, drink: 15 } }
            menu: { fixed-price: { meal: 14, drink: 15, meal + drink: 24 } }
      study: { baseline: today, replications: 4, seed: 3 }
      """
    let report = try Known.run(Scenario(text: text, file: "bundle.yaml").study).report
    let row = try #require(report.candidates.first { $0.label == "menu" })
    let changes = report.offerChanges(row)
    let customers = row.tally.segments.map(\.customers.mean)
    let bundle = try #require(changes.last)
    #expect(abs(bundle.unitsChange - customers[0] - customers[1]) < 1e-9)
    #expect(abs(bundle.cannibalised - 2 * customers[0]) < 1e-9)
    #expect(abs((bundle.cannibalisation ?? 0) - customers[0] / (customers[0] + customers[1])) < 1e-12)
    #expect(changes.dropLast().allSatisfy { $0.unitsAfter == 0 && $0.cannibalisation == nil })
  }

  /// Prices for a card: the general price stays, its buyers with a card move to their own, and volumes do not compare. A
  /// tariff is told in words and in periods.csv.
  @Test func groupsAndTariffs() throws {
    let text = """
      scenario: Cards
      currency: EUR
      periods: { count: 1, unit: week }
      customers:
        groups: [card]
        arrivals: { fixed: 100 }
        segments:
          - { name: members, share: 50%, groups: { card: 100% }, values: { visit: 10 }, units: { visit: { up to: 4, satiation: 0% } } }
          - { name: others, share: 50%, values: { visit: 20 } }
      sellers:
        - name: We
          products: { visit: { unit cost: 1 } }
          candidates:
            today: { fixed-price: { visit: 9 } }
            cards: { fixed-price: { visit: 18, visit for card: 8 } }
            fee: { fixed-tariff: { prices: { visit: 4 }, fees: { visit: 6 } } }
      study: { baseline: today, replications: 2, seed: 3 }
      """
    let report = try Known.run(Scenario(text: text, file: "cards.yaml").study).report
    let cards = try #require(report.candidates.first { $0.label == "cards" })
    #expect(report.offerChanges(cards).allSatisfy { !$0.isComparable && $0.move == nil })
    #expect(report.offerChanges(cards).map(\.postedAfter) == [18, 8])
    let fee = try #require(report.candidates.first { $0.label == "fee" })
    #expect(report.offerChanges(fee).first?.postedAfter == 10)
    let periods = cells(ResultTables(report).periods)
    let row = try #require(periods.first { $0[0] == "fee" })
    #expect(row[3] == "10" && row[row.count - 3] == "4" && row[row.count - 2] == "2")
    #expect(periods.filter { $0[0] == "cards" }.allSatisfy { $0[$0.count - 2].isEmpty })
  }
}
