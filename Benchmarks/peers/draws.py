"""Customers drawn with valuations of one distribution: what `Draws` does, in numpy plain and chunked, and in numba."""

import numba
import numpy as np
from rounds import serve

CHUNK = 4096
LOG_VARIANCE = np.log(1 + 25 / 400)
LOG_MEAN, LOG_DEVIATION = np.log(20) - LOG_VARIANCE / 2, np.sqrt(LOG_VARIANCE)
CORRELATION = 0.5 + 0.5 * np.eye(4)
MEANS, LOWER = 20.0 + np.arange(4), 5 * np.linalg.cholesky(CORRELATION)


def plain(rng, size, kind):
    match kind:
        case "normal":
            return rng.normal(20, 5, size)
        case "log-normal":
            return rng.lognormal(LOG_MEAN, LOG_DEVIATION, size)
        case "exponential":
            return rng.exponential(20, size)
        case "gumbel":
            return rng.gumbel(20, 5, size)
        case "correlated":
            return rng.multivariate_normal(MEANS, 25 * CORRELATION, size, method="cholesky").T


def expert(rng, size, kind, keep=None):
    """Chunks that stay in cache, in buffers used again."""
    buffer, product = np.empty((2, 4 if kind == "correlated" else 1, CHUNK))
    one = buffer[0]
    for start in range(0, size, CHUNK):
        if kind in ("normal", "log-normal", "correlated"):
            rng.standard_normal(out=buffer)
        else:
            rng.standard_exponential(out=buffer)
        values = buffer
        match kind:
            case "normal":
                one *= 5
                one += 20
            case "log-normal":
                one *= LOG_DEVIATION
                one += LOG_MEAN
                np.exp(one, out=one)
            case "exponential":
                one *= 20
            case "gumbel":
                np.log(one, out=one)
                one *= -5
                one += 20
            case "correlated":
                values = np.matmul(LOWER, buffer, out=product)
                values += MEANS[:, None]
        if keep is not None:
            keep[:, start : start + CHUNK] = values[:, : size - start]


@numba.njit
def normal(rng, values):
    for i in range(values.shape[1]):
        values[0, i] = 20 + 5 * rng.standard_normal()


@numba.njit
def log_normal(rng, values):
    for i in range(values.shape[1]):
        values[0, i] = LOG_MEAN + LOG_DEVIATION * rng.standard_normal()
    # By itself, so that the exponentials become vectors.
    for i in range(values.shape[1]):
        values[0, i] = np.exp(values[0, i])


@numba.njit
def exponential(rng, values):
    for i in range(values.shape[1]):
        values[0, i] = 20 * rng.standard_exponential()


@numba.njit
def gumbel(rng, values):
    for i in range(values.shape[1]):
        values[0, i] = rng.standard_exponential()
    for i in range(values.shape[1]):
        values[0, i] = 20 - 5 * np.log(values[0, i])


@numba.njit
def correlated(rng, values):
    for i in range(values.shape[1]):
        for row in range(4):
            values[row, i] = rng.standard_normal()
        for row in range(3, -1, -1):
            total = MEANS[row]
            for column in range(row + 1):
                total += LOWER[row, column] * values[column, i]
            values[row, i] = total


COMPILED = {
    "normal": normal,
    "log-normal": log_normal,
    "exponential": exponential,
    "gumbel": gumbel,
    "correlated": correlated,
}


def numba_draw(rng, size, kind, keep=None):
    compiled = COMPILED[kind]
    values = np.empty((4 if kind == "correlated" else 1, CHUNK))
    for start in range(0, size, CHUNK):
        compiled(rng, values)
        if keep is not None:
            keep[:, start : start + CHUNK] = values[:, : size - start]


def variant(draw, keeps):
    def make(size, kind):
        rng = np.random.Generator(np.random.SFC64(7))

        def work():
            draw(rng, size, kind)
            return size

        def results():
            values = np.empty((4 if kind == "correlated" else 1, size))
            if keeps:
                draw(rng, size, kind, values)
            else:
                values[:] = draw(rng, size, kind)
            return values[0].mean(), values[0].std(), values[-1].mean(), values[-1].std()

        return work, results

    return make


if __name__ == "__main__":
    serve({"plain": variant(plain, False), "expert": variant(expert, True), "numba": variant(numba_draw, True)})
