"""What the Python peers share: the protocol of rounds, and the common numbers.

    python peers/NAME.py VARIANT SIZE [KIND]

A peer prints its results as one line of numbers, then does one round for each line that it reads, and answers with wall
seconds, processor seconds and the amount of work: what `rounds` does in Swift.
"""

import sys
import time

import numpy as np


def serve(variants):
    """Runs the variant that the command line names: a function of size (and kind) that returns two functions, one that
    does the work and returns its amount, one that returns its results."""
    name, size, *kind = sys.argv[1:]
    work, results = variants[name](int(size), *kind)
    print(*map(repr, map(float, np.ravel(results()))), flush=True)
    for _ in sys.stdin:
        wall, processor = time.perf_counter(), time.process_time()
        amount = work()
        print(time.perf_counter() - wall, time.process_time() - processor, amount, flush=True)


def uniform(stream, places):
    """Uniform in [0, 1): SplitMix64 of a place in a stream, the same in every language here."""
    with np.errstate(over="ignore"):
        word = ((np.uint64(stream) << np.uint64(40)) + places.astype(np.uint64) + np.uint64(1)) * np.uint64(
            0x9E3779B97F4A7C15
        )
        word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        word ^= word >> np.uint64(31)
    return (word >> np.uint64(11)) * 2.0**-53


def bell(stream, places):
    """Bell-shaped with mean 0 and variance 1."""
    return 2 * (uniform(3 * stream, places) + uniform(3 * stream + 1, places) + uniform(3 * stream + 2, places)) - 3
