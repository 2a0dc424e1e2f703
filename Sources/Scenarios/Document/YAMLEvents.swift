internal import CYaml

/// One step through a YAML text: a value, or the begin or end of a list or map.
struct YAMLEvent {
  enum Kind {
    case documentStart
    case scalar(DocumentNode.Scalar)
    /// A repetition (`*name`) of the value that was marked with `&name`.
    case alias(String)
    /// A list or map begins; with brackets or braces (`isFlow`) a comma ends a value.
    case start(isMap: Bool, isFlow: Bool)
    case end
    case other
  }

  let kind: Kind
  let place: Place
  /// The name that `&name` gives to this value.
  var anchor: String?
  /// The full name of an explicit tag, such as `!!str`.
  var tag: String?
}

/// Walks through a UTF-8 text from start to end, without recursion, and stops at the first mistake in the YAML or the
/// first problem that `visit` throws.
///
/// It drives libyaml, the parser inside Yams, by its events: the tree that Yams itself composes has no places for
/// aliases and duplicate names, and can neither be bounded in depth nor in the work that its aliases cause.
func readYAML(
  _ bytes: [UInt8], file: String, visit: (YAMLEvent) throws(ScenarioProblem) -> Void
) throws(ScenarioProblem) {
  let end = Place(endOf: bytes[...])
  let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  defer { parser.deallocate() }
  guard yaml_parser_initialize(parser) == 1 else { return }
  defer { yaml_parser_delete(parser) }
  try bytes.withUnsafeBufferPointer { input throws(ScenarioProblem) in
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else {
        let mistake = YAMLMistake(parser.pointee, bytes, end: end)
        let place = mistake.place
        throw ScenarioProblem(
          file: file, line: place.line, column: place.column, path: "", message: mistake.message)
      }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT || event.type == YAML_NO_EVENT { return }
      try visit(YAMLEvent(event, end: end))
    }
  }
}

extension YAMLEvent {
  fileprivate init(_ event: yaml_event_t, end: Place) {
    place = min(Place(event.start_mark), end)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      kind = .documentStart
    case YAML_ALIAS_EVENT:
      kind = .alias(String(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      kind = .scalar(
        DocumentNode.Scalar(
          text, isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE,
          isOneLine: event.start_mark.line == event.end_mark.line))
      (anchor, tag) = (String(scalar.anchor), String(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let list = event.data.sequence_start
      kind = .start(isMap: false, isFlow: list.style == YAML_FLOW_SEQUENCE_STYLE)
      (anchor, tag) = (String(list.anchor), String(list.tag))
    case YAML_MAPPING_START_EVENT:
      let map = event.data.mapping_start
      kind = .start(isMap: true, isFlow: map.style == YAML_FLOW_MAPPING_STYLE)
      (anchor, tag) = (String(map.anchor), String(map.tag))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      kind = .end
    default:
      kind = .other
    }
  }
}

extension YAMLMistake {
  fileprivate init(_ parser: yaml_parser_t, _ bytes: [UInt8], end: Place) {
    let problem = parser.problem.map { String(cString: $0) } ?? "the text cannot be read"
    if parser.error == YAML_READER_ERROR {
      // The reader knows bytes only.
      let place = Place(endOf: bytes.prefix(parser.problem_offset))
      self.init(problem: problem, at: place, character: Unicode.Scalar(UInt32(max(0, parser.problem_value))))
      return
    }
    let place = min(Place(parser.problem_mark), end)
    let context = parser.context == nil ? nil : Place(parser.context_mark)
    let character = String(decoding: bytes, as: UTF8.self).unicodeScalars.dropFirst(parser.problem_mark.index).first
    self.init(problem: problem, at: place, since: context, character: character)
  }
}

extension Place {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  /// The place behind the last character of a text; libyaml puts the end of a text on a line of its own.
  fileprivate init(endOf bytes: ArraySlice<UInt8>) {
    var (line, column) = (1, 1)
    var last: Unicode.Scalar = " "
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\n" where last == "\r": break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": (line, column) = (line + 1, 1)
      default: column += 1
      }
      last = scalar
    }
    self.init(line: line, column: column)
  }
}

extension String {
  fileprivate init?(_ pointer: UnsafeMutablePointer<yaml_char_t>?) {
    guard let pointer else { return nil }
    self.init(cString: pointer)
  }
}
