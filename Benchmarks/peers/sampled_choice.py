"""Customers with normal valuations of eight products and Gumbel taste noise, who take the best offer or nothing: what
`SampledChoice` does, in numpy plain and chunked, and in numba."""

import numba
import numpy as np
from rounds import serve

PRODUCTS, CHUNK = 8, 2048
MEANS, PRICES = 20.0 + np.arange(PRODUCTS), 21 + 1.5 * np.arange(PRODUCTS)


def variant(choose):
    def make(size):
        rng = np.random.Generator(np.random.SFC64(7))

        def work():
            choose(rng, size)
            return size

        def results():
            counts, surplus = choose(rng, size)
            return np.append(counts, surplus) / size

        return work, results

    return make


def plain(rng, size):
    values = rng.normal(MEANS, 5, (size, PRODUCTS)) + rng.gumbel(0, 2, (size, PRODUCTS))
    gains = values - rng.gumbel(0, 2, (size, 1)) - PRICES
    choice, best = gains.argmax(axis=1), gains.max(axis=1)
    return np.bincount(choice[best > 0], minlength=PRODUCTS), np.maximum(best, 0).sum()


def expert(rng, size):
    """Products in rows, chunks that stay in cache, buffers used again; a Gumbel is minus the logarithm of an
    exponential, which numpy draws fast."""
    gains, noise = np.empty((PRODUCTS, CHUNK)), np.empty((PRODUCTS + 1, CHUNK))
    counts, surplus = np.zeros(PRODUCTS), 0.0
    shift = (MEANS - PRICES)[:, None]
    for start in range(0, size, CHUNK):
        count = min(CHUNK, size - start)
        rng.standard_normal(out=gains)
        rng.standard_exponential(out=noise)
        np.log(noise, out=noise)
        noise *= 2
        gains *= 5
        gains += shift
        gains -= noise[:PRODUCTS]
        best = gains[:, :count].max(axis=0)
        least = np.negative(noise[PRODUCTS, :count])
        surplus += np.maximum(best - least, 0).sum()
        np.maximum(best, least, out=best)
        counts += np.count_nonzero(gains[:, :count] == best, axis=1)
    return counts, surplus


@numba.njit(fastmath=True)
def compiled(rng, size, means, prices):
    counts, surplus = np.zeros(len(means)), 0.0
    for _ in range(size):
        best, choice = -2 * np.log(rng.standard_exponential()), -1
        outside = best
        for a in range(len(means)):
            gain = means[a] - prices[a] + 5 * rng.standard_normal() - 2 * np.log(rng.standard_exponential())
            if gain > best:
                best, choice = gain, a
        if choice >= 0:
            counts[choice] += 1
        surplus += best - outside
    return counts, surplus


if __name__ == "__main__":
    serve(
        {
            "plain": variant(plain),
            "expert": variant(expert),
            "numba": variant(lambda rng, size: compiled(rng, size, MEANS, PRICES)),
        }
    )
