import Tables

/// The strategies of a run in the order of the summary, each with a look of its own that it keeps from chart to chart.
struct Cast: Sendable {
  /// A strategy and how it is drawn.
  struct Member: Sendable {
    let name: String
    /// 1 for the best; nil for perfect knowledge.
    let rank: Int?
    let isBaseline: Bool
    let look: Look
    var isPerfect: Bool { rank == nil }
  }

  /// Best first, perfect knowledge last.
  let members: [Member]

  init(_ results: Results) {
    let baseline = results.manifest.baseline
    members = results.table(.summary).rows.enumerated().map { index, row in
      let rank = row.number("rank").flatMap { Int(exactly: $0) }
      return Member(
        name: row.text("strategy"), rank: rank, isBaseline: rank != nil && row.text("strategy") == baseline,
        look: rank == nil ? .perfect : Look(number: index))
    }
  }

  /// The member of a name; a row of perfect knowledge counts as such even if a candidate has taken its name.
  subscript(name: String) -> Member? { members.first { $0.name == name } }

  var candidates: [Member] { members.filter { !$0.isPerfect } }

  /// Those whom a chart of lines has room for: the best, the baseline and perfect knowledge.
  func leading(_ count: Int) -> [Member] {
    var chosen = Array(candidates.prefix(count))
    if let baseline = candidates.first(where: \.isBaseline), !chosen.contains(where: \.isBaseline), count > 1 {
      chosen[count - 1] = baseline
    }
    return chosen + members.filter(\.isPerfect)
  }
}

/// How a strategy is drawn: colour, mark and dashes differ, so that any one of them is enough to tell it from others.
struct Look: Sendable, Hashable {
  let mark: Mark
  /// The class of its colour.
  let colour: String
  /// The class of its dashes.
  let dash: String

  /// The look of the strategy with a number, from 0.
  init(number: Int) {
    mark = Mark.allCases[number % (Mark.allCases.count - 1)]
    colour = "c\(number % 6)"
    dash = "d\(number % 5)"
  }

  fileprivate init(mark: Mark, colour: String, dash: String) {
    (self.mark, self.colour, self.dash) = (mark, colour, dash)
  }

  /// The look of perfect knowledge.
  static let perfect = Look(mark: .star, colour: "ink", dash: "dots")
}

extension Look {
  /// A segment that gains.
  static let winner = Look(mark: .triangle, colour: "c0", dash: "d0")
  /// A segment that loses.
  static let loser = Look(mark: .wedge, colour: "c1", dash: "d0")
  /// A segment whose interval holds 0.
  static let undecided = Look(mark: .ring, colour: "ink", dash: "d0")
}
