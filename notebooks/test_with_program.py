"""The helpers with the program: what they write is what it reads."""

from pathlib import Path

import numpy as np
import pytest

from bertrand_notebook import (Message, Scenario, comparison, customers, demand, levers, prices, program, sensitivity,
                               sensitivity_charts, what_if)

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"

# A market with names that charts and spreadsheets stumble over.
HARD = """
scenario: "$5 or $10, 价格 🎈"
currency: $
periods: { count: 2 }
customers:
  arrivals: { poisson: 300 }
  segments:
    - { name: "=SUM(1), rich", share: 50%, values: { "NA": "normal(20, 5)" } }
    - { name: "学生 $x$", share: 50%, values: { "NA": "exponential(10)" } }
sellers:
  - name: "$hop & Co, Ltd"
    products:
      "NA": { unit cost: 2 }
    candidates:
      "=today": { fixed-price: { "NA": 10 } }
      "+10%, $11 <b>": { fixed-price: { "NA": 11 } }
      "便宜 🎈": { fixed-price: { "NA": 8 } }
study: { baseline: "=today", replications: 5, seed: 1 }
"""
CHARTS = [comparison.profits, comparison.differences, comparison.chances, prices.posted, customers.surplus, customers.sellers,
          customers.reach]


@pytest.fixture(scope="module")
def hard():
    return Scenario.of_text(HARD, "hard")


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_scenario_survives_a_round_trip(path, tmp_path):
    """Its copy is taken by the program, and as many levers as are found write copies that it takes too."""
    scenario = Scenario.read(path)
    copies = [scenario] + [lever.at(scenario, lever.base * 1.01).quick() for lever in levers.levers(scenario)]
    file = tmp_path / "copy.yaml"
    for copy in copies:
        copy.write(file)
        program.check(file)


def test_a_round_trip_gives_the_same_results():
    path = SCENARIOS / "new-app-learning.yaml"
    copy = program.run(Scenario.read(path), 3)
    again = program.run(Scenario.of_text(Scenario.read(path).text(), path.stem, path.parent), 3)
    for name, table in copy.tables.items():
        assert table.equals(again.tables[name]), name
    assert not copy.profits().equals(program.run(Scenario.read(path).edited("study", "seed", to="18"), 3).profits())


def test_hard_names_come_back_and_are_drawn(hard):
    results = program.run(hard)
    assert set(results.strategies) == {"=today", "+10%, $11 <b>", "便宜 🎈"}
    assert results.baseline == "=today" and results.studied == "$hop & Co, Ltd"
    assert set(results.segments["segment"]) == {"=SUM(1), rich", "学生 $x$"}
    assert set(results.offers["offer"]) == {"NA"}
    for chart in CHARTS:
        figure = chart(results)
        figure.canvas.draw()
        assert figure.get_suptitle()
    assert prices.paid(results).shape[0] == 1


def test_one_replication_and_one_candidate_are_drawn(hard):
    one = hard.edited("sellers", 0, "candidates", to={"=today": {"fixed-price": {"NA": "10"}}})
    for results in (program.run(hard, 1), program.run(one, 1), program.run(one, 3)):
        for chart in CHARTS:
            figure = chart(results)
            if figure is not None:
                figure.canvas.draw()
    assert "single run" in comparison.winner(program.run(hard, 1)) or program.run(hard, 1).best == "=today"


def test_measured_demand_agrees_with_the_formula_and_a_wrong_one_is_caught(hard):
    measured = demand.measure(hard, "NA", 20)
    assert set(measured.table["segment"]) == {"=SUM(1), rich", "学生 $x$"}
    assert "standard errors" in demand.check(measured)
    # Customers of the same mean who differ less: the survival function of normal(20, 4) is off by 4 points at most.
    wrong = hard.edited("customers", "segments", 0, "values", "NA", to="normal(20, 4)")
    grid = measured.table["price"].unique()
    held = demand.posted(hard, 1)[1]
    rows = measured.table["segment"] == "=SUM(1), rich"
    measured.table.loc[rows, "formula"] = demand.closed_form(wrong, "=SUM(1), rich", "NA", grid, held)
    with pytest.raises(AssertionError):
        demand.check(measured)


def test_the_flip_is_where_the_closed_form_has_it():
    """Two fixed prices and values spread evenly from 0 to 20: of all customers 1 - p / 20 pay p, so that 12 and 8 earn the
    same, (12 - c) 0.4 = (8 - c) 0.6, at a unit cost of 0; and 12 and 9, (12 - c) 0.4 = (9 - c) 0.55, at one of 1."""
    market = Scenario.of_text("""
scenario: two prices
periods: { count: 1 }
customers:
  arrivals: { fixed: 20000 }
  segments: [ { name: all, share: 100%, values: { x: "uniform(0, 20)" } } ]
sellers:
  - name: we
    products: { x: { unit cost: 1 } }
    candidates: { high: { fixed-price: { x: 12 } }, low: { fixed-price: { x: 8 } } }
study: { replications: 10, seed: 3 }
""")
    lever = next(lever for lever in levers.levers(market) if lever.name == "unit cost")
    assert sensitivity.sweep(market, lever, [0.5, 2], 10).flips() == []
    market = market.edited("sellers", 0, "candidates", "low", "fixed-price", "x", to="9")
    flip, = sensitivity.sweep(market, lever, [0.2, 0.8, 1.4, 2], 10).flips()
    # 200,000 customers: twice as wide as the 95% interval is four standard errors on each side.
    room = 0.5 * (flip.high - flip.low)
    assert flip.low - room <= 1 <= flip.high + room and flip.high - flip.low < 0.6
    assert flip.winner == ("high" if not flip.below else "low")


def test_sensitivity_charts_are_drawn(hard):
    found = levers.levers(hard)[:2]
    tornado = sensitivity.tornado(hard, found, 3)
    for figure in (sensitivity_charts.tornado_chart(tornado, "$"), sensitivity_charts.curves(tornado[0], "$")):
        figure.canvas.draw()
        assert figure.get_suptitle()
    assert np.ptp(tornado[0].leads()[0]) >= np.ptp(tornado[1].leads()[0])


def test_a_refused_scenario_is_said_in_the_programs_words(hard):
    with pytest.raises(program.Refused, match="hard.yaml:.*share"):
        program.run(hard.edited("customers", "segments", 0, "share", to="60%"))


def test_sliders_redraw_and_survive_a_refusal(hard):
    broken = levers.scaled("arrivals", [("customers", "arrivals", "poisson")])(hard)
    wrong = levers.Lever("nonsense", 1, "EUR", lambda scenario, value: scenario.edited("periods", "count", to="<no>"))
    panel = what_if.Panel(hard, 2, [*levers.own_prices(hard), broken, wrong])
    first = bytes(panel.image.value)
    assert first.startswith(b"\x89PNG") and "earns most" in panel.message.value
    panel.sliders[0].value = panel.sliders[0].max
    second = bytes(panel.image.value)
    assert second.startswith(b"\x89PNG") and second != first
    panel.sliders[2].value = panel.sliders[2].max
    assert "hard.yaml" in panel.message.value and "&lt;no&gt;" in panel.message.value and bytes(panel.image.value) != second
    panel.back()
    assert bytes(panel.image.value) == first


def test_sliders_survive_what_cannot_be_read():
    odd = Scenario.of_text(HARD.replace("poisson: 300", "poisson: 0300"))
    assert "customers" not in {lever.name for lever in levers.levers(odd)}
    with pytest.raises(Message):
        levers.scaled("customers", [("customers", "arrivals", "poisson")])(odd)


@pytest.mark.parametrize("style", ["spreadsheet", "european"])
def test_every_style_of_csv_reads_the_same(style, tmp_path):
    file = tmp_path / "hard.yaml"
    Scenario.of_text(HARD.replace("便宜", "'=便宜"), "hard").write(file)
    tables = {}
    for name in ["plain", style]:
        program.write_results("run", file, tmp_path / name, "--csv", name)
        tables[name] = program.Results(tmp_path / name).tables
    assert tables["plain"].keys() == tables[style].keys()
    for name, table in tables["plain"].items():
        assert table.equals(tables[style][name]), name
    names = {"=today", "+10%, $11 <b>", "'=便宜 🎈", "perfect knowledge"}
    assert set(tables[style]["summary"]["strategy"]) == names
