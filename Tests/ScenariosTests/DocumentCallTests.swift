import Scenarios
import Testing

/// Calls such as `normal(24, 6)`: their arguments by place or name, and each mistake at its own column.
struct DocumentCallTests {
  private func scenario(_ value: String) -> String {
    "scenario: g\nsegments:\n  - name: a\n    values:\n      basic: \(value)\n"
  }

  private func call(_ value: String) throws -> (name: String, record: Record) {
    let (record, problems) = try Gym.read(scenario(value))
    #expect(problems.isEmpty, "\(problems.problems)")
    return try #require(record?.records("segments").first?.table("values").first?.value.named)
  }

  @Test(arguments: [
    "normal(24, 6)", "\"normal(24, 6)\"", "normal (24,6)", "normal( mean 24 , sd 6 )", "normal(sd 6, mean 24)",
    "normal(24, sd 6)",
  ])
  func goodCalls(_ text: String) throws {
    let (name, record) = try call(text)
    #expect(name == "normal")
    #expect(record.number("mean") == 24 && record.number("sd") == 6)
  }

  @Test func defaultsAndNestedCalls() throws {
    #expect(try call("log-normal(44)").record.number("sd") == 1)
    let mixture = try call("mixture(first point(at -3), weight 30%)").record
    #expect(mixture.number("weight") == 0.3)
    #expect(mixture.named("first")?.name == "point")
    #expect(mixture.named("first")?.record.number("at") == -3)
  }

  @Test(arguments: [
    ("normal(1,2", "5:20: segments[0].values.basic: found \"normal(1,2\"; the parenthesis is never closed"),
    ("normal(1,,2)", "5:23: segments[0].values.basic: found \"normal(1,,2)\"; an argument is missing here"),
    ("normal(1, 2, )", "5:27: segments[0].values.basic: found \"normal(1, 2, )\"; an argument is missing here"),
    (
      "normal(1, 2) x",
      "5:27: segments[0].values.basic: found \"normal(1, 2) x\"; nothing may follow the closing parenthesis; found \"x\""
    ),
    (
      "normal(mean=1, sd=2)",
      "5:25: segments[0].values.basic: found \"normal(mean=1, sd=2)\"; put a space between the name and the value, "
        + "as in \"mean 20\""
    ),
    (
      "normal(1)",
      "5:14: segments[0].values.basic.sd: this argument is missing; write a number more than 0, for example 10"
    ),
    ("normal(1,2,3)", "5:25: segments[0].values.basic: found 3 arguments; write normal(mean, sd)"),
    (
      "normal(mean 1, 2)",
      "5:29: segments[0].values.basic: found \"2\" after an argument with a name; name this one too"
    ),
    ("normal(1, mean 2)", "5:24: segments[0].values.basic: the argument \"mean\" stands here twice"),
    ("normal(1, std 2)", "5:24: segments[0].values.basic.std: unknown argument \"std\"; did you mean \"sd\"?"),
    ("normal(1, -2)", "5:24: segments[0].values.basic.sd: found -2; write a number more than 0, for example 10"),
    ("\"normal(1, -2)\"", "5:25: segments[0].values.basic.sd: found -2; write a number more than 0, for example 10"),
    ("normal(1, sd 1_000)", "5:27: segments[0].values.basic.sd: found \"1_000\"; write 1000"),
    ("norml(1, 2)", "5:14: segments[0].values.basic: found \"norml(1, 2)\"; did you mean \"normal\"?"),
    (
      "foo(1)",
      "5:14: segments[0].values.basic: found \"foo(1)\"; write normal(mean, sd), log-normal(mean, sd) or "
        + "mixture(first, weight)"
    ),
    ("normal", "5:14: segments[0].values.basic: found \"normal\"; write normal(mean, sd)"),
    ("mixture(5)", "5:22: segments[0].values.basic.first: found 5; write point(at)"),
    (
      "mixture(point(x))", "5:28: segments[0].values.basic.first.at: found \"x\"; write a number, for example 10"
    ),
  ])
  func badCalls(_ text: String, _ message: String) {
    #expect(Gym.mistakes(scenario(text)) == [message])
  }
}
