import Demand
import Selling

/// The market as it unfolds under one candidate: every seller's strategy with what it has learnt, the posted prices, the
/// stock that is left, and the books.
struct World {
  let study: Study
  let replication: UInt32
  var strategies: [any PricingStrategy]
  var surveys: [SurveyAnswers?]
  let facts: [PublicMarket]
  /// Strategies that take over later, in the order of the study, with their surveys.
  var successors: [(strategy: any PricingStrategy, survey: SurveyAnswers?)] = []

  /// The prices of this period, as they were posted at its start.
  var lists: [PriceList] = []
  /// The prices now: those of the start, or set again since.
  var shown: [PriceList] = []
  /// Whether any seller's prices move within periods; not where customers compare prices with those of other periods.
  let reprices: Bool
  /// The same as customers count them.
  var counted: [PriceList] = []
  /// The lists of past periods, the last one last, as far back as any seller looks.
  var history: [[PriceList]] = []
  let longestDelay: Int
  var sales: [SalesHistory]
  var stock: Stock
  /// What is on the market now for customers in no group, then for each group where some offer is for a group alone; all
  /// have the same slots. What has sold out is withdrawn.
  var menus: [Menu]
  /// The menu of customers in no group, whose slots hold for all.
  var menu: Menu { menus[0] }
  /// By segment: its place among the menus.
  var menuNumbers: [Int]
  /// Who owns each seller in this period.
  var owners: [Int]
  /// Costs that change; nil for sellers whose unit costs do not.
  var ledgers: [CostLedger?]
  var sharedItems: SharedItems
  /// Marks the slots of the studied seller and of whom it owns: alternatives first, then bundles.
  var isStudied: [Bool] = []
  /// The same, to count who takes any of them.
  var studiedMarks: SlotNumbers?
  /// The offers of the posted lists as they are booked, by seller.
  var lines: [[OfferLine]] = []
  var offerRows: OfferRows
  /// Fixed cost and the cost of capacity of each seller in one period, in money.
  let standingCosts: [Double]
  /// The menus of the posted lists before anything is sold.
  var fullMenus: [Menu] = []
  /// The list of each seller who never changes it, once it has posted one.
  var settledLists: [PriceList?]
  /// Whether every segment has a name of its own, and so a sum of surpluses of its own.
  let hasPlainSegments: Bool
  /// Units by segment and slot in this period.
  var counts: [[Double]]
  /// By segment and slot: what was paid less than units times price in this period, because of a tariff.
  var rebates: [[Double]]
  var outcome: CandidateOutcome
  var period = -1
  /// By segment: what it makes of the prices; nil where it looks at today's price alone.
  var outlooks: [SegmentOutlook?]
  let looksAtTodayOnly: Bool
  let longestAnnouncement: Int
  var waiting = WaitingRoom()

  init(_ study: Study, candidate: any PricingStrategy, replication: UInt32, surveyor: inout Surveyor) throws {
    self.study = study
    self.replication = replication
    let sellers = study.market.profiles.indices
    strategies = study.rivalStrategies
    strategies[study.studied] = candidate
    facts = sellers.map(study.market.publicFacts)
    outcome = CandidateOutcome(
      sellers: sellers.map { _ in SellerOutcome() },
      segments: study.market.population.segmentNames.map { _ in SegmentOutcome() })
    var surveys: [SurveyAnswers?] = []
    for seller in sellers {
      let plan = strategies[seller].survey
      surveys.append(try plan.map { try surveyor.answers(to: $0, for: seller) })
      outcome.sellers[seller].researchCost = plan?.cost ?? 0
    }
    self.surveys = surveys
    // Research for later is done before period 1 too, at the expense of who owns the seller then.
    for change in study.newManagement {
      let plan = change.strategy.survey
      successors.append((change.strategy, try plan.map { try surveyor.answers(to: $0, for: change.seller) }))
      let owner = study.market.ownership.owners(period: change.period)[change.seller]
      outcome.sellers[owner].researchCost += plan?.cost ?? 0
    }
    offerRows = OfferRows(spanCount: study.market.spans.count)
    standingCosts = study.market.profiles.map(\.standingCost)
    settledLists = sellers.map { _ in nil }
    let names = study.market.population.segmentNumbers
    hasPlainSegments = Set(names).count == names.count
    longestDelay = study.market.profiles.map(\.priceDelay).max() ?? 1
    owners = study.market.ownership.owners(period: -1)
    ledgers = study.market.profiles.map { $0.hasPlainCosts ? nil : CostLedger($0) }
    sharedItems = SharedItems(study.market)
    sales = sellers.map { _ in [] }
    stock = Stock(study.market.profiles)
    counts = study.market.population.segments.map { _ in [] }
    rebates = counts
    menuNumbers = counts.map { _ in 0 }
    let empty = try Menu(
      sellers.map { _ in PriceList([]) }, in: study.market.population.assortment, isComplete: false)
    menus = [empty]
    outlooks = study.market.population.segments.map {
      SegmentOutlook($0, study.market.population.assortment, menu: empty)
    }
    looksAtTodayOnly = study.market.looksAtTodayOnly
    reprices =
      looksAtTodayOnly
      && (strategies + study.newManagement.map(\.strategy)).contains(where: \.repricesContinuously)
    longestAnnouncement = study.market.longestAnnouncement
  }
}
