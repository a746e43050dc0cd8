"""Figures that are drawings: dropout, a causal mask, a recurrent network unrolled."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from style import BLACK, BLUE, GREY, PALE, RED, figure, say, solution


def masks() -> list[np.ndarray]:
    """Return what dropout with p = 0.5 makes of six ones: in two training steps, and at evaluation."""
    forward = solution("regularization/dropout", "dropout_forward")
    rng = np.random.default_rng(1)
    return [forward(np.ones((1, 6)), 0.5, rng, training)[0][0] for training in (True, True, False)]


def dropout() -> Figure:
    """Draw a network of 3, 6 and 2 neurons, in two training steps and at evaluation."""
    drawn = figure(8.4, 3.3)
    titles = ("training, one step", "training, the next step", "evaluation")
    rows = {0: np.linspace(1.5, 4.5, 3), 1: np.linspace(0.5, 5.5, 6), 2: np.linspace(2.25, 3.75, 2)}
    for index, (title, scales) in enumerate(zip(titles, masks(), strict=True)):
        ax = drawn.add_subplot(1, 3, index + 1)
        for hidden, scale in zip(rows[1], scales, strict=True):
            for side in (0, 2):
                for other in rows[side]:
                    if scale:
                        ax.plot([side, 1], [other, hidden], color="#9a9a9a", lw=0.9, zorder=1)
        for column, places in rows.items():
            for number, height in enumerate(places):
                off = column == 1 and scales[number] == 0
                ax.plot(
                    [column], [height], "o", ms=19, color=GREY if off else BLUE, mfc="white" if off else BLUE,
                    ls="none", mew=1.2, zorder=2, alpha=0.55 if off else 1,
                )  # fmt: skip
                if column == 1:
                    word = f"\N{MULTIPLICATION SIGN} {scales[number]:g}"
                    say(
                        ax,
                        word,
                        (column, height),
                        GREY if off else "white",
                        ha="center",
                        fontsize=9,
                        zorder=3,
                    )
        ax.set(title=title, xlim=(-0.3, 2.3), ylim=(-0.5, 6))
        for column, name in enumerate(("inputs", "hidden", "outputs")):
            say(ax, name, (column, -0.3), GREY, ha="center")
        ax.axis("off")
    return drawn


def shares() -> tuple[np.ndarray, np.ndarray]:
    """Return the shares of five positions, all seen and causal: attention to unit vectors gives them back."""
    forward = solution("attention/scaled_dot_product", "scaled_dot_product_forward")
    rng = np.random.default_rng(159)  # printed with two digits, each row is 1 in sum
    q, k = rng.standard_normal((2, 1, 5, 5))
    both = [forward(q, k, np.eye(5)[np.newaxis], causal)[0][0] for causal in (False, True)]
    return both[0], both[1]


def causal_mask() -> Figure:
    """Draw the shares of one attention without and with a causal mask."""
    drawn = figure(7.6, 3.7)
    for index, (title, p) in enumerate(zip(("every position sees all", "causal"), shares(), strict=True)):
        ax = drawn.add_subplot(1, 2, index + 1)
        ax.pcolormesh(np.round(p, 2), cmap="Blues", vmin=0, vmax=1, edgecolors="white", linewidth=1.5)
        for t, s in np.ndindex(5, 5):
            hidden = index == 1 and s > t
            if hidden:
                ax.add_patch(Rectangle((s, t), 1, 1, facecolor=PALE, edgecolor="white", linewidth=1.5))
            else:
                say(
                    ax,
                    f"{p[t, s]:.2f}",
                    (s + 0.5, t + 0.5),
                    "white" if p[t, s] > 0.55 else BLACK,
                    ha="center",
                )
        if index:
            say(ax, "not to be seen", (3.62, 0.5), GREY, ha="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 2})  # fmt: skip
        ax.set(title=title, xlabel="position s that is looked at", ylim=(5, 0), aspect="equal")
        ax.set_xticks(np.arange(5) + 0.5, range(5))
        ax.set_yticks(np.arange(5) + 0.5, range(5))
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
        ax.grid(visible=False)
        if index == 0:
            ax.set_ylabel("position t that asks")
    return drawn


def through_time() -> tuple[np.ndarray, np.ndarray]:
    """Return the states h0 to h3 of the lesson's network with one unit, and dz of its three steps."""
    forward, backward = (solution("recurrent/rnn_step", f"rnn_step_{way}") for way in ("forward", "backward"))
    Wx, Wh, b = np.ones((1, 1)), np.full((1, 1), 0.5), np.zeros(1)
    states, caches = [np.zeros((1, 1))], []
    for x in (1.0, 0.0, -1.0):
        h, cache = forward(np.array([[x]]), states[-1], Wx, Wh, b)
        states.append(h)
        caches.append(cache)
    dh, dz = np.ones((1, 1)), []
    for cache in reversed(caches):
        _, dh, _, _, db = backward(dh, cache)
        dz.append(db[0])
    return np.array(states).ravel(), np.array(dz[::-1])


def unrolled() -> Figure:
    """Draw three steps of a recurrent network, the numbers going forward and the gradient going back."""
    drawn = figure(8.4, 3.0)
    ax = drawn.add_subplot()
    states, dz = through_time()
    inputs = (1, 0, -1)
    for step in range(3):
        x = 2.0 + 3 * step
        ax.text(
            x, 2, f"step {step + 1}\nWx, Wh, b", ha="center", va="center", fontsize=10,
            bbox={"boxstyle": "round,pad=0.6", "facecolor": PALE, "edgecolor": BLACK},
        )  # fmt: skip
        _arrow(ax, (x, 0.65), (x, 1.4), BLUE)
        say(ax, f"x{step + 1} = {inputs[step]}", (x, 0.45), BLUE, ha="center")
        say(ax, f"dz = {dz[step]:.4f}", (x, 2.72), RED, ha="center")
    for number, h in enumerate(states):
        left = 3 * number - 0.32 if number else -0.2
        _arrow(ax, (left, 2.22), (left + (1.4 if number else 1.3), 2.22), BLUE)
        _arrow(ax, (left + (1.4 if number else 1.3), 1.78), (left, 1.78), RED, "--")
        say(ax, f"h{number} = {h:.4f}" if number else "h0 = 0", (left + 0.65, 2.45), BLUE, ha="center")
    dh = [0.5 * dz[0], 0.5 * dz[1], 0.5 * dz[2], 1.0]
    for number, value in enumerate(dh):
        left = 3 * number - 0.32 if number else -0.2
        word = f"{value:.4f}" if value != 1 else "1, from the loss"
        say(ax, word, (left + 0.65, 1.52), RED, ha="center")
    say(ax, "forward", (-0.2, 3.2), BLUE)
    say(ax, "the gradient, back through time", (1.1, 3.2), RED)
    ax.set(xlim=(-0.4, 10.6), ylim=(0.2, 3.5))
    ax.axis("off")
    return drawn


def _arrow(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], colour: str, line: str = "-"
) -> None:
    ax.annotate(
        "",
        end,
        start,
        arrowprops={"arrowstyle": "->", "color": colour, "ls": line, "lw": 1.6, "shrinkA": 0, "shrinkB": 0},
    )
