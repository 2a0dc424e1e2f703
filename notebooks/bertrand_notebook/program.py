"""Running the program."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .results import Message, Results

PROJECT = Path(__file__).resolve().parents[2]


class Refused(Message):
    """The program's own words about a scenario that it does not take."""


def find_program():
    """The program: BERTRAND, else what was built in this project, else what is on the PATH."""
    named = os.environ.get("BERTRAND")
    if named:
        path = shutil.which(named)
        if path is None:
            raise Message(f"The environment variable BERTRAND names {named}, which is not a program.")
        return str(Path(path).resolve())
    built = PROJECT / ".build" / "release" / "bertrand"
    if os.access(built, os.X_OK):
        return str(built)
    path = shutil.which("bertrand")
    if path is None:
        raise Message("The program bertrand is not built yet. In the project's folder: swift build -c release --product bertrand; "
                      "or set the environment variable BERTRAND to where it is.")
    return path


def replications(default):
    """How many replications: BERTRAND_REPLICATIONS, else as many as the notebook says."""
    text = os.environ.get("BERTRAND_REPLICATIONS", "").strip()
    if not text:
        return default
    if not text.isdigit() or int(text) == 0:
        raise Message(f"BERTRAND_REPLICATIONS is “{text}”; it must be a whole number from 1.")
    return int(text)


def _call(*words):
    """Runs the program; what it refuses is raised in its own words."""
    words = [find_program(), *map(str, words)]
    done = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL, text=True, encoding="utf-8", errors="replace")
    if done.returncode != 0:
        raise Refused(done.stderr.strip() or done.stdout.strip() or f"bertrand ended with {done.returncode}")


def check(file):
    """Has the program check a scenario file."""
    _call("check", file)


def write_results(command, file, folder, *options):
    """Runs a command of the program on a scenario file; its results are written to a folder."""
    _call(command, file, "--output", folder, "--quiet", *options)


def _on_copy(command, scenario, *options):
    with tempfile.TemporaryDirectory() as folder:
        file, output = Path(folder, f"{scenario.name}.yaml"), Path(folder, "results")
        scenario.write(file)
        try:
            write_results(command, file, output, *options)
        except Refused as refused:
            raise Refused(str(refused).replace(str(file), file.name)) from None
        return Results(output)


def run(scenario, replications=None):
    """Results of a scenario; the seed is the scenario's, so that every run meets the same customers."""
    return _on_copy("run", scenario, *(["--replications", replications] if replications else []))


def learn(scenario, sessions):
    """Results of sellers that learn against each other."""
    return _on_copy("learn", scenario, "--sessions", sessions)
