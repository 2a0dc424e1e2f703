"""Reading what `bertrand run` and `bertrand learn` write, in any of the styles of `--csv`."""

import json
import os
from pathlib import Path

import pandas as pd

# Columns of names and words; all others hold numbers. A product may be called "10", and stays that.
TEXT = {"strategy", "baseline", "seller", "segment", "offer", "family", "belief", "clairvoyant_kind", "verdict", "deviator",
        "converged", "field", "value"}
# What a spreadsheet would run as a formula when a cell begins with it; the program puts an apostrophe in front.
FORMULA = tuple("=+-@\t\r\0")


class Message(Exception):
    """Something for the reader of a notebook to mend: a sentence, without a traceback."""

    def _render_traceback_(self):
        return [str(self)]


def unprotected(text):
    """A name without the apostrophe that kept spreadsheets from running it; of several the program added one."""
    is_guarded = isinstance(text, str) and text.startswith("'") and text.lstrip("'").startswith(FORMULA)
    return text[1:] if is_guarded else text


def read_table(path):
    """A CSV file with comma and decimal point, or with semicolon and decimal comma, with or without a byte order mark."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        header = file.readline()
    european = ";" in header
    names = [name.strip().strip('"') for name in header.strip().split(";" if european else ",")]
    # Only an empty cell is missing: a product may well be called "NA".
    table = pd.read_csv(
        path, encoding="utf-8-sig", sep=";" if european else ",", decimal="," if european else ".", keep_default_na=False,
        na_values=[""], dtype={name: str for name in names if name in TEXT})
    for name in TEXT.intersection(table.columns):
        table[name] = table[name].map(unprotected, na_action="ignore")
    return table


class Results:
    """A folder of results: its tables, and what a reader asks of them first."""

    def __init__(self, folder):
        folder = Path(folder)
        self.tables = {path.stem: read_table(path) for path in sorted(folder.glob("*.csv"))}
        manifests = [folder / "manifest.json", folder / "learning_manifest.json"]
        self.manifest = {}
        for path in manifests:
            if path.exists():
                self.manifest |= json.loads(path.read_text(encoding="utf-8-sig"))

    @classmethod
    def of_study(cls, folder=None, default="../results/city-gym"):
        """The results in a folder, in BERTRAND_RESULTS, or of the first scenario."""
        folder = Path(folder or os.environ.get("BERTRAND_RESULTS") or default)
        if not (folder / "summary.csv").exists():
            raise Message(f"No results in {folder.resolve()}. First: bertrand run scenarios/city-gym.yaml")
        return cls(folder)

    def __getattr__(self, name):
        tables = self.__dict__.get("tables", {})
        if name in tables:
            return tables[name]
        raise AttributeError(f"there is no {name}.csv among these results")

    @property
    def currency(self):
        """The currency of all money."""
        return self.manifest.get("currency", "")

    @property
    def confidence(self):
        """The confidence of intervals."""
        return self.manifest.get("confidence", 0.95)

    @property
    def unit(self):
        """What a period is called."""
        return self.manifest.get("period_unit", "period")

    @property
    def candidates(self):
        """The rows of the strategies that were compared, best first."""
        return self.summary[self.summary["rank"].notna()]

    @property
    def benchmark(self):
        """The row of perfect knowledge."""
        return self.summary[self.summary["rank"].isna()]

    @property
    def strategies(self):
        """Their names, best first."""
        return list(self.candidates["strategy"])

    @property
    def best(self):
        """The strategy that earns most."""
        return self.strategies[0]

    @property
    def baseline(self):
        """The strategy that the others are compared with."""
        return self.manifest.get("baseline") or self.strategies[0]

    @property
    def studied(self):
        """The seller whose strategies are compared."""
        if self.manifest.get("studied_seller"):
            return self.manifest["studied_seller"]
        # Older results do not name it: it is the one whose profit the summary reports.
        rows = self.sellers[self.sellers["strategy"] == self.best]
        return rows.loc[(rows["profit_mean"] - self.candidates["profit_mean"].iloc[0]).abs().idxmin(), "seller"]

    def profits(self, strategies=None):
        """Profit in each replication (row) under each strategy (column): the same customers along a row."""
        table = self.replications.pivot(index="replication", columns="strategy", values="profit")
        return table[list(strategies or self.strategies)]
