"""Demand in closed form: the share of customers who would pay a price, from the distribution that a scenario states.

A second way to the same number, which uses nothing of the program: SciPy's distributions, and logit shares.
"""

import numpy as np
from scipy import stats

from .levers import distribution
from .scenario import is_number, number


def _log_normal(mean, deviation):
    variance = np.log1p((deviation / mean) ** 2)
    return stats.lognorm(np.sqrt(variance), scale=mean / np.exp(variance / 2))


MAKE = {
    "normal": stats.norm,
    "truncated-normal": lambda mean, deviation: stats.truncnorm(-mean / deviation, np.inf, mean, deviation),
    "log-normal": _log_normal,
    "uniform": lambda low, high: stats.uniform(low, high - low),
    "triangular": lambda low, mode, high: stats.triang((mode - low) / (high - low), low, high - low),
    "exponential": lambda mean: stats.expon(scale=mean),
    "pareto": lambda minimum, elasticity: stats.pareto(elasticity, scale=minimum),
    "logistic": stats.logistic,
    "weibull": lambda shape, scale: stats.weibull_min(shape, scale=scale),
    "gamma": lambda shape, scale: stats.gamma(shape, scale=scale),
    "beta": lambda alpha, beta, low, high: stats.beta(alpha, beta, low, high - low),
    "gumbel": stats.gumbel_r,
}


def survival(value, prices):
    """The share of customers whose valuation is above each price; None where there is no formula here."""
    prices = np.asarray(prices, dtype=float)
    if isinstance(value, dict) and "mixture" in value:
        parts = [(number(part["share"]), survival(part["value"], prices)) for part in value["mixture"]]
        return None if any(part is None for _, part in parts) else sum(share * part for share, part in parts)
    if isinstance(value, dict) and "demand" in value:
        points = sorted((number(price), number(share)) for price, share in value["demand"].items())
        curve = np.interp(prices, *zip(*points))
        return np.where(prices > points[-1][0], 0.0, curve)
    if is_number(value):
        return (number(value) > prices).astype(float)
    parts = distribution(value)
    return MAKE[parts[0]](*parts[1]).sf(prices) if parts else None


def with_taste(value, prices, taste, points=4000):
    """The same with personal liking: Gumbel noise on the product and on buying nothing, whose difference is logistic."""
    prices = np.asarray(prices, dtype=float)
    if taste == 0:
        return survival(value, prices)
    levels = (np.arange(points) + 0.5) / points
    noise = taste * np.log(levels / (1 - levels))
    shares = survival(value, (prices[:, None] + noise[None, :]).ravel())
    return None if shares is None else shares.reshape(len(prices), points).mean(axis=1)


def logit_share(utilities, own, outside=True):
    """The share of the alternative `own` (a row of `utilities`) in a logit; buying nothing has utility 0."""
    everything = np.vstack([utilities, np.zeros_like(utilities[0])]) if outside else utilities
    weights = np.exp(everything - everything.max(axis=0))
    return weights[own] / weights.sum(axis=0)
