// swift-tools-version: 6.1
import PackageDescription

// Six floors; a module imports only floors below it (see CONTRIBUTING.md).
let package = Package(
  name: "bertrand",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "bertrand", targets: ["bertrand"]),
    .library(name: "Bertrand", targets: ["Demand", "Selling", "Strategies", "Simulation", "Scenarios", "Reporting"]),
  ],
  traits: [
    .trait(name: "Workbook", description: "Excel workbooks (`bertrand run --workbook`), through libxlsxwriter.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter",
      providers: [.apt(["libxlsxwriter-dev"]), .brew(["libxlsxwriter"])]),
    .target(name: "CKernels"),
    .target(name: "Tables"),
    .target(name: "Workbook", dependencies: [.target(name: "CXLSXWriter", condition: .when(traits: ["Workbook"]))]),
    .target(name: "GSL", dependencies: ["CGSL"]),
    .target(name: "Demand", dependencies: ["GSL", "CKernels"]),
    .target(name: "Selling", dependencies: ["Demand", "GSL"]),
    .target(name: "Strategies", dependencies: ["Selling", "Demand", "GSL"]),
    .target(name: "Simulation", dependencies: ["Selling", "Demand", "GSL"]),
    .target(name: "Scenarios", dependencies: ["Simulation", "Strategies", "Selling", "Demand", "Tables", "Yams"]),
    .target(name: "Reporting", dependencies: ["Simulation", "Selling", "Demand", "GSL", "Tables", "Workbook"]),
    .executableTarget(
      name: "bertrand",
      dependencies: [
        "Scenarios", "Reporting", "Simulation", "Strategies", "Selling", "Demand", "GSL", "Tables",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "Guide"),
    .testTarget(name: "GSLTests", dependencies: ["GSL", "CKernels"]),
    .testTarget(name: "CKernelsTests", dependencies: ["CKernels", "GSL"]),
    .testTarget(name: "TablesTests", dependencies: ["Tables", "GSL"]),
    .testTarget(name: "WorkbookTests", dependencies: ["Workbook", "Reporting", "Tables"]),
    .testTarget(name: "DemandTests", dependencies: ["Demand", "GSL"]),
    .testTarget(name: "StrategiesTests", dependencies: ["Strategies", "Selling", "Demand", "GSL"]),
    .testTarget(name: "SimulationTests", dependencies: ["Simulation", "Strategies", "Selling", "Demand", "GSL"]),
    .testTarget(name: "ScenariosTests", dependencies: ["Scenarios", "Simulation", "Strategies", "Selling", "Demand"]),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting", "Simulation", "Scenarios", "Selling", "Demand", "GSL", "Tables"]),
    .testTarget(name: "bertrandTests", dependencies: ["bertrand", "Reporting", "Scenarios", "Selling", "Strategies"]),
  ],
  swiftLanguageModes: [.v6]
)

// The documentation is built by a plugin that nobody else needs, so that it is fetched on demand (Scripts/make-documentation).
if Context.environment["BERTRAND_DOCUMENTATION"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}
