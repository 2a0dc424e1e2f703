import Foundation
import Scenarios
import Testing

/// What is written reads back as the same tree.
struct YAMLTextTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }

  private static let hostile = [
    "a", "5% dearer", "room + breakfast", "normal(24, 6)", "a: b", "a :b", "#x", "a #b", "- a", "-", "---", "...",
    "--- a",
    "? a", "[a]", "{a", "a, b", "*x", "&x", "!x", "|", ">", "%", "@", "`", "\"", "'", "it's", "\\", "a\\n", "~", "null",
    "NULL", "true", "no", "0x10", "1:30", "1e-05", "-0.05", ".5", "+1", "é", "日本", "🍺", "\u{300}x", " lead", "trail ",
    "two\nlines", "\n", "\t", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{FEFF}", "\u{200B}", "\u{E000}", "\u{1F}",
    "<<", "a:", ":", ":a", "=", "key with spaces", String(repeating: "long ", count: 60) + "x", "", "r\r\nn",
    "\u{1F469}\u{200D}\u{1F4BB}",
  ]

  private static func tree(_ random: inout Generator, depth: Int) -> DocumentNode {
    func pick() -> String { hostile.randomElement(using: &random) ?? "" }
    switch depth == 0 ? 9 : Int.random(in: 0..<8, using: &random) {
    case 0...2:
      var entries: [DocumentNode.Entry] = []
      for _ in 0..<Int.random(in: 0..<5, using: &random) {
        let key = pick()
        guard !key.isEmpty, key != "<<", !entries.contains(where: { $0.key == key }) else { continue }
        entries.append(DocumentNode.Entry(key: key, keyPlace: .start, value: tree(&random, depth: depth - 1)))
      }
      return DocumentNode(place: .start, content: .map(entries))
    case 3, 4:
      return DocumentNode(
        place: .start,
        content: .list((0..<Int.random(in: 0..<4, using: &random)).map { _ in tree(&random, depth: depth - 1) }))
    case 5: return DocumentNode(place: .start, content: .empty)
    default:
      return DocumentNode(
        place: .start, content: .scalar(DocumentNode.Scalar(pick(), isQuoted: Bool.random(using: &random))))
    }
  }

  /// The tree as a text in which only quotes around what is no number, flag or call do not show.
  private static func plain(_ node: DocumentNode) -> String {
    switch node.content {
    case .empty: return "nothing"
    case .list(let items): return "[" + items.map(plain).joined(separator: ",") + "]"
    case .map(let entries):
      return "{" + entries.map { $0.key.debugDescription + ":" + plain($0.value) }.joined(separator: ",") + "}"
    case .scalar(let scalar):
      // A text that YAML would take for nothing, or cannot hold without quotes, has them.
      let isNumber = Double(scalar.text) != nil || ["true", "no", "-0.05"].contains(scalar.text)
      return scalar.text.debugDescription + (isNumber && scalar.isQuoted ? " in quotes" : "")
    }
  }

  @Test func randomTrees() throws {
    var random = Generator(state: 5)
    var count = 0
    while count < 3000 {
      let tree = Self.tree(&random, depth: 5)
      if tree.isEmpty { continue }
      count += 1
      let text = YAMLText.text(tree)
      let back = try Document(text: text, file: "x.yaml").root
      #expect(Self.plain(back) == Self.plain(tree), "\(text)")
      if Self.plain(back) != Self.plain(tree) { return }
    }
  }

  /// Every scenario of the program, written and read again, is the same study.
  @Test func scenarios() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("scenarios")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
    #expect(files.count > 4)
    for name in files {
      let file = folder.appendingPathComponent(name).path
      let document = try Document(contentsOf: file)
      let text = YAMLText.text(document.root)
      #expect(Self.plain(try Document(text: text, file: file).root) == Self.plain(document.root))
      let (one, other) = (try Scenario(contentsOf: file).study, try Scenario(text: text, file: file).study)
      #expect(one.market.population == other.market.population)
      #expect(one.market.profiles == other.market.profiles)
      #expect(one.candidates.map(\.label) == other.candidates.map(\.label))
    }
  }
}
