"""What the lessons' figures share: bpkit's colours, the solutions' functions, numbers and files that come out the same."""

from __future__ import annotations

import importlib.util
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bpkit.plotting.look import COLOURS, NO_DATE, SETTINGS

ROOT = Path(__file__).parents[2]
BLACK, BLUE, RED, GREEN = COLOURS[:4]
GREY, PALE = "#606060", "#ececec"


def solution(exercise: str, function: str) -> Callable[..., Any]:
    """Return a function of a solution, such as `solution("neuron/sigmoid", "sigmoid_forward")`."""
    path = ROOT / "solutions" / f"{exercise}.py"
    spec = importlib.util.spec_from_file_location(exercise.replace("/", "_"), path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, function)


def figure(width: float, height: float) -> Figure:
    """Return an empty figure; inches."""
    return Figure(figsize=(width, height), layout="constrained")


def say(ax: Axes, text: str, at: tuple[float, float], colour: str = BLACK, **more: Any) -> None:
    """Write beside a line what it is, in the line's colour."""
    ax.text(*at, text, **{"color": colour, "fontsize": 10, "va": "center", **more})


def svg(draw: Callable[[], Figure]) -> bytes:
    """Return a figure as SVG: on white, since pages are light or dark; letters as paths, since fonts differ."""
    file = io.StringIO()
    with style.context(["default", SETTINGS]):
        draw().savefig(file, format="svg", facecolor="white", metadata=NO_DATE["svg"])
    return _short(file.getvalue()).encode()


def _short(text: str) -> str:
    """Write coordinates with two digits: less to load, and another machine's last digits change nothing."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r'<g id="[^"]*"', "<g", text)
    for mark in set(re.findall(r'<use xlink:href="#(m\w+)"', text)):
        styles = set(re.findall(rf'<use xlink:href="#{mark}"[^>]* (style="[^"]*")', text))
        if len(styles) == 1:  # for all of them, so that it can stand once, at the definition
            text = re.sub(rf'(<use xlink:href="#{mark}"[^>]*?) style="[^"]*"', r"\1", text)
            text = re.sub(rf'(<path id="{mark}"[^>]*?) style="[^"]*"', rf"\1 {styles.pop()}", text)
    text = "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())
    return re.sub(
        r'( d=| x=| y=|translate)("[^"]*"|\([^)]*\))',
        lambda part: part[1] + re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.2f}", part[2]),
        text,
    )
