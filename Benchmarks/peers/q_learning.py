"""Two Q-learning sellers as in Calvano et al. (2020): what `QLearning` does, in numba, and in plain Python for a part
of a session."""

import numba
import numpy as np
from rounds import serve

PRICES, STATES = 15, 225
NASH, JOINT = 1.4729273733327968, 1.9249808915977464
RATE, DECAY, DISCOUNT, STILL, LIMIT = 0.15, 4e-6, 0.95, 100_000, 1_000_000_000


def profit(own, other):
    mine = np.exp((2 - own) / 0.25)
    return (own - 1) * mine / (mine + np.exp((2 - other) / 0.25) + 1)


GRID = NASH - 0.1 * (JOINT - NASH) + 1.2 * (JOINT - NASH) * np.arange(PRICES) / (PRICES - 1)
PROFITS = np.stack([profit(GRID[:, None], GRID).ravel(), profit(GRID, GRID[:, None]).ravel()])
LEAST, MOST = profit(NASH, NASH), profit(JOINT, JOINT)
STARTS = PROFITS[0].reshape(PRICES, PRICES).mean(axis=1) / (1 - DISCOUNT)


def session(rng, profits, starts, most_periods):
    """Periods until no greedy action has changed for long, and the mean profit of the cycle that follows."""
    q = np.empty((2, STATES, PRICES))
    q[:] = starts
    greedy = np.full((2, STATES), np.argmax(starts))
    state, epsilon, shrink = int(rng.random() * STATES), 1.0, np.exp(-DECAY)
    period = last = 0
    while period < most_periods and period - last < STILL:
        first = int(rng.random() * PRICES) if rng.random() < epsilon else greedy[0, state]
        second = int(rng.random() * PRICES) if rng.random() < epsilon else greedy[1, state]
        epsilon *= shrink
        after = first * PRICES + second
        for seller in range(2):
            action = second if seller else first
            old, best = q[seller, state, action], greedy[seller, state]
            target = profits[seller, after] + DISCOUNT * q[seller, after, greedy[seller, after]]
            value = (1 - RATE) * old + RATE * target
            q[seller, state, action] = value
            now = best
            if action == best:
                if value < old:
                    now = np.argmax(q[seller, state])
            elif value > q[seller, state, best]:
                now = action
            if now != best:
                greedy[seller, state] = now
                last = period
        state = after
        period += 1
    for _ in range(STATES):
        state = greedy[0, state] * PRICES + greedy[1, state]
    start, total, length = state, 0.0, 0
    while length == 0 or state != start:
        state = greedy[0, state] * PRICES + greedy[1, state]
        total += (profits[0, state] + profits[1, state]) / 2
        length += 1
    return period, total / length


compiled = numba.njit(session)


def in_numba(sessions):
    rng = np.random.Generator(np.random.SFC64(7))

    def play():
        return np.array([compiled(rng, PROFITS, STARTS, LIMIT) for _ in range(sessions)])

    def results():
        periods, profits = play().mean(axis=0)
        return (profits - LEAST) / (MOST - LEAST), periods / 1e6

    return (lambda: play()[:, 0].sum()), results


def in_python(sessions):
    """A part of a session, since whole ones take minutes; its first periods are those of numba."""
    rng = np.random.Generator(np.random.SFC64(7))
    count = 20_000

    def results():
        one, two = (np.random.Generator(np.random.SFC64(1)) for _ in range(2))
        return [session(one, PROFITS, STARTS, 5000)[1] - compiled(two, PROFITS, STARTS, 5000)[1]]

    return (lambda: session(rng, PROFITS, STARTS, count)[0]), results


if __name__ == "__main__":
    serve({"numba": in_numba, "python": in_python})
