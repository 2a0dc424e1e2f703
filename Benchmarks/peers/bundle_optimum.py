"""The prices of a mixed bundle that earn most from given customers: what `BundleOptimum` does, by sorting thresholds in
numpy, and by scipy's global search with numpy's evaluation."""

import numpy as np
from bundle import data
from rounds import serve
from scipy.optimize import differential_evolution

COSTS, OUT = np.array([20.0, 15.0, 35.0]), 1e3


def choice(u, v, prices, skip=None):
    """Worth and margin of the best without one of the offers."""
    p, q, b = (OUT if offer == skip else price for offer, price in enumerate(prices))
    worth = np.maximum(u - p, 0) + np.maximum(v - q, 0)
    margin = (u >= p) * (p - COSTS[0]) + (v >= q) * (q - COSTS[1])
    together = u + v - b
    bundled = together >= worth
    return np.where(bundled, together, worth), np.where(bundled, b - COSTS[2], margin)


def best_price(u, v, prices, offer):
    without, refused = choice(u, v, prices, offer)
    if offer == 2:
        worth, margin = u + v, -COSTS[2]
    else:
        own, other = (u, v) if offer == 0 else (v, u)
        price, cost = prices[1 - offer], COSTS[1 - offer]
        worth = own + np.maximum(other - price, 0)
        margin = (other >= price) * (price - cost) - COSTS[offer]
    threshold = worth - without
    order = np.argsort(threshold)[::-1]
    price = threshold[order]
    total = np.cumsum((margin - refused)[order]) + price * np.arange(1, len(u) + 1)
    total[price < 0] = -np.inf
    best = total.argmax()
    return price[best] if total[best] > 0 else max(prices[offer], OUT)


def thresholds(size):
    u, v = data(size)

    def maximise():
        alone = [OUT] * 3
        starts = [COSTS, [OUT, OUT, 35], [20, 15, OUT], [best_price(u, v, alone, k) for k in range(3)], [60, 50, 90]]
        most = 0.0
        for start in starts:
            prices = np.array(start, float)
            earned = choice(u, v, prices)[1].mean()
            for _ in range(50):
                before = earned
                for offer in range(3):
                    trial = prices.copy()
                    trial[offer] = best_price(u, v, prices, offer)
                    gained = choice(u, v, trial)[1].mean()
                    if gained >= earned:
                        prices, earned = trial, gained
                if earned <= before * (1 + 1e-9):
                    break
            most = max(most, earned)
        return most

    return (lambda: maximise() and size), maximise


def global_search(size):
    u, v = data(size)

    def maximise():
        bounds = [(20, u.max()), (15, v.max()), (35, (u + v).max())]
        found = differential_evolution(lambda p: -choice(u, v, p)[1].mean(), bounds, seed=7, polish=False, tol=1e-6)
        return -found.fun

    return (lambda: maximise() and size), maximise


if __name__ == "__main__":
    serve({"expert": thresholds, "scipy": global_search})
