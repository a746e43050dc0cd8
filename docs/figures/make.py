"""Draws the figures of the lessons: `python docs/figures/make.py [FOLDER]`, into `exercises/` unless told.

The same code gives the same bytes, with the matplotlib of constraints.txt.
"""

from __future__ import annotations

import sys
from pathlib import Path

import curves
import descent
import drawings
from style import ROOT, svg

FIGURES = {
    "neuron/saturation": curves.saturation,
    "stability/norms_by_depth": curves.norms_by_depth,
    "optimizers/learning_rates": descent.learning_rates,
    "optimizers/momentum": descent.momentum,
    "optimizers/landscape": descent.landscape,
    "schedules/schedules": curves.schedules,
    "regularization/dropout": drawings.dropout,
    "regularization/early_stopping": curves.early_stopping,
    "recurrent/unrolled": drawings.unrolled,
    "attention/causal_mask": drawings.causal_mask,
}


def main(folder: Path) -> None:
    """Write every figure beside its lesson."""
    for name, draw in FIGURES.items():
        path = folder / f"{name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(svg(draw))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "exercises")
