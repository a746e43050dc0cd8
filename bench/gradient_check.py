"""Our finite-difference check beside CS231n's and PyTorch's: speed, false failures, misses.

`python bench/gradient_check.py` takes some minutes, `--quick` about one. It needs torch, and for the times a
quiet machine. The last lines hold the figures against what we aim at.
"""

from __future__ import annotations

import argparse

from gradients import false_failures, misses, speed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=10_000, help="of right code; runs of wrong code follow")
    parser.add_argument(
        "--quick", action="store_true", help="300 draws, and each check timed once or little more"
    )
    options = parser.parse_args()
    draws = 300 if options.quick else options.draws
    figures = [*speed.measure(quick=options.quick), *false_failures.measure(draws), *misses.measure(draws)]
    print()
    for figure in figures:
        print(f"{'met   ' if figure.met else 'MISSED'}  {figure.text}")


if __name__ == "__main__":
    main()
