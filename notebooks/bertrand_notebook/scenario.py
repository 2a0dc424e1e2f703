"""Editing a copy of a scenario.

YAML has many ways to read a number: to one reader 010 is ten, to another eight; 1:30 may be ninety. Here every value
stays the text that it is, so that whatever was not edited reaches the program as it was written. What is edited has to
be a plain number.
"""

import copy
import io
import os
import re
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

from .results import Message

NUMBER = re.compile(r"[+-]?(0|[1-9]\d*)?(\.\d*)?([eE][+-]?\d+)?%?")


class TextResolver(VersionedResolver):
    """Takes every value for text."""

    def resolve(self, kind, value, implicit):
        if kind is ScalarNode and implicit[0]:
            return Tag(suffix="tag:yaml.org,2002:str")
        return super().resolve(kind, value, implicit)


def _yaml():
    yaml = YAML(typ="rt")
    yaml.Resolver = TextResolver
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    return yaml


def number(text):
    """A plain number or percentage of a scenario."""
    text = str(text).strip()
    if not NUMBER.fullmatch(text) or not re.search(r"\d", text):
        raise Message(f"“{text}” is not a plain number, such as 24.90 or 35%; only those can be changed here.")
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def is_number(value):
    """Whether a value of a scenario is a plain number."""
    try:
        number(value)
    except Message:
        return False
    return isinstance(value, str)


def like(text, value):
    """A number written as the one that it replaces, in percent or not."""
    return f"{100 * value:.12g}%" if str(text).strip().endswith("%") else f"{value:.12g}"


class Scenario:
    """A scenario as a tree of names and texts; every edit is made on a copy."""

    def __init__(self, tree, name, folder):
        self.tree, self.name, self.folder = tree, name, Path(folder)

    @classmethod
    def read(cls, path=None, default="../scenarios/city-gym.yaml"):
        """The scenario in a file, in BERTRAND_SCENARIO, or the first one."""
        path = Path(path or os.environ.get("BERTRAND_SCENARIO") or default)
        if not path.is_file():
            raise Message(f"There is no scenario {path.resolve()}.")
        return cls.of_text(path.read_text(encoding="utf-8-sig"), path.stem, path.resolve().parent)

    @classmethod
    def of_text(cls, text, name="scenario", folder="."):
        """A scenario written out."""
        try:
            tree = _yaml().load(text)
        except YAMLError as error:
            raise Message(f"{name} is not YAML: {error}") from None
        if not isinstance(tree, dict):
            raise Message(f"{name} is not a scenario: it has no names with values.")
        return cls(tree, name, folder)

    def text(self):
        """The scenario as YAML."""
        stream = io.StringIO()
        _yaml().dump(self.tree, stream)
        return stream.getvalue()

    def write(self, path):
        """Writes it to a file in another folder: data files that it names are then named in full."""
        moved = self.copy()
        moved.tree = moved._with_full_names(moved.tree)
        Path(path).write_text(moved.text(), encoding="utf-8")

    def _with_full_names(self, value):
        if isinstance(value, dict):
            for key in value:
                value[key] = self._with_full_names(value[key])
        elif isinstance(value, list):
            value[:] = [self._with_full_names(item) for item in value]
        elif isinstance(value, str) and value.lower().endswith((".csv", ".tsv", ".txt")):
            file = self.folder / value
            return str(file.resolve()) if file.is_file() else value
        return value

    def copy(self):
        """A copy to edit."""
        return Scenario(copy.deepcopy(self.tree), self.name, self.folder)

    def at(self, *path):
        """What stands at a place: names of fields, and for an item of a list its `name` or its position."""
        return _walk(self.tree, path)

    def edited(self, *path, to):
        """A copy with another value at a place."""
        result = self.copy()
        place, last = _walk(result.tree, path[:-1]), path[-1]
        place[_position(place, last) if isinstance(place, list) else last] = to
        return result

    @property
    def currency(self):
        """The currency of all money."""
        return str(self.tree.get("currency", "EUR"))

    @property
    def studied(self):
        """The seller whose candidates are compared."""
        for seller in self.tree.get("sellers", []):
            if "candidates" in seller:
                return seller
        raise Message(f"{self.name} has no seller with candidates.")

    @property
    def rivals(self):
        """The other sellers."""
        return [seller for seller in self.tree["sellers"] if seller is not self.studied]

    @property
    def segments(self):
        """Segments of customers; none where demand is of the market as a whole."""
        return self.tree.get("customers", {}).get("segments", [])

    @property
    def baseline(self):
        """The candidate that others are compared with."""
        return str(self.tree.get("study", {}).get("baseline", next(iter(self.studied["candidates"]))))

    def quick(self):
        """A copy that does not search for the bundles of perfect knowledge: that takes long, and alters no candidate."""
        candidates = self.studied["candidates"].values()
        if not any(name in ("mixed-bundle", "pure-bundle") for one in candidates if isinstance(one, dict) for name in one):
            return self
        result = self.copy()
        result.tree.setdefault("study", {})["clairvoyant"] = "single prices"
        return result


def _position(items, key):
    if isinstance(key, int) and -len(items) <= key < len(items):
        return key
    for index, item in enumerate(items):
        if isinstance(item, dict) and str(item.get("name")) == str(key):
            return index
    raise Message(f"The scenario has nothing called “{key}” here.")


def _walk(value, path):
    for key in path:
        if isinstance(value, list):
            value = value[_position(value, key)]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            raise Message(f"The scenario has no “{key}” in “{' > '.join(map(str, path))}”.")
    return value
