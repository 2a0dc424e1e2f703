import Foundation
import Reporting
import Scenarios
import Selling
import Strategies
import Testing

/// The commands that do not run anything.
struct CommandTests {
  @Test func noArguments() throws {
    let result = try Tool.run()
    #expect(result.code == 0)
    for command in ["run", "report", "check", "calibrate", "strategies", "explain", "new", "schema"] {
      #expect(result.output.contains(command))
    }
  }

  @Test(arguments: [["--help"], ["run", "--help"], ["--version"]]) func help(arguments: [String]) throws {
    let result = try Tool.start(arguments).wait()
    #expect(result.code == 0)
    #expect(!result.output.isEmpty)
    #expect(result.errors.isEmpty)
  }

  @Test(arguments: [
    ["fly"], ["run"], ["check"], ["explain"], ["run", "a.yaml", "b.yaml"], ["run", "a.yaml", "--replications", "0"],
    ["run", "a.yaml", "--replications", "many"], ["run", "a.yaml", "--threads", "0"],
    ["run", "a.yaml", "--seed", "-1"],
    ["run", "a.yaml", "--colour"], ["explain", "astrology"], ["run", "a.yaml", "--output"],
  ])
  func usage(arguments: [String]) throws {
    let result = try Tool.start(arguments).wait()
    #expect(result.code == 64)
    #expect(!result.wasKilled)
    #expect(!result.errors.isEmpty)
    #expect(result.output.isEmpty)
  }

  @Test func strategies() throws {
    let result = try Tool.run("strategies")
    #expect(result.code == 0)
    let lines = result.output.components(separatedBy: "\n")
    for entry in Catalogue.entries { #expect(lines.contains { $0.hasPrefix("  " + entry.name) }, "\(entry.name)") }
    #expect(lines.allSatisfy { $0.count <= 80 })
    for family in Set(Catalogue.entries.map(\.family.rawValue)) { #expect(lines.contains(family)) }
  }

  @Test(arguments: Catalogue.entries.map(\.name)) func explain(name: String) throws {
    let result = try Tool.run("explain", name)
    #expect(result.code == 0)
    let entry = try #require(Catalogue.strategy(named: name)?.entry)
    #expect(result.output.hasPrefix(name))
    for parameter in entry.parameters { #expect(result.output.contains("  \(parameter.name)")) }
    #expect(result.output.contains("Source"))
  }

  /// Families, all fields and all result files with their members.
  private static let groups: [(name: String, title: String, members: [String])] =
    Family.inCatalogue.map { family in
      (
        family.rawValue, family.rawValue.prefix(1).uppercased() + family.rawValue.dropFirst() + " strategies",
        family.entries.map(\.name)
      )
    } + [
      ("fields", "The scenario file", Handbook.parts), ("results", "The result files", ResultFile.all.map(\.fileName)),
    ]

  /// Every member of a group is told in full, also in Markdown.
  @Test(arguments: groups.map(\.name)) func explainsAGroup(name: String) throws {
    let group = try #require(Self.groups.first { $0.name == name })
    let text = try Tool.run("explain", name)
    let article = try Tool.run("explain", name, "--format", "markdown")
    #expect(text.code == 0 && article.code == 0)
    #expect(text.output.hasPrefix(name + ": "))
    #expect(article.output.hasPrefix("# \(group.title)\n"))
    #expect(!group.members.isEmpty)
    for member in group.members {
      #expect(text.output.contains(try Tool.run("explain", member).output), "\(member)")
      #expect(article.output.contains(try Tool.run("explain", member, "--format", "markdown").output), "\(member)")
    }
  }

  /// A file is told by its name, with or without ending, unless a part of the scenario file is called so.
  @Test(arguments: [("summary.csv", "summary.csv"), ("summary", "summary.csv"), ("periods", "periods")])
  func explainsAResultFile(name: String, told: String) throws {
    let result = try Tool.run("explain", name)
    #expect(result.code == 0)
    #expect(result.output.hasPrefix(told + ": "))
  }

  /// Text shows letter by letter in Markdown; in a formula there are no backticks that would end it.
  @Test func markdown() throws {
    let entry = try #require(Catalogue.strategy(named: "epsilon-greedy")?.entry)
    #expect(entry.formula.contains("`"), "the test needs a formula with code in it")
    let article = try Tool.run("explain", entry.name, "--format", "markdown").output
    #expect(article.contains("**Formula.** `\(entry.formula.replacingOccurrences(of: "`", with: ""))`\n"))
    let columns = try Tool.run("explain", "summary.csv", "--format", "markdown").output
    #expect(columns.contains("exact, bound or best\\_found\n"))
  }

  @Test func explainsANearName() throws {
    let result = try Tool.run("explain", "going-rat")
    #expect(result.code == 64)
    #expect(result.errors.contains("going-rate"))
  }

  @Test(arguments: [
    ("waterfall", "terms"), ("groups", "customers"), ("cannibalisation", "good-better-best"),
    ("tariff", "two-part-tariff"), ("fences", "group-prices"), ("Cost plus", "unit-cost-markup"),
  ]) func explainsByAnotherName(name: String, meant: String) throws {
    let result = try Tool.run("explain", name)
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("\(name): see \(meant)\n\n\(meant)"), "\(result.output.prefix(60))")
  }

  @Test func schema() throws {
    let result = try Tool.run("schema")
    #expect(result.code == 0)
    #expect(result.output == Scenario.schema)
  }

  @Test func check() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/kiosk.yaml")
      let result = try Tool.run("check", "kiosk.yaml", in: folder)
      #expect(result.code == 0)
      #expect(result.output.contains("No mistakes in kiosk.yaml"))
      #expect(result.output.contains("3 candidates"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["kiosk.yaml"], "it writes nothing")
    }
  }

  /// The scenario that `new` writes is right, and is never written over.
  @Test func new() throws {
    try withFolder { folder in
      let first = try Tool.run("new", "mine.yaml", in: folder)
      #expect(first.code == 0)
      #expect(try Tool.run("check", "mine.yaml", in: folder).code == 0)
      try write("my own work", to: folder + "/mine.yaml")
      let second = try Tool.run("new", "mine.yaml", in: folder)
      #expect(second.code == 73)
      #expect(second.errors.contains("already there"))
      #expect(try String(contentsOfFile: folder + "/mine.yaml", encoding: .utf8) == "my own work")
      #expect(try Tool.run("new", "no/such/folder/x.yaml", in: folder).code == 73)
      let printed = try Tool.run("new", in: folder)
      #expect(printed.code == 0)
      #expect(printed.output == Scenario.template)
    }
  }
}
