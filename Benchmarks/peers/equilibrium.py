"""Bertrand-Nash prices in markets of 24 products of five firms with 20 agents each: what `Equilibrium` does, in
PyBLP, in numpy for all markets at once, and by scipy's root finder market by market."""

import numpy as np
from rounds import bell, serve, uniform
from scipy.optimize import root

PRODUCTS, AGENTS, FIRMS = 24, 20, 5
OWNERS = np.arange(PRODUCTS) % FIRMS


def data(markets):
    products = np.arange(markets * PRODUCTS).reshape(markets, PRODUCTS)
    agents = np.arange(markets * AGENTS).reshape(markets, AGENTS)
    return 1 + bell(300, products), 0.5 * bell(301, agents), 2 + uniform(1000, agents), 0.5 + uniform(1001, products)


def zeta(prices, utilities, alpha, costs, same):
    """The zeta-markup of every product (Morrow & Skerlos 2011); market, agent, product."""
    s = np.exp(utilities - alpha[:, :, None] * prices[:, None, :])
    s /= 1 + s.sum(axis=2, keepdims=True)
    weighted = alpha[:, :, None] * s
    firms = (s * (prices - costs)[:, None, :]) @ same
    return ((weighted * firms).sum(axis=1) + s.sum(axis=1)) / weighted.sum(axis=1)


def expert(markets):
    means, liking, alpha, costs = data(markets)
    utilities = means[:, None, :] + liking[:, :, None]
    same = (OWNERS[:, None] == OWNERS).astype(float)

    def solve():
        solved, active, prices = np.empty_like(costs), np.arange(markets), costs.copy()
        while len(active):
            after = costs[active] + zeta(prices, utilities[active], alpha[active], costs[active], same)
            moved = np.abs(after - prices).max(axis=1) > 1e-12
            solved[active] = after
            active, prices = active[moved], after[moved]
        return solved

    return (lambda: len(solve())), solve


def scipy_root(markets):
    means, liking, alpha, costs = data(markets)
    utilities = means[:, None, :] + liking[:, :, None]
    same = (OWNERS[:, None] == OWNERS).astype(float)

    def solve():
        prices = np.empty_like(costs)
        for m in range(markets):
            own = slice(m, m + 1)

            def gap(p):
                return p - costs[m] - zeta(p[None], utilities[own], alpha[own], costs[own], same)[0]

            prices[m] = root(gap, costs[m], method="hybr", tol=1e-12).x
        return prices

    return (lambda: len(solve())), solve


def pyblp(markets):
    import pyblp

    pyblp.options.verbose = False
    means, liking, alpha, costs = data(markets)
    market = np.repeat(np.arange(markets), PRODUCTS)
    simulation = pyblp.Simulation(
        product_formulations=(pyblp.Formulation("0 + mean"), pyblp.Formulation("1 + prices")),
        product_data={"market_ids": market, "firm_ids": np.tile(OWNERS, markets), "mean": means.ravel()},
        agent_formulation=pyblp.Formulation("0 + liking + sensitivity"),
        agent_data={
            "market_ids": np.repeat(np.arange(markets), AGENTS),
            "weights": np.full(markets * AGENTS, 1 / AGENTS),
            "nodes": np.zeros((markets * AGENTS, 2)),
            "liking": liking.ravel(),
            "sensitivity": alpha.ravel(),
        },
        beta=1,
        sigma=np.zeros((2, 2)),
        pi=[[1, 0], [0, -1]],
        xi=np.zeros(markets * PRODUCTS),
        omega=np.zeros(markets * PRODUCTS),
    )
    iteration = pyblp.Iteration("simple", {"atol": 1e-12})

    def solve():
        # Nobody here checks the conditions of first and second order afterwards.
        solved = simulation.replace_endogenous(
            costs.ravel(), iteration=iteration, compute_gradients=False, compute_hessians=False
        )
        return solved.product_data.prices

    return (lambda: len(solve()) // PRODUCTS), solve


if __name__ == "__main__":
    serve({"expert": expert, "scipy": scipy_root, "pyblp": pyblp})
