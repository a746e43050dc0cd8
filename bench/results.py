"""Runs every bench, one after the other, and writes what they print into bench/RESULTS.md, with machine and versions.

Run with `make bench`; wants a quiet machine, and takes about half an hour. `--quick` passes each bench's short form on.
`--only NAME` renews one bench's part and leaves the others as they are. What could not be measured says so in its part.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
QUICK = {"grade", "nbgrader", "gradient_check", "gpu"}  # those that have a short form
TITLES = {
    "check": "A student's wait",
    "watch": "From a save to the verdict",
    "worker": "What isolation costs",
    "gradient_check": "The gradient check beside CS231n's and PyTorch's",
    "grade": "Grading a class beside nbgrader and otter",
    "nbgrader": "nbgrader's autograde with bpkit and without",
    "gpu": "References from a GPU",
}
PACKAGES = ("numpy", "torch", "click", "safetensors", "nbgrader", "otter-grader")
HEAD = """\
# Results

Written by `make bench`. Each part is what one bench printed: both sides of a comparison in one run, in turn, as medians
with their spread. The ratios say more than the times, which are this machine's.
"""


def machine() -> str:
    """Return what there is to know of this machine."""
    model = "unknown processor"
    if Path("/proc/cpuinfo").is_file():
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
        model = found[1] if found else platform.machine()
    versions = [f"Python {platform.python_version()}"]
    for name in PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{name} not beside bpkit")
    load = f"load before it {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {model}, {os.cpu_count()} processors, {platform.system()} "
        f"{platform.release().partition('-')[0]}, {load}. {', '.join(versions)}."
    )


def part(name: str, *, quick: bool) -> str:
    """Run a bench and return its part of the page."""
    words = ["--quick"] if quick and name in QUICK else []
    about = machine()
    ran = subprocess.run(
        [sys.executable, HERE / f"{name}.py", *words], capture_output=True, text=True, check=False
    )
    printed = ran.stdout.strip("\n")  # not the blanks that a table begins with
    if ran.returncode:
        printed += f"\n\nIt ended with {ran.returncode}: {ran.stderr.strip().rpartition(chr(10))[2]}"
    form = " The short form." if words else ""
    return f"## {TITLES[name]}\n\n`bench/{name}.py`.{form} {about}\n\n```\n{printed}\n```\n"


def main() -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=TITLES, action="append")
    options = parser.parse_args()
    parts: dict[str, str] = {}
    if RESULTS.is_file():
        for text in re.split(r"(?m)^(?=## )", RESULTS.read_text(encoding="utf-8"))[1:]:
            parts[text.partition("\n")[0].removeprefix("## ")] = text.rstrip("\n") + "\n"
    for name in options.only or TITLES:
        print(f"bench/{name}.py ...", flush=True)
        parts[TITLES[name]] = part(name, quick=options.quick)
        kept = [parts[title] for title in TITLES.values() if title in parts]
        RESULTS.write_text("\n".join([HEAD, *kept]), encoding="utf-8")  # after each: the long ones come last
    print(f"{RESULTS} is written.")


if __name__ == "__main__":
    main()
