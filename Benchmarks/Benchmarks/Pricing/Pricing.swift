import Benchmark
import Works

// Every work at a size that takes some milliseconds: `swift package benchmark`.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput, .peakMemoryResident], maxDuration: .seconds(2), maxIterations: 1000)
  for name in Works.names {
    let size =
      switch name {
      case "equilibrium": 10
      case "q-learning": 1
      case "bundle-optimum": 1000
      default: 100_000
      }
    Benchmark("\(name), \(size)") { benchmark in
      var work = try Works.work(name, size: size)
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { blackHole(try work.run()) }
      benchmark.stopMeasurement()
    }
  }
}
