"""What a mixed bundle of two goods earns at given prices: what `BundleEvaluation` does, in numpy plain and chunked,
and in numba."""

import numba
import numpy as np
from rounds import bell, serve

CHUNK = 8192
P, Q, B = 66.0, 58.0, 103.0
COSTS = 20.0, 15.0


def data(size):
    places = np.arange(size)
    return 60 + 20 * bell(200, places), 50 + 25 * bell(201, places)


def variant(evaluate):
    def make(size):
        values = data(size)

        def work():
            evaluate(*values)
            return size

        return work, lambda: evaluate(*values)

    return make


def plain(u, v):
    surpluses = np.stack([np.zeros_like(u), u - P, v - Q, u + v - P - Q, u + v - B], axis=1)
    margins = np.array([0, P - COSTS[0], Q - COSTS[1], P + Q - sum(COSTS), B - sum(COSTS)])
    return margins[surpluses.argmax(axis=1)].mean()


def expert(u, v):
    """Counts of buyers in chunks that stay in cache."""
    first = second = both = 0
    alone, together, room = np.empty((3, CHUNK))
    for start in range(0, len(u), CHUNK):
        x, y = u[start : start + CHUNK], v[start : start + CHUNK]
        count = len(x)
        a, t, r = alone[:count], together[:count], room[:count]
        np.maximum(np.subtract(x, P, out=a), 0, out=a)
        np.maximum(np.subtract(y, Q, out=r), 0, out=r)
        a += r
        np.subtract(np.add(x, y, out=t), B, out=t)
        bundled = t >= a
        both += np.count_nonzero(bundled)
        np.logical_not(bundled, out=bundled)
        first += np.count_nonzero((x >= P) & bundled)
        second += np.count_nonzero((y >= Q) & bundled)
    return (first * (P - COSTS[0]) + second * (Q - COSTS[1]) + both * (B - sum(COSTS))) / len(u)


@numba.njit(fastmath=True)
def compiled(u, v):
    total = 0.0
    for i in range(len(u)):
        alone = max(u[i] - P, 0.0) + max(v[i] - Q, 0.0)
        earned = (P - COSTS[0] if u[i] >= P else 0.0) + (Q - COSTS[1] if v[i] >= Q else 0.0)
        total += B - COSTS[0] - COSTS[1] if u[i] + v[i] - B >= alone else earned
    return total / len(u)


if __name__ == "__main__":
    serve({"plain": variant(plain), "expert": variant(expert), "numba": variant(compiled)})
