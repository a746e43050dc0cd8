"""How long after a save the verdict stands on the terminal: `bpkit watch` in a pseudo-terminal, 50 saves.

Run with `make bench`; wants a quiet machine, and a system that has pseudo-terminals. In turn with the saves come
`python -c "import numpy"` and cold `bpkit check`s, so that the figures can be read as ratios.
"""

from __future__ import annotations

import os
import pty
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAVES, EVERY = 50, 10  # saves, and after how many of them the whole processes run
ROOT = Path(__file__).parents[1]
BPKIT = [str(Path(sys.executable).with_name("bpkit"))]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
EXERCISE = "layers/linear"
RIGHT = "db = dy.sum(axis=0)"
WRONG = "db = dy.mean(axis=0)"
SAID = {RIGHT: b"linear_backward: passed", WRONG: b"db is averaged over the batch"}
WHOLE = {
    'python -c "import numpy"': [sys.executable, "-c", "import numpy"],
    f"bpkit check {EXERCISE}": [*BPKIT, "check", EXERCISE, "--root", "solutions"],
    "bpkit check (all exercises)": [*BPKIT, "check", "--root", "solutions"],
}


def wait(terminal: int, text: bytes) -> None:
    """Read until a whole screen with this text has been drawn: the keys are its last line."""
    seen = b""
    while not (text in seen and b"quit" in seen.partition(text)[2]):
        if not select.select([terminal], [], [], 60)[0]:
            sys.exit(f"no verdict within a minute; the last output was {seen[-500:]!r}")
        seen += os.read(terminal, 1 << 16)


def watch(folder: Path) -> tuple[list[float], dict[str, list[float]]]:
    """Save again and again; return the seconds from the write to the verdict, and those of the whole processes."""
    file = folder / f"{EXERCISE}.py"
    text = file.read_text()
    terminal, theirs = pty.openpty()
    command = [*BPKIT, "watch", EXERCISE, "--root", str(folder)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=ENVIRONMENT)
    os.close(theirs)
    taken: list[float] = []
    whole: dict[str, list[float]] = {name: [] for name in WHOLE}
    try:
        wait(terminal, SAID[RIGHT])
        for number in range(SAVES):
            line = RIGHT if number % 2 else WRONG
            time.sleep(0.2 + 0.0137 * (number % 7))  # not in step with anything
            began = time.perf_counter()
            file.write_text(text.replace(RIGHT, line, 1))
            wait(terminal, SAID[line])
            taken.append(time.perf_counter() - began)
            for name, command in WHOLE.items() if number % EVERY == 0 else ():
                began = time.perf_counter()
                subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True)
                whole[name].append(time.perf_counter() - began)
        os.write(terminal, b"q")
        process.wait(timeout=60)
    finally:
        process.kill()
        os.close(terminal)
    return taken, whole


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "solutions", folder, dirs_exist_ok=True)
        taken, whole = watch(Path(folder))
    rows = {f"save to verdict ({SAVES} saves)": taken, **whole}
    base = statistics.median(whole[next(iter(WHOLE))])
    print(f"{'':30} {'median ms':>9} {'worst':>6}   ratio of medians to {next(iter(WHOLE))}")
    for name, times in rows.items():
        middle = statistics.median(times)
        print(f"{name:30} {middle * 1e3:9.0f} {max(times) * 1e3:6.0f}   {middle / base:.2f}")


if __name__ == "__main__":
    main()
