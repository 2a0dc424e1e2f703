/// Builds the tree of a document from its events, and refuses what no scenario needs: tags, merge keys, a second
/// document, names that are not texts or stand twice, and trees that are too deep or too large.
struct DocumentBuilder {
  /// How many lists and maps may stand inside each other.
  static let maximumDepth = 64
  /// How many values a document may have, counting those that aliases repeat each time.
  static let maximumNodes = 100_000

  /// The finished tree; nil while nothing but comments was read.
  private(set) var root: DocumentNode?
  private let problems: ProblemCollector
  private var documents = 0
  private var nodes = 0
  private var open: [Collection] = []
  private var anchors: [String: Subtree] = [:]

  init(problems: ProblemCollector) {
    self.problems = problems
  }

  /// A finished value, with what its repetition by an alias costs.
  private struct Subtree {
    let node: DocumentNode
    var size = 1
    var height = 0
  }

  /// A list or map whose end is still to come.
  private struct Collection {
    let place: Place
    let path: Path
    let anchor: String?
    let isMap: Bool
    let isFlow: Bool
    var items: [DocumentNode] = []
    var entries: [DocumentNode.Entry] = []
    var keys: [String: Place] = [:]
    var key: (text: String, isQuoted: Bool, place: Place)?
    var size = 1
    var height = 0
    /// Whether a comma inside a call has torn it apart, so that its names mean nothing.
    var isTorn = false

    var expectsKey: Bool { isMap && key == nil }

    var nextPath: Path {
      if let key { return path.field(key.text) }
      return isMap ? path : path.item(items.count)
    }

    var finished: Subtree {
      let content = isMap ? DocumentNode.Content.map(entries) : .list(items)
      return Subtree(node: DocumentNode(place: place, content: content), size: size, height: height + 1)
    }
  }

  /// Takes the next event; throws where going on makes no sense.
  mutating func take(_ event: YAMLEvent) throws(ScenarioProblem) {
    if let tag = event.tag {
      let name = tag.replacing("tag:yaml.org,2002:", with: "!!")
      problems.report("the tag \(printable(name)) is not used in scenarios; remove it", at: event.place, path: path)
    }
    switch event.kind {
    case .documentStart:
      documents += 1
      if documents > 1 { throw problem("a second document begins here; a scenario file has one", event.place) }
    case .scalar(let scalar):
      try count(1, at: event.place)
      checkCommas(scalar, at: event.place)
      let isEmpty = !scalar.isQuoted && ["", "~", "null", "Null", "NULL"].contains(scalar.text)
      let content = isEmpty && !(open.last?.expectsKey ?? false) ? DocumentNode.Content.empty : .scalar(scalar)
      try add(Subtree(node: DocumentNode(place: event.place, content: content)), event.anchor, at: event.place)
    case .alias(let name):
      guard let subtree = anchors[name] else {
        let mark = printable(name)
        throw problem("*\(mark) repeats a value that is not marked with &\(mark) above", event.place)
      }
      try count(subtree.size, at: event.place)
      try checkDepth(open.count + subtree.height, at: event.place)
      try add(subtree, nil, at: event.place)
    case .start(let isMap, let isFlow):
      try count(1, at: event.place)
      try checkDepth(open.count + 1, at: event.place)
      if open.last?.expectsKey ?? false { throw problem("a name must be a text, not a list or map", event.place) }
      open.append(
        Collection(place: event.place, path: path, anchor: event.anchor, isMap: isMap, isFlow: isFlow))
    case .end:
      guard let collection = open.popLast() else { return }
      try add(collection.finished, collection.anchor, at: collection.place)
    case .other:
      break
    }
  }

  private mutating func add(_ subtree: Subtree, _ anchor: String?, at place: Place) throws(ScenarioProblem) {
    if let anchor { anchors[anchor] = subtree }
    guard var collection = open.popLast() else {
      root = subtree.node
      return
    }
    collection.size += subtree.size
    collection.height = max(collection.height, subtree.height)
    if let key = collection.key {
      if let mistake = decimalComma(subtree.node, in: collection) {
        problems.report(mistake.message, at: mistake.entry.value.place, path: collection.path.field(mistake.entry.key))
      } else {
        checkIsNew(key.text, at: key.place, in: collection)
        collection.keys[key.text] = collection.keys[key.text] ?? key.place
        collection.entries.append(DocumentNode.Entry(key: key.text, keyPlace: key.place, value: subtree.node))
      }
      collection.key = nil
    } else if collection.isMap {
      collection.key = try key(subtree.node, at: place, in: collection)
    } else {
      collection.items.append(subtree.node)
    }
    open.append(collection)
  }

  private func key(
    _ node: DocumentNode, at place: Place, in map: Collection
  ) throws(ScenarioProblem) -> (text: String, isQuoted: Bool, place: Place) {
    guard case .scalar(let scalar) = node.content else { throw problem("a name must be a text", place) }
    let path = map.path.field(scalar.text)
    if scalar.text.isEmpty {
      problems.report("a name is missing before the colon", at: place, path: map.path)
    } else if scalar.text == "<<", !scalar.isQuoted {
      problems.report("merging with << is not supported; write the fields out", at: place, path: path)
    }
    return (scalar.text, scalar.isQuoted, place)
  }

  private func checkIsNew(_ key: String, at place: Place, in map: Collection) {
    guard !key.isEmpty, key != "<<", let first = map.keys[key], !map.isTorn else { return }
    problems.report(
      "the name stands here twice; the first is on line \(first.line), column \(first.column)", at: place,
      path: map.path.field(key))
  }

  /// Inside braces `{ coffee: 3,90 }` holds the number 3 and a name 90 without a value. The entry before it, and what to
  /// write; nil where this is not what happened.
  private func decimalComma(
    _ value: DocumentNode, in map: Collection
  ) -> (entry: DocumentNode.Entry, message: String)? {
    guard map.isFlow, !map.isTorn, value.isEmpty, let key = map.key, !key.isQuoted,
      let last = map.entries.last, case .scalar(let whole) = last.value.content, !whole.isQuoted,
      NumberText.number(whole.text, allowsPercent: false) != nil
    else { return nil }
    let isPercent = key.text.hasSuffix("%")
    let digits = isPercent ? String(key.text.dropLast()) : key.text
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    let decimal = whole.text.filter { $0 != "." } + "." + key.text
    // 1,900 may be either.
    let other = digits.count == 3 && !whole.text.contains(".") ? whole.text + key.text + " or " : ""
    return (
      last,
      "found \(printable(whole.text + "," + key.text)); write \(printable(other + decimal)), with a point: inside { } a "
        + "comma ends a value"
    )
  }

  /// Inside braces and brackets YAML ends a value at a comma, so that `{ a: normal(24, 6) }` holds `normal(24`.
  private mutating func checkCommas(_ scalar: DocumentNode.Scalar, at place: Place) {
    guard let collection = open.last, collection.isFlow, !collection.expectsKey, !scalar.isQuoted else { return }
    guard scalar.text.count(where: { $0 == "(" }) > scalar.text.count(where: { $0 == ")" }) else { return }
    problems.report(
      "found \(quoted(scalar.text)); inside { } and [ ] a comma ends a value, so put quotes around the whole call, "
        + "or write one entry per line", at: place, path: path)
    open[open.count - 1].isTorn = true
  }

  private mutating func count(_ more: Int, at place: Place) throws(ScenarioProblem) {
    nodes += more
    if nodes > Self.maximumNodes {
      throw problem("a scenario has at most \(Self.maximumNodes) values, repetitions with * included", place)
    }
  }

  private func checkDepth(_ depth: Int, at place: Place) throws(ScenarioProblem) {
    if depth > Self.maximumDepth {
      throw ScenarioProblem(
        file: problems.file, line: place.line, column: place.column, path: "",
        message: "at most \(Self.maximumDepth) lists and maps may stand inside each other")
    }
  }

  private var path: Path { open.last?.nextPath ?? .root }

  private func problem(_ message: String, _ place: Place) -> ScenarioProblem {
    ScenarioProblem(
      file: problems.file, line: place.line, column: place.column, path: path.text, message: message)
  }
}
