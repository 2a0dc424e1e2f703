import Selling

/// Every strategy, by name. A new strategy is one file in its family's folder and one line here.
public enum Catalogue {
  /// The strategies, family by family.
  public static let strategies: [any PricingStrategy.Type] = [
    FixedPrice.self,
    FixedTariff.self,
    UnitCostMarkup.self,
    GrossMargin.self,
    FullCostMarkup.self,
    BreakEven.self,
    TargetReturn.self,
    MarginalCost.self,
    CostSteps.self,
    ExperienceCurvePrice.self,
    TimeAndMaterials.self,
    GoingRate.self,
    RivalPremium.self,
    NearestRival.self,
    FollowLeader.self,
    Undercut.self,
    PriceMatch.self,
    Penetration.self,
    Skimming.self,
    GaborGranger.self,
    VanWestendorp.self,
    BestResponse.self,
    BertrandNash.self,
    EconomicValue.self,
    GroupPrices.self,
    Conjoint.self,
    ValueDrivers.self,
    ValueInUse.self,
    PureBundle.self,
    MixedBundle.self,
    BundleSize.self,
    CrossSell.self,
    GoodBetterBest.self,
    FlexibleOffering.self,
    TwoPartTariff.self,
    QuantityDiscount.self,
    TimeOfUse.self,
    PeakLoad.self,
    Surge.self,
    Markdown.self,
    LastMinute.self,
    StockLevels.self,
    AdvanceBooking.self,
    PeriodicReview.self,
    SalesPace.self,
    GallegoVanRyzin.self,
    BookingLimits.self,
    BidPrices.self,
    QLearning.self,
    EpsilonGreedy.self,
    ExploreThenCommit.self,
    UCB1.self,
    ThompsonSampling.self,
    ControlledVariance.self,
    BayesianLogLinear.self,
  ]

  /// Their entries, in the same order.
  public static var entries: [CatalogueEntry] { strategies.map { $0.entry } }

  /// The strategy of a name.
  public static func strategy(named name: String) -> (any PricingStrategy.Type)? {
    strategies.first { $0.entry.name == name }
  }
}
