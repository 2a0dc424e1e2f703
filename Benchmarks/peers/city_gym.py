"""The default scenario, scenarios/city-gym.yaml, in numpy as an expert would write it.

    python city_gym.py SCENARIO OUTPUT [--replications N]

The same study as `bertrand run`: segments with correlated normal valuations and Gumbel taste, one capacity served in
order of arrival, six candidates (two of them with a survey, one with a bundle search on it), perfect knowledge by
Nelder-Mead on other customers, CSV out. It knows this scenario's structure and no other; its numbers it reads. A hundred
replications go through a period together, so that arrays stay in cache while each is long enough for numpy.
"""

import argparse
import csv
import re
from pathlib import Path

import numpy as np
import yaml

CHUNK = 100
BASIC, PREMIUM, COACHING, RIVAL = range(4)
# What a customer takes: a membership (nothing, basic, premium, the rival's) with or without coaching, or a bundle.
MEMBERSHIPS, CODES = 4, 10
BUNDLES = {8: (BASIC, COACHING), 9: (PREMIUM, COACHING)}
OFFERS = ["basic", "premium", "coaching", "basic + coaching", "premium + coaching"]
UNITS = np.zeros((CODES, 6))  # code -> units of the five own offers and of the rival's
for code in range(8):
    membership, coached = divmod(code, 2)
    if membership:
        UNITS[code, [0, 1, 5][membership - 1]] = 1
    UNITS[code, 2] = coached
UNITS[8, 3] = UNITS[9, 4] = 1
PRODUCTS = np.array([1, 1, 1, 2, 2])
OUT = 1e4  # a price that nobody pays


def number(text):
    return float(text.rstrip("%")) / 100 if isinstance(text, str) else float(text)


class Scenario:
    def __init__(self, path):
        document = yaml.safe_load(Path(path).read_text())
        seller, rival = document["sellers"]
        self.names = list(seller["products"]) + list(rival["products"])
        costs = [p["unit cost"] for p in seller["products"].values()]
        self.costs = np.array(costs + [costs[0] + costs[2], costs[1] + costs[2]], float)
        self.rival_cost = next(iter(rival["products"].values()))["unit cost"]
        self.rival_price = float(rival["strategy"]["fixed-price"][self.names[RIVAL]])
        self.fixed, self.places = seller["fixed cost"], seller["capacity"]["places"]["units"]
        self.candidates, study = seller["candidates"], document["study"]
        self.baseline, self.replications, self.seed = study["baseline"], study["replications"], study["seed"]
        self.periods = document["periods"]["count"]
        arrivals = document["customers"]["arrivals"]
        season = arrivals["season"]
        phase = 2 * np.pi * (np.arange(1, self.periods + 1) - season["peak"]) / season["every"]
        self.rates = arrivals["poisson"] * (1 + number(season["swing"]) * np.cos(phase))
        self.segments = document["customers"]["segments"]
        self.shares = np.array([number(s["share"]) for s in self.segments])
        self.means, self.factors, self.tastes = [], [], []
        for segment in self.segments:
            pairs = [re.findall(r"[\d.]+", segment["values"][name]) for name in self.names]
            means, deviations = np.array(pairs, float).T
            correlation = np.eye(4)
            for one, others in segment["correlation"].items():
                for other, value in others.items():
                    i, j = self.names.index(one), self.names.index(other)
                    correlation[i, j] = correlation[j, i] = value
            self.means.append(means[:, None])
            self.factors.append(deviations[:, None] * np.linalg.cholesky(correlation))
            self.tastes.append(float(segment["taste"]))

    def customers(self, rng, sizes):
        """Valuations net of the outside options, sorted by segment; also the sizes of segments by replication, and the
        place of each customer in the order of arrival."""
        replications, count = len(sizes), int(sizes.sum())
        segment = np.searchsorted(np.cumsum(self.shares)[:-1], rng.random(count)).astype(np.int8)
        order = np.argsort(segment, kind="stable")
        replication = np.repeat(np.arange(replications), sizes)
        groups = np.bincount(
            segment.astype(np.intp) * replications + replication, minlength=len(self.shares) * replications
        )
        values = np.empty((4, count))
        noise = rng.standard_exponential((6, count))
        np.log(noise, out=noise)  # minus a Gumbel
        noise[[0, 1, 3]] -= noise[4]
        noise[2] -= noise[5]
        normals = rng.standard_normal((4, count))
        end = 0
        for place, size in enumerate(groups.reshape(-1, replications).sum(axis=1)):
            own = slice(end, end := end + size)
            np.matmul(self.factors[place], normals[:, own], out=values[:, own])
            values[:, own] += self.means[place]
            values[:, own] -= self.tastes[place] * noise[:4, own]
        return values, groups, order

    def survey(self, rng, replications, plan):
        """Stated valuations: replication, respondent, product."""
        count = plan["survey"]
        values, _, order = self.customers(rng, np.full(replications, count))
        stated = np.empty_like(values)
        stated[:, order] = values
        noise, bias = number(plan["noise"]), number(plan["bias"])
        stated *= (1 + bias) * np.exp(noise * rng.standard_normal(stated.shape) - noise**2 / 2)
        return stated.reshape(4, replications, count)


def choices(values, prices, rival_price):
    """Code and surplus of each customer's choice; prices by offer, each a number or one a customer."""
    surplus, code = np.zeros(values.shape[1]), np.zeros(values.shape[1], np.int8)
    for membership, (row, price) in enumerate(
        [(BASIC, prices[0]), (PREMIUM, prices[1]), (RIVAL, rival_price)], start=1
    ):
        gain = values[row] - price
        np.putmask(code, gain > surplus, 2 * membership)
        np.maximum(surplus, gain, out=surplus)
    gain = values[COACHING] - prices[2]
    code += gain >= 0
    surplus += np.maximum(gain, 0, out=gain)
    for bundle, (one, two) in BUNDLES.items() if len(prices) > 3 else ():
        gain = values[one] + values[two]
        gain -= prices[bundle - 5]
        np.putmask(code, gain >= surplus, bundle)
        np.maximum(surplus, gain, out=surplus)
    return code, surplus


USES_PLACE = np.array([membership in (1, 2) for membership in range(MEMBERSHIPS) for _ in range(2)] + [True, True])


def serve(values, order, sizes, prices, rival_price, places):
    """As `choices`, but those who come when all places are taken choose among the rest."""
    code, surplus = choices(values, prices, rival_price)
    takes = np.empty(len(order), bool)
    uses = USES_PLACE[code]
    takes[order] = uses
    taken = np.cumsum(takes, dtype=np.int32)
    starts = np.concatenate(([0], taken))[np.concatenate(([0], np.cumsum(sizes)[:-1]))]
    taken -= np.repeat(starts, sizes).astype(np.int32)
    late = np.flatnonzero(uses & (taken[order] > places))
    if len(late):
        own = values[:, late]
        out = np.inf
        coaching = prices[2][late] if np.ndim(prices[2]) else prices[2]
        code[late], surplus[late] = choices(own, [out, out, coaching], rival_price)
    return code, surplus


def best_without(values, prices, costs, rival_price, skip=None):
    """The best that each respondent can have without one offer, and what it earns; prices have a column an offer."""
    worth = np.maximum(values[RIVAL] - rival_price, 0)
    margin = np.zeros_like(worth)
    for offer in (BASIC, PREMIUM):
        if offer != skip:
            gain = values[offer] - prices[:, offer, None]
            better = gain >= worth
            np.copyto(margin, prices[:, offer, None] - costs[offer], where=better)
            np.maximum(worth, gain, out=worth)
    if skip != COACHING:
        gain = values[COACHING] - prices[:, COACHING, None]
        margin += np.where(gain >= 0, prices[:, COACHING, None] - costs[COACHING], 0)
        worth += np.maximum(gain, 0)
    for bundle, parts in ((3, BUNDLES[8]), (4, BUNDLES[9])):
        if bundle != skip:
            gain = values[parts[0]] + values[parts[1]] - prices[:, bundle, None]
            better = gain >= worth
            np.copyto(margin, prices[:, bundle, None] - costs[bundle], where=better)
            np.maximum(worth, gain, out=worth)
    return worth, margin


def best_price(values, prices, costs, rival_price, offer):
    """For each row the best price of one offer while the others are held: one of the respondents' thresholds."""
    without, margin = best_without(values, prices, costs, rival_price, offer)
    if offer > COACHING:
        one, two = BUNDLES[offer + 5]
        worth, earned = values[one] + values[two], -costs[offer]
    elif offer == COACHING:
        membership = prices.copy()
        membership[:, [2, 3, 4]] = np.inf
        worth, earned = best_without(values, membership, costs, rival_price, COACHING)
        worth, earned = worth + values[COACHING], earned - costs[offer]
    else:
        gain = values[COACHING] - prices[:, COACHING, None]
        worth = values[offer] + np.maximum(gain, 0)
        earned = np.where(gain >= 0, prices[:, COACHING, None] - costs[COACHING], 0) - costs[offer]
    threshold = worth - without
    order = np.argsort(-threshold, axis=1)
    price = np.take_along_axis(threshold, order, axis=1)
    total = np.cumsum(np.take_along_axis(np.broadcast_to(earned - margin, price.shape), order, axis=1), axis=1)
    total += price * np.arange(1, price.shape[1] + 1)
    total[price < 0] = -np.inf
    best = total.argmax(axis=1)[:, None]
    found = np.take_along_axis(price, best, axis=1)[:, 0]
    return np.where(np.take_along_axis(total, best, axis=1)[:, 0] > 0, found, np.maximum(prices[:, offer], OUT))


def bundle_prices(stated, costs, rival_price, restarts=4):
    """The prices of products and bundles that earn most from each replication's respondents: each price in turn at its
    best, from four plain starts and some restarts."""
    count, offers = stated.shape[1], range(5)
    alone = np.full((count, 5), OUT)
    starts = [np.tile(costs, (count, 1)) for _ in range(3)]
    starts[1][:, :3] = starts[2][:, 3:] = OUT
    starts.append(np.stack([best_price(stated, alone, costs, rival_price, offer) for offer in offers], axis=1))
    worths = [*stated[:3], stated[0] + stated[2], stated[1] + stated[2]]
    tops = np.stack([worth.max(axis=1) for worth in worths], axis=1)
    for restart in range(restarts):
        turn = (restart + 1) * np.sqrt([2, 3, 5, 7, 11])
        starts.append(costs + (turn - np.floor(turn)) * (tops - costs))
    most, best = np.zeros(count), np.zeros((count, 5))
    for number, prices in enumerate(starts):
        earned = best_without(stated, prices, costs, rival_price)[1].mean(axis=1)
        active = np.arange(count)
        for _ in range(50):
            values, own, before = stated[:, active], prices[active], earned[active]
            now = before.copy()
            for offer in reversed(offers) if number > 3 and number % 2 else offers:
                trial = own.copy()
                trial[:, offer] = best_price(values, own, costs, rival_price, offer)
                gained = best_without(values, trial, costs, rival_price)[1].mean(axis=1)
                better = gained >= now
                own[better], now[better] = trial[better], gained[better]
            prices[active], earned[active] = own, now
            active = active[now > before * (1 + 1e-9)]
            if not len(active):
                break
        better = earned > most
        most[better], best[better] = earned[better], prices[better]
    return best - 1e-9 * (best - costs)


def opening_prices(scenario, rng):
    """Prices by candidate, one row a replication, and what surveys cost."""
    lists, fees = {}, {}
    for label, strategy in scenario.candidates.items():
        ((kind, given),) = strategy.items()
        fees[label], singles = given.get("survey cost", 0) * given.get("survey", 0), scenario.names[:3]
        if kind == "fixed-price":
            prices = [given[name] for name in singles]
        elif kind == "sales-pace":
            prices = [given["opening"][name] for name in singles]
        elif kind == "full-cost-markup":
            full = scenario.costs[:3] + scenario.fixed / given["planned units"]
            prices = full * (1 + number(given["markup"]))
        elif kind == "going-rate":
            follow = scenario.rival_price * (1 + number(given["premium"]))
            least = scenario.costs[:2] * (1 + number(given["floor"]))
            prices = [*np.maximum(follow, least), given["otherwise"]["coaching"]]
        elif kind == "economic-value":
            stated = scenario.survey(rng, scenario.replications, given)
            rival = stated[RIVAL] > scenario.rival_price
            value = np.where(rival, stated[RIVAL], 0)
            reference = scenario.rival_price * rival.mean(axis=1)
            difference = [(stated[i] - value).mean(axis=1) for i in (BASIC, PREMIUM)]
            captured = number(given["captured"])
            prices = [reference + captured * np.maximum(d, 0) + np.minimum(d, 0) for d in difference]
            prices = np.maximum(np.array([*prices, captured * stated[COACHING].mean(axis=1)]).T, scenario.costs[:3])
        elif kind == "mixed-bundle":
            stated = scenario.survey(rng, scenario.replications, given)
            blocks = range(0, scenario.replications, CHUNK)
            prices = np.concatenate(
                [bundle_prices(stated[:, b : b + CHUNK], scenario.costs, scenario.rival_price) for b in blocks]
            )
        lists[label] = np.broadcast_to(
            np.asarray(prices, float), (scenario.replications, len(np.transpose(prices)))
        ).copy()
    return lists, fees


def perfect_prices(scenario, rng, known):
    """Constant prices that earn most from two replications of other customers, places limited."""
    from scipy.optimize import minimize

    sizes = rng.poisson(np.tile(scenario.rates, 2))
    values, _, order = scenario.customers(rng, sizes)

    def loss(prices):
        if (prices < 0).any():
            return np.inf
        code, _ = serve(values, order, sizes, prices, scenario.rival_price, scenario.places)
        return -(np.bincount(code, minlength=CODES) @ UNITS[:, :5] @ (prices - scenario.costs))

    sample, _, _ = scenario.customers(rng, np.array([1500]))
    starts = [bundle_prices(sample[:, None, :], scenario.costs, scenario.rival_price, restarts=1)[0]]
    starts += [np.append(p, [p[0] + p[2], p[1] + p[2]]) for p in known]
    trials = [start * multiple for multiple in (1, 0.8, 1.2, 1.5, 2) for start in starts]
    first = min(trials, key=loss)
    simplex = np.vstack([first, first + np.diag(np.maximum(0.05 * first, 1e-3))])
    options = {"maxiter": 20 * len(first) + 20, "xatol": 1e-4, "fatol": np.inf, "initial_simplex": simplex}
    return minimize(loss, first, method="Nelder-Mead", options=options).x


class Tally:
    """Sums by candidate: by replication, by segment, and by period and offer."""

    def __init__(self, scenario, offers):
        shape = scenario.replications
        self.codes = np.zeros((len(scenario.shares), shape, CODES))
        self.surplus = np.zeros((len(scenario.shares), shape))
        self.revenue = np.zeros((shape, 6))
        self.segment_revenue = np.zeros(len(scenario.shares))
        self.prices = np.zeros((scenario.periods, shape, offers))
        self.units = np.zeros((scenario.periods, shape, 6))


def simulate(scenario, rng, lists, pace):
    tallies = {label: Tally(scenario, prices.shape[1]) for label, prices in lists.items()}
    customers = np.zeros((len(scenario.shares), scenario.replications))
    for start in range(0, scenario.replications, CHUNK):
        rows = slice(start, min(start + CHUNK, scenario.replications))
        now = {label: prices[rows].copy() for label, prices in lists.items()}
        for period, rate in enumerate(scenario.rates):
            count = rows.stop - start
            sizes = rng.poisson(rate, count)
            values, groups, order = scenario.customers(rng, sizes)
            # Replications follow each other within each segment.
            ends = np.cumsum(groups)
            replication = np.repeat(np.tile(np.arange(count), len(scenario.shares)), groups)
            keys = np.repeat(np.arange(len(groups)) * CODES, groups)
            customers[:, rows] += groups.reshape(-1, count)
            for label, prices in now.items():
                tally = tallies[label]
                same = (prices == prices[0]).all()
                each = prices[0] if same else np.take(prices.T, replication, axis=1)
                code, surplus = serve(values, order, sizes, each, scenario.rival_price, scenario.places)
                codes = np.bincount(keys + code, minlength=len(groups) * CODES).reshape(-1, count, CODES)
                tally.codes[:, rows] += codes
                sums = np.concatenate(([0], np.cumsum(surplus)))[np.concatenate(([0], ends))]
                tally.surplus[:, rows] += np.diff(sums).reshape(-1, count)
                sold = codes @ UNITS
                paid = np.zeros((count, 6))
                paid[:, : prices.shape[1]] = prices
                paid[:, 5] = scenario.rival_price
                tally.units[period, rows] = sold.sum(axis=0)
                tally.revenue[rows] += sold.sum(axis=0) * paid
                tally.segment_revenue += (sold[:, :, :5] * paid[:, :5]).sum(axis=(1, 2))
                tally.prices[period, rows] = prices
                if label in pace:
                    rule = pace[label]
                    fill = sold.sum(axis=0)[:, [0, 1, 3, 4]].sum(axis=1) / scenario.places
                    step = number(rule["largest step"])
                    # The rule's gain is 0.5 unless the scenario states another.
                    wanted = rule.get("gain", 0.5) * (fill - number(rule["target"])) / number(rule["target"])
                    opening, spread = lists[label][rows, :2], number(rule["range"])
                    moved = prices[:, :2] * (1 + np.clip(wanted, -step, step))[:, None]
                    bounded = np.clip(moved, opening * (1 - spread), opening * (1 + spread))
                    prices[:, :2] = np.maximum(bounded, scenario.costs[:2])
    return tallies, customers


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def report(scenario, rng, output, tallies, fees, customers):
    output.mkdir(parents=True, exist_ok=True)
    profits, columns = {}, {}
    for label, tally in tallies.items():
        sold = tally.units.sum(axis=0)
        revenue = tally.revenue[:, :5].sum(axis=1)
        cost = sold[:, :5] @ scenario.costs + scenario.fixed * scenario.periods + fees.get(label, 0)
        profits[label] = revenue - cost
        columns[label] = [
            revenue - cost,
            revenue,
            cost,
            sold[:, :5] @ PRODUCTS,
            customers.sum(axis=0),
            tally.surplus.sum(axis=0),
        ]
    names = ["profit", "revenue", "cost", "units", "customers", "consumer_surplus"]
    table = {label: np.transpose(column).tolist() for label, column in columns.items()}
    write(
        output / "replications.csv",
        ["replication", "strategy", *names],
        ([i + 1, label, *table[label][i]] for i in range(scenario.replications) for label in tallies),
    )
    candidates = [label for label in tallies if label != "perfect knowledge"]
    half = {label: 1.968 * p.std(ddof=1) / len(p) ** 0.5 for label, p in profits.items()}
    # The bootstrap of means with Poisson weights, 1000 times.
    weights = rng.poisson(1, (1000, scenario.replications))
    means = weights @ np.transpose([profits[label] for label in candidates])
    best = np.bincount(means.argmax(axis=1), minlength=len(candidates)) / 1000
    ranked = sorted(candidates, key=lambda label: -profits[label].mean()) + ["perfect knowledge"]
    write(
        output / "summary.csv",
        [
            "rank",
            "strategy",
            "profit_mean",
            "profit_ci_low",
            "profit_ci_high",
            *[f"{n}_mean" for n in names[1:]],
            "probability_best",
        ],
        (
            [place + 1, label, (m := profits[label].mean()), m - half[label], m + half[label]]
            + [c.mean() for c in columns[label][1:]]
            + ([best[candidates.index(label)]] if label in candidates else [""])
            for place, label in enumerate(ranked)
        ),
    )
    base = profits[scenario.baseline]
    write(
        output / "comparisons.csv",
        [
            "strategy",
            "baseline",
            "profit_difference_mean",
            "profit_difference_ci_low",
            "profit_difference_ci_high",
            "probability_better",
        ],
        (
            [
                label,
                scenario.baseline,
                (d := profits[label] - base).mean(),
                d.mean() - (h := 1.968 * d.std(ddof=1) / len(d) ** 0.5),
                d.mean() + h,
            ]
            + [(means[:, candidates.index(label)] > means[:, candidates.index(scenario.baseline)]).mean()]
            for label in ranked[:-1]
            if label != scenario.baseline
        ),
    )
    buys = UNITS[:, :5].any(axis=1)
    write(
        output / "segments.csv",
        ["strategy", "segment", "customers_mean", "buyers_mean", "units_mean", "revenue_mean", "consumer_surplus_mean"],
        (
            [label, segment["name"], customers[i].mean(), (mean := tallies[label].codes[i].mean(axis=0)) @ buys]
            + [
                mean @ UNITS[:, :5] @ PRODUCTS,
                tallies[label].segment_revenue[i] / scenario.replications,
                tallies[label].surplus[i].mean(),
            ]
            for label in ranked
            for i, segment in enumerate(scenario.segments)
        ),
    )
    periods, sellers = [], []
    for label in ranked:
        tally = tallies[label]
        low, high = np.percentile(tally.prices, [10, 90], axis=1)
        middle, units = tally.prices.mean(axis=1), tally.units.mean(axis=1)
        revenue = (tally.units[:, :, : tally.prices.shape[2]] * tally.prices).mean(axis=1)
        for period in range(scenario.periods):
            for offer in range(tally.prices.shape[2]):
                where = period, offer
                periods.append(
                    [
                        label,
                        period + 1,
                        OFFERS[offer],
                        middle[where],
                        low[where],
                        high[where],
                        units[where],
                        revenue[where],
                    ]
                )
            rival = units[period, 5]
            periods.append(
                [
                    label,
                    period + 1,
                    scenario.names[RIVAL],
                    *[scenario.rival_price] * 3,
                    rival,
                    rival * scenario.rival_price,
                ]
            )
        own, rival = tally.units[:, :, :5].sum(axis=0) @ PRODUCTS, tally.units[:, :, 5].sum(axis=0).mean()
        total, paid = own.mean() + rival, columns[label][1].mean()
        sellers.append([label, "own", paid / own.mean(), own.mean(), paid, profits[label].mean(), own.mean() / total])
        margin = scenario.rival_price - scenario.rival_cost
        sellers.append(
            [label, "rival", scenario.rival_price, rival, rival * scenario.rival_price, rival * margin, rival / total]
        )
    header = ["strategy", "period", "offer", "price_mean", "price_p10", "price_p90", "units_mean", "revenue_mean"]
    write(output / "periods.csv", header, periods)
    write(
        output / "sellers.csv",
        ["strategy", "seller", "price_mean", "units_mean", "revenue_mean", "profit_mean", "share_mean"],
        sellers,
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("scenario")
    parser.add_argument("output", type=Path)
    parser.add_argument("--replications", type=int)
    arguments = parser.parse_args()
    scenario = Scenario(arguments.scenario)
    scenario.replications = arguments.replications or scenario.replications
    rng = np.random.Generator(np.random.SFC64(scenario.seed))
    lists, fees = opening_prices(scenario, rng)
    pace = {label: given["sales-pace"] for label, given in scenario.candidates.items() if "sales-pace" in given}
    fixed = ("fixed-price", "full-cost-markup", "going-rate")
    known = [lists[label][0] for label, given in scenario.candidates.items() if next(iter(given)) in fixed]
    best = perfect_prices(scenario, rng, known)
    lists["perfect knowledge"] = np.tile(best, (scenario.replications, 1))
    tallies, customers = simulate(scenario, rng, lists, pace)
    report(scenario, rng, arguments.output, tallies, fees, customers)


if __name__ == "__main__":
    main()
