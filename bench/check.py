"""How long a student waits: whole processes, alternating, as ratios to `python -c "import numpy"`.

Run with `make bench`; wants a quiet machine. The figures are medians of this many runs of each.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 21
ROOT = Path(__file__).parents[1]
BPKIT = [str(Path(sys.executable).with_name("bpkit"))]
# As for a student: compiled modules are kept from run to run.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
COMMANDS = {
    'python -c "import numpy"': [sys.executable, "-c", "import numpy"],
    "python -c pass": [sys.executable, "-c", "pass"],
    "bpkit --help": [*BPKIT, "--help"],
    "python -m bpkit --help": [sys.executable, "-m", "bpkit", "--help"],
    "bpkit check layers/linear": [*BPKIT, "check", "layers/linear", "--root", "solutions"],
    "bpkit check (all exercises)": [*BPKIT, "check", "--root", "solutions"],
}


def main() -> None:
    """Time the commands in turn and print medians and ratios."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS + 1):
        for name, command in COMMANDS.items():
            started = time.perf_counter()
            subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True)
            taken[name].append(time.perf_counter() - started)
    base = next(iter(COMMANDS))
    print(f"{'':30} {'median ms':>9} {'min':>6} {'max':>6}   ratio to {base}, pair by pair")
    for name, all_times in taken.items():
        times = all_times[1:]  # the first run warms the disk's cache
        ratio = statistics.median(mine / theirs for mine, theirs in zip(times, taken[base][1:], strict=True))
        low, middle, high = min(times), statistics.median(times), max(times)
        print(f"{name:30} {middle * 1e3:9.0f} {low * 1e3:6.0f} {high * 1e3:6.0f}   {ratio:.2f}")
    for name in ("bpkit --help", "python -m bpkit --help"):  # promised: less than 60 ms
        pairs = zip(taken[name][1:], taken["python -c pass"][1:], strict=True)
        beyond = statistics.median(mine - theirs for mine, theirs in pairs)
        print(f"{name}: {beyond * 1e3:.0f} ms beyond python -c pass, the median pair by pair")


if __name__ == "__main__":
    main()
