import Demand
import GSL
import Testing

/// Blocks of uniforms are those of the streams with the same keys.
struct UniformRowsTests {
  @Test(arguments: [0, 1, 4_194_303, 4_194_304, 12_582_917]) func sameAsStreams(block: Int) {
    var rows = UniformRows(rows: 3)
    rows.draw(block: block, key: DrawKey(seed: 0x1234_5678_9ABC, replication: 7, purpose: .learning))
    // Three rows are two pairs.
    #expect(rows.values.count == 4 * UniformRows.width)
    for lane in [0, 1, 517, UniformRows.width - 1] {
      let counter = block * UniformRows.width + lane
      var stream = RandomStream(
        seed: 0x1234_5678_9ABC, replication: 7, purpose: DrawKey.Purpose.learning.rawValue,
        period: UInt32(counter >> 32), index: UInt32(truncatingIfNeeded: counter))
      for row in 0..<4 { #expect(rows.values[row * UniformRows.width + lane] == stream.uniform()) }
    }
  }
}
