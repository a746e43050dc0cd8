"""What isolation costs: milliseconds a worker, by level, on this machine.

Each worker is forked, confined, given a submission to import, asked for one forward, and killed. Run with
`make bench`; wants a quiet machine.
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from bpkit.judging import isolation
from bpkit.judging.process import HIGHEST, Zygote
from bpkit.worker import wire

RUNS = 200
SOURCE = "import numpy as np\ndef linear_forward(x, W, b):\n    return x @ W + b, (x, W)\n"


def main() -> None:
    """Print a line for each level that this machine offers."""
    rng = np.random.default_rng(0)
    call = {
        "function": "linear_forward",
        "arguments": (rng.standard_normal((8, 16)), rng.standard_normal((16, 32)), rng.standard_normal(32)),
        "keep": 0,
        "echo": False,
    }
    print(f"{'level':>5}  {'ready ms':>8}  {'with a call and killed ms':>25}  ratio to level 0")
    base = 0.0
    for level in range(HIGHEST + 1):
        with Zygote(level) as zygote:
            proof = isolation.prove(zygote)
            if proof.level < level:
                print(f"{level:>5}  not to be had here: {proof.missing}")
                continue
            ready, whole = [], []
            for _ in range(RUNS):
                started = time.perf_counter()
                worker = zygote.spawn()
                worker.ask(wire.LOAD, {"module": "m", "files": {"m.py": SOURCE}}, 5.0)
                ready.append(time.perf_counter() - started)
                worker.ask(wire.CALL, call, 5.0)
                worker.kill()
                whole.append(time.perf_counter() - started)
        middle = statistics.median(whole)
        base = base or middle
        print(f"{level:>5}  {statistics.median(ready) * 1e3:8.2f}  {middle * 1e3:25.2f}  {middle / base:.2f}")


if __name__ == "__main__":
    main()
