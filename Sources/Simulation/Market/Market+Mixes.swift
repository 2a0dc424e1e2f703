import Demand

extension Market {
  /// The customers of the whole calendar in one mix, in which each segment weighs as many as come: constant prices earn
  /// from it what they earn from the mixes of the periods.
  var averagePopulation: Population {
    guard population.hasProfiles else { return population }
    var weights = population.segments.map { _ in 0.0 }
    for period in 0..<periodCount {
      let customers = arrivals.mean(period: period)
      for (segment, share) in population.shares(period: period).enumerated() { weights[segment] += customers * share }
    }
    let total = weights.reduce(0, +)
    return total > 0 ? population.mixed(weights.map { $0 / total }) : population
  }

  /// The mixes of customers that come, and by period the number of its mix.
  var mixes: (populations: [Population], numbers: [Int]) {
    guard population.hasProfiles else { return ([population], [Int](repeating: 0, count: periodCount)) }
    var known: [[Double]: Int] = [:]
    var populations: [Population] = []
    let numbers = (0..<periodCount).map { period in
      let shares = population.shares(period: period)
      if let number = known[shares] { return number }
      known[shares] = populations.count
      populations.append(population.mixed(shares))
      return populations.count - 1
    }
    return (populations, numbers)
  }
}
