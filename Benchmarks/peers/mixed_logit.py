"""Mixed logit shares, their price Jacobian and consumer surplus of customers who differ in everything: what
`MixedLogit` does, in numpy plain and chunked, and in numba."""

import numba
import numpy as np
from rounds import bell, serve, uniform

PRODUCTS, CHUNK = 8, 1024
PRICES = 10 + 2.0 * np.arange(PRODUCTS)


def data(size):
    places = np.arange(size)
    utilities = np.stack([2 + 0.25 * a + bell(a, places) for a in range(PRODUCTS)])
    return utilities, 0.1 * (0.5 + uniform(100, places))


def variant(evaluate, prepare=lambda utilities, alpha: (utilities, alpha)):
    def make(size):
        arrays = prepare(*data(size))

        def work():
            evaluate(*arrays)
            return size

        def results():
            shares, jacobian, surplus = evaluate(*arrays)
            return np.concatenate([shares, np.ravel(jacobian), [surplus]])

        return work, results

    return make


def plain(utilities, alpha):
    """Customers in rows, everything at once."""
    v = utilities - alpha[:, None] * PRICES
    largest = np.maximum(v.max(axis=1, keepdims=True), 0)
    e = np.exp(v - largest)
    total = np.exp(-largest) + e.sum(axis=1, keepdims=True)
    s = e / total
    jacobian = (alpha[:, None, None] * (s[:, :, None] * s[:, None, :])).mean(axis=0)
    jacobian -= np.diag((alpha[:, None] * s).mean(axis=0))
    surplus = ((largest[:, 0] + np.log(total[:, 0])) / alpha).mean()
    return s.mean(axis=0), jacobian, surplus


def expert(utilities, alpha):
    """Products in rows, chunks that stay in cache, buffers used again, the Jacobian by one matrix product; utilities
    are known to be small, so that no exponential needs its largest taken off."""
    size = len(alpha)
    s, w = np.empty((2, PRODUCTS, CHUNK))
    units, own, cross, surplus = np.zeros(PRODUCTS), np.zeros(PRODUCTS), np.zeros((PRODUCTS, PRODUCTS)), 0.0
    for start in range(0, size, CHUNK):
        a = alpha[start : start + CHUNK]
        count = len(a)
        e, weighted = s[:, :count], w[:, :count]
        np.multiply(PRICES[:, None], a, out=e)
        np.subtract(utilities[:, start : start + count], e, out=e)
        np.exp(e, out=e)
        total = e.sum(axis=0)
        total += 1
        surplus += (np.log(total) / a).sum()
        np.reciprocal(total, out=total)
        e *= total
        np.multiply(e, a, out=weighted)
        units += e.sum(axis=1)
        own += weighted.sum(axis=1)
        cross += weighted @ e.T
    return units / size, (cross - np.diag(own)) / size, surplus / size


@numba.njit(fastmath=True)
def compiled(utilities, alpha, prices):
    size, products = utilities.shape
    units, own, cross, surplus = np.zeros(products), np.zeros(products), np.zeros((products, products)), 0.0
    s = np.empty(products)
    for i in range(size):
        total = 1.0
        for a in range(products):
            s[a] = np.exp(utilities[i, a] - alpha[i] * prices[a])
            total += s[a]
        surplus += np.log(total) / alpha[i]
        for a in range(products):
            s[a] /= total
            units[a] += s[a]
            own[a] += alpha[i] * s[a]
        for a in range(products):
            weighted = alpha[i] * s[a]
            for b in range(products):
                cross[a, b] += weighted * s[b]
    return units / size, (cross - np.diag(own)) / size, surplus / size


def rows(utilities, alpha):
    return np.ascontiguousarray(utilities.T), alpha


if __name__ == "__main__":
    serve(
        {
            "plain": variant(plain, rows),
            "expert": variant(expert),
            "numba": variant(lambda u, a: compiled(u, a, PRICES), rows),
        }
    )
