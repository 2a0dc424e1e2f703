import Strategies
import Testing

/// Other names of strategies.
struct SynonymTests {
  @Test func everyTargetExists() {
    for (name, target) in Catalogue.synonyms {
      #expect(Catalogue.strategy(named: target) != nil, "\(name): \(target)")
      #expect(Catalogue.strategy(named: name) == nil, "\(name) is a name already")
    }
  }
}
