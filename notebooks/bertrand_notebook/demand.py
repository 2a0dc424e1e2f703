"""Demand for one product against its price, all other prices held: measured by rerunning the program, segment by segment,
and checked against the scenario's distribution where there is a formula."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from . import program
from .distributions import logit_share, with_taste
from .results import Message
from .scenario import is_number, number


@dataclass(frozen=True)
class Demand:
    """What was measured: a row for each segment and price, and the seller's results at each price."""

    product: str
    held: float  # its price now: the mean under the baseline
    unit_cost: float
    table: pd.DataFrame  # segment, price, customers (who were simulated), share, formula, weight (customers of the scenario)
    earned: pd.DataFrame  # price, revenue, profit and its interval, units, all with the scenario's capacity
    currency: str
    confidence: float

    @property
    def total(self):
        """Units over the calendar at each price if nothing ran out, all segments together."""
        return (self.table["share"] * self.table["weight"]).groupby(self.table["price"]).sum()

    def elasticity(self):
        """By how many percent units change if the price rises by one percent, between neighbouring prices."""
        units = self.total[self.total > 0]
        logs = np.log(units.index.to_numpy()), np.log(units.to_numpy())
        return pd.Series(np.diff(logs[1]) / np.diff(logs[0]), index=np.exp((logs[0][1:] + logs[0][:-1]) / 2))


def products(scenario):
    """The products of the studied seller."""
    return [str(name) for name in scenario.studied["products"]]


def posted(scenario, replications):
    """A run of the scenario as it is, and the mean price of everybody's offers under its baseline."""
    results = program.run(scenario.quick(), replications)
    table = results.periods[results.periods["strategy"] == results.baseline]
    return results, table.groupby(["seller", "offer"], sort=False)["price_mean"].mean()


def _prices(table, seller, but=None):
    prices = table[seller]
    return {offer: f"{price:.12g}" for offer, price in prices.items() if offer != but}


def with_grid(scenario, product, prices, held):
    """A copy in which the studied seller tries many prices of a product at once, and nobody else moves."""
    result = scenario.copy()
    for rival in result.rivals:
        rival["strategy"] = {"fixed-price": _prices(held, str(rival["name"]))}
    others = _prices(held, str(result.studied["name"]), product)
    result.studied["candidates"] = {
        f"price {number_text}": {"fixed-price": {**others, product: number_text}} for number_text in map("{:.12g}".format, prices)}
    result.tree.setdefault("study", {}).update({"baseline": f"price {prices[0]:.12g}", "clairvoyant": "single prices"})
    return result


def without_limits(scenario):
    """A copy in which nothing runs out."""
    result = scenario.copy()
    for seller in result.tree["sellers"]:
        seller.pop("capacity", None)
        for details in seller["products"].values():
            if isinstance(details, dict):
                details.pop("uses", None)
    return result


def alone(scenario, segment):
    """A copy in which customers of one segment come, and nobody else."""
    result = scenario.copy()
    kept = [one for one in result.segments if str(one["name"]) == segment]
    result.tree["customers"]["segments"] = kept
    kept[0]["share"] = "100%"
    return result


def measure(scenario, product, replications, prices=None):
    """Runs the scenario at each price: once as it is, and once for each segment alone with nothing that runs out."""
    if not scenario.segments:
        raise Message("This scenario states demand of the market as a whole, not of customers in segments.")
    base, held = posted(scenario, replications)
    studied = str(scenario.studied["name"])
    if (studied, product) not in held.index:
        raise Message(f"Under the baseline {base.baseline} nothing called “{product}” is for sale alone.")
    now = held[(studied, product)]
    prices = np.unique(np.round(now * np.linspace(0.4, 1.8, 22), 6) if prices is None else np.asarray(prices, dtype=float))
    counts = base.segments[base.segments["strategy"] == base.baseline].set_index("segment")["customers_mean"]
    names = {f"price {price:.12g}": price for price in prices}
    rows = []
    for segment in map(str, (one["name"] for one in scenario.segments)):
        copy = with_grid(without_limits(alone(scenario, segment)), product, prices, held)
        results = program.run(copy, replications)
        sold = results.offers[(results.offers["seller"] == studied) & (results.offers["offer"] == product)]
        sold = sold.set_index("strategy")["units_mean"].reindex(names, fill_value=0).fillna(0)
        come = results.segments.set_index("strategy")["customers_mean"][list(names)]
        formula = closed_form(scenario, segment, product, prices, held)
        rows.append(pd.DataFrame({
            "segment": segment, "price": prices, "customers": come.to_numpy() * results.manifest["replications"],
            "share": sold.to_numpy() / come.to_numpy(), "weight": counts[segment],
            "formula": formula if formula is not None else np.nan}))
    full = program.run(with_grid(scenario, product, prices, held), replications)
    earned = full.candidates.assign(price=full.candidates["strategy"].map(names)).sort_values("price")
    cost = scenario.studied["products"][product]
    cost = cost.get("unit cost") if isinstance(cost, dict) else None
    return Demand(product, now, number(cost) if is_number(cost) else np.nan, pd.concat(rows, ignore_index=True),
                  earned[["price", "revenue_mean", "profit_mean", "profit_ci_low", "profit_ci_high", "units_mean"]],
                  scenario.currency, full.confidence)


# What a formula may meet. Anything else, such as several units or remembered prices, makes a purchase depend on more than
# the prices of a period and what the customer would pay.
SEGMENT = {"name", "share", "values", "correlation", "taste", "logit", "profile", "groups"}
SELLER = {"name", "products", "fixed cost", "step costs", "capacity", "strategy", "candidates", "sees prices after"}
PRODUCT = {"category", "unit cost", "volume costs", "experience", "uses", "observed"}


def _category(seller, product):
    details = seller["products"][product]
    return str(details.get("category", product)) if isinstance(details, dict) else product


def closed_form(scenario, segment, product, prices, held):
    """The share of a segment that buys at each price by formula; None where there is none.

    There is one where nothing else of the product's category is for sale (the survival function of the valuations), and
    where what competes has values without spread, or is a logit.
    """
    one = scenario.at("customers", "segments", segment)
    sellers = scenario.tree["sellers"]
    if not set(one) <= SEGMENT or any(not set(seller) <= SELLER for seller in sellers):
        return None
    products = [details for seller in sellers for details in seller["products"].values() if isinstance(details, dict)]
    if any(not set(details) <= PRODUCT for details in products):
        return None
    if any(" + " in offer or " for " in offer for _, offer in held.index):
        return None  # a bundle or a price for a group competes too
    outside = str(scenario.tree["customers"].get("outside option", "yes")).lower() not in ("no", "false")
    own = (str(scenario.studied["name"]), product)
    category = _category(scenario.studied, product)
    substitutes = [(str(seller["name"]), str(name)) for seller in sellers for name in seller["products"]
                   if _category(seller, name) == category]
    rivals = [key for key in substitutes if key != own]
    field = [own, *rivals]
    cost = {key: np.full(len(prices), held[key]) for key in rivals if key in held.index} | {own: np.asarray(prices, dtype=float)}
    if any(key not in cost for key in field):
        return None
    if "logit" in one:
        if set(one["logit"]) != {"price coefficient", "mean values"}:
            return None
        slope, values = number(one["logit"]["price coefficient"]), one["logit"]["mean values"]
        if any(not is_number(values.get(name)) for _, name in field):
            return None
        return logit_share(np.array([number(values[name]) + slope * cost[seller, name] for seller, name in field]), 0, outside)
    if not is_number(one.get("taste", "0")) or any(name not in one.get("values", {}) for _, name in field):
        return None
    taste, values = number(one.get("taste", "0")), one["values"]
    if len(field) == 1 and outside:
        return with_taste(values[product], prices, taste)
    if taste > 0 and all(is_number(values[name]) for _, name in field):
        return logit_share(np.array([(number(values[name]) - cost[seller, name]) / taste for seller, name in field]), 0, outside)
    return None


def agreement(demand, error=1e-6):
    """How far measured shares lie from the formula, in standard errors, and how far chance alone would let the largest go:
    beyond that it would come once in a million times. None where there is no formula."""
    table = demand.table.dropna(subset=["formula"])
    if table.empty:
        return None
    formula, count = table["formula"].to_numpy(), table["customers"].to_numpy()
    # One buyer more or less is the least that can differ: near 0 and 1 the normal approximation would ask for less.
    deviation = np.sqrt(np.maximum(formula * (1 - formula) / count, 1 / count**2))
    distance = np.abs(table["share"].to_numpy() - formula) / deviation
    limit = stats.norm.isf(error / 2 / len(table))
    return float(distance.max()), float(limit), len(table)


def check(demand):
    """Says how well the measured demand agrees with the formula; fails if it does not."""
    found = agreement(demand)
    if found is None:
        return ("There is no formula for this product: others of its category compete with values that spread, or customers look "
                "at more than the price of the period.")
    distance, limit, points = found
    assert distance <= limit, (
        f"measured demand for {demand.product} is {distance:.1f} standard errors from the scenario's distribution, more than the "
        f"{limit:.1f} that chance allows")
    return (f"At {points} prices and segments the measured share is at most {distance:.1f} standard errors from the formula "
            f"(up to {limit:.1f} could be chance).")
