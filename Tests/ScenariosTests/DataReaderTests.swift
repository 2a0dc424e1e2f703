import Demand
import Scenarios
import Testing

private func data(_ text: String, _ name: String = "t.csv") throws -> DataFile {
  try DataFile(bytes: Array(text.utf8), name: name)
}

private func messages(_ read: () throws -> Void) -> [String] {
  do {
    try read()
    return []
  } catch let problems as DataProblems {
    return problems.messages
  } catch {
    return ["\(error)"]
  }
}

/// What products are like.
struct AttributeFileTests {
  private let products = ["cola", "lemonade", "water"]

  @Test func numbersAndWords() throws {
    let text = """
      Product;Sugar (g);Brand;Colour
      Lemonade;2,5;Bolt;clear
      water;0;Acme;clear
      COLA;10,6;acme;brown

      """
    let attributes = try AttributeFile(data(text), products: products).attributes
    #expect(
      attributes.names == ["Sugar (g)", "Brand: acme", "Brand: Bolt", "Colour: brown", "Colour: clear"],
      "levels in the order of the products")
    #expect(attributes.values == [[10.6, 2.5, 0], [1, 0, 1], [0, 1, 0], [1, 0, 0], [0, 1, 1]])
  }

  @Test(arguments: [
    ("product,sugar\ncola,1\nlemonade,2\n", ["no row for the product \"water\""]),
    (
      "product,sugar\ncola,1\nlemonad,2\nwater,3\nCola,4\n",
      [
        ", row 3, column A \"product\": unknown product \"lemonad\"; did you mean \"lemonade\"?; no seller sells it",
        ", row 5, column A \"product\": the product \"Cola\" already stands in row 2",
        "no row for the product \"lemonade\"",
      ]
    ),
    (
      "product,sugar\ncola,1\nlemonade,a lot\nwater,\n",
      [
        ", row 4, column B \"sugar\": found nothing; write the level of the attribute, 0 if it has none",
        ", row 3, column B \"sugar\": found \"a lot\" among numbers; write the column all in numbers, or all in words such "
          + "as \"level 1\"",
      ]
    ),
    ("product,price\ncola,1\nlemonade,2\nwater,3\n", ["prices are what strategies set"]),
    ("product,weight\ncola,1\nlemonade,2\nwater,3\n", ["weight in kg"]),
    ("product,water\ncola,1\nlemonade,2\nwater,3\n", ["\"water\" is a product"]),
    ("product,a,A\ncola,1,1\nlemonade,2,1\nwater,3,1\n", ["column B is called so too"]),
    ("product\ncola\nlemonade\nwater\n", ["no attributes"]),
    ("name,a\ncola,1\n", ["no row is a header with the column \"product\"; row 1 has \"name\", \"a\""]),
    ("product,a\ncola,10%\nlemonade,5\nwater,0\n", ["other cells of the column are percentages"]),
  ])
  func mistakes(text: String, words: [String]) {
    let found = messages { _ = try AttributeFile(data(text), products: products) }
    #expect(found.count == words.count, "\(found)")
    for (message, words) in zip(found, words) { #expect(message.contains(words), "\(message)") }
  }
}

/// What respondents of conjoint studies like.
struct PartWorthFileTests {
  private let products = ["cola", "lemonade", "water"]

  private func attributes() throws -> ProductAttributes {
    try AttributeFile(
      data("product,sugar,brand\ncola,10,Acme\nlemonade,4,Bolt\nwater,0,Acme\n"), products: products
    ).attributes
  }

  private func read(_ text: String) throws -> [Agent] {
    try PartWorthFile(data(text), products: products, attributes: attributes()).agents
  }

  /// By hand: sugar 0.1 a unit, Acme 1.5, Bolt -0.5, own constant of water 0.25, nothing 0.75.
  @Test func utilities() throws {
    let text = "id,sugar,Acme,Bolt,water,none,price,weight\n1,0.1,1.5,-0.5,0.25,0.75,-0.8,2\n2,0,0,0,0,0,-1,0.5\n"
    let read = try read(text)
    #expect(read.count == 2)
    let expected = [1 + 1.5 - 0.75, 0.4 - 0.5 - 0.75, 1.5 + 0.25 - 0.75]
    for (utility, value) in zip(read[0].utilities, expected) { #expect(abs(utility - value) < 1e-15) }
    #expect(read[0].priceSensitivity == 0.8)
    #expect(read[0].weight == 2)
    #expect(try read[1] == Agent(weight: 0.5, utilities: [0, 0, 0], priceSensitivity: 1))
  }

  /// A dummy coding leaves out the reference level; names in another order, case and locale; weights default to 1.
  @Test func referenceLevel() throws {
    let read = try read("PRICE;Brand: acme;Sugar\n-0,5;1,25;-0,1\n")
    #expect(try read == [Agent(weight: 1, utilities: [-1 + 1.25, -0.4, 1.25], priceSensitivity: 0.5)])
  }

  @Test func constantsOnly() throws {
    let file = try PartWorthFile(
      data("cola,lemonade,water,price\n3,2,1,-0.5\n"), products: products, attributes: ProductAttributes())
    #expect(try file.agents == [Agent(weight: 1, utilities: [3, 2, 1], priceSensitivity: 0.5)])
    let found = messages {
      _ = try PartWorthFile(
        data("cola,lemonade,price\n3,2,-0.5\n"), products: products, attributes: ProductAttributes())
    }
    #expect(found == ["t.csv: no column for the product \"water\"; row 1 has \"cola\", \"lemonade\", \"price\""])
  }

  @Test(arguments: [
    (
      "sugar,Acme,price\n1,1,-1\n1,1,0.02\n1,1,0\n",
      [", row 3, column C \"price\": found \"0.02\"; the part-worth of price", "row 4"]
    ),
    ("sugar,Acme\n1,1\n", ["no column for \"price\"; row 1 has \"sugar\", \"Acme\""]),
    ("Acme,price\n1,-1\n", ["no column for the attribute \"sugar\""]),
    ("sugar,price\n1,-1\n", ["no columns for \"brand: Acme\" and \"brand: Bolt\"; one level of \"brand\" may lack"]),
    ("sugar,Acme,Botl,price\n1,1,1,-1\n", ["column C is called \"Botl\"; did you mean \"brand: Bolt\"?"]),
    ("sugar,Acme,price,weigth\n1,1,-1,1\n", ["did you mean \"weight\"?"]),
    ("sugar,Acme,price\n1,,-1\n", ["row 2, column B \"Acme\": found \"\"; write a part-worth, 0 for none"]),
    ("sugar,Acme,price\n1,1e7,-1\n", ["found \"1e7\""]),
    ("sugar,Acme,price\n1,1,-€2\n", ["without a currency"]),
  ])
  func mistakes(text: String, words: [String]) {
    let found = messages { _ = try read(text) }
    #expect(found.count == words.count, "\(found)")
    for (message, words) in zip(found, words) { #expect(message.contains(words), "\(message)") }
  }

  /// A brand called like a product: the bare name is the product's constant, and cannot stand for the level.
  @Test func levelCalledLikeAProduct() throws {
    let attributes = try AttributeFile(data("product,brand\ncola,cola\nwater,Acme\n"), products: ["cola", "water"])
      .attributes
    let found = messages {
      _ = try PartWorthFile(
        data("cola,Acme,price\n1,2,-1\n"), products: ["cola", "water"], attributes: attributes)
    }
    #expect(found.count == 1)
    #expect(found.first?.contains("call the column of the level \"brand: cola\"") ?? false, "\(found)")
    let read = try PartWorthFile(
      data("cola,brand: cola,Acme,price\n1,2,4,-1\n"), products: ["cola", "water"], attributes: attributes)
    #expect(read.agents.first?.utilities == [3, 4])
  }
}

/// What is observed of a market.
struct MarketFileTests {
  @Test func observations() throws {
    let text = """
      "Beer, by brand";;;;
      Product;Seller;Price (USD);Share %;Margin
      Budweiser;AB;$ 1.234,50;45,5;38,3%
      Miller;SAB;0,95;20;

      """
    let file = try MarketFile(data(text, "beer.csv"), currency: "USD")
    #expect(file.observations.map(\.product) == ["Budweiser", "Miller"])
    #expect(file.observations.map(\.seller) == ["AB", "SAB"])
    #expect(file.observations.map(\.price) == [1234.5, 0.95])
    #expect(file.observations.map(\.share) == [0.455, 0.2])
    #expect(file.observations.map(\.margin) == [0.383, nil])
    #expect(file.observations.map(\.cost) == [nil, nil])
    #expect(file.observations.map(\.row) == [3, 4])
    #expect(file.place(file.observations[1], "price").description == "beer.csv, row 4, column C \"Price (USD)\"")
    #expect(file.place(file.observations[1], "cost").description == "beer.csv, row 4")
  }

  @Test func quantitiesAndCosts() throws {
    let file = try MarketFile(data("product,price,quantity,cost\na,10,1000,4\nb,12,500,\n"))
    #expect(file.observations.map(\.quantity) == [1000, 500])
    #expect(file.observations.map(\.cost) == [4, nil])
    #expect(file.observations.map(\.share) == [nil, nil])
  }

  @Test(arguments: [
    ("product,price,share\na,1,0.5\nb,2,0.6\n", ["the shares sum to 110%; they cannot exceed 100%"]),
    (
      "product,price,share\na,1,50\nb,0,0.6\n",
      ["row 2, column C \"share\": found \"50\"; write a share", "row 3, column B"]
    ),
    (
      "product,price,share\na,1,0.1\nA,2,0.2\n",
      ["row 3, column A \"product\": the product \"A\" already stands in row 2"]
    ),
    ("product,price\na,1\n", ["give either a column \"share\" or a column \"quantity\""]),
    ("product,price,share,quantity\na,1,0.1,5\n", ["give either"]),
    ("product,price,share,cost,margin\na,1,0.1,0.5,0.5\n", ["margin"]),
    ("product,price,share,cost\na,1,0.1,2\n", ["row 2, column D \"cost\": a cost of 2 is not below the price"]),
    (
      "product,price,share\na,1,50%\nb,1,0.2\n", ["row 3, column C \"share\": found \"0.2\"; other cells of the column"]
    ),
    ("product,price,share\n,1,50%\n", ["row 2, column A \"product\": found no name"]),
    ("product,price,share,margin\na,1,50%,n/a\n", ["or leave the cell blank"]),
  ])
  func mistakes(text: String, words: [String]) {
    let found = messages { _ = try MarketFile(data(text)) }
    #expect(found.count == words.count, "\(found)")
    for (message, words) in zip(found, words) { #expect(message.contains(words), "\(message)") }
  }
}
