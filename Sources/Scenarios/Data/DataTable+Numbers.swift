/// What the numbers of a column may be.
struct NumberRule {
  let bounds: Bounds
  /// What to write instead of a wrong cell, as in "write a number".
  let advice: String
  /// Where a percent sign is allowed: in cells, and for shares in the header too.
  var percent = Percent.nowhere
  /// Whether amounts of money stand there, with or without a currency.
  var isMoney = false
  /// Whether a cell may be blank.
  var allowsBlank = false

  enum Percent { case nowhere, inCells, inCellsAndHeader }

  var allowsPercent: Bool { percent != .nowhere }
}

/// A column of numbers to read.
struct NumberColumn {
  let column: Int
  let rule: NumberRule
}

/// The numbers of a column; of a blank cell, 0 and its place in `blanks`.
struct NumberValues {
  var values: [Double] = []
  var blanks: Set<Int> = []

  /// The number of a row, counted from 0 in the rows of data; nil for a blank cell.
  subscript(row: Int) -> Double? { blanks.contains(row) ? nil : values[row] }
}

extension DataTable {
  /// Reads columns of numbers; nil if a cell is wrong, with every one reported.
  ///
  /// The decimal mark is settled once, from all numbers that are read: by those that make sense one way only; if these
  /// contradict each other, the fewer are reported. If there are none, a number such as 1.234 is a decimal number in a
  /// file with commas, and 1,234 in a file with semicolons; any other number that can be read in two ways is refused.
  mutating func numbers(_ wanted: [NumberColumn], currency: String?) -> [NumberValues]? {
    var survey = NumberSurvey(separator: separator, currency: currency.flatMap(CurrencyMark.init))
    for row in rows {
      for (index, column) in wanted.enumerated() {
        guard let number = WrittenNumber(grid.contents[grid.range(row, column.column)]) else { continue }
        survey.add(number, row: row, column: column.column, index: index)
      }
    }
    for column in wanted where column.rule.isMoney {
      guard case .currency(let mark)? = header[column.column].unit else { continue }
      if let disagreement = survey.disagreement(mark) {
        mistakes.report(
          "the amounts are in \(listed(mark.codes.sorted())), but \(disagreement)",
          at: place(headerRow, column.column))
        return nil
      }
      survey.add(mark)
    }
    guard let mark = settle(survey) else { return nil }
    var result = [NumberValues](repeating: NumberValues(), count: wanted.count)
    for index in result.indices { result[index].values.reserveCapacity(rows.count) }
    var isRight = true
    for (place, row) in rows.enumerated() {
      for (index, column) in wanted.enumerated() {
        if grid.isBlank(row, column.column), column.rule.allowsBlank {
          result[index].values.append(0)
          result[index].blanks.insert(place)
          continue
        }
        let value = number(row, column, mark, survey, index)
        isRight = isRight && value != nil
        result[index].values.append(value ?? 0)
      }
    }
    return isRight ? result : nil
  }

  /// The decimal mark of the file; nil after a report that it cannot be told.
  private mutating func settle(_ survey: NumberSurvey) -> WrittenNumber.Mark? {
    if let mark = survey.mark { return mark }
    guard let unclear = survey.unclear else { return survey.usual ?? .point }
    let cell = grid.text(unclear.row, unclear.column)
    let whole = cell.filter { $0 != "." && $0 != "," }
    mistakes.report(
      "found \(quoted(cell)), which can be a whole number or have three decimals, and no number in the file tells "
        + "which; write \(printable(whole)) or \(printable(cell))0", at: place(unclear.row, unclear.column))
    return nil
  }

  private mutating func number(
    _ row: Int, _ column: NumberColumn, _ mark: WrittenNumber.Mark, _ survey: NumberSurvey, _ index: Int
  ) -> Double? {
    func refuse(_ reason: @autoclosure () -> String) -> Double? {
      // A file of nothing but mistakes is no reason to write them all down.
      guard !mistakes.isFull else {
        mistakes.count()
        return nil
      }
      let reason = reason()
      let cell = grid.text(row, column.column)
      mistakes.report("found \(quoted(cell)); \(reason)", at: place(row, column.column))
      return nil
    }
    guard let number = WrittenNumber(grid.contents[grid.range(row, column.column)]) else {
      return refuse(column.rule.advice)
    }
    if number.isPercent, !column.rule.allowsPercent { return refuse(column.rule.advice + ", not a percentage") }
    if let currency = number.currency {
      guard column.rule.isMoney else { return refuse(column.rule.advice + ", without a currency") }
      if let other = survey.disagreement(currency) {
        return refuse("\(other); write all amounts in one currency")
      }
    }
    if case .decimal(let own) = number.evidence, own != mark {
      let other = survey.first[mark].map { " as in \(quoted(grid.text($0.row, $0.column))) in row \($0.row + 1)" } ?? ""
      return refuse("the decimal mark of the other numbers is \(mark.words)\(other); write all numbers alike")
    }
    guard var value = number.value(mark) else { return refuse("write a number that is not so large or so small") }
    let unit = header[column.column].unit
    if case .percent? = unit, column.rule.percent == .inCellsAndHeader, !number.isPercent { value /= 100 }
    if column.rule.allowsPercent, !number.isPercent, value != 0, survey.hasPercent.contains(index) {
      return refuse("other cells of the column are percentages; write all of them with % or none")
    }
    guard column.rule.bounds.contains(value) else { return refuse(column.rule.advice) }
    return value
  }
}

/// What the numbers of a table say about how they are written.
struct NumberSurvey {
  private let separator: UInt8?
  /// The first number with each decimal mark.
  private(set) var first: [WrittenNumber.Mark: (row: Int, column: Int)] = [:]
  private var counts: [WrittenNumber.Mark: Int] = [:]
  private var firstEither: [WrittenNumber.Mark: (row: Int, column: Int)] = [:]
  /// The columns, by their index among those read, with a percentage.
  private(set) var hasPercent: Set<Int> = []
  private let stated: CurrencyMark?
  private var currency: CurrencyMark?

  init(separator: UInt8?, currency: CurrencyMark?) {
    self.separator = separator
    stated = currency
  }

  mutating func add(_ number: WrittenNumber, row: Int, column: Int, index: Int) {
    switch number.evidence {
    case .none: break
    case .decimal(let mark):
      if counts[mark, default: 0] == 0 { first[mark] = (row, column) }
      counts[mark, default: 0] += 1
    case .either(let mark):
      if firstEither[mark] == nil { firstEither[mark] = (row, column) }
    }
    if number.isPercent { hasPercent.insert(index) }
    if currency == nil { currency = number.currency }
  }

  /// Adds the currency that a header states.
  mutating func add(_ mark: CurrencyMark) { currency = currency ?? mark }

  /// The decimal mark that is usual with this separator.
  var usual: WrittenNumber.Mark? {
    switch separator {
    case UInt8(ascii: ","): .point
    case UInt8(ascii: ";"): .comma
    default: nil
    }
  }

  /// The decimal mark that the numbers tell; nil if none does.
  var mark: WrittenNumber.Mark? {
    let (point, comma) = (counts[.point, default: 0], counts[.comma, default: 0])
    if point != comma { return point > comma ? .point : .comma }
    guard point > 0, let one = first[.point], let other = first[.comma] else { return nil }
    return (one.row, one.column) < (other.row, other.column) ? .point : .comma
  }

  /// The first number that can be read in two ways, if that is not settled by what is usual.
  var unclear: (row: Int, column: Int)? {
    guard mark == nil else { return nil }
    if let usual { return firstEither[usual.other] }
    return [firstEither[.point], firstEither[.comma]].compactMap(\.self).min { $0 < $1 }
  }

  /// Why a currency does not go with that of the scenario, or of the file; nil if it does.
  func disagreement(_ mark: CurrencyMark) -> String? {
    if let stated, !stated.agrees(with: mark) {
      return "the scenario's currency is \(listed(stated.codes.sorted()))"
    }
    if let currency, !currency.agrees(with: mark) { return "other amounts are in another currency" }
    return nil
  }
}
