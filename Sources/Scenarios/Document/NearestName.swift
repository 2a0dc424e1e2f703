/// Guesses which name was meant by a misspelled one.
package enum NearestName {
  /// The allowed name nearest to `found`, or nil when none is near.
  ///
  /// Case, spaces, `_` and `-` do not count; beyond them about one mistake in three letters is forgiven, where a
  /// mistake is a letter too many, missing, wrong, or swapped with its neighbour (Damerau 1964).
  package static func nearest(to found: String, in allowed: [String]) -> String? {
    guard !found.isEmpty, found.utf8.count <= 64 else { return nil }
    let letters = folded(found)
    let ranked = allowed.map { name in
      let other = folded(name)
      let limit = max(letters.count, other.count) / 3
      let isHopeless = abs(letters.count - other.count) > limit
      return (name, distance: isHopeless ? .max : distance(letters, other), limit: limit)
    }
    return ranked.filter { $0.distance <= $0.limit }.min { $0.distance < $1.distance }?.0
  }

  /// Whether a name is one of some, whatever its case, spaces, `_` and `-`.
  package static func isAny(_ found: String, of names: [String]) -> Bool {
    let letters = folded(found)
    return names.contains { folded($0) == letters }
  }

  /// The second half of a message about an unknown name: the nearest one, or all that are allowed.
  package static func advice(for found: String, in allowed: [String]) -> String {
    if let name = nearest(to: found, in: allowed) { return "did you mean \(quoted(name))?" }
    switch allowed.count {
    case 0: return "no name is allowed here"
    case 1: return "the only name here is \(printable(allowed[0]))"
    case ...40: return "the names here are \(listed(allowed.map(printable), "and"))"
    default: return "the names here are \(allowed.prefix(40).map(printable).joined(separator: ", ")), ..."
    }
  }

  private static func folded(_ name: String) -> [Unicode.Scalar] {
    name.lowercased().unicodeScalars.filter { $0 != " " && $0 != "_" && $0 != "-" }
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
  private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var older: [Int] = []
    var old = Array(0...other.count)
    for i in one.indices {
      var row = [i + 1]
      for j in other.indices {
        var best = min(old[j + 1] + 1, row[j] + 1, old[j] + (one[i] == other[j] ? 0 : 1))
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] { best = min(best, older[j - 1] + 1) }
        row.append(best)
      }
      (older, old) = (old, row)
    }
    return old[other.count]
  }
}
