"""What can be changed in a scenario, one thing at a time: a rival's price, a segment's share, willingness to pay, cost,
capacity, arrivals."""

import re
from dataclasses import dataclass
from typing import Callable

from .results import Message
from .scenario import Scenario, is_number, like, number


@dataclass(frozen=True)
class Lever:
    """Something to change: its value in the scenario, and how to write another one into a copy."""

    name: str
    base: float
    unit: str  # a currency, "%" for a share, "factor" for everything of a kind at once, or what is counted
    write: Callable[[Scenario, float], Scenario]

    def at(self, scenario, value):
        """A copy of the scenario with another value."""
        return self.write(scenario, value)

    @property
    def scale(self):
        """What the value is multiplied with to be read: shares and factors are read in percent."""
        return 100 if self.unit in ("%", "factor") else 1

    @property
    def axis(self):
        """The label of an axis."""
        return {"%": f"{self.name}, %", "factor": f"{self.name}, % of the scenario's"}.get(self.unit, f"{self.name}, {self.unit}")

    def figure(self, value):
        """A value without its unit."""
        shown = value * self.scale
        text = f"{shown:,.4g}" if abs(shown) < 1000 else f"{shown:,.0f}"
        return text + ("%" if self.unit in ("%", "factor") else "")

    def words(self, value):
        """A value in words."""
        return self.figure(value) + {"%": "", "factor": " of the scenario's"}.get(self.unit, f" {self.unit}")


# The arguments of a distribution that are money; the others are shapes.
MONEY = {"normal": (0, 1), "truncated-normal": (0, 1), "log-normal": (0, 1), "uniform": (0, 1), "triangular": (0, 1, 2),
         "exponential": (0,), "pareto": (0,), "logistic": (0, 1), "weibull": (1,), "gamma": (1,), "beta": (2, 3),
         "gumbel": (0, 1)}


def distribution(text):
    """`normal(70, 18)` as its name and its numbers; None for other text."""
    match = re.fullmatch(r"\s*([a-z-]+)\s*\(([^()]*)\)\s*", str(text))
    if not match or match[1] not in MONEY:
        return None
    return match[1], [number(part) for part in match[2].split(",")]


def scaled_value(value, factor):
    """A valuation at which everybody would pay so many times as much."""
    if isinstance(value, dict):
        if "demand" in value:
            return {"demand": {like(price, number(price) * factor): share for price, share in value["demand"].items()}}
        if "mixture" in value:
            return {"mixture": [dict(part) | {"value": scaled_value(part["value"], factor)} for part in value["mixture"]]}
        raise Message("These values are neither a mixture nor a table of demand.")
    parts = distribution(value)
    if parts is None:
        return like(value, number(value) * factor)
    name, numbers = parts
    numbers = [item * factor if place in MONEY[name] else item for place, item in enumerate(numbers)]
    return f"{name}({', '.join(f'{item:.12g}' for item in numbers)})"


def willingness(names, title):
    """What customers of some segments would pay, for all products on the market."""

    def write(scenario, factor):
        result = scenario.copy()
        for segment in result.segments:
            if str(segment["name"]) in names:
                for product in segment["values"]:
                    segment["values"][product] = scaled_value(segment["values"][product], factor)
        return result

    return Lever(title, 1, "factor", write)


def share(scenario, name):
    """A segment's share; the others keep their proportions."""

    def write(edited, value):
        if not 0 < value < 1:
            raise Message(f"The share of {name} must lie between 0% and 100%, not at {value:.4g}.")
        result = edited.copy()
        base = number(edited.at("customers", "segments", name, "share"))
        for segment in result.segments:
            own = number(segment["share"])
            segment["share"] = f"{100 * (value if str(segment['name']) == name else own * (1 - value) / (1 - base)):.12g}%"
        return result

    return Lever(f"share of {name}", number(scenario.at("customers", "segments", name, "share")), "%", write)


def scaled(title, places, unit="factor", whole=False):
    """Numbers at some places of a scenario: one by its value, several by a factor on all."""

    def make(scenario):
        base = number(scenario.at(*places[0])) if len(places) == 1 else 1

        def write(edited, value):
            for place in places:
                text = edited.at(*place)
                new = value if len(places) == 1 else number(text) * value
                edited = edited.edited(*place, to=f"{round(new)}" if whole else like(text, new))
            return edited

        return Lever(title, base, unit if len(places) == 1 else "factor", write)

    return make


def own_prices(scenario):
    """The baseline's own prices, where it states them."""
    prices = scenario.studied["candidates"][scenario.baseline]
    prices = prices.get("fixed-price", {}) if isinstance(prices, dict) else {}
    path = ("sellers", str(scenario.studied["name"]), "candidates", scenario.baseline, "fixed-price")
    return [scaled(f"our price of {product}", [(*path, product)], scenario.currency)(scenario)
            for product, price in prices.items() if is_number(price)]


def levers(scenario):
    """What can be changed in a scenario; what it states in another way than by a plain number is left out."""
    found = []
    currency, studied = scenario.currency, scenario.studied
    for rival in scenario.rivals:
        strategy = rival.get("strategy", {})
        prices = strategy.get("fixed-price", {}) if isinstance(strategy, dict) else {}
        places = [("sellers", str(rival["name"]), "strategy", "fixed-price", product)
                  for product, price in prices.items() if is_number(price)]
        if places:
            title = f"price of {rival['name']}" if len(places) == 1 else f"prices of {rival['name']}"
            found.append(scaled(title, places, currency)(scenario))
    segments = [segment for segment in scenario.segments if "values" in segment]
    if len(scenario.segments) > 1:
        found += [share(scenario, str(segment["name"])) for segment in scenario.segments if is_number(segment.get("share"))]
    if len(segments) > 1:
        found += [willingness({str(segment["name"])}, f"what {segment['name']} would pay") for segment in segments]
    elif segments:
        found.append(willingness({str(segments[0]["name"])}, "what customers would pay"))
    path = ("sellers", str(studied["name"]))
    costs = [(*path, "products", product, "unit cost") for product, details in studied["products"].items()
             if isinstance(details, dict) and is_number(details.get("unit cost")) and number(details["unit cost"]) > 0]
    if costs:
        found.append(scaled("unit cost" if len(costs) == 1 else "unit costs", costs, currency)(scenario))
    for name, details in studied.get("capacity", {}).items():
        if is_number(details.get("units")) and number(details["units"]) > 0:
            found.append(scaled(f"capacity of {name}", [(*path, "capacity", name, "units")], "units", whole=True)(scenario))
    arrivals = scenario.tree.get("customers", {}).get("arrivals", {})
    for place in [("poisson",), ("fixed",), ("negative binomial", "mean"), ("bass", "market")]:
        if place[0] in arrivals and is_number(scenario.at("customers", "arrivals", *place)):
            unit = "in all" if place[0] == "bass" else f"a {scenario.tree['periods'].get('unit', 'period')}"
            whole = place[0] == "fixed"
            found.append(scaled("customers", [("customers", "arrivals", *place)], unit, whole)(scenario))
    return found
