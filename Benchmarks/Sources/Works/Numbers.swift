/// Numbers that look random and are the same in every language of the peers: SplitMix64 of a place in a stream.
enum Numbers {
  /// Uniform in [0, 1).
  static func uniform(_ stream: Int, _ place: Int) -> Double {
    var word = (UInt64(stream) << 40 &+ UInt64(place) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    word ^= word >> 31
    return Double(word >> 11) * 0x1p-53
  }

  /// Bell-shaped with mean 0 and variance 1: three uniforms added up.
  static func bell(_ stream: Int, _ place: Int) -> Double {
    let sum = uniform(3 * stream, place) + uniform(3 * stream + 1, place) + uniform(3 * stream + 2, place)
    return 2 * sum - 3
  }
}
