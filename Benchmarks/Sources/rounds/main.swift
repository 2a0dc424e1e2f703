import Foundation
import Works

// rounds WORK SIZE         prepares, prints the results as one line of numbers, then does one round for each line that it
//                          reads, and answers with wall seconds, processor seconds and the amount of work
// rounds WORK SIZE COUNT   does so many rounds in silence, for tools that count instructions or memory

func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

func answer(_ numbers: [Double]) {
  FileHandle.standardOutput.write(Data((numbers.map(\.description).joined(separator: " ") + "\n").utf8))
}

let words = CommandLine.arguments.dropFirst()
guard words.count == 2 || words.count == 3, let name = words.first, let size = Int(words[2]), size > 0 else {
  print("usage: rounds WORK SIZE [COUNT]; works: \(Works.names.joined(separator: ", "))")
  exit(64)
}
do {
  var work = try Works.work(name, size: size)
  if words.count == 3 {
    for _ in 0..<(Int(words[3]) ?? 0) { _ = try work.run() }
    exit(0)
  }
  answer(try work.results())
  while readLine() != nil {
    let (wall, processor) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
    let amount = try work.run()
    answer([seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - processor, amount])
  }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
