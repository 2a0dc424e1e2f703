extension Scenario {
  /// A commented scenario to start from; it runs as it is (`ScenarioFilesTests`).
  public static let template = """
    # A scenario describes a market and a question. Change the numbers, then:
    #   bertrand check FILE     is it right?
    #   bertrand run FILE       which strategy earns most?
    scenario: My market
    question: Should we keep today's price, follow our rival, or charge for value?
    currency: EUR

    # Prices can change once a period.
    periods: { count: 12, unit: month }

    customers:
      # 400 customers a month on average; season and trend are optional.
      arrivals:
        poisson: 400
        season: { every: 12, swing: 20%, peak: 6 }
        trend: 0.5%
      # Groups of customers. `values` is what they would pay; shares add up to 100%.
      # Distributions such as normal, log-normal or uniform (`bertrand explain valuation` lists them), a plain number, or
      # the demand that a survey found: support: { demand: { 5: 80%, 10: 45%, 20: 10% } }.
      segments:
        - name: price-conscious
          share: 60%
          values:
            basic: normal(30, 8)
            premium: normal(36, 10)
            support: exponential(6)
          correlation: 0.5     # who values one product values the others
          taste: 2             # personal liking, in money
        - name: demanding
          share: 40%
          values:
            basic: normal(34, 8)
            premium: normal(52, 12)
            support: normal(14, 6)
          correlation: 0.5
          taste: 2

    sellers:
      # The seller you study has `candidates`, each with a name of your own and a strategy.
      # `bertrand strategies` lists the strategies, `bertrand explain NAME` tells their parameters.
      - name: We
        products:
          # Products of one category are substitutes. `uses` says what a unit takes of each capacity.
          basic: { category: plan, unit cost: 12 }
          premium: { category: plan, unit cost: 18 }
          support: { category: support, unit cost: 4 }
        fixed cost: 2500       # per period
        capacity:
          accounts: { units: 300, per: period }
        candidates:
          today:
            fixed-price: { basic: 29, premium: 45, support: 9 }
          full cost plus 30%:
            full-cost-markup: { markup: 30%, planned units: 300 }
          5% below the rival:
            going-rate: { premium: -5%, floor: 15%, otherwise: { support: 9 } }
          charge for value:
            economic-value: { survey: 200, captured: 60%, survey cost: 4 }
          plan with support:
            mixed-bundle: { survey: 300, survey cost: 4 }
          follow our sales:
            sales-pace: { opening: { basic: 29, premium: 45, support: 9 }, target: 80% }
      # Rivals have one strategy each.
      - name: Rival
        products:
          basic: { category: plan, unit cost: 13 }
        strategy:
          fixed-price: { basic: 27 }

    study:
      baseline: today          # compare the others with this candidate
      replications: 200        # how often the year is run
      seed: 1

    """
}
