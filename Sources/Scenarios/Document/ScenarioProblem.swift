/// One mistake in a scenario file: where it is, what was found there, and what to write instead.
public struct ScenarioProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as the user named it.
  public let file: String
  /// The line, counted from 1.
  public let line: Int
  /// The column, counted from 1 in characters.
  public let column: Int
  /// The field, such as `customers.segments[1].share`, with list items counted from 0; empty for the whole file.
  public let path: String
  /// What was found and what is allowed.
  public let message: String

  /// The problem as compilers print theirs: `gym.yaml:12:7: customers.segments[1].share: found -0.2; write ...`.
  public var description: String {
    let place = "\(file):\(line):\(column): "
    return path.isEmpty ? place + message : place + path + ": " + message
  }
}

/// All mistakes found in one scenario file, at least one, in the order of the file.
public struct ScenarioProblems: Error, Sendable, CustomStringConvertible {
  /// The mistakes, sorted by place.
  public let problems: [ScenarioProblem]

  /// How many problems `description` prints before it only counts the rest.
  public static let printedAtMost = 20

  /// Sorts `problems` by place, those of one place as they were found, and drops repetitions; nil when there are none.
  package init?(_ problems: some Sequence<ScenarioProblem>) {
    var seen: Set<ScenarioProblem> = []
    let found = problems.filter { seen.insert($0).inserted }.enumerated()
    let sorted = found.sorted {
      ($0.element.line, $0.element.column, $0.element.path, $0.offset)
        < ($1.element.line, $1.element.column, $1.element.path, $1.offset)
    }
    guard !sorted.isEmpty else { return nil }
    self.problems = sorted.map(\.element)
  }

  /// One line per problem; beyond `printedAtMost` only their number.
  public var description: String {
    var lines = problems.prefix(Self.printedAtMost).map(\.description)
    if problems.count > lines.count { lines.append("and \(problems.count - lines.count) more") }
    return lines.joined(separator: "\n")
  }
}
