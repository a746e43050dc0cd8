"""Draws series with matplotlib: nothing is told by colour alone, and the same input gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import style, ticker
from matplotlib.figure import Figure

from bpkit.plotting.look import COLOURS, LINES, NO_DATE, SETTINGS
from bpkit.plotting.series import (
    Curve,
    Gradients,
    Ground,
    Landscape,
    Losses,
    Path,
    Schedules,
    Series,
    Training,
)
from bpkit.reference.trees import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw(series: Series, form: str) -> bytes:
    """Return the picture as a file of this format."""
    file = io.BytesIO()
    with style.context(["default", SETTINGS]):
        match series:
            case Schedules():
                figure = _schedules(series)
            case Losses():
                figure = _losses(series)
            case Gradients():
                figure = _gradients(series)
            case Landscape():
                figure = _landscape(series)
        figure.savefig(file, format=form, dpi=130, metadata=NO_DATE[form])
    return file.getvalue()


_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _power(value: float, _: object = None) -> str:
    """Write a power of ten; matplotlib's own way of writing it is mathematics, which is switched off."""
    exponent = np.log10(value) if value > 0 else 0.5
    if abs(exponent - round(exponent)) > 1e-6:
        return ""
    return (
        f"{10.0 ** round(exponent):g}"
        if -3 <= exponent <= 3
        else "10" + str(round(exponent)).translate(_SUPERSCRIPTS)
    )


def _logarithmic(ax: Axes) -> None:
    ax.set_yscale("log")
    ax.yaxis.set_major_locator(ticker.LogLocator(numticks=9))
    ax.yaxis.set_minor_locator(ticker.NullLocator())
    ax.yaxis.set_major_formatter(_power)


def _figure(width: float, height: float) -> Figure:
    return Figure(figsize=(width, height), layout="constrained")


def _schedules(series: Schedules) -> Figure:
    columns = min(2, len(series.curves))
    rows = -(-len(series.curves) // columns)
    figure = _figure(5.2 * columns, 0.5 + 2.9 * rows)
    figure.suptitle("Your learning rate schedules")
    shown = [curve.values[np.abs(curve.values) < 1e100] for curve in series.curves]
    top = max((values.max() for values in shown if values.size), default=0.1)
    low = min((values.min() for values in shown if values.size), default=0.0)
    first: Axes | None = None
    for index, curve in enumerate(series.curves):
        ax = figure.add_subplot(rows, columns, index + 1, sharex=first, sharey=first)
        first = first or ax
        ax.set_title(f"{curve.label}\n{curve.call}{_lost(curve, 'step')}", fontsize=10)
        # A rate holds for one step: a staircase, which at this size is a curve where it changes a little at a time.
        ax.step(np.arange(curve.values.size), _kept(curve.values), "-", color=COLOURS[1], where="post")
        if index % columns == 0:
            ax.set_ylabel("learning rate")
        if index + columns >= len(series.curves):
            ax.set_xlabel("step")
    assert first is not None
    room = 0.06 * (top - low or 0.1)
    first.set_ylim(min(low, 0) - room, top + room)
    first.set_xlim(0, series.curves[0].values.size - 1)
    return figure


def _losses(series: Losses) -> Figure:
    panels = [
        (f"Three learning rates, with your {series.trainer}", series.rates),
        ("Your optimizers", series.optimizers),
    ]
    panels = [panel for panel in panels if panel[1]]
    figure = _figure(0.6 + 6.2 * len(panels), 4.8)
    figure.suptitle("Your network learning the arms of a spiral: 96 points, 3 classes")
    every = [
        values[values > 0] for _, curves in panels for curve in curves if (values := _kept(curve.values)).size
    ]
    low = min((values.min() for values in every if values.size), default=0.1)
    first: Axes | None = None
    for index, (title, curves) in enumerate(panels):
        ax = figure.add_subplot(1, len(panels), index + 1, sharey=first)
        first = first or ax
        ax.set_title(title)
        _logarithmic(ax)
        ax.set_xlabel("step")
        if index == 0:
            ax.set_ylabel("loss (cross entropy, mean over the points)")
        ax.set_ylim(max(low / 1.5, 1e-5), 40)
        _lines(ax, curves, "step")
    return figure


def _gradients(series: Gradients) -> Figure:
    rows = -(-len(series.trainings) // 3)
    width = 5.4 * bool(series.stack) + (8.6 if series.trainings else 2)
    figure = _figure(width, max(4.6, 0.6 + 3.0 * rows))
    sides = figure.subfigures(
        1, bool(series.stack) + bool(series.trainings),
        width_ratios=[6.4, 8.6] if series.stack and series.trainings else None, squeeze=False,
    )[0]  # fmt: skip
    if series.stack:
        sides[0].suptitle("At the start, layer by layer")
        ax = sides[0].add_subplot()
        _logarithmic(ax)
        ax.set_xlabel("layer (1 is next to the input)")
        ax.set_ylabel("norm of the gradient of its weights")
        _decades(ax, np.concatenate([curve.values for curve in series.stack]))
        _lines(ax, series.stack, "layer")
        ax.xaxis.set_major_locator(ticker.MaxNLocator(integer=True))
    if series.trainings:
        _trainings(sides[-1], series.trainings, rows)
    return figure


def _trainings(side: Any, trainings: Sequence[Training], rows: int) -> None:
    side.suptitle("While networks of 12 layers learn: one line for each layer, dark next to the input")
    columns = min(3, len(trainings))
    first: Axes | None = None
    for index, training in enumerate(trainings):
        ax = side.add_subplot(rows, columns, index + 1, sharex=first, sharey=first)
        first = first or ax
        told = f'\nyour diagnose says "{training.told}"' if training.told else ""
        ax.set_title(training.label + told, fontsize=10)
        _logarithmic(ax)
        steps, layers = training.norms.shape
        lost = np.flatnonzero(~np.isfinite(training.norms).all(axis=1))
        for layer in range(layers):
            shade = str(0.75 * layer / max(layers - 1, 1))  # grey, lighter away from the input
            ax.plot(_kept(training.norms[:, layer]), color=shade, lw=1.3, marker="." if lost.size else "")
        if lost.size:
            ax.axvline(lost[0], color=COLOURS[2], ls=":", lw=1.2)
            ax.annotate(
                f"infinite or NaN\nfrom step {lost[0]} on", (lost[0], 0.06), (6, 0),
                xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=9,
            )  # fmt: skip
        if not training.norms[np.isfinite(training.norms)].any():
            ax.text(0.5, 0.5, "every gradient is 0", transform=ax.transAxes, ha="center", fontsize=9)
        ax.set_xlim(0, steps - 1)
        _ends(ax, training.norms)
        ax.tick_params(labelleft=index % columns == 0, labelbottom=index + columns >= len(trainings))
        if index % columns == 0:
            ax.set_ylabel("norm of the gradient")
        if index + columns >= len(trainings):
            ax.set_xlabel("step")
    assert first is not None
    _decades(first, np.concatenate([training.norms.ravel() for training in trainings]))


def _ends(ax: Axes, norms: Array) -> None:
    """Write beside the first and the last layer's line which it is, where these are apart."""
    at = int(np.isfinite(norms).all(axis=1).sum()) - 1
    if at < 0 or norms[at].min() <= 0:
        return
    near, far = norms[at, 0], norms[at, -1]
    if not 0.2 < near / far < 5:
        for value, name in ((near, "layer 1"), (far, f"layer {norms.shape[1]}")):
            up = value == max(near, far)
            ax.annotate(
                name, (at, value), (-2, 4 if up else -4), textcoords="offset points", ha="right",
                va="bottom" if up else "top", fontsize=8.5,
            )  # fmt: skip


def _decades(ax: Axes, values: Array) -> None:
    """Set a logarithmic axis to whole decades around these values, and leave out what is far away."""
    found = values[np.isfinite(values) & (values > 0)]
    low, high = (found.min(), found.max()) if found.size else (0.1, 1.0)
    low, high = np.log10(max(low, 1e-13)), np.log10(min(max(high, 10 * low), 1e9))
    room = 0.06 * (max(high, low + 1) - low)  # for a word below the lowest line
    ax.set_ylim(10 ** np.floor(low - room), 10 ** np.ceil(max(high, low + 1)))


def _landscape(series: Landscape) -> Figure:
    grounds = [ground for ground in series.grounds if ground.paths]
    columns = max([-(-len(ground.paths) // 2) for ground in grounds], default=0)
    wide = max(2.7 * columns, 4.6) if grounds else 0
    figure = _figure(wide + (5.6 if series.network else 0), 6.2 if grounds else 5.6)
    count = bool(grounds) + bool(series.network)
    ratios = [wide, 5.6] if count == 2 else None
    sides = figure.subfigures(1, count, width_ratios=ratios, squeeze=False)[0]
    if grounds:
        sides[0].suptitle("Your optimizers, each step a mark, from the cross")
        for row, ground in enumerate(grounds):
            for column in range(columns):
                paths = ground.paths[2 * column : 2 * column + 2]
                if not paths:
                    continue
                ax = sides[0].add_subplot(len(grounds), columns, row * columns + column + 1)
                _cross(ax, ground, paths, levels=None)
                if row == len(grounds) - 1:
                    ax.set_xlabel("weight 1")
                if column == 0:
                    ax.set_ylabel(f"{ground.title}\nweight 2")
    if series.network:
        side = sides[-1]
        path = series.network.paths[0]
        side.suptitle(f"The loss of a small network (2, 8, 3) around its training\nwith your {path.label}")
        ax = side.add_subplot()
        _cross(ax, series.network, (path,), levels=12)
        ax.set_xlabel("first direction of the training (0 is its end)")
        ax.set_ylabel(f"second direction (the two hold {min(series.share, 0.999):.1%} of the movement)")
    return figure


def _cross(ax: Axes, ground: Ground, paths: Sequence[Path], levels: int | None) -> None:
    """Draw a surface as contours, and paths across it."""
    surface = ground.surface
    ax.grid(visible=False)
    heights = np.ma.masked_invalid(surface.heights)
    if heights.count() and np.ptp(heights) > 0:
        low, high = float(heights.min()), float(heights.max())
        # Closer together at the bottom, where the steps are small.
        steps = low + (high - low) * np.linspace(0, 1, (levels or 12) + 1)[1:-1] ** 2
        lines = ax.contour(
            surface.x,
            surface.y,
            heights,
            levels=steps,
            colors="#a8a8a8",
            linewidths=0.8,
            linestyles="solid",
            zorder=1,
        )
        if levels:
            ax.contourf(
                surface.x, surface.y, heights, levels=[low, *steps, high], cmap="Greys", alpha=0.35, zorder=0
            )
            ax.clabel(lines, fontsize=8, fmt=lambda height: f"{height:.3g}", colors="#404040")
    for index, path in enumerate(paths):
        shown = np.clip(path.points[np.isfinite(path.points).all(axis=1)], -1e6, 1e6)
        outside = np.flatnonzero(
            (
                np.abs(shown - [surface.x.mean(), surface.y.mean()])
                > [np.ptp(surface.x) / 2, np.ptp(surface.y) / 2]
            ).any(axis=1)
        )
        rate = "" if path.lr is None else f", lr {path.lr:g}"
        left = f"\nleaves at step {outside[0]}" if outside.size else ""
        ax.plot(
            *shown.T, ls=("-", "--")[index], marker=("o", "s")[index], color=COLOURS[index + 1], ms=(3.2, 4)[index],
            mfc=(COLOURS[1], "white")[index], lw=1.2, label=f"{path.label}{rate}{left}", zorder=3 - index / 2,
        )  # fmt: skip
    ax.plot(*paths[0].points[0], "x", color="black", ms=9, mew=2.2, zorder=5)
    ax.set_xlim(surface.x[0], surface.x[-1])
    ax.set_ylim(surface.y[0], surface.y[-1])
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2, fontsize=9, handlelength=3)


def _lines(ax: Axes, curves: Sequence[Curve], unit: str) -> None:
    """Draw curves, each with a line of its own and its name beside its end."""
    for index, curve in enumerate(curves):
        steps = curve.first + np.arange(curve.values.size)
        ax.plot(
            steps, _kept(curve.values), ls=LINES[index % 8], color=COLOURS[index % 8],
            label=curve.label,
        )  # fmt: skip
    ax.set_xlim(curves[0].first, max(curve.first + curve.values.size - 1 for curve in curves))
    _name(ax, curves, unit)


def _name(ax: Axes, curves: Sequence[Curve], unit: str) -> None:
    """Write each curve's name to the right of the axes, level with its end, and none on top of another."""
    low, high = np.log10(ax.get_ylim())
    wanted, words = [], []
    for curve in curves:
        last = curve.values[np.abs(curve.values) < 1e100][-1:]
        end = (np.log10(last[0]) - low) / (high - low) if last.size and last[0] > 0 else 0.0
        wanted.append(end)
        place = ", far above" if end > 1 else ", far below" if end < 0 else ""
        if last.size and last[0] <= 0:
            place = f", {last[0]:.2g} at the end"
        words.append((f", {curve.call}" if curve.call else "") + place + _lost(curve, unit))
    places = _apart(np.clip(wanted, 0, 0.97), 0.062)
    for index, (curve, end, place) in enumerate(zip(curves, wanted, places, strict=True)):
        ax.annotate(
            f"{curve.label}{words[index]}", (1, float(np.clip(end, 0, 1))), (1.06, place),
            xycoords="axes fraction", textcoords="axes fraction", va="center", fontsize=9, color="black",
            arrowprops={"arrowstyle": "-", "color": COLOURS[index % 8], "ls": LINES[index % 8], "lw": 1.3,
                        "relpos": (0, 0.5), "shrinkA": 2, "shrinkB": 0},
        )  # fmt: skip


def _apart(wanted: Array, least: float) -> Array:
    """Return places near these, in the same order and at least so far from each other: crowds are spread evenly."""
    order = np.argsort(wanted, kind="stable")
    crowds: list[list[float]] = []
    for value in wanted[order]:
        crowds.append([float(value)])
        while len(crowds) > 1 and _bottom(crowds[-1], least) - _bottom(crowds[-2], least) < least * len(
            crowds[-2]
        ):
            last = crowds.pop()
            crowds[-1] += last
    places = np.empty(len(wanted))
    places[order] = [_bottom(crowd, least) + least * index for crowd in crowds for index in range(len(crowd))]
    return places


def _bottom(crowd: Sequence[float], least: float) -> float:
    """Return the lowest place of labels that stand around their middle, and none below the axes."""
    return max(sum(crowd) / len(crowd) - least * (len(crowd) - 1) / 2, 0.0)


def _kept(values: Array) -> Array:
    """Return the values with a gap for whatever cannot be drawn."""
    return np.where(np.abs(values) < 1e100, values, np.nan)


def _lost(curve: Curve, unit: str) -> str:
    """Say where there is nothing to draw."""
    lost = np.flatnonzero(~(np.abs(curve.values) < 1e100))
    if not lost.size:
        return ""
    to_the_end = lost.size == curve.values.size - lost[0]
    return "\ninfinite or NaN " + (f"from {unit} {curve.first + lost[0]} on" if to_the_end else "in places")
