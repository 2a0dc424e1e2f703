"""Charts of learning: what it costs, and where sellers that learn against each other end."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FuncFormatter, NullFormatter

from .style import GREY, LIGHT, chart, few_ticks, label, legend, line, plain, style, title
from .text import amount, listed, percent, quoted, wrap


def regret_of(results, strategy):
    """Regret after each period with its interval: as it was to be expected where that is known, else as it came out."""
    table = results.regret[results.regret["strategy"] == strategy].sort_values("period")
    name = "pseudo_regret" if table["pseudo_regret_mean"].notna().all() else "regret"
    columns = {f"{name}_mean": "mean", f"{name}_ci_low": "low", f"{name}_ci_high": "high"}
    return table[["period", *columns]].rename(columns=columns).set_index("period")


def slope(regret):
    """The slope of regret on logarithmic axes over the last half of the calendar, by least squares: 1 if as much is lost in
    every period, 0 if nothing more; NaN where regret is not positive."""
    last = regret.index.max()
    late = regret[(regret.index >= last / 2) & (regret["mean"] > 0)]
    if len(late) < 2:
        return np.nan
    return float(np.polyfit(np.log(late.index.to_numpy()), np.log(late["mean"].to_numpy()), 1)[0])


@chart
def regret(results):
    """By how much perfect knowledge had earned more by each period, on logarithmic axes."""
    figure, axes = plt.subplots(figsize=(8.6, 5 + 0.1 * len(results.strategies)))
    slopes = {}
    for index, strategy in enumerate(results.strategies):
        data = regret_of(results, strategy)
        positive = data[data["mean"] > 0]
        if positive.empty:
            continue
        slopes[strategy] = slope(data)
        colour, marker = style(index)
        if positive["low"].notna().any():
            floor = positive["mean"].min() / 10
            axes.fill_between(positive.index, positive["low"].clip(lower=floor), positive["high"].clip(lower=floor),
                              color=colour, alpha=0.15, linewidth=0)
        places = np.unique(np.searchsorted(positive.index, np.geomspace(positive.index[0], positive.index[-1], 8)).clip(
            0, len(positive) - 1))
        name = strategy if np.isnan(slopes[strategy]) else f"{strategy} (slope {slopes[strategy]:.2f})"
        axes.plot(positive.index, positive["mean"], color=colour, marker=marker, markersize=5, markevery=list(places),
                  linestyle=line(index), label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
        axis.set_minor_formatter(NullFormatter())
    axes.grid(color=LIGHT)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"{results.unit}s so far (slopes: over the last half of them)")
    axes.set_ylabel(label("lost so far against perfect knowledge", results.currency))
    legend(figure, [axes], 2, 44)
    title(figure, _regret_finding(results, slopes))
    return figure


def _regret_finding(results, slopes):
    lost = {strategy: regret_of(results, strategy)["mean"].iloc[-1] for strategy in slopes}
    if not lost:
        return "Nothing was lost against perfect knowledge"
    least = min(lost, key=lost.get)
    stopping = [s for s, value in slopes.items() if value < 0.75]
    text = f"{quoted(least)} lost least: {amount(lost[least])}"
    if not stopping:
        return text + "; none loses less from one period to the next by much"
    return text + f"; losses slow down under {listed(quoted(s) for s in stopping)}"


@chart
def posted(results, most=12):
    """Posted prices of the best-selling product over time, a panel for each strategy: the mean over replications, smoothed
    over a thirtieth of the calendar, and where the middle 80% of replications lie."""
    table = results.periods[results.periods["seller"] == results.studied]
    product = table.groupby("offer")["revenue_mean"].sum().idxmax()
    table = table[table["offer"] == product]
    drawn = [s for s in results.strategies if s in set(table["strategy"])][:most]
    best = table[table["strategy"].isin(results.benchmark["strategy"])].sort_values("period")
    columns = min(3, len(drawn))
    lines = -(-len(drawn) // columns)
    figure, panels = plt.subplots(lines, columns, figsize=(9, 1.9 * lines + 0.9), sharex=True, sharey=True, squeeze=False)
    for index, (axes, strategy) in enumerate(zip(panels.flat, drawn)):
        data = table[table["strategy"] == strategy].sort_values("period")
        span = max(1, len(data) // 30)
        colour, _ = style(index)
        smooth = data[["price_mean", "price_p10", "price_p90"]].rolling(span, center=True, min_periods=1).mean()
        axes.fill_between(data["period"], smooth["price_p10"], smooth["price_p90"], color=colour, alpha=0.2, linewidth=0)
        axes.plot(data["period"], smooth["price_mean"], color=colour, linewidth=1.8)
        axes.plot(best["period"], best["price_mean"], color="black", linestyle="--", linewidth=1)
        axes.set_title(wrap(strategy, 32))
        few_ticks(axes.xaxis, 5, integer=True)
        plain(axes.yaxis)
    for axes in panels.flat[len(drawn):]:
        axes.set_visible(False)
    figure.supxlabel(results.unit, fontsize=10)
    figure.supylabel(label(f"price of {product}", results.currency), fontsize=10)
    title(figure, _posted_finding(table, best, drawn))
    return figure


def _posted_finding(table, best, drawn):
    if best.empty:
        return "Posted prices over time"
    late = table[table["period"] > 0.8 * table["period"].max()].groupby("strategy")["price_mean"].mean()
    target = best["price_mean"].iloc[-1]
    near = [s for s in drawn if abs(late[s] / target - 1) <= 0.1]
    end = f"within 10% of the best price ({amount(target)}, dashed)"
    if not near:
        return f"In the last fifth of the calendar no strategy is {end}"
    if len(near) == len(drawn):
        return f"In the last fifth of the calendar all strategies are {end}"
    return f"In the last fifth of the calendar {len(near)} of {len(drawn)} strategies are {end}"


def _seller_columns(results, what):
    # The columns name sellers in a short form; they stand in the order of the manifest.
    names = [seller["name"] for seller in results.manifest["sellers"]]
    columns = [column for column in results.learning_sessions if column.startswith(f"{what}_")]
    return dict(zip(names, columns))


@chart
def sessions(results):
    """Where each session of learning ended: profit gain against how long it took, and the prices."""
    table = results.learning_sessions
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.4, 4.2))
    left.plot(table["periods"] / 1e6, table["profit_gain"], linestyle="", marker="o", markersize=7, color=style(0)[0],
              markeredgecolor="white")
    mean = table["profit_gain"].mean()
    for level, name in [(0, "equilibrium profit"), (1, "joint profit"), (mean, f"mean {mean:.2f}")]:
        left.axhline(level, color=GREY if level != mean else style(0)[0], linestyle="--" if level != mean else "-", linewidth=1.2)
        left.annotate(name, (1, level), xycoords=("axes fraction", "data"), xytext=(-2, 3), textcoords="offset points",
                      ha="right", fontsize=9, color=GREY if level != mean else style(0)[0])
    left.margins(y=0.12)
    # Room on the right for the names of the lines.
    first, last = table["periods"].min() / 1e6, table["periods"].max() / 1e6
    left.set_xlim(first - 0.1 * (last - first or first), last + 0.55 * (last - first or first))
    left.set_xlabel("million periods until nobody changes any more")
    left.set_ylabel("profit gain Δ")
    left.set_title("profit")
    for index, (seller, column) in enumerate(_seller_columns(results, "price_mean").items()):
        colour, marker = style(index)
        # A little apart, so that sessions with the same price do not hide each other.
        spread = np.linspace(-0.18, 0.18, len(table)) if len(table) > 1 else [0]
        right.plot(index + np.array(spread), table[column], linestyle="", marker=marker, markersize=7, color=colour,
                   markeredgecolor="white")
        facts = results.manifest["sellers"][index]
        for price, name in [(facts["nash_price"], "equilibrium"), (facts["joint_price"], "in one hand")]:
            right.hlines(price, index - 0.4, index + 0.4, color=GREY, linestyle="--", linewidth=1.2)
            if index == 0:
                right.annotate(name, (index - 0.4, price), xytext=(0, 3), textcoords="offset points", fontsize=9, color=GREY)
    right.set_xticks(range(len(results.manifest["sellers"])), [seller["name"] for seller in results.manifest["sellers"]])
    right.margins(y=0.12)
    plain(right.yaxis)
    right.set_ylabel(label("mean price at the end", results.currency))
    right.set_title("prices")
    count = len(table)
    title(figure, f"Left alone, the algorithms reach {percent(mean)} of the way from equilibrium to joint profit "
          f"({count} session{'s' if count > 1 else ''})")
    return figure


@chart
def deviation(results):
    """What happens after a seller is forced for one period to charge what then earns it most."""
    table = results.deviation
    deviator = table["deviator"].iloc[0]
    table = table[table["deviator"] == deviator]
    sellers = list(dict.fromkeys(table["seller"]))
    figure, axes = plt.subplots(figsize=(8, 4.2))
    for index, seller in enumerate(sellers):
        data = table[table["seller"] == seller].sort_values("period")
        colour, marker = style(index)
        if data["price_standard_error"].notna().all():
            margin = 1.96 * data["price_standard_error"]
            axes.fill_between(data["period"], data["price_mean"] - margin, data["price_mean"] + margin, color=colour, alpha=0.18,
                              linewidth=0)
        axes.plot(data["period"], data["price_mean"], color=colour, marker=marker, markersize=5, linestyle=line(index),
                  label=f"{seller} (forced in period 0)" if seller == deviator else seller)
    axes.axvline(0, color=GREY, linestyle=":", linewidth=1.2)
    axes.grid(axis="y", color=LIGHT)
    axes.set_axisbelow(True)
    few_ticks(axes.xaxis, 10, integer=True)
    plain(axes.yaxis)
    axes.set_xlabel("periods after the deviation (mean of the sessions, with 95% of its sampling error)")
    axes.set_ylabel(label("price", results.currency))
    legend(figure, [axes])
    title(figure, _answer_to_deviation(table, deviator, sellers))
    return figure


def _answer_to_deviation(table, deviator, sellers):
    if len(sellers) < 2:
        return f"{deviator} after a deviation"
    price = table.pivot(index="period", columns="seller", values="price_mean")
    other = next(seller for seller in sellers if seller != deviator)
    before, after, end = price[other].iloc[0], price[other].loc[1:].min(), price[other].iloc[-1]
    if after > before * 0.995:
        return f"{quoted(other)} hardly answers when {quoted(deviator)} undercuts"
    back = "then comes back" if end > (before + after) / 2 else "and stays there"
    fall = percent(1 - after / before)
    return f"When {quoted(deviator)} undercuts, {quoted(other)} answers with prices up to {fall} lower, {back}"
