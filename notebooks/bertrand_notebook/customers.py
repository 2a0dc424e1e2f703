"""Charts of which customers gain and lose, and who sells to whom."""

import matplotlib.pyplot as plt
import numpy as np

from .style import LIGHT, chart, hatch, label, legend, plain, rows_of, style, title
from .text import listed, percent, quoted, wrap


def _for_each_customer(results, column):
    table = results.segments
    each = table[column] / table["customers_mean"].where(table["customers_mean"] > 0)
    table = table.assign(each=each).pivot(index="strategy", columns="segment", values="each")
    return table[list(dict.fromkeys(results.segments["segment"]))]


def who_gains(results):
    """The finding: which segments gain and which lose under the best strategy (or the first that is not the baseline)."""
    each = _for_each_customer(results, "consumer_surplus_mean")
    others = [s for s in results.strategies if s != results.baseline]
    leader = results.best if results.best != results.baseline else others[0]
    change = (each.loc[leader] - each.loc[results.baseline]).dropna()
    tiny = 1e-4 * max(1e-12, np.nanmax(np.abs(each.to_numpy())))
    winners, losers = list(change.index[change > tiny]), list(change.index[change < -tiny])
    if not winners and not losers:
        return f"Customers are as well off under {quoted(leader)} as under {quoted(results.baseline)}"
    if winners and losers:
        return f"Under {quoted(leader)}, {listed(winners)} gain and {listed(losers)} lose"
    does = "gain" if winners else "lose"
    who = "all customers" if len(change) > 1 and len(winners + losers) == len(change) else listed(winners + losers)
    most = change.idxmax() if winners else change.idxmin()
    return f"Under {quoted(leader)} {who} {does}" + (f", most of all {most}" if len(winners + losers) > 1 else "")


@chart
def surplus(results, most=6):
    """What each customer of a segment gains or loses against the baseline."""
    others = [s for s in results.strategies if s != results.baseline]
    if not others:
        print(f"There is only {quoted(results.baseline)}: nobody gains or loses.")
        return None
    each = _for_each_customer(results, "consumer_surplus_mean")
    gain = each.sub(each.loc[results.baseline]).loc[others, list(each.columns[:most])]
    count = len(gain.columns)
    figure, axes = plt.subplots(figsize=(8, 1.9 + len(others) * (0.3 + 0.17 * count)))
    rows, thickness = np.array(rows_of(axes, others)), 0.8 / count
    for index, segment in enumerate(gain.columns):
        axes.barh(rows + 0.4 - (index + 0.5) * thickness, gain[segment], height=thickness * 0.92, color=style(index)[0],
                  hatch=hatch(index), edgecolor="white", linewidth=0.5, label=segment)
    for row in rows[:-1]:
        axes.axhline(row - 0.5, color=LIGHT, linewidth=0.8)
    axes.axvline(0, color="black", linewidth=1)
    plain(axes.xaxis)
    axes.set_xlabel(label(f"surplus of each customer, more or less than under {quoted(results.baseline)}", results.currency))
    legend(figure, [axes])
    title(figure, who_gains(results))
    return figure


@chart
def sellers(results):
    """Units of every seller under each strategy of the studied one."""
    strategies = results.strategies
    units = results.sellers.pivot(index="strategy", columns="seller", values="units_mean").loc[strategies]
    order = [results.studied] + [s for s in dict.fromkeys(results.sellers["seller"]) if s != results.studied]
    figure, axes = plt.subplots(figsize=(8, 1.9 + 0.42 * len(strategies)))
    rows, left = rows_of(axes, strategies), np.zeros(len(strategies))
    for index, seller in enumerate(order):
        values = units[seller].fillna(0).to_numpy()
        axes.barh(rows, values, left=left, height=0.66, color=style(index)[0], hatch=hatch(index), edgecolor="white",
                  linewidth=0.5, label=seller)
        left += values
    plain(axes.xaxis)
    axes.set_xlabel("units sold over the calendar (a bundle of two counts as two)")
    legend(figure, [axes])
    title(figure, _market(results, units))
    return figure


def _market(results, units):
    best, baseline, studied = results.best, results.baseline, results.studied
    compared = list(dict.fromkeys([best, baseline]))
    total = units.sum(axis=1)
    if not (total > 0).any():
        return "Nobody sells anything"
    if len(units.columns) == 1:
        words = [f"{units.loc[s, studied]:,.0f} under {quoted(s)}" for s in compared]
        return f"{studied} sells {words[0].replace(' under', ' units under', 1)}" + "".join(f", {word}" for word in words[1:])
    share = units[studied] / total
    words = [f"{percent(share[s])} {'of all units ' if s == best else ''}under {quoted(s)}" for s in compared if total[s] > 0]
    return f"{studied} sells " + ", ".join(words)


@chart
def reach(results):
    """The share of each segment that buys from the studied seller."""
    table = results.segments[results.segments["strategy"].isin(results.strategies)]
    # Where buyers are not known, as in a study of the mean customer with several categories, units say how much is bought.
    is_known = table["buyers_mean"].notna().all()
    rate = _for_each_customer(results, "buyers_mean" if is_known else "units_mean").loc[results.strategies]
    values = rate.to_numpy(dtype=float)
    limit = 1 if is_known else max(1e-12, np.nanmax(values))
    figure, axes = plt.subplots(figsize=(min(9, 4.2 + 1.2 * len(rate.columns)), 1.5 + 0.42 * len(rate)))
    axes.imshow(np.nan_to_num(values) / limit, cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for (row, place), value in np.ndenumerate(values):
        if not np.isnan(value):
            axes.text(place, row, percent(value) if is_known else f"{value:.2f}", ha="center", va="center",
                      color="white" if value / limit < 0.55 else "black")
    axes.set_xticks(range(len(rate.columns)), [wrap(s, 16) for s in rate.columns])
    axes.set_yticks(range(len(rate)), [wrap(s) for s in rate.index])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    if is_known and len(rate) > 1:
        finding = _reach_finding(results, rate)
    else:
        what = "Share of each segment that buys from {}" if is_known else "Units from {} for each customer"
        finding = what.format(results.studied)
    title(figure, finding)
    return figure


def _reach_finding(results, rate):
    row = rate.loc[results.best].dropna()
    if row.empty:
        return f"Share of each segment that buys from {results.studied}"
    if len(row) == 1:
        return f"{percent(row.iloc[0])} of {row.index[0]} buy from {results.studied} under {quoted(results.best)}"
    return (f"{results.studied} wins {percent(row.max())} of {row.idxmax()} and {percent(row.min())} of {row.idxmin()} "
            f"under {quoted(results.best)}")
