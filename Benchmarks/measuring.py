"""What `compare`, `guard` and `growth` share: where things are, how they are built, and one command timed."""

import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = HERE / ".build" / "peers"
SCENARIO = ROOT / "scenarios" / "city-gym.yaml"


def environment():
    """One thread for whoever counts threads by the environment, and no choice of kernel made for older libraries."""
    own = dict(os.environ, SWIFT_DETERMINISTIC_HASHING="1")
    for name in ("OMP", "OPENBLAS", "MKL", "NUMBA"):
        own[f"{name}_NUM_THREADS"] = "1"
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        own.pop(name, None)
    return own


def call(*words, **options):
    return subprocess.run([str(w) for w in words], check=True, text=True, stdin=subprocess.DEVNULL, **options)


def say(text):
    print(text, file=sys.stderr, flush=True)


def install(package, command):
    if shutil.which(command) is None:
        say(f"Installing {package} ...")
        prefix = [] if os.geteuid() == 0 else ["sudo"]
        call(*prefix, "apt-get", "update", "-qq")
        call(
            *prefix, "apt-get", "install", "-y", "-qq", package, env=dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        )


def build_swift():
    """Builds the program and the works; their paths."""
    call(ROOT / "Scripts" / "setup")
    paths = []
    for folder, product in ((ROOT, "bertrand"), (HERE, "rounds")):
        say(f"Building {product} ...")
        base = ["swift", "build", "-c", "release", "--package-path", folder]
        call(*base, "--product", product, stdout=sys.stderr)
        paths.append(Path(call(*base, "--show-bin-path", capture_output=True).stdout.strip()) / product)
    return paths


def timed(*words):
    """Runs a command: wall seconds, processor seconds, peak memory in megabytes."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(w) for w in words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    error = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, words))} failed:\n{error}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def first_match(pattern, *words):
    try:
        output = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except OSError:
        return "none"
    found = re.search(pattern, output.stdout + output.stderr)
    return found.group(1) if found else "unknown"


def processor_flags():
    try:
        return set(re.search(r"^flags\s*:(.*)$", Path("/proc/cpuinfo").read_text(), re.M).group(1).split())
    except (OSError, AttributeError):
        return set()


def machine():
    """The class of machine, in general words."""
    flags = processor_flags()
    sets = [name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if flag in flags]
    return f"{os.cpu_count()} cores, {platform.machine()} with {sets[0] if sets else 'its baseline instructions'}"
