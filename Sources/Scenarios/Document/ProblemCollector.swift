/// Gathers the mistakes of one file while it is read, so that one wrong field does not hide the next.
///
/// A class, because every record of a document reports to the same collector; it stays on the thread that reads.
package final class ProblemCollector {
  /// The file as the user named it.
  package let file: String
  /// The problems so far, in the order in which they were reported.
  package private(set) var problems: [ScenarioProblem] = []

  /// Starts without problems.
  package init(file: String) {
    self.file = file
  }

  /// Whether nothing was reported so far.
  package var isEmpty: Bool { problems.isEmpty }

  /// Whether a problem was reported at a path or inside it.
  package func hasProblem(at path: Path) -> Bool {
    problems.contains { problem in
      guard problem.path.hasPrefix(path.text) else { return false }
      let rest = problem.path.dropFirst(path.text.count)
      return rest.isEmpty || rest.hasPrefix(".") || rest.hasPrefix("[")
    }
  }

  /// Adds a problem of this file.
  package func report(_ message: String, at place: Place, path: Path = .root) {
    add(ScenarioProblem(file: file, line: place.line, column: place.column, path: path.text, message: message))
  }

  /// Adds a problem that was made elsewhere.
  package func add(_ problem: ScenarioProblem) {
    problems.append(problem)
  }

  /// Throws all problems if there are any.
  package func throwIfAny() throws(ScenarioProblems) {
    if let problems = ScenarioProblems(problems) { throw problems }
  }
}
