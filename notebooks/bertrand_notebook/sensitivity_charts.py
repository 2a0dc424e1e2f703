"""Charts of sensitivity: profit against one change, and the tornado."""

import matplotlib.pyplot as plt
import numpy as np

from .crossing import crossings
from .sensitivity import nearest
from .style import GREY, LIGHT, chart, few_ticks, label, legend, line, plain, rows_of, style, title
from .text import quoted, signed


def _curve_finding(sweep):
    winner = quoted(sweep.strategies[sweep.winner])
    flips = nearest(sweep)
    if len(sweep.strategies) == 1:
        return f"What {winner} earns as {sweep.lever.name} changes"
    if not flips:
        return f"{winner} stays ahead, whatever {sweep.lever.name} is in this range"
    parts = [f"{quoted(flip.winner)} earns most {_where(sweep, flip)}" for flip in flips]
    return f"By {sweep.lever.name}: {' and '.join(parts)}, else {winner}"


def _where(sweep, flip):
    # Further out the lead may change hands once more.
    places, lever = sorted(item.value for item in sweep.flips()), sweep.lever
    place = places.index(flip.value)
    if flip.value < lever.base:
        if place == 0:
            return f"below {lever.words(flip.value)}"
        return f"between {lever.figure(places[place - 1])} and {lever.words(flip.value)}"
    if place + 1 < len(places):
        return f"between {lever.figure(flip.value)} and {lever.words(places[place + 1])}"
    return f"above {lever.words(flip.value)}"


def _rank_crossings(sweep, places=3):
    # Only among the first three: further down the marks would cover what they mark.
    for first in range(len(sweep.strategies)):
        for second in range(first):
            for place in crossings(sweep.values, sweep.means[:, first] - sweep.means[:, second]):
                heights = [np.interp(place, sweep.values, sweep.means[:, index]) for index in range(len(sweep.strategies))]
                if sum(height > heights[first] + 1e-9 * abs(heights[first]) for height in heights) < places - 1:
                    yield place, heights[first]


@chart
def curves(sweep, currency=""):
    """Profit of every strategy against one lever, with intervals; where ranks cross, and where the lead changes hands."""
    figure, axes = plt.subplots(figsize=(8, 4.6 + 0.1 * len(sweep.strategies)))
    scale, intervals = sweep.lever.scale, sweep.intervals()
    shown = sweep.values * scale
    for index, strategy in enumerate(sweep.strategies):
        colour, marker = style(index)
        if intervals is not None:
            axes.fill_between(shown, intervals[0][:, index], intervals[1][:, index], color=colour, alpha=0.18, linewidth=0)
        axes.plot(shown, sweep.means[:, index], color=colour, marker=marker, markersize=6, linewidth=1.6, linestyle=line(index),
                  label=strategy)
    for place, height in _rank_crossings(sweep):
        axes.plot(place * scale, height, marker="o", markersize=10, markerfacecolor="none", markeredgecolor="black", zorder=5)
    axes.axvline(sweep.lever.base * scale, color=GREY, linestyle=":", linewidth=1.2)
    axes.annotate("as it is", (sweep.lever.base * scale, 1), xycoords=("data", "axes fraction"), xytext=(3, -2),
                  textcoords="offset points", fontsize=9, color=GREY, va="top")
    for step, flip in enumerate(sweep.flips()):
        axes.axvline(flip.value * scale, color="black", linewidth=1)
        if not np.isnan(flip.low):
            ends = np.clip([flip.low, flip.high], sweep.values[0], sweep.values[-1]) * scale
            axes.plot(ends, [0.02 + 0.025 * step] * 2, transform=axes.get_xaxis_transform(), color="black", linewidth=4,
                      solid_capstyle="butt")
    axes.grid(axis="y", color=LIGHT)
    axes.set_axisbelow(True)
    few_ticks(axes.xaxis, 8)
    plain(axes.xaxis)
    plain(axes.yaxis)
    axes.set_xlabel(sweep.lever.axis)
    axes.set_ylabel(label("profit over the calendar", currency))
    legend(figure, [axes])
    title(figure, _curve_finding(sweep))
    return figure


def _tornado_finding(sweeps):
    winner = quoted(sweeps[0].strategies[sweeps[0].winner])
    flipping = [item for item in sweeps if (item.leads()[0] < 0).any()]
    if not flipping:
        return f"None of these changes takes the lead from {winner}; {sweeps[0].lever.name} moves it most"
    text = f"{len(flipping)} of {len(sweeps)} changes take{'s' if len(flipping) == 1 else ''} the lead from {winner}"
    intervals = [item.leads()[1] for item in flipping]
    if intervals[0] is not None:
        sure = sum(bool((interval[1] < 0).any()) for interval in intervals)
        text += f" ({sure} beyond chance)" if sure < len(flipping) else ""
    return f"{text}; {sweeps[0].lever.name} moves it most"


@chart
def tornado_chart(sweeps, currency=""):
    """By how much each lever moves the winner's lead: down and up by the same share."""
    if len(sweeps[0].strategies) < 2:
        print("There is a single strategy: no lead to move.")
        return None
    figure, axes = plt.subplots(figsize=(8.6, 2.1 + 0.5 * len(sweeps)))
    rows = rows_of(axes, [item.lever.name for item in sweeps])
    base = sweeps[0].leads()[0][1]
    reach = np.ptp([item.leads()[0] for item in sweeps]) or 1
    for row, item in zip(rows, sweeps):
        middle, interval = item.leads()
        # Side by side, so that neither hides the other where both lie on one side.
        for end, colour, pattern, name, offset in [(0, "#56B4E9", "", "less", -0.16), (2, "#E69F00", "///", "more", 0.16)]:
            axes.barh(row + offset, middle[end] - base, left=base, height=0.31, color=colour, hatch=pattern, edgecolor="white",
                      linewidth=0.5, label=name if row == rows[0] else None, alpha=1, zorder=2)
            if interval is not None:
                axes.hlines(row + offset, interval[0][end], interval[1][end], color="black", linewidth=1,
                            zorder=3)
        low, high = sorted([(middle[0], item.values[0]), (middle[2], item.values[2])])
        edge = [min(low[0], base), max(high[0], base)]
        if interval is not None:
            edge = [min(edge[0], interval[0].min()), max(edge[1], interval[1].max())]
        same_side = (middle[0] - base) * (middle[2] - base) > 0
        if same_side:
            text = " / ".join(item.lever.figure(value) for value in (item.values[0], item.values[2]))
            right = middle[0] > base
            _end(axes, row, edge[1] if right else edge[0], text, right)
        else:
            _end(axes, row, edge[0], item.lever.figure(low[1]), False)
            _end(axes, row, edge[1], item.lever.figure(high[1]), True)
    axes.axvline(0, color="black", linewidth=1.6, zorder=4)
    axes.axvline(base, color=GREY, linestyle=":", linewidth=1.2, zorder=4)
    axes.annotate(f"as it is: {signed(base)}", (base, len(rows) - 0.45), ha="center", va="bottom", fontsize=9, color=GREY,
                  annotation_clip=False)
    axes.margins(x=0.2)
    few_ticks(axes.xaxis, 7)
    plain(axes.xaxis)
    axes.set_xlabel(label("lead over the best of the others (left of 0 the answer flips)", currency))
    legend(figure, [axes])
    title(figure, _tornado_finding(sweeps))
    return figure


def _end(axes, row, place, text, right):
    axes.annotate(text, (place, row), xytext=(4 if right else -4, 0), textcoords="offset points", va="center",
                  ha="left" if right else "right", fontsize=8, zorder=5,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
