"""References on the CPU and on a GPU: seconds for the whole course, how far the two are apart, and larger training runs.

Run with `make bench`; needs torch. `--quick` takes one exercise and two sizes. Without a CUDA device it measures the CPU
and says so.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import time
from collections.abc import Callable

import torch

from bpkit.course import catalog
from bpkit.course.spec import Exercise
from bpkit.reference import agreement, torch_reference
from bpkit.reference.pack import Recording

FIT = "training/fit"
SIZES = ((64, 64), (512, 512), (2048, 2048))  # hidden units, examples in a batch
STEPS, RUNS = 5, 3


def record(exercises: list[Exercise], device: str) -> tuple[float, list[Recording]]:
    """Return the seconds that the recordings took, and the recordings."""
    began = time.perf_counter()
    found = [
        torch_reference.record(unit, index, 0, device)
        for exercise in exercises
        for unit in exercise.units
        for index in range(len(unit.cases))
    ]
    return time.perf_counter() - began, found


def train(hidden: int, batch: int, device: str) -> float:
    """Return the median seconds of a step of `training/fit`'s reference."""
    generator = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> torch.Tensor:
        numbers = torch.randn(shape, generator=generator, dtype=torch.float64)
        return numbers.to(device)

    x, sizes = normal(batch, 784), (784, hidden, hidden, 10)
    target = torch.randint(0, 10, (batch,), generator=generator).to(device)
    params = [
        (normal(m, n) / m**0.5, torch.zeros(n, dtype=torch.float64, device=device))
        for m, n in itertools.pairwise(sizes)
    ]
    batches = torch.arange(batch, device=device).repeat(STEPS, 1)
    fit: Callable[..., object] = catalog.find(FIT).reference
    taken = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        fit(torch, x, target, params, batches, 0.01, 0.9, 1e-4)
        if device == "cuda":
            torch.cuda.synchronize()
        taken.append((time.perf_counter() - began) / STEPS)
    return statistics.median(taken[1:])  # the first one warms up


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    devices = ["cpu", "cuda"] if torch_reference.best_device() == "cuda" else ["cpu"]
    for device in devices:
        torch_reference.prepare(device)
        print(
            f"{device}: torch {torch.__version__}, {torch_reference.described(device)}, one thread of the CPU"
        )
    if len(devices) == 1:
        print("PyTorch sees no CUDA device here: the GPU was not measured.")
    exercises = [catalog.find(place) for place in (catalog.ids() if not quick else ("layers/conv2d",))]
    recordings = {}
    print(f"\n{'recording':36} {'seconds':>8}  ratio to cpu")
    base = 0.0
    for device in devices:
        seconds, recordings[device] = record(exercises, device)
        base = base or seconds
        print(f"{f'{len(exercises)} exercises on {device}':36} {seconds:8.2f}  {seconds / base:.2f}")
    if len(devices) == 2:
        found = [
            one
            for cuda, cpu in zip(recordings["cuda"], recordings["cpu"], strict=True)
            for one in agreement.of_recordings(cuda, cpu)
        ]
        worst = max(found, key=lambda one: one.share)
        place = f"{worst.array}, {worst.case}"
        print(f"{len(found)} arrays; the worst is off by {worst.share:.1e} of its largest value ({place}).")
    print(f"\n{'training/fit, ms a step':36} {' '.join(f'{device:>9}' for device in devices)}  ratio")
    for hidden, batch in SIZES[:2] if quick else SIZES:
        seconds_each = [train(hidden, batch, device) for device in devices]
        numbers = " ".join(f"{seconds * 1e3:9.2f}" for seconds in seconds_each)
        print(
            f"{f'784-{hidden}-{hidden}-10, batch {batch}':36} {numbers}  {seconds_each[-1] / seconds_each[0]:.3f}"
        )


if __name__ == "__main__":
    main()
