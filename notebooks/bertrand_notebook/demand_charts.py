"""Charts of demand, of what it earns, and of how sensitive it is."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import PercentFormatter

from .style import GREY, LIGHT, chart, few_ticks, hatch, label, legend, line, plain, style, title
from .text import amount, money as in_money, percent


def _baseline(axes, demand):
    axes.axvline(demand.held, color=GREY, linestyle=":", linewidth=1.2)
    axes.annotate("baseline", (demand.held, 1), xycoords=("data", "axes fraction"), xytext=(3, -2), textcoords="offset points",
                  fontsize=9, color=GREY, va="top")


def _axes(axes, demand):
    axes.grid(axis="y", color=LIGHT)
    axes.set_axisbelow(True)
    few_ticks(axes.xaxis, 7)
    plain(axes.xaxis)
    axes.set_xlabel(label(f"price of {demand.product}", demand.currency))


def _at_baseline(demand, segment):
    data = demand.table[demand.table["segment"] == segment]
    return float(np.interp(demand.held, data["price"], data["share"]))


@chart
def shares(demand):
    """Share of each segment that buys, and units of all, against price; small circles are the formula."""
    segments = list(dict.fromkeys(demand.table["segment"]))
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.4, 4.4))
    for index, segment in enumerate(segments):
        data = demand.table[demand.table["segment"] == segment]
        colour, marker = style(index)
        left.plot(data["price"], data["share"], color=colour, marker=marker, markersize=5, markevery=(index % 3, 3),
                  linestyle=line(index), label=segment)
    known = demand.table.dropna(subset=["formula"])
    if len(known):
        left.plot(known["price"], known["formula"], color="black", marker="o", markersize=3, markerfacecolor="white",
                  linestyle="", label="formula", zorder=4)
    if _is_share(demand):
        left.yaxis.set_major_formatter(PercentFormatter(1))
        left.set_ylim(-0.03, 1.03)
        left.set_title("share of the segment's customers who buy")
    else:
        left.set_title("units for each customer of the segment")
    bottom = np.zeros(demand.table["price"].nunique())
    for index, segment in enumerate(segments):
        data = demand.table[demand.table["segment"] == segment]
        top = bottom + (data["share"] * data["weight"]).to_numpy()
        right.fill_between(data["price"], bottom, top, facecolor=style(index)[0], alpha=0.75, edgecolor="white",
                           hatch=hatch(index), linewidth=0.5)
        bottom = top
    right.set_ylim(bottom=0)
    right.set_title("units over the calendar if nothing runs out")
    plain(right.yaxis)
    for axes in (left, right):
        _axes(axes, demand)
        _baseline(axes, demand)
    legend(figure, [left], 4)
    at_baseline = {segment: _at_baseline(demand, segment) for segment in segments}
    first, last = max(at_baseline, key=at_baseline.get), min(at_baseline, key=at_baseline.get)
    title(figure, _most_and_least(demand, at_baseline, first, last))
    return figure


def _is_share(demand):
    # Where customers may take several units, there is no telling how many buy.
    return demand.table["share"].max() <= 1 + 1e-9


def _most_and_least(demand, at_baseline, first, last):
    price = f"At the baseline's {in_money(demand.held, demand.currency)}"
    if _is_share(demand):
        text = f"{price}, {percent(at_baseline[first])} of {first} buy {demand.product}"
        return text + (f" and {percent(at_baseline[last])} of {last}" if first != last else "")
    text = f"{price}, customers of {first} take {amount(at_baseline[first])} units of {demand.product} each"
    return text + (f", of {last} {amount(at_baseline[last])}" if first != last else "")


@chart
def money(demand):
    """Revenue and profit of the seller against the price, with the scenario's capacity."""
    figure, axes = plt.subplots(figsize=(8, 4.4))
    data = demand.earned
    for index, (column, name) in enumerate([("revenue_mean", "revenue, all products"), ("profit_mean", "profit")]):
        colour, marker = style(index)
        axes.plot(data["price"], data[column], color=colour, marker=marker, markersize=4, linestyle=line(index), label=name)
        top = data.loc[data[column].idxmax()]
        axes.plot(top["price"], top[column], marker="*", markersize=15, color=colour, markeredgecolor="black", zorder=5)
        axes.annotate(f"{top['price']:,.4g}", (top["price"], top[column]), xytext=(0, 9), textcoords="offset points",
                      ha="center", fontsize=9)
    if data["profit_ci_low"].notna().any():
        axes.fill_between(data["price"], data["profit_ci_low"], data["profit_ci_high"], color=style(1)[0],
                          alpha=0.2, linewidth=0)
    axes.axhline(0, color="black", linewidth=0.8)
    axes.margins(y=0.12)
    plain(axes.yaxis)
    axes.set_ylabel(label("over the calendar", demand.currency))
    _axes(axes, demand)
    _baseline(axes, demand)
    legend(figure, [axes])
    title(figure, _best_price(demand))
    return figure


def _best_price(demand):
    data = demand.earned.sort_values("price")
    top = data.loc[data["profit_mean"].idxmax()]
    gain = top["profit_mean"] - float(np.interp(demand.held, data["price"], data["profit_mean"]))
    if top["price"] in (data["price"].iloc[0], data["price"].iloc[-1]):
        return f"Profit is highest at the edge of the chart, at {in_money(top['price'], demand.currency)}: look further"
    if abs(top["price"] / demand.held - 1) < 0.04 or gain < 0.01 * abs(top["profit_mean"]):
        return f"The baseline's {in_money(demand.held, demand.currency)} for {demand.product} earns about as much as any price"
    return (f"Of these prices of {demand.product}, {in_money(top['price'], demand.currency)} earns most: "
            f"{amount(gain)} more than the baseline's {amount(demand.held)}")


@chart
def elasticity(demand):
    """Own-price elasticity against price; beyond -1 a higher price lowers revenue."""
    values = demand.elasticity()
    # Where hardly anybody buys, the elasticity is a matter of single customers.
    units = np.interp(values.index, demand.total.index, demand.total)
    values = values[units > 0.01 * demand.total.max()]
    figure, axes = plt.subplots(figsize=(8, 3.8))
    axes.plot(values.index, values, color=style(0)[0], marker="o", markersize=5)
    axes.axhline(-1, color="black", linewidth=1)
    axes.annotate("−1: revenue does not change", (1, -1), xycoords=("axes fraction", "data"), xytext=(-2, 3),
                  textcoords="offset points", ha="right", fontsize=9)
    plain(axes.yaxis)
    axes.set_ylabel("own-price elasticity of units")
    _axes(axes, demand)
    _baseline(axes, demand)
    at_baseline = float(np.interp(demand.held, values.index, values))
    does = "falls" if at_baseline < -1 else "rises"
    title(figure, f"At the baseline's price, 1% more costs {abs(at_baseline):.2g}% of the units of {demand.product}: "
          f"its revenue {does}")
    return figure
