"""Figures of steps on a surface: learning rates, momentum, a saddle point and a plateau."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse

from style import BLACK, BLUE, GREY, RED, figure, say, solution

Point = tuple[float, float]


def valley(w: np.ndarray, curvature: float) -> float:
    """Return the loss (w0² + curvature w1²) / 2."""
    return float((w[0] ** 2 + curvature * w[1] ** 2) / 2)


def descend(gradient: Callable[[np.ndarray], np.ndarray], start: Point, lr: float, steps: int) -> np.ndarray:
    """Return the places of plain gradient descent, the start first."""
    sgd = solution("optimizers/sgd", "sgd_step")
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        path.append(sgd(path[-1], gradient(path[-1]), lr))
    return np.array(path)


def roll(gradient: Callable[[np.ndarray], np.ndarray], start: Point, lr: float, steps: int) -> np.ndarray:
    """Return the places of descent with momentum 0.9, the start first."""
    step = solution("optimizers/momentum", "momentum_step")
    path, velocity = [np.array(start, dtype=float)], np.zeros(2)
    for _ in range(steps):
        w, velocity = step(path[-1], gradient(path[-1]), velocity, lr)
        path.append(w)
    return np.array(path)


RATES = {0.01: "too small", 0.09: "about right", 0.11: "too large"}


def rates() -> dict[float, np.ndarray]:
    """Return 20 steps in the lesson's valley for each learning rate."""
    return {lr: descend(lambda w: w * [1, 20], (10, 1), lr, 20) for lr in RATES}


def learning_rates() -> Figure:
    """Draw twenty steps in one valley with three learning rates."""
    drawn = figure(8.4, 3.0)
    first = None
    for index, (lr, path) in enumerate(rates().items()):
        ax = first = drawn.add_subplot(1, 3, index + 1, sharex=first, sharey=first)
        _contours(ax, 20, (1, 5, 15, 30, 60, 100))
        _path(ax, path)
        ax.set(xlabel="w[0]", xlim=(-2, 11.5), ylim=(-2.6, 2.6))
        loss = valley(path[-1], 20)
        told = f"{loss:.2f}" if loss < 100 else f"{loss:,.0f}"
        ax.set_title(f"lr = {lr:g}, {RATES[lr]}\nloss after 20 steps: {told}")
        ax.set_xticks([0, 5, 10])
        ax.tick_params(labelleft=index == 0)
        if index == 0:
            ax.set_ylabel("w[1]")
            say(ax, "start", (10, 1.35), ha="center")
    return drawn


def against_momentum() -> tuple[np.ndarray, np.ndarray]:
    """Return 60 steps of plain descent and of momentum in a valley a hundred times as steep across as along."""
    steep = np.array([1.0, 100.0])
    return tuple(walk(lambda w: w * steep, (10, 1), 0.0197, 60) for walk in (descend, roll))


def momentum() -> Figure:
    """Draw plain descent and momentum in a narrow valley with the same learning rate, and their losses."""
    drawn = figure(8.4, 5.2)
    grid = drawn.add_gridspec(2, 2, width_ratios=[1.55, 1])
    paths = dict(zip(("plain gradient descent", "momentum 0.9"), against_momentum(), strict=True))
    losses = drawn.add_subplot(grid[:, 1])
    first = None
    for index, (name, path) in enumerate(paths.items()):
        colour, line = ((RED, "--"), (BLUE, "-"))[index]
        ax = first = drawn.add_subplot(grid[index, 0], sharex=first, sharey=first)
        _contours(ax, 100, (2, 10, 25, 50, 90, 150))
        _path(ax, path, colour)
        ax.set(title=f"{name}, lr = 0.0197, 60 steps", ylabel="w[1]", xlim=(-4.5, 11), ylim=(-1.7, 1.7))
        ax.tick_params(labelbottom=index == 1)
        values = [valley(w, 100) for w in path]
        losses.plot(values, line, color=colour)
        say(
            losses,
            f"{name}\n{values[-1]:.2g} after 60 steps",
            ((59, 53)[index], (62, 0.022)[index]),
            colour,
            ha="right",
        )
    ax.set_xlabel("w[0]")
    losses.set(yscale="log", xlabel="step", title="loss", xlim=(0, 60), ylim=(0.01, 200))
    losses.set_yticks([0.01, 0.1, 1, 10, 100], ["0.01", "0.1", "1", "10", "100"])
    losses.minorticks_off()
    return drawn


def saddle(w: np.ndarray) -> np.ndarray:
    """Return a loss with a saddle point at (0, 0), where it is 0.25, and two minima at (0, 1) and (0, -1)."""
    return w[0] ** 2 / 2 + (w[1] ** 2 - 1) ** 2 / 4


def plateau(w: np.ndarray) -> np.ndarray:
    """Return the squared error of a sigmoid that should say 1."""
    a, _ = solution("neuron/sigmoid", "sigmoid_forward")(w)
    return (a - 1) ** 2


def _plateau_gradient(w: np.ndarray) -> np.ndarray:
    forward, backward = (solution("neuron/sigmoid", f"sigmoid_{way}") for way in ("forward", "backward"))
    a, cache = forward(w)
    return backward(2 * (a - 1), cache)


def stuck() -> dict[str, np.ndarray]:
    """Return 150 steps each: exactly on the ridge, a thousandth beside it, and on the plateau."""

    def slope(w: np.ndarray) -> np.ndarray:
        return np.array([w[0], w[1] * (w[1] ** 2 - 1)])

    return {
        "ridge": descend(slope, (1.5, 0), 0.1, 150),
        "beside": descend(slope, (1.5, 0.001), 0.1, 150),
        "plateau": descend(_plateau_gradient, (-6,), 3, 150),
    }


def landscape() -> Figure:
    """Draw a saddle point, a plateau, and the losses that one sees of them."""
    drawn = figure(9, 3.5)
    paths = stuck()
    ax = drawn.add_subplot(1, 3, 1)
    x, y = np.linspace(-0.6, 1.8, 33), np.linspace(-0.6, 1.5, 33)
    heights = saddle(np.array(np.meshgrid(x, y)))
    ax.contour(
        x, y, heights, levels=[0.03, 0.1, 0.18, 0.25, 0.4, 0.7, 1.1, 1.6], colors="#a8a8a8", linewidths=0.8
    )
    ax.grid(visible=False)
    ax.plot(*paths["beside"][:100:3].T, "-o", color=BLUE, ms=3, lw=1)
    ax.plot(*paths["ridge"][:40:3].T, "s", color=RED, ms=5.5, mfc="none")
    ax.plot([0], [0], "x", color=BLACK, ms=9, mew=2.2)
    say(ax, "saddle point", (0.08, -0.2), ha="center")
    say(ax, "minimum", (0.12, 1.14), ha="left")
    say(ax, "start", (1.5, 0.14), ha="center")
    ax.set(
        title="a saddle point",
        xlabel="w[0]",
        ylabel="w[1]",
        xlim=(-0.6, 1.8),
        ylim=(-0.6, 1.5),
        yticks=[-0.5, 0, 0.5, 1, 1.5],
    )

    ax = drawn.add_subplot(1, 3, 2)
    line = np.linspace(-8, 5, 131)
    ax.plot(line, plateau(line), color="#a8a8a8")
    marks = paths["plateau"][::10]
    ax.plot(marks[:, 0], plateau(marks[:, 0]), "^", color=BLACK, ms=5)
    say(ax, "start", (-6, 1.08), ha="center")
    say(ax, "a mark every\n10 steps", (-6.6, 0.6), ha="left")
    ax.set(
        title="a plateau",
        xlabel="w",
        ylabel="loss",
        xlim=(-8, 5),
        ylim=(-0.05, 1.45),
        yticks=[0, 0.25, 0.5, 1],
    )

    ax = drawn.add_subplot(1, 3, 3)
    ax.plot(saddle(paths["ridge"].T), "--", color=RED)
    ax.plot(saddle(paths["beside"].T), color=BLUE)
    ax.plot(plateau(paths["plateau"][:, 0]), "-.", color=BLACK)
    say(ax, "exactly on the\nridge: it stays", (84, 0.4), RED)
    say(ax, "0.001 beside it", (84, 0.08), BLUE)
    say(ax, "plateau", (30, 1.07), BLACK)
    ax.set(
        title="what one sees of it",
        xlabel="step",
        ylabel="loss",
        xlim=(0, 150),
        ylim=(-0.05, 1.45),
        yticks=[0, 0.25, 0.5, 1],
    )
    return drawn


def _contours(ax: Axes, curvature: float, losses: tuple[float, ...]) -> None:
    """Draw a valley's lines of equal loss, which are ellipses."""
    ax.grid(visible=False)
    for loss in losses:
        across = 2 * (2 * loss) ** 0.5
        ax.add_patch(Ellipse((0, 0), across, across / curvature**0.5, fill=False, ec="#b4b4b4", lw=0.8))
    ax.plot([0], [0], "+", color=GREY, ms=9, mew=1.8)


def _path(ax: Axes, path: np.ndarray, colour: str = BLUE) -> None:
    outside = np.flatnonzero(np.abs(path[:, 1]) > 3)
    shown = path[: outside[0] + 1] if outside.size else path
    ax.plot(*shown.T, "-o", color=colour, ms=3.2, lw=1.1)
    ax.plot(*path[0], "x", color=BLACK, ms=9, mew=2.2)
