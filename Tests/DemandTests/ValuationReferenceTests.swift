import Demand
import Testing

/// Demand, density and expected surplus against values computed from the definitions with mpmath at 40 digits, also in
/// shapes at the ends of what is allowed.
@Suite struct ValuationReferenceTests {
  /// Valuation, price, demand, density, expected surplus.
  static let references: [(Valuation, Double, Double, Double, Double)] = [
    (.pareto(minimum: 10.0, elasticity: 2.5), 5.0, 1.0, 0.0, 11.666666666666666),
    (.pareto(minimum: 10.0, elasticity: 2.5), 10.5, 0.8851701341936808, 0.2107547938556383, 6.196190939355766),
    (.pareto(minimum: 10.0, elasticity: 2.5), 30.0, 0.06415002990995841, 0.005345835825829868, 1.2830005981991683),
    (.pareto(minimum: 10.0, elasticity: 2.5), 1000.0, 1e-05, 2.5e-08, 0.006666666666666667),
    (.pareto(minimum: 3.0, elasticity: 1.05), 4.0, 0.739289140017611, 0.19406339925462288, 59.14313120140888),
    (.pareto(minimum: 3.0, elasticity: 1.05), 300.0, 0.007943282347242816, 2.780148821534985e-05, 47.65969408345689),
    (
      .pareto(minimum: 3.0, elasticity: 1.05), 1000000.0, 1.5884637833687784e-06, 1.6678869725372173e-12,
      31.769275667375567
    ),
    (.gamma(shape: 2.5, scale: 4.0), 0.01, 0.9999999061361532, 2.3449202967208733e-05, 9.990000000268289),
    (.gamma(shape: 2.5, scale: 4.0), 6.0, 0.6999858358786275, 0.07709016490188464, 4.650107301159742),
    (.gamma(shape: 2.5, scale: 4.0), 10.0, 0.41588018699550794, 0.0610207606746937, 2.440830426987748),
    (.gamma(shape: 2.5, scale: 4.0), 80.0, 1.4933679000503952e-07, 3.467042491769591e-08, 6.409606733099263e-07),
    (.gamma(shape: 0.1, scale: 50.0), 1e-08, 0.887341925138003, 1126580.7484151367, 4.999999991024164),
    (.gamma(shape: 0.1, scale: 50.0), 1.0, 0.29046127119248993, 0.06967491313881691, 4.645590741710805),
    (.gamma(shape: 0.1, scale: 50.0), 30.0, 0.04816785533009267, 0.0018271596974000508, 1.5365431628477593),
    (.gamma(shape: 0.1, scale: 50.0), 400.0, 4.9248079480195125e-06, 1.0853066852670316e-07, 0.00022531423106635556),
    (.gamma(shape: 1000.0, scale: 0.05), 42.0, 0.999999955332679, 1.7539925751636608e-07, 8.000000010999873),
    (.gamma(shape: 1000.0, scale: 0.05), 50.0, 0.4957947558197845, 0.25229222697443, 0.630730567436075),
    (.gamma(shape: 1000.0, scale: 0.05), 58.0, 7.074654805700525e-07, 2.033845708688175e-06, 2.384287106352869e-07),
    (.gamma(shape: 0.5, scale: 2.0), 0.3, 0.5838824207703652, 0.6269100992275207, 0.784863754075768),
    (.gamma(shape: 0.5, scale: 2.0), 7.0, 0.0081509715935027, 0.004553342921640173, 0.014840971341946224),
    (.weibull(shape: 1.5, scale: 10.0), 0.01, 0.9999683777233931, 0.0047432664926242525, 9.017453055999193),
    (.weibull(shape: 1.5, scale: 10.0), 6.0, 0.6282871313089982, 0.07300036788588547, 3.9975777761753486),
    (.weibull(shape: 1.5, scale: 10.0), 12.0, 0.2685994243587463, 0.04413538909625638, 1.3967406267473939),
    (.weibull(shape: 1.5, scale: 10.0), 40.0, 0.00033546262790251185, 0.00010063878837075355, 0.0010777455039336014),
    (.weibull(shape: 0.1, scale: 2.0), 1e-06, 0.7910712090687952, 18540.121638349457, 7257599.999999192),
    (.weibull(shape: 0.1, scale: 2.0), 1.0, 0.39335884523112474, 0.03670167801134604, 7257599.570482339),
    (.weibull(shape: 0.1, scale: 2.0), 10000.0, 0.09597448428002794, 2.2493279901112327e-06, 7256387.208220163),
    (.weibull(shape: 0.1, scale: 2.0), 1000000000.0, 0.0006043575946659816, 4.4791023298637225e-13, 5707825.6248299815),
    (.weibull(shape: 40.0, scale: 7.0), 5.0, 0.9999985715065194, 1.1427939682404536e-05, 1.9032179162443597),
    (.weibull(shape: 40.0, scale: 7.0), 7.0, 0.36787944117144233, 2.1021682352653848, 0.03882417711919031),
    (.weibull(shape: 40.0, scale: 7.0), 7.4, 9.775047042934674e-05, 0.004878589945629124, 1.7858314110031108e-06),
    (
      .beta(alpha: 2.0, beta: 3.0, low: 10.0, high: 50.0), 10.5, 0.9990780517578125, 0.0036568359375, 15.500154304199219
    ),
    (.beta(alpha: 2.0, beta: 3.0, low: 10.0, high: 50.0), 22.0, 0.6517, 0.0441, 5.57032),
    (.beta(alpha: 2.0, beta: 3.0, low: 10.0, high: 50.0), 30.0, 0.3125, 0.0375, 1.75),
    (.beta(alpha: 2.0, beta: 3.0, low: 10.0, high: 50.0), 49.0, 6.1328125e-05, 0.0001828125, 1.5390625e-05),
    (
      .beta(alpha: 0.1, beta: 0.3, low: 0.0, high: 1.0), 1e-06, 0.8042268578315942, 19577.32667514175,
      0.24999917797557838
    ),
    (
      .beta(alpha: 0.1, beta: 0.3, low: 0.0, high: 1.0), 0.2, 0.32717318354380664, 0.38784937568045025,
      0.17149840944937045
    ),
    (
      .beta(alpha: 0.1, beta: 0.3, low: 0.0, high: 1.0), 0.9, 0.1330663199718007, 0.4294719708406215,
      0.010138085457469356
    ),
    (
      .beta(alpha: 0.1, beta: 0.3, low: 0.0, high: 1.0), 0.999999, 0.0041174839899544725, 1235.2460521213138,
      3.1672950909690283e-09
    ),
    (
      .beta(alpha: 300.0, beta: 500.0, low: -5.0, high: 20.0), 3.0, 0.9994855837861051, 0.0044846120567885,
      1.3750550617555486
    ),
    (
      .beta(alpha: 300.0, beta: 500.0, low: -5.0, high: 20.0), 4.4, 0.4742975007971315, 0.9294152774806996,
      0.1585043828422838
    ),
    (
      .beta(alpha: 300.0, beta: 500.0, low: -5.0, high: 20.0), 5.5, 0.004677941196256006, 0.031048493951805152,
      0.000646232659414911
    ),
    (
      .beta(alpha: 0.7, beta: 6.0, low: 0.0, high: 100.0), 0.01, 0.9939921861789441, 0.42042328287630637,
      10.437796536805989
    ),
    (
      .beta(alpha: 0.7, beta: 6.0, low: 0.0, high: 100.0), 5.0, 0.5793499493342956, 0.05044648864486081,
      6.732590336867265
    ),
    (
      .beta(alpha: 0.7, beta: 6.0, low: 0.0, high: 100.0), 60.0, 0.002057149640060057, 0.0003167805428534588,
      0.011537257066919727
    ),
    (
      .truncatedNormal(mean: 5.0, standardDeviation: 4.0), 0.1, 0.9948142948372571, 0.052660608703740605,
      5.71715978396241
    ),
    (
      .truncatedNormal(mean: 5.0, standardDeviation: 4.0), 5.0, 0.5590651014312489, 0.11151735322892035,
      1.7842776516627257
    ),
    (
      .truncatedNormal(mean: 5.0, standardDeviation: 4.0), 20.0, 9.886203703812616e-05, 9.856197046348814e-05,
      9.406097184391791e-05
    ),
    (
      .truncatedNormal(mean: -12.0, standardDeviation: 3.0), 0.1, 0.8681564770922339, 1.2320282262494269,
      0.5835606634288111
    ),
    (
      .truncatedNormal(mean: -12.0, standardDeviation: 3.0), 1.0, 0.23186409537043698, 0.3512214916345243,
      0.1467601848950382
    ),
    (
      .truncatedNormal(mean: -12.0, standardDeviation: 3.0), 4.0, 0.0015222969122960898, 0.0027957033518697352,
      0.0008045795700901781
    ),
    (.truncatedNormal(mean: 30.0, standardDeviation: 2.0), 10.0, 1.0, 3.8472993133532094e-23, 20.0),
    (
      .truncatedNormal(mean: 30.0, standardDeviation: 2.0), 31.0, 0.3085375387259869, 0.17603266338214973,
      0.39559311480261206
    ),
    (
      .truncatedNormal(mean: 30.0, standardDeviation: 2.0), 42.0, 9.86587645037698e-10, 3.0379414249116426e-09,
      3.127139591941933e-10
    ),
    (.logistic(location: 20.0, scale: 3.0), -40.0, 0.9999999979388464, 6.870512046472831e-10, 60.00000000618346),
    (.logistic(location: 20.0, scale: 3.0), 5.0, 0.9933071490757152, 0.002216018890263385, 15.020146045467355),
    (.logistic(location: 20.0, scale: 3.0), 20.0, 0.5, 0.08333333333333333, 2.0794415416798357),
    (.logistic(location: 20.0, scale: 3.0), 70.0, 5.77774818559538e-08, 1.925915950590546e-08, 1.733324505752177e-07),
    (.triangular(low: 2.0, mode: 5.0, high: 11.0), 1.0, 1.0, 0.0, 5.0),
    (.triangular(low: 2.0, mode: 5.0, high: 11.0), 3.0, 0.9629629629629629, 0.07407407407407407, 3.0123456790123457),
    (.triangular(low: 2.0, mode: 5.0, high: 11.0), 5.0, 0.6666666666666666, 0.2222222222222222, 1.3333333333333333),
    (.triangular(low: 2.0, mode: 5.0, high: 11.0), 9.0, 0.07407407407407407, 0.07407407407407407, 0.04938271604938271),
    (.triangular(low: 0.0, mode: 0.0, high: 4.0), 1.0, 0.5625, 0.375, 0.5625),
    (.triangular(low: 0.0, mode: 0.0, high: 4.0), 3.0, 0.0625, 0.125, 0.020833333333333332),
    (.triangular(low: 0.0, mode: 4.0, high: 4.0), 1.0, 0.9375, 0.125, 1.6875),
    (.triangular(low: 0.0, mode: 4.0, high: 4.0), 3.5, 0.234375, 0.4375, 0.059895833333333336),
  ]

  /// GSL's incomplete gamma and beta functions are good to about 1e-13 in the bulk, and for shapes of hundreds to 1e-11;
  /// in far tails the surplus is a difference, and keeps an absolute precision of 1e-13 of the price.
  @Test func formulasMatchReferences() {
    var largest = (demand: 0.0, density: 0.0, surplus: 0.0)
    for (valuation, price, demand, density, surplus) in Self.references {
      let found = (valuation.demand(at: price), valuation.density(at: price), valuation.expectedSurplus(at: price))
      #expect(isClose(found.0, demand, relative: 1e-11), "\(valuation.words) at \(price): demand \(found.0)")
      #expect(isClose(found.1, density, relative: 1e-10), "\(valuation.words) at \(price): density \(found.1)")
      #expect(
        isClose(found.2, surplus, relative: 1e-10, absolute: 1e-13 * abs(price)),
        "\(valuation.words) at \(price): surplus \(found.2)")
      largest.demand = max(largest.demand, abs(found.0 / demand - 1))
      if density > 0 { largest.density = max(largest.density, abs(found.1 / density - 1)) }
      largest.surplus = max(largest.surplus, abs(found.2 - surplus) / max(surplus, 1e-3 * abs(price)))
    }
    print("largest relative errors: demand \(largest.demand), density \(largest.density), surplus \(largest.surplus)")
  }
}
