"""How profit answers to one change of the scenario at a time, and where the answer flips."""

from dataclasses import dataclass

import numpy as np

from . import program
from .crossing import crossing_interval, crossings, lead, resampled_means
from .levers import Lever
from .text import listed, quoted


@dataclass(frozen=True)
class Flip:
    """A place where another strategy takes the lead."""

    value: float
    low: float
    high: float
    winner: str
    below: bool  # whether it leads below the place, rather than above


@dataclass(frozen=True)
class Sweep:
    """Profits at several values of a lever: replications x values x strategies."""

    lever: Lever
    values: np.ndarray
    strategies: list
    profits: np.ndarray
    winner: int  # the strategy that earns most in the scenario as it is
    confidence: float

    @property
    def means(self):
        """Mean profit at each value (row) of each strategy (column)."""
        return self.profits.mean(axis=0)

    def intervals(self):
        """Bootstrap intervals of mean profit, low and high; None from a single replication."""
        if len(self.profits) < 2:
            return None
        tail = (1 - self.confidence) / 2
        return np.quantile(resampled_means(self.profits), [tail, 1 - tail], axis=0)

    def leads(self):
        """The winner's lead over the best of the others at each value, with its interval (None from one replication)."""
        if len(self.strategies) < 2:
            return np.zeros(len(self.values)), None
        middle = lead(self.means, self.winner)
        if len(self.profits) < 2:
            return middle, None
        tail = (1 - self.confidence) / 2
        return middle, np.quantile(lead(resampled_means(self.profits), self.winner), [tail, 1 - tail], axis=0)

    def flips(self):
        """Where the winner gains or loses the lead."""
        if len(self.strategies) < 2:
            return []
        middle = lead(self.means, self.winner)
        # Between three runs the course of the lead is unknown: that error is larger than chance, so no interval is told.
        is_fine = len(self.profits) > 1 and len(self.values) > 3
        curves = lead(resampled_means(self.profits), self.winner) if is_fine else None
        found = []
        for place in crossings(self.values, middle):
            side = np.searchsorted(self.values, place)
            below = middle[side - 1] < 0  # the winner is behind below the place
            low, high = (crossing_interval(self.values, curves, place, below, self.confidence)
                         if curves is not None else (np.nan, np.nan))
            others = np.array([np.interp(place, self.values, self.means[:, index]) for index in range(len(self.strategies))])
            others[self.winner] = -np.inf
            found.append(Flip(place, low, high, self.strategies[int(others.argmax())], bool(below)))
        return found


def sweep(scenario, lever, values, replications):
    """Reruns the program on copies of the scenario, each with another value of the lever."""
    values = np.unique(np.append(np.asarray(values, dtype=float), lever.base))
    runs = [program.run(lever.at(scenario, value).quick(), replications) for value in values]
    base = runs[int(np.searchsorted(values, lever.base))]
    strategies = base.strategies
    profits = np.stack([results.profits(strategies).to_numpy() for results in runs], axis=1)
    return Sweep(lever, values, strategies, profits, 0, base.confidence)


def tornado(scenario, levers, replications, change=0.2):
    """Every lever down and up by the same share; the scenario as it is is run once."""
    base = program.run(scenario.quick(), replications)
    strategies, sweeps = base.strategies, []
    for lever in levers:
        ends = [lever.base * (1 - change), lever.base * (1 + change)]
        if lever.unit == "%":  # a share stays below the whole
            ends[1] = min(ends[1], (1 + lever.base) / 2)
        low, high = (program.run(lever.at(scenario, value).quick(), replications) for value in ends)
        profits = np.stack([results.profits(strategies).to_numpy() for results in (low, base, high)], axis=1)
        sweeps.append(Sweep(lever, np.array([ends[0], lever.base, ends[1]]), strategies, profits, 0, base.confidence))
    return sorted(sweeps, key=lambda item: -float(np.ptp(item.leads()[0])))


def flip_in_words(lever, flip, confidence=0.95):
    """A place where the answer flips, its interval, and who leads there."""
    side = "below" if flip.value < lever.base else "above"
    about = "about " if np.isnan(flip.low) else ""
    text = f"{lever.name} {side} {about}{lever.words(flip.value)}"
    if not np.isnan(flip.low):
        low = "below the range" if np.isinf(flip.low) else lever.figure(flip.low)
        high = "beyond the range" if np.isinf(flip.high) else lever.figure(flip.high)
        text += f" ({confidence:.0%} interval: {low} to {high})"
    return f"{text}: {quoted(flip.winner)} earns most"


def when_it_flips(sweeps):
    """The finding in a sentence: what would have to change for another strategy to win."""
    sweeps = list(sweeps)
    first = sweeps[0]
    winner = quoted(first.strategies[first.winner])
    if len(first.strategies) < 2:
        return f"{winner} is the only strategy: there is no answer to flip."
    flips = [(item.lever, flip) for item in sweeps for flip in nearest(item)]
    if not flips:
        ranges = listed(item.lever.name for item in sweeps)
        return f"The answer does not flip: {winner} stays ahead over the whole range of {ranges}."
    lines = "\n".join(f"  - {flip_in_words(lever, flip, first.confidence)}" for lever, flip in flips)
    return f"{winner} earns most in the scenario as it is. The answer flips with\n{lines}"


def nearest(item):
    """The flips next to the scenario as it is, one on each side at most."""
    flips = item.flips()
    below = [flip for flip in flips if flip.value < item.lever.base]
    above = [flip for flip in flips if flip.value >= item.lever.base]
    return below[-1:] + above[:1]
