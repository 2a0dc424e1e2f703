"""Charts of what strategies charge, and what they sold at it."""

import matplotlib.pyplot as plt
import pandas as pd

from .style import chart, few_ticks, label, legend, plain, style, title
from .text import amount, listed, quoted, wrap


def _own(results):
    table = results.periods
    return table[(table["seller"] == results.studied) & table["strategy"].isin(results.strategies)]


def moving(results):
    """The strategies that change a price over time, by more than half a percent."""
    own = _own(results)
    spread = own.groupby(["strategy", "offer"])["price_mean"].agg(lambda p: p.max() - p.min() > 0.005 * p.abs().max())
    return [s for s in results.strategies if s in spread.index and spread[s].any()]


def _paid(data):
    units = data["units_mean"].sum()
    return data["revenue_mean"].sum() / units if units > 0 else 0


def _reach(data):
    # A seller of bundles may ask so much for a single product that it is in effect not for sale: such a price leaves the
    # chart, which would else show nothing else.
    paid, high = _paid(data), data["price_p90"].max()
    high = high if paid <= 0 else min(high, max(data["price_mean"].max(), 1.6 * paid))
    return [data["price_p10"].min(), data["price_mean"].min(), data["price_mean"].max(), high]


def _draw_flat(axes, index, strategy, data):
    price, (colour, marker) = data.iloc[0], style(index)
    axes.hlines(-index, price["price_p10"], price["price_p90"], color=colour, linewidth=2.5)
    axes.plot(price["price_mean"], -index, marker=marker, color=colour, markersize=8, linestyle="", label=strategy)
    text = f"{price['price_mean']:,.4g}" if price["price_mean"] < 1000 else amount(price["price_mean"])
    axes.annotate(text, (price["price_mean"], -index), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8)


def _draw_moving(axes, index, strategy, data, count):
    colour, marker = style(index)
    if (data["price_p90"] - data["price_p10"] > 1e-9 * data["price_mean"].abs()).any():
        axes.fill_between(data["period"], data["price_p10"], data["price_p90"], color=colour, alpha=0.18, linewidth=0)
    step = max(1, len(data) // 7)
    axes.plot(data["period"], data["price_mean"], color=colour, marker=marker, markersize=5, linewidth=1.6, label=strategy,
              markevery=(index * step // max(1, count), step))


def _limits(values, share, least):
    room = share * (max(values) - min(values)) or least * abs(max(values)) or 1
    return min(values) - room, max(values) + room


@chart
def posted(results, most=6):
    """Posted prices over time, a panel for each offer; one mark for each strategy where no price ever moves."""
    own, moves = _own(results), moving(results)
    revenue = own.groupby("offer")["revenue_mean"].sum().sort_values(ascending=False, kind="stable")
    drawn, strategies = list(revenue.index[:most]), results.strategies
    columns = min(2, len(drawn))
    lines = -(-len(drawn) // columns)
    height = 2.9 if moves else 0.7 + 0.36 * len(strategies)
    figure, panels = plt.subplots(lines, columns, figsize=(8.6, height * lines + 1.0 + 0.2 * len(strategies) / 3), squeeze=False)
    for axes, offer in zip(panels.flat, drawn):
        reach = []
        for index, strategy in enumerate(strategies):
            data = own[(own["offer"] == offer) & (own["strategy"] == strategy)].sort_values("period")
            if data.empty:
                continue
            reach += _reach(data)
            if moves:
                _draw_moving(axes, index, strategy, data, len(strategies))
            else:
                _draw_flat(axes, index, strategy, data)
        axes.set_title(wrap(offer, 44))
        if moves:
            few_ticks(axes.xaxis, integer=True)
            axes.set_ylim(*_limits(reach, 0.06, 0.02))
            plain(axes.yaxis)
        else:
            axes.set_yticks([])
            axes.set_ylim(-len(strategies) + 0.4, 0.9)
            few_ticks(axes.xaxis, 4)
            axes.set_xlim(*_limits(reach, 0.12, 0.1))
            plain(axes.xaxis)
    for axes in panels.flat[len(drawn):]:
        axes.set_visible(False)
    if moves:
        for column in range(columns):
            visible = [axes for axes in panels[:, column] if axes.get_visible()]
            visible[-1].set_xlabel(results.unit)
        figure.supylabel(label("price", results.currency), fontsize=10)
    legend(figure, panels.flat)
    title(figure, _finding(results, own, moves, len(revenue) - len(drawn)))
    return figure


def _finding(results, own, moves, left_out):
    if moves:
        text = f"{results.studied}: prices over time; they move under " + listed(quoted(s) for s in moves)
        text = text if len(moves) < len(results.strategies) else f"{results.studied}: every strategy moves its prices over time"
    else:
        text = label(f"{results.studied}: prices of each strategy", results.currency)
        text += "; none changes them over time" if own["period"].nunique() > 1 else ""
    return text + (f" ({left_out} more offer{'s' if left_out > 1 else ''} not drawn)" if left_out else "")


def paid(results):
    """What the best strategy and the baseline sold, at which average price: a table."""
    compared = list(dict.fromkeys([results.best, results.baseline]))
    table = results.offers[(results.offers["seller"] == results.studied) & results.offers["strategy"].isin(compared)]
    names = {"price_mean": "mean price", "units_mean": "units", "revenue_mean": "revenue"}
    table = table.pivot(index="offer", columns="strategy", values=list(names)).rename(columns=names, level=0)
    columns = pd.MultiIndex.from_product([names.values(), compared], names=[None, "strategy"])
    return table.reindex(columns=columns).map(lambda value: "" if pd.isna(value) else amount(value))
