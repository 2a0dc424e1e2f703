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


def call(command, scenario, *options):
    """Runs a command of the program on a copy of a scenario and reads what it writes."""
    program = find_program()
    with tempfile.TemporaryDirectory() as folder:
        file, output = Path(folder, f"{scenario.name}.yaml"), Path(folder, "results")
        scenario.write(file)
        words = [program, command, str(file), "--output", str(output), "--quiet", *map(str, options)]
        done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace")
        if done.returncode != 0:
            said = (done.stderr.strip() or done.stdout.strip() or f"bertrand ended with {done.returncode}")
            raise Refused(said.replace(f"{file}:", f"{file.name}:").replace(str(file), file.name))
        return Results(output)


def run(scenario, replications=None):
    """Results of a scenario; the seed is the scenario's, so that every run meets the same customers."""
    return call("run", scenario, *(["--replications", replications] if replications else []))


def learn(scenario, sessions):
    """Results of sellers that learn against each other."""
    return call("learn", scenario, "--sessions", sessions)
