/// The files of a study, as the contract of results fixes them; columns beyond it stand at the end.
extension ResultFile {
  /// Every file that a study may have, in the order in which people want them.
  public static let all = [
    summary, comparisons, segments, sellers, offers, periods, changes, winners, waterfall, priceChanges, regret,
    replications, inputs,
  ]

  /// The file of that name, without `.csv`.
  public static func named(_ name: String) -> ResultFile? { all.first { $0.name == name } }

  private static let strategy = ResultColumn("strategy", .text, "the candidate, by the user's name for it")
  private static let baseline = ResultColumn("baseline", .text, "the candidate that it is compared with")
  private static let segment = ResultColumn("segment", .text, "the segment of customers")
  private static let seller = ResultColumn("seller", .text, "the seller")
  private static let offer = ResultColumn("offer", .text, "products joined by +, with the group that alone can take it")

  /// Candidates, best first.
  public static let summary = ResultFile(
    "summary", row: "strategy, best first, perfect knowledge last",
    [
      ResultColumn("rank", .whole, "1 for the highest mean profit; empty for perfect knowledge"), strategy,
      ResultColumn("family", .text, "the family of strategies, or benchmark"),
      ResultColumn("profit_mean", .money, "revenue less all cost, mean over replications"),
      ResultColumn("profit_ci_low", .money, "lower end of the interval of mean profit"),
      ResultColumn("profit_ci_high", .money, "upper end of the interval of mean profit"),
      ResultColumn("revenue_mean", .money, "what the seller keeps of what customers pay"),
      ResultColumn("cost_mean", .money, "unit, fixed, capacity and research cost"),
      ResultColumn("units_mean", .amount, "units of products sold"),
      ResultColumn("margin_mean", .share, "price less unit cost as a share of price"),
      ResultColumn("customers_mean", .amount, "customers who came"),
      ResultColumn("consumer_surplus_mean", .money, "what customers gain over buying nothing"),
      ResultColumn("share_of_clairvoyant", .share, "contribution as a share of perfect knowledge's"),
      ResultColumn("clairvoyant_kind", .text, "what is claimed of perfect knowledge: exact, bound or best_found"),
      ResultColumn(
        "probability_best", .probability, "how often its mean profit is highest when replications are resampled"),
      ResultColumn("belief", .text, "where its prices come from"),
      ResultColumn(
        "contribution_mean", .money,
        "revenue less unit, step, research and price-change cost: what prices can influence"),
    ])

  /// Candidates against the baseline.
  public static let comparisons = ResultFile(
    "comparisons", row: "candidate against the baseline",
    [
      strategy, baseline,
      ResultColumn("profit_difference_mean", .money, "profit more than the baseline's on the same customers"),
      ResultColumn("profit_difference_ci_low", .money, "lower end of its interval"),
      ResultColumn("profit_difference_ci_high", .money, "upper end of its interval"),
      ResultColumn("p_value", .number, "two-sided paired t-test that the mean difference is 0, unadjusted"),
      ResultColumn(
        "probability_better", .probability,
        "how often its mean is above the baseline's when resampled; equal counts half"),
    ])

  /// Strategies by segment.
  public static let segments = ResultFile(
    "segments", row: "strategy and segment",
    [
      strategy, segment,
      ResultColumn("customers_mean", .amount, "customers who came"),
      ResultColumn("buyers_mean", .amount, "customers who bought from the studied seller"),
      ResultColumn("units_mean", .amount, "units that they bought from it"),
      ResultColumn("revenue_mean", .money, "what it keeps of what they paid"),
      ResultColumn("consumer_surplus_mean", .money, "what they gain over buying nothing, from whomever they bought"),
    ])

  /// Strategies by seller.
  public static let sellers = ResultFile(
    "sellers", row: "strategy and seller",
    [
      strategy, seller,
      ResultColumn("price_mean", .price, "what was paid for a unit"),
      ResultColumn("units_mean", .amount, "units sold"),
      ResultColumn("revenue_mean", .money, "what the seller keeps of what customers pay"),
      ResultColumn("profit_mean", .money, "revenue less all cost"),
      ResultColumn("share_mean", .share, "its units as a share of all sellers'"),
    ])

  /// Strategies by offer.
  public static let offers = ResultFile(
    "offers", row: "strategy, seller and offer",
    [
      strategy, seller, offer,
      ResultColumn("price_mean", .price, "what was paid for one"),
      ResultColumn("units_mean", .amount, "how many were sold; a bundle counts as one"),
      ResultColumn("revenue_mean", .money, "what the seller keeps of what customers paid for it"),
      ResultColumn("share_mean", .share, "its number as a share of all offers sold"),
    ])

  /// Prices and sales over time.
  public static let periods = ResultFile(
    "periods", row: "strategy, period and offer",
    [
      strategy, ResultColumn("period", .whole, "the period, from 1"), offer,
      ResultColumn("price_mean", .price, "the posted price, mean over replications in which it was posted"),
      ResultColumn("price_p10", .price, "its 10th percentile over replications"),
      ResultColumn("price_p90", .price, "its 90th percentile over replications"),
      ResultColumn("units_mean", .amount, "how many were sold in the period"),
      ResultColumn("revenue_mean", .money, "what the seller keeps of what customers paid in the period"), seller,
      ResultColumn("further_price_mean", .price, "on a tariff, what each further unit costs"),
      ResultColumn("further_from_mean", .amount, "on a tariff, the unit from which that holds"),
      ResultColumn("periods", .whole, "how many periods the row covers, where the calendar is long"),
    ])

  /// Offers against the baseline.
  public static let changes = ResultFile(
    "changes", row: "candidate and offer of the studied seller",
    [
      strategy, baseline, offer,
      ResultColumn("price_baseline", .price, "what the seller keeps of one under the baseline"),
      ResultColumn("price_mean", .price, "the same under the candidate"),
      ResultColumn("price_change", .share, "the change as a share"),
      ResultColumn("unit_cost", .price, "unit cost of what is in it"),
      ResultColumn("break_even_volume_change", .share, "the change of volume at which the price move breaks even"),
      ResultColumn("units_baseline", .amount, "how many were sold under the baseline"),
      ResultColumn("units_mean", .amount, "how many were sold under the candidate"),
      ResultColumn("volume_change", .share, "the change as a share"),
      ResultColumn("contribution_change", .money, "what it leaves over unit cost more than under the baseline"),
      ResultColumn("cannibalised_units", .amount, "units that the seller's own shrinking offers lost to it"),
      ResultColumn("cannibalisation", .share, "those units as a share of what it gained"),
      ResultColumn("posted_price_baseline", .price, "the posted price under the baseline"),
      ResultColumn("posted_price_mean", .price, "the posted price under the candidate"),
    ])

  /// Segments against the baseline.
  public static let winners = ResultFile(
    "winners", row: "candidate and segment",
    [
      strategy, baseline, segment,
      ResultColumn("verdict", .text, "wins, loses or unclear, by the interval"),
      ResultColumn("customers_mean", .amount, "customers who came"),
      ResultColumn("surplus_change_mean", .money, "what they gain more than under the baseline"),
      ResultColumn("surplus_change_ci_low", .money, "lower end of its interval"),
      ResultColumn("surplus_change_ci_high", .money, "upper end of its interval"),
      ResultColumn("surplus_change_per_customer", .price, "the same for each customer who came"),
      ResultColumn("buyers_change", .amount, "buyers more than under the baseline"),
      ResultColumn("units_change", .amount, "units more than under the baseline"),
      ResultColumn("revenue_change", .money, "revenue more than under the baseline"),
    ])

  /// From list price to pocket margin.
  public static let waterfall = ResultFile(
    "waterfall", row: "strategy, seller, offer and step of the price waterfall", condition: "a seller has price terms",
    [
      strategy, seller, offer,
      ResultColumn("kind", .text, "what kind of step it is"),
      ResultColumn("step", .text, "the step, by the scenario's name for it"),
      ResultColumn("amount_mean", .price, "money for a unit"),
      ResultColumn("share_of_list", .share, "the same as a share of the list price"),
    ])

  /// How often prices change.
  public static let priceChanges = ResultFile(
    "price_changes", row: "strategy and seller", condition: "a seller has price rules",
    [
      strategy, seller,
      ResultColumn("changes_mean", .amount, "prices changed after the opening"),
      ResultColumn("adjustment_cost_mean", .money, "what changing them cost"),
    ])

  /// What learning costs.
  public static let regret = ResultFile(
    "regret", row: "candidate and period", condition: "a candidate learns from its own sales",
    [
      strategy, ResultColumn("period", .whole, "after so many periods"),
      ResultColumn("regret_mean", .money, "what perfect knowledge had earned more by then"),
      ResultColumn("regret_ci_low", .money, "lower end of its interval"),
      ResultColumn("regret_ci_high", .money, "upper end of its interval"),
      ResultColumn("pseudo_regret_mean", .money, "the same as was to be expected at the posted prices"),
      ResultColumn("pseudo_regret_ci_low", .money, "lower end of its interval"),
      ResultColumn("pseudo_regret_ci_high", .money, "upper end of its interval"),
    ])

  /// Raw results.
  public static let replications = ResultFile(
    "replications", row: "replication and strategy",
    [
      ResultColumn("replication", .whole, "the replication, from 1"), strategy,
      ResultColumn("profit", .money, "revenue less all cost"),
      ResultColumn("revenue", .money, "what the seller keeps of what customers pay"),
      ResultColumn("cost", .money, "unit, fixed, capacity and research cost"),
      ResultColumn("units", .amount, "units of products sold"),
      ResultColumn("customers", .amount, "customers who came"),
      ResultColumn("consumer_surplus", .money, "what customers gain over buying nothing"),
    ])

  /// What the scenario states.
  public static let inputs = ResultFile(
    "inputs", row: "value that the scenario states",
    [
      ResultColumn("field", .text, "the way to it from the top of the scenario file"),
      ResultColumn("value", .text, "what is written there"),
    ])
}
