"""How often right code is called wrong: many draws, one in three of them on kinks and ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from bpkit.judging import gradient
from gradients import checkers
from gradients.examples import KINKED, SEVEN
from gradients.figures import Figure, share

SEED = 1
TORCH_DRAWS = 300
OPERATIONS = (*SEVEN, *KINKED)


def measure(draws: int) -> Iterator[Figure]:
    """Print a line for each operation and yield the figure."""
    print(
        f"\nFalse failures, on {draws} draws of right code with small random shapes; in every third, inputs are"
    )
    print(f"planted on kinks and ties. torch fast gets {min(draws, TORCH_DRAWS)} of the same draws.\n")
    print(f"{'':20} {'ours':^27}   {'ours, planted':^27}   {'torch fast failed':^19}")
    columns = f"{'draws':>7} {'failed':>7} {'cannot tell':>11}"
    print(f"{'':20} {columns}   {columns}   {'plain':>9} {'planted':>9}")
    for_torch = set(np.random.default_rng(SEED).permutation(draws)[:TORCH_DRAWS].tolist())
    counts: dict[str, Counter[str]] = {operation.name: Counter() for operation in OPERATIONS}
    failures = []
    for draw in range(draws):
        operation = OPERATIONS[draw % len(OPERATIONS)]
        planted = draw // len(OPERATIONS) % 3 == 2
        kind = " planted" if planted else " plain"
        rng = np.random.default_rng([SEED, draw])
        point, fixed = operation.example(rng, planted=planted)
        pair = checkers.pair_of(operation.forward, operation.backward, fixed)
        witness = gradient.check(pair, point, rng, explain=False)
        count = counts[operation.name]
        count["draws" + kind] += 1
        count["failed" + kind] += witness.agrees is False
        count["cannot tell" + kind] += witness.agrees is None
        if witness.agrees is False:
            failures.append(f"draw {draw}: {operation.name}{', planted' * planted}, off by {witness.off:.1e}")
        if draw in for_torch:
            count["torch" + kind] += 1
            count["torch failed" + kind] += not checkers.passes_fast(pair, point)
    total: Counter[str] = sum(counts.values(), Counter())
    for name, count in {**counts, "all": total}.items():
        print(
            f"{name:20} "
            + "   ".join(
                f"{count['draws' + kind]:7} {count['failed' + kind]:7} {count['cannot tell' + kind]:11}"
                for kind in (" plain", " planted")
            )
            + "   "
            + " ".join(
                f"{count['torch failed' + kind]:>4} / {count['torch' + kind]:<2}"
                for kind in (" plain", " planted")
            )
        )
    for failure in failures[:20]:
        print(f"false failure, {failure}")
    failed, unsure = (total[f"{what} plain"] + total[f"{what} planted"] for what in ("failed", "cannot tell"))
    yield Figure(
        failed == 0,
        f"false failures: none; {share(failed, draws)}, and {share(unsure, draws)} without a verdict; torch fast: "
        f"{share(total['torch failed plain'], total['torch plain'])} plain, "
        f"{share(total['torch failed planted'], total['torch planted'])} planted",
    )
