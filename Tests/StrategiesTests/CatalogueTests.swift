import Demand
import Selling
import Strategies
import Testing

@Suite("The catalogue of strategies")
struct CatalogueTests {
  @Test("Names differ, and every entry says what `explain` prints")
  func entriesAreComplete() {
    let names = Catalogue.entries.map(\.name)
    #expect(Set(names).count == names.count)
    for entry in Catalogue.entries {
      for text in [entry.name, entry.idea, entry.formula, entry.needs, entry.belief, entry.source] {
        #expect(!text.isEmpty, "\(entry.name)")
      }
      for parameter in entry.parameters { #expect(!parameter.meaning.isEmpty, "\(entry.name): \(parameter.name)") }
      #expect(Catalogue.strategy(named: entry.name)?.entry.name == entry.name)
    }
    #expect(Catalogue.strategy(named: "no such strategy") == nil)
  }

  @Test("All five families are there")
  func familiesAreThere() {
    let families = Set(Catalogue.entries.map(\.family))
    #expect(families.isSuperset(of: [.costBased, .marketBased, .valueBased, .bundle, .dynamic]))
  }
}
