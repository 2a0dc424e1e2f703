"""Customers with normal valuations of two goods, who choose from a mixed bundle at eight price lists in turn: what
`BundleChoice` does, in numpy plain and chunked, and in numba."""

import numba
import numpy as np
from rounds import serve

CHUNK = 4096
LISTS = np.array([[64 + k, 56 + k, 101 + 1.5 * k] for k in range(8)])


def variant(choose):
    def make(size):
        rng = np.random.Generator(np.random.SFC64(7))

        def work():
            choose(rng, size)
            return size * len(LISTS)

        return work, lambda: choose(rng, size)[-1] / size

    return make


def plain(rng, size):
    u, v = rng.normal(60, 20, size), rng.normal(50, 25, size)
    totals = np.zeros((len(LISTS), 4))
    for total, (p, q, b) in zip(totals, LISTS):
        gains = np.stack([np.zeros_like(u), u - p, v - q, u + v - p - q, u + v - b], axis=1)
        counts = np.bincount(gains.argmax(axis=1), minlength=5)
        total[:] = counts[1] + counts[3], counts[2] + counts[3], counts[4], gains.max(axis=1).sum()
    return totals


def expert(rng, size):
    """Chunks that stay in cache, in buffers used again."""
    totals, values = np.zeros((len(LISTS), 4)), np.empty((2, CHUNK))
    sums, alone, other, together = np.empty((4, CHUNK))
    for start in range(0, size, CHUNK):
        count = min(CHUNK, size - start)
        rng.standard_normal(out=values)
        values *= [[20], [25]]
        values += [[60], [50]]
        (u, v), s, a, o, t = values[:, :count], sums[:count], alone[:count], other[:count], together[:count]
        np.add(u, v, out=s)
        for total, (p, q, b) in zip(totals, LISTS):
            np.maximum(np.subtract(u, p, out=a), 0, out=a)
            np.maximum(np.subtract(v, q, out=o), 0, out=o)
            first, second = a > 0, o > 0
            a += o
            np.subtract(s, b, out=t)
            apart = t < a
            total[0] += np.count_nonzero(np.logical_and(first, apart, out=first))
            total[1] += np.count_nonzero(np.logical_and(second, apart, out=second))
            total[2] += count - np.count_nonzero(apart)
            total[3] += np.maximum(a, t, out=a).sum()
    return totals


@numba.njit(fastmath=True)
def compiled(rng, size, lists):
    totals, chunk = np.zeros((len(lists), 4)), 512
    u, v = np.empty(chunk), np.empty(chunk)
    for start in range(0, size, chunk):
        count = min(chunk, size - start)
        for i in range(count):
            u[i] = 60 + 20 * rng.standard_normal()
            v[i] = 50 + 25 * rng.standard_normal()
        for k in range(len(lists)):
            p, q, b = lists[k]
            first = second = both = 0
            gain = 0.0
            for i in range(count):
                alone, together = max(u[i] - p, 0.0) + max(v[i] - q, 0.0), u[i] + v[i] - b
                bundled = together >= alone
                both += bundled
                first += (u[i] >= p) & (not bundled)
                second += (v[i] >= q) & (not bundled)
                gain += max(alone, together)
            totals[k, 0] += first
            totals[k, 1] += second
            totals[k, 2] += both
            totals[k, 3] += gain
    return totals


if __name__ == "__main__":
    serve(
        {
            "plain": variant(plain),
            "expert": variant(expert),
            "numba": variant(lambda rng, size: compiled(rng, size, LISTS)),
        }
    )
