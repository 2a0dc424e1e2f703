"""Charts of who wins, and how surely."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator, PercentFormatter

from .style import GREY, chart, label, plain, rows_of, style, title
from .text import amount, listed, money, percent, quoted, signed


def _mark(axes, row, index, mean, low, high):
    colour, marker = style(index)
    axes.plot(mean, row, marker=marker, color=colour, markersize=8, zorder=3)
    if pd.notna(low):
        axes.hlines(row, low, high, color=colour, linewidth=2.5)


def winner(results):
    """The finding: who earns most, and by how much."""
    best, baseline, top = results.best, results.baseline, results.candidates.iloc[0]
    earned = money(top["profit_mean"], results.currency)
    if len(results.candidates) == 1:
        return f"{quoted(best)} earns {earned}"
    if best == baseline:
        return f"No strategy beats {quoted(baseline)}: {earned}"
    gain = top["profit_mean"] - results.candidates.set_index("strategy").loc[baseline, "profit_mean"]
    if round(gain, 6) <= 0:
        return f"{quoted(best)} and {quoted(baseline)} earn the same: {earned}"
    text = f"{quoted(best)} earns most: {earned}, {amount(gain)} more than {quoted(baseline)}"
    row = results.comparisons.set_index("strategy").loc[best]
    sure = pd.notna(row["profit_difference_ci_low"]) and row["profit_difference_ci_low"] > 0
    if pd.isna(row["profit_difference_ci_low"]):
        return text + ", in a single run"
    return text if sure else text + ", which may be chance"


@chart
def profits(results, with_benchmark=True):
    """Mean profit of each strategy with its interval, and what perfect knowledge earned."""
    names = [s + (" (baseline)" if s == results.baseline else "") for s in results.strategies]
    figure, axes = plt.subplots(figsize=(8, 1.6 + 0.48 * len(names)))
    rows = rows_of(axes, names)
    for index, (row, (_, line)) in enumerate(zip(rows, results.candidates.iterrows())):
        _mark(axes, row, index, line["profit_mean"], line["profit_ci_low"], line["profit_ci_high"])
    for value in results.benchmark["profit_mean"] if with_benchmark else []:
        axes.axvline(value, color=GREY, linestyle="--", linewidth=1.2)
        right = value > np.mean(axes.get_xlim())
        axes.annotate("perfect knowledge", (value, len(rows) - 0.45), color=GREY, ha="right" if right else "left", va="bottom",
                      xytext=(-4 if right else 4, 0), textcoords="offset points", fontsize=9, annotation_clip=False)
    axes.set_ylim(-0.6, len(rows) - 0.05)
    axes.margins(x=0.08)
    plain(axes.xaxis)
    axes.set_xlabel(label("profit over the calendar", results.currency))
    title(figure, winner(results))
    return figure


def how_many_better(results):
    """The finding: how many alternatives are surely better than the baseline, and how many surely worse."""
    table, baseline = results.comparisons, quoted(results.baseline)
    low, high, mean = (table[f"profit_difference_{part}"] for part in ["ci_low", "ci_high", "mean"])
    if low.isna().all():
        better = int((mean > 0).sum())
        return (f"{better} of {len(table)} alternatives beat{'s' if better == 1 else ''} {baseline} in a single run: "
                "no word on chance")
    better, worse = int((low > 0).sum()), int((high < 0).sum())
    if len(table) == 1:
        return f"The alternative to {baseline} {'earns more' if better else 'earns less' if worse else 'could go either way'}"
    counts = [(better, "earns more", "earn more"), (worse, "earns less", "earn less"),
              (len(table) - better - worse, "could go either way", "could go either way")]
    return f"Of {len(table)} alternatives to {baseline}, " + listed(
        f"{count} {one if count == 1 else many}" for count, one, many in counts if count)


@chart
def differences(results):
    """Profit of each strategy against the baseline, on the same customers."""
    if results.comparisons.empty:
        print("There is only the baseline: nothing to compare.")
        return None
    others = [s for s in results.strategies if s != results.baseline]
    table = results.comparisons.set_index("strategy").loc[others]
    figure, axes = plt.subplots(figsize=(8, 1.6 + 0.48 * len(others)))
    axes.axvline(0, color="black", linewidth=1)
    for row, (strategy, line) in zip(rows_of(axes, others), table.iterrows()):
        mean, low, high = (line[f"profit_difference_{part}"] for part in ["mean", "ci_low", "ci_high"])
        _mark(axes, row, results.strategies.index(strategy), mean, low, high)
        axes.annotate(signed(mean), (mean, row), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=9)
    axes.set_ylim(-0.6, len(others) - 0.3)
    axes.margins(x=0.1)
    plain(axes.xaxis)
    axes.set_xlabel(label(f"profit more or less than {quoted(results.baseline)}", results.currency))
    title(figure, how_many_better(results))
    return figure


CLAIMS = {"exact": "of", "bound": "of an upper bound of", "best_found": "of the best found for"}


@chart
def chances(results):
    """How probable it is that a strategy is best, and its share of what perfect knowledge earns."""
    candidates = results.candidates
    measures = [("probability_best", "probability of being best"),
                ("share_of_clairvoyant", "share of perfect knowledge's contribution")]
    shown = [(column, meaning) for column, meaning in measures if candidates[column].notna().any()]
    if not shown:
        print("One replication, and nothing that perfect knowledge could earn: no probabilities, no shares.")
        return None
    figure, panels = plt.subplots(1, len(shown), figsize=(3.6 * len(shown) + 2, 1.5 + 0.42 * len(candidates)), sharey=True,
                                  squeeze=False)
    for axes, (column, meaning) in zip(panels[0], shown):
        values = candidates[column].to_numpy(dtype=float)
        for index, (row, value) in enumerate(zip(rows_of(axes, results.strategies), values)):
            if np.isnan(value):
                continue
            colour, marker = style(index)
            axes.hlines(row, 0, value, color=colour, linewidth=3)
            axes.plot(value, row, marker=marker, color=colour, markersize=8)
            axes.annotate(percent(value), (max(value, 0), row), xytext=(9, 0), textcoords="offset points", va="center",
                          fontsize=9, zorder=4, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
        axes.grid(visible=False)
        axes.set_xlim(min(0, np.nanmin(values) * 1.1), max(1, np.nanmax(values)) * 1.22)
        axes.axvline(1, color=GREY, linestyle="--", linewidth=1, zorder=0)
        axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5]))
        axes.xaxis.set_major_formatter(PercentFormatter(1))
        axes.set_xlabel(meaning)
    top, parts = candidates.iloc[0], []
    if pd.notna(top["probability_best"]):
        parts.append(f"is best in {percent(top['probability_best'])} of resamples")
    if pd.notna(top["share_of_clairvoyant"]):
        parts.append(f"earns {percent(top['share_of_clairvoyant'])} {CLAIMS.get(top['clairvoyant_kind'], 'of')} perfect knowledge's contribution")
    title(figure, f"{quoted(results.best)} " + " and ".join(parts))
    return figure
