/// Changed copies of a document, for commands that complete what a user has begun. What is put in gets the place of what
/// it stands in for, so that a mistake in it is reported where the user can look.
extension Document {
  /// The same file with another tree.
  func replacing(root: DocumentNode) -> Document { Document(file: file, bytes: bytes, root: root) }

  private init(file: String, bytes: [UInt8], root: DocumentNode) {
    (self.file, self.bytes, self.root) = (file, bytes, root)
  }
}

extension DocumentNode {
  /// The map with an entry changed by `change`, which gets nil where there is none and then adds one: before the entry
  /// called `next`, or as the last. What is no map stays as it is.
  func changing(_ key: String, before next: String? = nil, _ change: (DocumentNode?) -> DocumentNode) -> DocumentNode {
    guard case .map(var entries) = content else { return self }
    if let index = entries.firstIndex(where: { $0.key == key }) {
      let entry = entries[index]
      entries[index] = Entry(key: key, keyPlace: entry.keyPlace, value: change(entry.value))
    } else {
      let index = entries.firstIndex { $0.key == next } ?? entries.endIndex
      entries.insert(Entry(key: key, keyPlace: place, value: change(nil)), at: index)
    }
    return DocumentNode(place: place, content: .map(entries))
  }

  /// The list with each item changed; what is no list stays as it is.
  func changingItems(_ change: (Int, DocumentNode) -> DocumentNode) -> DocumentNode {
    guard case .list(let items) = content else { return self }
    return DocumentNode(place: place, content: .list(items.enumerated().map { change($0.offset, $0.element) }))
  }

  /// The map with each value changed; what is no map stays as it is.
  func changingValues(_ change: (String, DocumentNode) -> DocumentNode) -> DocumentNode {
    guard case .map(let entries) = content else { return self }
    return DocumentNode(
      place: place,
      content: .map(entries.map { Entry(key: $0.key, keyPlace: $0.keyPlace, value: change($0.key, $0.value)) }))
  }

  /// A number in the shortest form that reads back to the same double.
  static func number(_ number: Double, at place: Place) -> DocumentNode {
    DocumentNode(place: place, content: .scalar(Scalar(plain(number))))
  }

  /// A map.
  static func map(_ entries: [(String, DocumentNode)], at place: Place) -> DocumentNode {
    DocumentNode(place: place, content: .map(entries.map { Entry(key: $0.0, keyPlace: place, value: $0.1) }))
  }
}
