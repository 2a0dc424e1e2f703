import Foundation
import Scenarios
import Testing

/// How many times as many random cases are tried as in the daily run; `Scripts/check-heavy` asks for more.
let effort = max(1, ProcessInfo.processInfo.environment["BERTRAND_TEST_EFFORT"].flatMap { Int($0) } ?? 1)

/// Whatever is done to a good file, it either reads or is refused with places inside the file; it never crashes.
struct DocumentFuzzTests {
  /// SplitMix64, so that every run tries the same files.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let pieces =
    "  |  :|: |- |,|{|}|[|]|(|)|\"|'|#| #|&a |*a|!|!!str |>|?|? |%|@|`|~|null|<<|0|1e999|.inf|\\|é|😀|-5%|segments:|&a *a"
    .split(separator: "|").map(String.init)
    + ["|", "\n", "\t", "\r", "\r\n", "---\n", "...", "\u{0}", "\u{7}", "\u{2028}", "\u{85}", "\u{FEFF}", "normal("]

  private func mutate(_ text: String, _ random: inout Generator) -> String {
    var characters = Array(text)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...characters.count, using: &random)
      let end = min(characters.count, place + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: characters.removeSubrange(place..<end)
      case 1: characters.insert(contentsOf: characters[place..<end], at: Int.random(in: 0...place, using: &random))
      case 2: characters.removeSubrange(Int.random(in: place...characters.count, using: &random)...)
      default: characters.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? "", at: place)
      }
    }
    return String(characters)
  }

  private func check(_ problems: [ScenarioProblem], in text: String) {
    let body = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    // A carriage return alone, U+0085, U+2028 and U+2029 end lines in YAML as in Swift.
    let lines = body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for problem in problems {
      let isInside =
        (1...lines.count).contains(problem.line)
        && (1...lines[problem.line - 1].unicodeScalars.count + 1).contains(problem.column)
      #expect(isInside, "\(problem) in \(text.debugDescription)")
      #expect(!problem.message.contains("error in this program"), "\(problem)")
    }
  }

  @Test(.timeLimit(.minutes(2 * effort))) func randomMutations() throws {
    var random = Generator(state: 2024)
    var good = 0
    for _ in 0..<20_000 * effort {
      let text = mutate(Gym.text, &random)
      do {
        let (record, problems) = try Gym.read(text)
        #expect(record != nil || !problems.isEmpty)
        check(problems.problems, in: text)
        good += problems.isEmpty ? 1 : 0
      } catch let error as ScenarioProblems {
        #expect(!error.problems.isEmpty)
        check(error.problems, in: text)
      }
    }
    #expect((500 * effort..<15_000 * effort).contains(good), "\(good)")
  }

  @Test(.timeLimit(.minutes(2 * effort))) func randomBytes() throws {
    var random = Generator(state: 7)
    for _ in 0..<5_000 * effort {
      var bytes = Array(Gym.text.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      do {
        let document = try Document(bytes: bytes, file: "gym.yaml")
        let problems = ProblemCollector(file: "gym.yaml")
        #expect(document.record(Gym.scenario, problems) != nil || !problems.isEmpty)
      } catch is ScenarioProblems {
      } catch DocumentError.notUTF8(_, let line) {
        #expect((1...Gym.text.count).contains(line))
      }
    }
  }
}
