// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that whoever uses Bertrand does not fetch what only its benchmarks need.
let package = Package(
  name: "bertrand-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "bertrand", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .target(name: "Works", dependencies: [.product(name: "Bertrand", package: "bertrand")]),
    .executableTarget(name: "rounds", dependencies: ["Works"]),
    .executableTarget(
      name: "Pricing",
      dependencies: ["Works", .product(name: "Benchmark", package: "benchmark")],
      path: "Benchmarks/Pricing",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)
