internal import CGSL

/// Philox4x32-10, the counter-based generator behind every random draw: a keyed bijection of 128-bit counters.
///
/// A draw is a function of its key and counter, not of the draws before it. So customers can be drawn in any order,
/// on any thread and in any shard, and a strategy that meets more customers does not disturb the others.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. Verified by the known
/// answers of the authors' Random123 library.
public enum Philox {
  /// The four words, each uniform over all 32-bit values, that a key gives for a counter.
  public static func words(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    let counter = [counter.x, counter.y, counter.z, counter.w]
    let key = [key.x, key.y]
    var words: [UInt32] = [0, 0, 0, 0]
    cgsl_philox4x32_10(counter, key, &words)
    return SIMD4(words)
  }
}
