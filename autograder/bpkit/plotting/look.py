"""How bpkit's pictures look: nothing is told by colour alone, and the same input gives the same bytes."""

from __future__ import annotations

from typing import Any

# Okabe and Ito's colours without the yellow, darkest first: apart for the colour-blind, and each with a line of its own.
COLOURS = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#666666")
LINES: tuple[Any, ...] = (
    "-", "--", "-.", ":", (0, (8, 2)), (0, (3, 1, 1, 1, 1, 1)), (0, (1, 2)), (0, (6, 1, 1, 1)),
)  # fmt: skip
# A person's own settings of matplotlib must not change what the picture shows.
SETTINGS = {
    "svg.hashsalt": "bpkit",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "axes.axisbelow": True,
    "lines.linewidth": 1.8,
    "legend.frameon": False,
    "text.parse_math": False,  # a student's text may hold a dollar
    "axes.formatter.use_mathtext": False,
}
NO_DATE: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
