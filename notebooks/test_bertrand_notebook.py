"""The helpers without the program: reading, words, editing, crossings, formulas."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bertrand_notebook import Message, Results, Scenario
from bertrand_notebook import crossing, demand, distributions, learning, levers, program, results, sensitivity, text

ROWS = [
    ("strategy", "offer", "profit_mean", "price_mean"),
    ("=today", "NA", "1234.5", "1e-05"),
    ("+10%, or; so", "10", "-0.25", ""),
    ("'quoted'", "nan", "7", "3"),
    ("便宜 🎈 \"x\"", "-", "1000000", "0.1"),
]
STYLES = {"plain": ("", ",", "."), "spreadsheet": ("\ufeff", ",", "."), "european": ("\ufeff", ";", ",")}


def write(path, style):
    """The rows as the program writes them: formula signs protected, quotes where they are needed."""
    mark, separator, decimal = STYLES[style]

    def cell(value, is_name):
        if is_name:
            value = "'" + value if value[:1] in "=+-@" else value
        else:
            value = value.replace(".", decimal)
        return '"' + value.replace('"', '""') + '"' if any(c in value for c in f'{separator}"') else value

    lines = [separator.join(cell(value, place < 2) for place, value in enumerate(row)) for row in ROWS]
    path.write_text(mark + "\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")


@pytest.mark.parametrize("style", STYLES)
def test_every_csv_style_reads_the_same(tmp_path, style):
    write(tmp_path / "summary.csv", style)
    table = results.read_table(tmp_path / "summary.csv")
    assert list(table.columns) == list(ROWS[0])
    assert list(table["strategy"]) == [row[0] for row in ROWS[1:]]
    assert list(table["offer"]) == ["NA", "10", "nan", "-"]  # names stay text, and none of them is missing
    assert list(table["profit_mean"]) == [1234.5, -0.25, 7, 1000000]
    assert table["price_mean"].isna().tolist() == [False, True, False, False]
    assert table["price_mean"].iloc[0] == 1e-05


def test_only_the_programs_own_apostrophe_is_taken_off():
    given = ["'=1", "'+a", "'-", "'@x", "'\tq", "'quoted'", "'", "plain", "''=x", "="]
    assert [results.unprotected(name) for name in given] == [
        "=1", "+a", "-", "@x", "\tq", "'quoted'", "'", "plain", "'=x", "="]


def test_numbers_are_read_to_the_last_digit(tmp_path):
    value = 0.1 + 0.2
    (tmp_path / "a.csv").write_text(f"strategy;profit\nx;{str(value).replace('.', ',')}\n", encoding="utf-8")
    assert results.read_table(tmp_path / "a.csv")["profit"].iloc[0] == value


def test_manifest_and_baseline(tmp_path):
    (tmp_path / "summary.csv").write_text("rank,strategy,profit_mean\n1,a,5\n2,b,4\n,perfect knowledge,6\n", encoding="utf-8")
    (tmp_path / "manifest.json").write_text(json.dumps({"baseline": "b", "currency": "$"}), encoding="utf-8-sig")
    read = Results(tmp_path)
    assert (read.best, read.baseline, read.currency, read.strategies) == ("a", "b", "$", ["a", "b"])
    with pytest.raises(AttributeError, match="regret.csv"):
        read.regret


def test_no_results_is_one_clear_sentence(tmp_path):
    with pytest.raises(Message, match="First: bertrand run"):
        Results.of_study(tmp_path)


@pytest.mark.parametrize("value, said", [
    (-1234.5, "−1,234"), (0, "0"), (-0.0, "0"), (0.32, "0.32"), (-0.4, "−0.4"), (0.00001, "0"), (12.5, "12.50"),
    (123.45, "123.5"),
    (1e6, "1,000,000")])
def test_amounts(value, said):
    assert text.amount(value) == said


def test_signs_and_percentages():
    assert [text.signed(value) for value in (5, 0, -5, 1e-9)] == ["+5", "0", "−5", "0"]
    assert [text.percent(share) for share in (1, 0.9996, 0.996, 0.5, 0.004, 0.0004, 0)] == [
        "100%", "> 99.9%", "99.6%", "50%", "0.4%", "< 0.1%", "0%"]


def test_wide_letters_count_twice():
    assert text.columns("便宜") == 4
    assert max(text.columns(line) for line in text.wrap("学生" * 20, 28).split("\n")) <= 28


BRIEFING = """# A comment stays.
scenario: 010
ratio: 1:30
count: 1_000
flag: yes
nothing: ~
customers:
  outside option: no
  segments:
    - { name: "a, b", share: 40%, values: { "x": "normal(70, 18)" } }
    - name: 学生 🎈
      share: 60%   # another
      values: { "x": 12.90 }
sellers:
  - name: We
    products: { "x": { unit cost: 2 } }
    candidates: { "=a": { fixed-price: { "x": 10 } }, b: { fixed-price: { "x": 11.50 } } }
"""


def test_what_is_not_edited_stays_as_it_was_written():
    scenario = Scenario.of_text(BRIEFING)
    again = scenario.text()
    for line in ["# A comment stays.", "scenario: 010", "ratio: 1:30", "count: 1_000", "flag: yes", "nothing: ~",
                 "outside option: no", '"normal(70, 18)"', "share: 60%", "# another", "12.90", "学生 🎈", "11.50"]:
        assert line in again
    assert Scenario.of_text(again).text() == again


def test_an_edit_changes_one_place_of_a_copy():
    scenario = Scenario.of_text(BRIEFING)
    before = scenario.text()
    edited = scenario.edited("customers", "segments", "学生 🎈", "values", "x", to="15.5")
    assert scenario.text() == before
    assert edited.text() == before.replace("12.90", "15.5")


def test_percentages_are_written_without_quotes():
    # The program refuses "35%" in quotes.
    edited = Scenario.of_text(BRIEFING).edited("customers", "segments", 0, "share", to="35%")
    assert "share: 35%" in edited.text()


def test_a_wrong_place_is_named():
    with pytest.raises(Message, match="nobody"):
        Scenario.of_text(BRIEFING).at("sellers", "nobody", "products")
    with pytest.raises(Message, match="not YAML"):
        Scenario.of_text("a: [1, 2")


def test_plain_numbers_only():
    assert [levers.number(item) for item in ("24.90", "35%", "1e3", ".5", "-2")] == [24.9, 0.35, 1000, 0.5, -2]
    for item in ("010", "1:30", "1_000", "yes", "", ".", "%", "0x10", "nan"):
        with pytest.raises(Message):
            levers.number(item)


def test_data_files_are_named_in_full(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("x\n1\n")
    scenario = Scenario.of_text("survey: data/a.csv\nother: data/none.csv\n", folder=tmp_path)
    scenario.write(tmp_path / "copy.yaml")
    assert Scenario.read(tmp_path / "copy.yaml").at("survey") == str((tmp_path / "data" / "a.csv").resolve())
    assert Scenario.read(tmp_path / "copy.yaml").at("other") == "data/none.csv"
    assert scenario.at("survey") == "data/a.csv"


def test_levers_write_what_they_say():
    scenario = Scenario.of_text(BRIEFING)
    found = {lever.name: lever for lever in levers.levers(scenario)}
    share = found["share of a, b"].at(scenario, 0.5)
    assert [levers.number(one["share"]) for one in share.segments] == pytest.approx([0.5, 0.5])
    dearer = found["what a, b would pay"].at(scenario, 1.1)
    assert dearer.at("customers", "segments", "a, b", "values", "x") == "normal(77, 19.8)"
    assert found["unit cost"].at(scenario, 2.5).at("sellers", "We", "products", "x", "unit cost") == "2.5"
    prices = levers.own_prices(scenario)
    assert [(price.base, price.at(scenario, 9).at("sellers", "We", "candidates", "=a", "fixed-price", "x")) for price in prices] == [
        (10, "9")]
    with pytest.raises(Message, match="between"):
        found["share of a, b"].at(scenario, 1)


@pytest.mark.parametrize("value", [
    "normal(20, 5)", "truncated-normal(20, 30)", "log-normal(20, 9)", "uniform(10, 30)", "triangular(5, 20, 30)", "exponential(20)",
    "pareto(10, 2.5)", "logistic(20, 3)", "weibull(1.5, 20)", "gamma(2, 10)", "beta(2, 3, 5, 40)", "gumbel(20, 4)", "21",
    {"mixture": [{"share": "30%", "value": "normal(10, 2)"}, {"share": "70%", "value": "uniform(15, 30)"}]},
    {"demand": {"10": "80%", "15": "55%", "20": "20%"}}])
def test_scaled_valuations_scale_demand(value):
    # Whoever would pay p before would pay 1.3 p now: a property of every distribution, whatever its formula.
    prices = np.linspace(1, 60, 50)
    before = distributions.survival(value, prices)
    after = distributions.survival(levers.scaled_value(value, 1.3), 1.3 * prices)
    assert after == pytest.approx(before, abs=1e-9)
    assert np.all(np.diff(before) <= 1e-12) and 0 <= before.min() and before.max() <= 1 and before.max() > before.min()


def test_survival_has_the_stated_mean():
    # The mean of a positive valuation is the area under its survival function (step 0.01: to 1e-3).
    prices = np.arange(0, 2000, 0.01)
    for value, mean in [("log-normal(20, 9)", 20), ("exponential(20)", 20), ("gamma(2, 10)", 20), ("uniform(10, 30)", 20),
                        ("triangular(5, 20, 30)", 55 / 3), ("beta(2, 3, 5, 40)", 19), ("weibull(1, 20)", 20)]:
        assert np.trapezoid(distributions.survival(value, prices), prices) == pytest.approx(mean, abs=1e-3)


def test_taste_on_a_value_without_spread_is_a_logit():
    # With 4,000 points the average is within one of them.
    prices = np.linspace(1, 3, 9)
    expected = 1 / (1 + np.exp((prices - 2) / 0.25))
    assert distributions.with_taste("2", prices, 0.25) == pytest.approx(expected, abs=2.6e-4)
    utilities = np.array([(2 - prices) / 0.25])
    assert distributions.logit_share(utilities, 0) == pytest.approx(expected)


def test_crossings_of_straight_lines():
    assert crossing.crossings([0, 1, 2, 3], [3, 1, -1, -3]) == pytest.approx([1.5])
    assert crossing.crossings([0, 1, 2], [1, 0, -1]) == pytest.approx([1])
    assert crossing.crossings([0, 1, 2], [1, 0, 1]).size == 0
    assert crossing.crossings([0, 1, 2], [1, 2, 3]).size == 0
    assert crossing.crossings([0, 2, 4], [-1, 1, -1]) == pytest.approx([1, 3])


def test_interval_of_a_crossing_is_that_of_the_paired_difference():
    # Strategy 0 is ahead by 10 - x + noise of the replication: it crosses at 10 + mean noise, whose interval is known. Noise
    # that all strategies share is a hundred times as large, and must not widen it.
    random = np.random.default_rng(4)
    count, points = 400, np.linspace(0, 20, 5)
    noise, common = random.normal(0, 4, count), random.normal(0, 400, count)
    profits = np.stack([common[:, None] + 10 - points + noise[:, None], common[:, None] + 0 * points], axis=2)
    lever = levers.Lever("x", 0, "EUR", None)
    flip, = sensitivity.Sweep(lever, points, ["a", "b"], profits, 0, 0.95).flips()
    error = noise.std(ddof=1) / np.sqrt(count)
    assert flip.value == pytest.approx(10 + noise.mean())
    assert flip.winner == "b" and not flip.below
    # Bootstrap quantiles from 2,000 resamples lie within 10% of a half-width in nearly all seeds; this one is fixed.
    assert flip.low == pytest.approx(flip.value - 1.96 * error, abs=0.2 * error)
    assert flip.high == pytest.approx(flip.value + 1.96 * error, abs=0.2 * error)


def test_a_crossing_that_may_lie_beyond_the_points_says_so():
    random = np.random.default_rng(1)
    points = np.array([0.0, 0.5, 1, 2])
    profits = np.stack([1.9 - points + random.normal(0, 3, (30, 1)), np.zeros((30, 4))], axis=2)
    profits[:, :, 0] += 1.9 - (profits[:, 0, 0]).mean()  # the mean crosses at 1.9
    flip, = sensitivity.Sweep(levers.Lever("x", 0, "EUR", None), points, ["a", "b"], profits, 0, 0.95).flips()
    assert flip.value == pytest.approx(1.9) and flip.high == np.inf
    assert "beyond the range" in sensitivity.flip_in_words(levers.Lever("x", 0, "EUR", None), flip)


def test_three_runs_are_too_few_for_an_interval_of_a_crossing():
    lever = levers.Lever("x", 1, "EUR", None)
    profits = np.stack([np.array([[1.0, 0.5, -1], [1.2, 0.4, -1.1]]), np.zeros((2, 3))], axis=2)
    flip, = sensitivity.Sweep(lever, np.array([0.0, 1, 2]), ["a", "b"], profits, 0, 0.95).flips()
    assert np.isnan(flip.low) and np.isnan(flip.high)
    assert "about 1.3" in sensitivity.flip_in_words(lever, flip) and "interval" not in sensitivity.flip_in_words(lever, flip)


def test_one_replication_and_one_strategy_have_no_interval():
    lever = levers.Lever("x", 1, "EUR", None)
    alone = sensitivity.Sweep(lever, np.array([1.0, 2]), ["a"], np.ones((1, 2, 1)), 0, 0.95)
    assert alone.flips() == [] and alone.intervals() is None and "only strategy" in sensitivity.when_it_flips([alone])
    single = sensitivity.Sweep(lever, np.array([1.0, 2]), ["a", "b"], np.array([[[2.0, 1], [1, 2]]]), 0, 0.95)
    flip, = single.flips()
    assert flip.value == pytest.approx(1.5) and np.isnan(flip.low)
    assert "interval" not in sensitivity.when_it_flips([single])


def measured(share):
    prices = np.linspace(1, 3, 9)
    formula = 1 - prices / 4
    table = pd.DataFrame({"segment": "s", "price": prices, "customers": 10_000, "share": share(formula), "formula": formula,
                          "weight": 100.0})
    return demand.Demand("x", 2, 0, table, pd.DataFrame(), "EUR", 0.95)


def test_the_check_of_demand_can_fail():
    random = np.random.default_rng(2)
    assert "at most" in demand.check(measured(lambda formula: random.binomial(10_000, formula) / 10_000))
    # Five percentage points are ten standard errors.
    with pytest.raises(AssertionError, match="standard errors"):
        demand.check(measured(lambda formula: formula - 0.05))


def test_a_formula_only_where_nothing_else_plays_a_part():
    scenario = Scenario.of_text(BRIEFING.replace("outside option: no", "outside option: yes"))
    held = pd.Series({("We", "x"): 10.0})
    shares = demand.closed_form(scenario, "a, b", "x", [70, 88], held)
    assert shares == pytest.approx([0.5, 0.158655], abs=1e-6)  # half above the mean, 15.87% more than one deviation above it
    several = scenario.edited("customers", "segments", "a, b", "units", to={"x": {"up to": "3"}})
    assert demand.closed_form(several, "a, b", "x", [70, 88], held) is None
    bundle = pd.concat([held, pd.Series({("We", "x + y"): 15.0})])
    assert demand.closed_form(scenario, "a, b", "x", [70, 88], bundle) is None
    assert demand.closed_form(Scenario.of_text(BRIEFING), "a, b", "x", [70, 88], held) is None  # everybody has to buy


def test_elasticity_of_a_power_of_the_price():
    curve = measured(lambda formula: 0.8 * np.linspace(1, 3, 9) ** -1.7)
    assert curve.elasticity().to_numpy() == pytest.approx(-1.7)


@pytest.mark.parametrize("power", [0, 0.5, 1])
def test_slope_of_regret(power):
    days = np.arange(1, 301)
    assert learning.slope(pd.DataFrame({"mean": 3.0 * days**power}, index=days)) == pytest.approx(power, abs=1e-9)


def test_replications_from_the_environment(monkeypatch):
    monkeypatch.delenv("BERTRAND_REPLICATIONS", raising=False)
    assert program.replications(40) == 40
    monkeypatch.setenv("BERTRAND_REPLICATIONS", "4")
    assert program.replications(40) == 4
    monkeypatch.setenv("BERTRAND_REPLICATIONS", "few")
    with pytest.raises(Message, match="few"):
        program.replications(40)


def test_a_program_that_is_not_there_is_said_so(monkeypatch, tmp_path):
    monkeypatch.setenv("BERTRAND", str(tmp_path / "none"))
    with pytest.raises(Message, match="BERTRAND names"):
        program.find_program()
    monkeypatch.delenv("BERTRAND")
    monkeypatch.setattr(program, "PROJECT", Path(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Message, match="swift build"):
        program.find_program()
