#if Workbook
  import Tables

  /// What is left of a stock for the whole calendar: its units in the scenario less what was sold so far, each offer by what
  /// its products take of it. The result files have no column for it, so that it is drawn only where the scenario's inputs
  /// say all that is needed.
  struct StockLeft {
    /// A stock of the studied seller.
    struct Stock {
      let name: String
      let units: Double
      /// What a unit of each product takes.
      let uses: [String: Double]

      /// What one of an offer takes; nil where its products cannot be told from its name.
      func use(_ offer: String) -> Double? {
        if let use = uses[offer] { return use }
        // An offer for a group of customers ends with the name of the group.
        var contents = offer
        if contents.hasSuffix(")"), let start = contents.range(of: " (", options: .backwards) {
          contents = String(contents[..<start.lowerBound])
        }
        let products = contents.components(separatedBy: " + ").map { uses[$0] }
        return products.contains { $0 == nil } ? nil : products.reduce(0) { $0 + ($1 ?? 0) }
      }
    }

    /// The stocks that last for the calendar, by the inputs of a run.
    static func stocks(_ inputs: Table, seller: String) -> [Stock] {
      let values = inputs.rows.map { (field: $0.text("field"), value: $0.text("value")) }
      guard
        let name = values.first(where: {
          $0.value == seller && $0.field.hasPrefix("sellers[") && $0.field.hasSuffix("].name")
        })
      else { return [] }
      let root = String(name.field.dropLast("name".count))
      let own = values.filter { $0.field.hasPrefix(root) }.map {
        (field: String($0.field.dropFirst(root.count)), value: $0.value)
      }
      let capacities = own.compactMap { field, value in
        value == "calendar" ? middle(field, "capacity.", ".per") : nil
      }
      let products = Set(
        own.compactMap { field, _ in
          field.hasPrefix("products.") ? product(field) : nil
        })
      return capacities.compactMap { capacity in
        let units = own.first { $0.field == "capacity.\(capacity).units" }.flatMap { Double($0.value) }
        guard let units, !products.isEmpty else { return nil }
        var uses: [String: Double] = [:]
        for product in products {
          let prefix = "products.\(product).uses"
          if let stated = own.first(where: { $0.field == "\(prefix).\(capacity)" }) {
            guard let use = Double(stated.value) else { return nil }
            uses[product] = use
          } else {
            // A product that says what it uses uses nothing else.
            uses[product] = own.contains { $0.field.hasPrefix(prefix) } ? 0 : 1
          }
        }
        return Stock(name: capacity, units: units, uses: uses)
      }
    }

    private static func middle(_ text: String, _ start: String, _ end: String) -> String? {
      guard text.hasPrefix(start), text.hasSuffix(end), text.count > start.count + end.count else { return nil }
      return String(text.dropFirst(start.count).dropLast(end.count))
    }

    /// The product in `products.NAME.unit cost` and the like.
    private static func product(_ field: String) -> String? {
      let ends = [".unit cost", ".category", ".uses.", ".returns"]
      let rest = field.dropFirst("products.".count)
      let places = ends.compactMap { rest.range(of: $0)?.lowerBound }
      return places.min().map { String(rest[..<$0]) }
    }
  }
#endif
