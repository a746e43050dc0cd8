"""Figures that are curves: saturation, norms by depth, early stopping, schedules."""

from __future__ import annotations

import numpy as np
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from style import BLACK, BLUE, GREEN, GREY, PALE, RED, figure, say, solution


def saturation() -> Figure:
    """Draw sigmoid and tanh with their slopes, and where these are nearly 0."""
    drawn = figure(8, 3.3)
    z = np.linspace(-6, 6, 241)
    places = {"sigmoid": (5.0, (1.1, 0.94), (-1.05, 0.36)), "tanh": (3.0, (1.7, 0.82), (-1.6, 0.9))}
    for index, (name, (at, name_at, slope_at)) in enumerate(places.items()):
        ax = drawn.add_subplot(1, 2, index + 1)
        forward, backward = (solution(f"neuron/{name}", f"{name}_{way}") for way in ("forward", "backward"))
        a, cache = forward(z)
        slope = backward(np.ones_like(z), cache)
        edge = z[slope >= slope.max() / 10].max()
        for side in (-1, 1):
            ax.axvspan(side * edge, side * 6, color=PALE, lw=0)
        ax.plot(z, a, color=BLUE)
        ax.plot(z, slope, "--", color=RED)
        far = backward(np.ones(1), forward(np.array([at]))[1])[0]
        ax.plot([at], [far], "o", color=RED, ms=5)
        ax.annotate(
            f"slope {far:.4f}\nat z = {at:g}", (at, far), (5.9, (0.3, 0.4)[index]), color=RED,
            ha="right", va="center", arrowprops={"arrowstyle": "-", "color": RED, "shrinkB": 4},
        )  # fmt: skip
        say(ax, f"{name}(z)", name_at, BLUE, ha=("right", "left")[index])
        say(ax, f"its slope,\nat most {slope.max():g}", slope_at, RED, ha="right")
        ax.set(xlim=(-6, 6), ylim=((-0.04, 1.06), (-1.1, 1.12))[index], xlabel="z", title=name)
        ax.set_yticks(([0, 0.25, 0.5, 0.75, 1], [-1, -0.5, 0, 0.5, 1])[index])
        ax.grid(visible=False)
    return drawn


INITIALISATIONS = {
    "normal, times 0.01": (BLACK, "-"),
    "Xavier": (BLUE, "--"),
    "He": (GREEN, "-."),
    "normal": (RED, "-"),
}


def norms() -> dict[tuple[str, str], np.ndarray]:
    """Return the 20 norms of dW by activation and initialisation: 64 neurons a layer, a batch of 32."""
    gradient_norms = solution("stability/gradient_norms", "gradient_norms")
    xavier, he = solution("stability/xavier_init", "xavier_init"), solution("stability/he_init", "he_init")
    draw = {
        "normal, times 0.01": lambda rng: 0.01 * rng.standard_normal((64, 64)),
        "Xavier": lambda rng: xavier(64, 64, rng),
        "He": lambda rng: he(64, 64, rng),
        "normal": lambda rng: rng.standard_normal((64, 64)),
    }
    found = {}
    for activation in ("sigmoid", "tanh", "relu"):
        for name, weights in draw.items():
            rng = np.random.default_rng(0)
            x = rng.standard_normal((32, 64))
            dlast = rng.standard_normal((32, 64)) / 32  # as a mean over the batch hands it on
            stack = [weights(rng) for _ in range(20)]
            found[activation, name] = np.array(gradient_norms(x, stack, activation, dlast))
    return found


def norms_by_depth() -> Figure:
    """Draw the norm of every layer's gradient, for three activations and four ways to draw the weights."""
    drawn = figure(8.4, 4.2)
    found = norms()
    above, below = 1.1, -1.3  # decades between a line and its name
    words = {
        "sigmoid": {"normal": (3, -1.7), "He": (2.2, 1.9), "Xavier": (5.6, below), "normal, times 0.01": (11, 1.2)},
        "tanh": {"normal": (6, above), "He": (9, above + 0.2), "Xavier": (2, below), "normal, times 0.01": (2, above)},
        "relu": {"normal": (8, above), "He": (8, above), "Xavier": (8, below), "normal, times 0.01": (2, above)},
    }  # fmt: skip
    first = None
    for index, (activation, places) in enumerate(words.items()):
        ax = first = drawn.add_subplot(1, 3, index + 1, sharey=first)
        ax.axhspan(1e-6, 1e3, color=PALE, lw=0)
        for name, (layer, room) in places.items():
            colour, line = INITIALISATIONS[name]
            values = found[activation, name]
            ax.plot(np.arange(1, 21), values, line, color=colour)
            left = name == "normal, times 0.01" and activation == "sigmoid"
            at = np.interp(layer, np.arange(1, 21), np.log10(values))
            say(ax, name, (layer, 10 ** (at + room)), colour, ha="right" if left else "left", fontsize=9)
        ax.set(
            title=activation, xlabel="layer (1 is next to the input)", xlim=(1, 20), xticks=[1, 5, 10, 15, 20]
        )
        _decades(ax)
        if index:
            ax.tick_params(labelleft=False)
        else:
            ax.set_ylabel("norm of the gradient of the weights")
    return drawn


def _decades(ax: Axes) -> None:
    ax.set(yscale="log", ylim=(1e-24, 1e18))
    exponents = range(-24, 19, 6)
    digits = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    ax.set_yticks([10.0**one for one in exponents])
    ax.set_yticklabels(["1" if one == 0 else "10" + str(one).translate(digits) for one in exponents])
    ax.yaxis.set_minor_locator(ticker.NullLocator())


def overfitting() -> tuple[np.ndarray, np.ndarray, int, int]:
    """Return training and validation loss after each epoch, and where patience 10 stops and what it takes.

    A linear layer with 40 features learns from 48 noisy examples, of which only 4 features say anything.
    """
    linear, linear_back = (solution("layers/linear", f"linear_{way}") for way in ("forward", "backward"))
    mse, mse_back = (solution("losses/mse", f"mse_{way}") for way in ("forward", "backward"))
    sgd, cut = solution("optimizers/sgd", "sgd_step"), solution("optimizers/minibatches", "minibatches")
    rng = np.random.default_rng(3)
    truth = np.zeros((40, 1))
    truth[:4, 0] = 1, -1, 1, -1
    x, x_val = rng.standard_normal((48, 40)), rng.standard_normal((200, 40))
    target, target_val = (data @ truth + rng.standard_normal((len(data), 1)) for data in (x, x_val))
    W, b = np.zeros((40, 1)), np.zeros(1)
    losses = []
    for _ in range(60):
        losses.append(
            [mse(linear(*data, W, b)[0], right)[0] for *data, right in ((x, target), (x_val, target_val))]
        )
        for batch in cut(48, 8, rng):
            y, cache = linear(x[batch], W, b)
            _, dW, db = linear_back(mse_back(1.0, mse(y, target[batch])[1]), cache)
            W, b = sgd(W, dW, 0.012), sgd(b, db, 0.012)
    training, validation = np.array(losses).T
    stop, best = solution("regularization/early_stopping", "early_stopping")(validation, 10)
    return training, validation, int(stop), int(best)


def early_stopping() -> Figure:
    """Draw training and validation loss, the best epoch and the one that ends it."""
    drawn = figure(7, 3.4)
    training, validation, stop, best = overfitting()
    ax = drawn.add_subplot()
    epochs = np.arange(len(training))
    ax.axvspan(stop, epochs[-1], color=PALE, lw=0)
    ax.plot(epochs, training, "--", color=BLUE)
    ax.plot(epochs, validation, color=RED)
    ax.plot([best], [validation[best]], "o", color=RED, ms=7)
    ax.plot([stop], [validation[stop]], "s", color=RED, ms=6)
    ax.annotate(
        f"best_epoch {best}:\nthese parameters are taken", (best, validation[best]), (best, validation[best] + 1.1),
        ha="center", va="bottom", arrowprops={"arrowstyle": "-", "color": GREY, "shrinkB": 5},
    )  # fmt: skip
    ax.annotate(
        f"stop_epoch {stop}: the 10th in a\nrow without an improvement", (stop, validation[stop]),
        (stop + 3, validation[stop] + 1.1), va="bottom", arrowprops={"arrowstyle": "-", "color": GREY, "shrinkB": 5},
    )  # fmt: skip
    say(ax, "validation loss", (epochs[-1], validation[-1] + 0.3), RED, ha="right")
    say(ax, "training loss", (epochs[-1], training[-1] + 0.3), BLUE, ha="right")
    ax.set(xlim=(0, epochs[-1]), ylim=(0, None), xlabel="epoch", ylabel="loss (mean squared error)")
    return drawn


SCHEDULES = {
    "step_decay": (0.1, 4, 0.5),
    "cosine_decay": (0.1, 8),
    "cyclical": (0.02, 0.1, 4),
    "warmup_cosine": (0.1, 4, 12),
}


def schedules() -> Figure:
    """Draw the four schedules, called as in the lesson's table."""
    drawn = figure(7.6, 4.4)
    first = None
    steps = np.arange(13)
    for index, (name, numbers) in enumerate(SCHEDULES.items()):
        ax = first = drawn.add_subplot(2, 2, index + 1, sharex=first, sharey=first)
        rates = [solution(f"schedules/{name}", name)(int(step), *numbers) for step in steps]
        ax.step(steps, rates, ":", color=BLUE, lw=1.2, where="post")  # a rate holds for one step
        ax.plot(steps, rates, "o", color=BLUE, ms=5)
        ax.set(title=f"{name}(step, {', '.join(map(str, numbers))})", xlim=(-0.4, 12.4), ylim=(-0.006, 0.112))
        ax.set_xticks(range(0, 13, 2))
        ax.tick_params(labelbottom=index > 1, labelleft=index % 2 == 0)
        if index > 1:
            ax.set_xlabel("step")
        if index % 2 == 0:
            ax.set_ylabel("learning rate")
    return drawn
