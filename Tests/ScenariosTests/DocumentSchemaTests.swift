import Foundation
import Scenarios
import Testing

/// The schema for editors says what the definitions say; definitions that contradict themselves are found.
struct DocumentSchemaTests {
  @Test func schemaIsJSONAndAlwaysTheSame() throws {
    let text = Gym.scenario.jsonSchema()
    #expect(text == Gym.scenario.jsonSchema())
    let schema = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(schema["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
    #expect(schema["required"] as? [String] == ["scenario", "segments"])
    #expect(schema["additionalProperties"] as? Bool == false)
    let fields = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(fields.keys) == Set(Gym.scenario.fields.map(\.name)))
    #expect(fields["unit"]?["enum"] as? [String] == ["day", "week"])
    #expect(fields["periods"]?["maximum"] as? Int == 100_000)
    #expect(fields["discount"]?["default"] as? String == "5%")
    #expect(fields["prices"]?["minItems"] as? Int == 1)
  }

  @Test func schemaOfANumber() {
    let field = Field("price", .number(.moreThan(0), unit: "EUR"), "The \"price\".", .default("9.5"))
    #expect(
      RecordDefinition("Offer", "What is offered.", [field]).jsonSchema() == #"""
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "Offer",
          "type": "object",
          "description": "What is offered.",
          "properties": {
            "price": {
              "type": "number",
              "exclusiveMinimum": 0,
              "description": "The \"price\". If left out: 9.5. Allowed: a number more than 0, in EUR.",
              "default": 9.5
            }
          },
          "additionalProperties": false
        }

        """#)
  }

  @Test func mistakesInDefinitions() {
    #expect(Gym.scenario.mistakes == [])
    let definition = RecordDefinition(
      "bad", "No full stop",
      [
        Field("a", .number(.moreThan(0)), "First.", .default("0")),
        Field("a", .choice([]), "Second.", .default("[")),
        Field("b", .either([.number(), .count()]), "Third"),
      ])
    #expect(
      definition.mistakes == [
        "bad: two fields are called a",
        "bad: its meaning is no sentence with a full stop",
        "bad.a: the default 0: found 0; write a number more than 0, for example 10",
        "bad.a: nothing can be chosen",
        "bad.a: the default [: error in this program: the default \"[\" is not YAML",
        "bad.b: two alternatives cannot be told apart",
        "bad.b: its meaning is no sentence with a full stop",
      ])
  }
}
