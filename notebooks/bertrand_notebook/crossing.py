"""Where two curves cross that are known at a few points, from paired replications."""

import numpy as np


def crossings(points, values):
    """Where a curve that is straight between its points changes sign."""
    found = []
    last = None  # the last point that is not zero
    for index, value in enumerate(values):
        if value == 0:
            continue
        if last is not None and np.sign(values[last]) != np.sign(value):
            if index == last + 1:
                share = values[last] / (values[last] - value)
                found.append(points[last] + share * (points[index] - points[last]))
            else:  # zero in between: the middle of it
                found.append((points[last + 1] + points[index - 1]) / 2)
        last = index
    return np.array(found)


def lead(profits, strategy):
    """By how much a strategy is ahead of the best of the others; profits of strategies along the last axis."""
    others = np.delete(profits, strategy, axis=-1)
    return profits[..., strategy] - others.max(axis=-1)


def resampled_means(profits, resamples=2000, seed=1):
    """Means over replications that are drawn again with replacement: the same ones for every point and strategy, since
    they met the same customers. `profits` has replications first."""
    count = profits.shape[0]
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=resamples)
    return np.tensordot(drawn / count, profits, axes=1)


def crossing_interval(points, curves, estimate, rises, confidence=0.95):
    """An interval for a crossing from the curves of resamples; infinite where it lies beyond the points."""
    places = []
    for values in curves:
        found = crossings(points, values)
        if len(found):
            places.append(found[np.argmin(np.abs(found - estimate))])
        else:
            # All on one side of zero: the crossing has moved out at one end.
            places.append(np.inf if (values[-1] < 0) == rises else -np.inf)
    tail = (1 - confidence) / 2
    return tuple(np.quantile(places, [tail, 1 - tail], method="inverted_cdf"))
