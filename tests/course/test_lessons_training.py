"""The numbers in the lessons on training, sequences and attention, and in what they say of figures, are the solutions'."""

import sys

import numpy as np
import pytest
from lessonbook import ROOT, f, g, module, pair, rows, says, vector


@pytest.fixture(scope="module")
def figures():
    """Return the modules that draw the figures, for the numbers that the lessons tell of them."""
    pytest.importorskip("matplotlib", reason="the figures' numbers lie in modules that draw")
    sys.path.insert(0, str(ROOT / "docs/figures"))
    import curves
    import descent
    import drawings

    sys.path.pop(0)
    return curves, descent, drawings


def descend(step, steps=50):
    """Return the places in the lesson's valley; step takes and returns parameters and what is remembered."""
    w, memory = np.array([10.0, 1.0]), None
    path = [w]
    for t in range(1, steps + 1):
        w, memory = step(w, w * [1, 20], memory, t)
        path.append(w)
    return path


def step_of(name, **numbers):
    """Return an optimizer's step in the shape that `descend` calls."""
    function = getattr(module(f"optimizers/{name}"), f"{name}_step")

    def step(w, dw, memory, t):
        if name == "sgd":
            return function(w, dw, **numbers), None
        if name == "adam":
            w, *memory = function(w, dw, *(memory or (0 * w, 0 * w)), t, **numbers)
            return w, memory
        return function(w, dw, 0 * w if memory is None else memory, **numbers)

    return step


@pytest.mark.parametrize(
    ("head", "runs"),
    [
        ("| step | `sgd`", [("sgd", 0.01), ("momentum", 0.01), ("adam", 0.5)]),
        ("| step | `nesterov`", [("nesterov", 0.01), ("adagrad", 0.5), ("rmsprop", 0.05)]),
    ],
)
def test_optimizers_tables(head, runs):
    """Where each optimizer is after 0, 1, 2, 20 and 50 steps, and its loss."""
    paths = [descend(step_of(name, lr=lr)) for name, lr in runs]
    for row in rows("optimizers", head):
        at = int(row[0])
        for path, place, loss in zip(paths, row[1::2], row[2::2], strict=True):
            w = path[at]
            printed = [g(number, 3) for number in w], [f(number, 3) for number in w]
            assert place in {f"`[{', '.join(numbers)}]`" for numbers in printed}
            assert loss == g((w[0] ** 2 + 20 * w[1] ** 2) / 2, 2) or loss == f(
                (w[0] ** 2 + 20 * w[1] ** 2) / 2, 2
            )


def test_optimizers_steps_by_hand():
    """The second step of momentum, the explosion, and Newton's step."""
    momentum = module("optimizers/momentum").momentum_step
    w, u = momentum(np.array([10.0, 1]), np.array([10.0, 20]), np.zeros(2), 0.01)
    w, u = momentum(w, w * [1, 20], u, 0.01)
    says("optimizers", f"= {vector(u, 4, '[]')}`, and the step", f"- [0.189, 0.34] = {vector(w, 4, '[]')}`")
    exploded = [w[1] for w in descend(step_of("sgd", lr=0.11), 3)]
    says("optimizers", "`w[1]` goes " + ", ".join(g(number) for number in exploded))
    newton = module("optimizers/newton").newton_step
    step = -newton(np.zeros(2), np.array([5.0, 5]), np.array([[3.0, 1], [1, 2]]))
    says("optimizers", f"the step is `{vector(step, 4, '[]')}`")
    assert not newton(np.array([10.0, 1]), np.array([10.0, 20]), np.diag([1.0, 20])).any()


def test_optimizers_figures(figures):
    """What is told of the three figures."""
    _, descent, _ = figures
    losses = [descent.valley(path[-1], 20) for path in descent.rates().values()]
    says(
        "optimizers",
        *(f"the loss is {told}" for told in (f(losses[0], 2), f(losses[1], 2), f"{losses[2]:,.0f}")),
    )
    plain, rolled = descent.against_momentum()
    values = [f"{descent.valley(path[-1], 100):.2g}" for path in (plain, rolled)]
    says(
        "optimizers",
        f"shows {values[0]} for plain gradient descent and {values[1]} for momentum after 60 steps",
    )
    assert 0.65 < 1 - plain[-1][0] / 10 < 0.75  # seven tenths of the way
    assert rolled[:, 0].min() < 0 < rolled[-1][0]  # past the minimum, and back
    paths = descent.stuck()
    ridge, beside = descent.saddle(paths["ridge"].T), descent.saddle(paths["beside"].T)
    plateau = descent.plateau(paths["plateau"][:, 0])
    assert f(ridge[-1], 4) == "0.2500"
    assert np.allclose(beside[30:40], 0.25, atol=0.005)
    assert plateau[60] > 0.95
    assert max(beside[80], plateau[80]) < 0.02
    sigmoid, back = pair("neuron/sigmoid")
    says(
        "optimizers",
        f"starts at z = -6, where its slope is {f(back(np.ones(1), sigmoid(np.array([-6.0]))[1]))}",
    )


def test_schedules():
    """The table, the entry by hand, and the noise that a rate leaves."""
    calls = {
        "step_decay": (0.1, 4, 0.5),
        "cosine_decay": (0.1, 8),
        "cyclical": (0.02, 0.1, 4),
        "warmup_cosine": (0.1, 4, 12),
    }
    for step, *row in rows("schedules", "| step | `step_decay"):
        wanted = [
            getattr(module(f"schedules/{name}"), name)(int(step), *numbers) for name, numbers in calls.items()
        ]
        assert row == [g(rate) for rate in wanted]
    says(
        "schedules",
        f"its cosine {f(np.cos(np.pi / 4))}, and (1 + 0.7071) / 2 = {f((1 + np.cos(np.pi / 4)) / 2)}",
    )


def test_schedules_noise():
    """What a rate leaves in the mean of all runs, which needs no run: the mean and the variance of w are known."""
    rates = (lambda _: 0.1, lambda _: 0.01, lambda step: 0.1 if step < 100 else 0.01)
    for rate, (_, *row) in zip(rates, rows("schedules", "| learning rate | after 50"), strict=True):
        mean, variance, found = 10.0, 0.0, []
        for step in range(200):
            mean, variance = mean * (1 - rate(step)), variance * (1 - rate(step)) ** 2 + rate(step) ** 2
            found.append((mean**2 + variance) / 2)
        assert row == [f"{found[steps - 1]:.2g}" for steps in (50, 100, 200)]


def test_stability(figures):
    """Powers, the example by hand, the small network and the table of twenty layers."""
    curves, _, _ = figures
    says("stability", f"$0.8^{{30}} = {f(0.8**30, 3)}$ and $1.25^{{30}} = {1.25**30:.0f}$")
    grads = [np.array([2.0, -1]), np.array([[4.0], [2]])]
    clipped, norm = module("stability/clip_by_norm").clip_by_norm(grads, 1.0)
    says(
        "stability",
        f"norm of both together is {g(norm)} (not $\\sqrt{{5}} + \\sqrt{{20}} = {f(5**0.5 + 20**0.5, 2)}$)",
    )
    says(
        "stability",
        f"`{vector(clipped[0], 4, '[]')}`, `[[{g(clipped[1][0])}], [{g(clipped[1][1])}]]`, and {g(norm)};",
    )
    by_value = module("stability/clip_by_value").clip_by_value(grads, 1.0)
    says(
        "stability",
        f"gives `{vector(by_value[0], 4, '[]')}` and `[[{g(by_value[1][0])}], [{g(by_value[1][1])}]]`",
    )
    norms = module("stability/gradient_norms").gradient_norms
    one = np.ones((1, 1))
    small = norms(one, [2 * one, 0.5 * one, -one], "sigmoid", one)
    told = [row[-1].rpartition("= ")[2] for row in rows("stability", "| layer | sum |")]
    assert told == [f(small[0], 5), f(small[1]), f(small[2])]
    assert 45 < small[2] / small[0] < 55
    found, diagnose = curves.norms(), module("stability/diagnose").diagnose
    for activation, weights, *cells, word in rows("stability", "| activation | weights |"):
        values = found[activation, weights]
        assert cells == [f"{values[at]:.2g}" for at in (0, 9, 19)]
        assert word == diagnose(list(values))


def test_stability_flat_neurons():
    """How many of the first layer's slopes are small although the norms look well: the figure's own draw."""
    rng = np.random.default_rng(0)
    x, _ = rng.standard_normal((32, 64)), rng.standard_normal((32, 64))
    sigmoid, back = pair("neuron/sigmoid")
    a, cache = sigmoid(x @ rng.standard_normal((64, 64)))
    says("stability", "two of three slopes in its first layer are below a tenth of the largest")
    assert 0.63 < (back(np.ones_like(a), cache) < 0.025).mean() < 0.69


def test_regularization(figures):
    """Penalty, decay, dropout and early stopping by hand, and what the figure of a training tells."""
    curves, _, drawings = figures
    w = np.array([3.0, -4, 0.1])
    penalty = pair("regularization/l2_penalty")[0](w, 0.1)[0]
    decayed = module("regularization/weight_decay").weight_decay_step(w, np.array([0.2, 0, 0]), 0.5, 0.1)
    says(
        "regularization", f"their sum is `{g((w**2).sum())}`, and the penalty is `0.05 * {g((w**2).sum())} = "
    )
    says("regularization", f"multiplied by `1 / 0.75 = {f(1 / 0.75, 3)}`")
    says("regularization", f"= {g(penalty)}`;", f"decay it gives `{vector(decayed, 4, '[]')}`")

    class Drawn:
        def random(self, shape):
            return np.array([[0.64, 0.27, 0.04], [0.02, 0.81, 0.91]]).reshape(shape)

    y, _ = pair("regularization/dropout")[0](np.array([[1.0, 2, 3], [4, 5, 6]]), 0.25, Drawn())
    says(
        "regularization", f"[[{f(y[0, 0], 3)}, {f(y[0, 1], 3)}, 0 ],", f"[0, {f(y[1, 1], 3)}, {g(y[1, 2])} ]]"
    )
    stopping = module("regularization/early_stopping").early_stopping
    _, *losses = rows("regularization", "| epoch | 0 |")[0]
    stop, best = stopping(np.array([float(loss) for loss in losses]), 3)
    says("regularization", f"so `stop_epoch` is {stop} and `best_epoch` is {best}.")
    training, validation, stop, best = curves.overfitting()
    says(
        "regularization",
        f"falls all the time, from {f(training[0], 2)} to {f(training[-1], 2)}. The validation loss falls from "
        f"{f(validation[0], 2)} to {f(validation[best], 2)} at epoch {best}, which is marked as best_epoch, and then rises "
        f"slowly to {f(validation[-1], 2)}. Epoch {stop} is marked",
        f"training ends at epoch {stop}. From epoch {best} on",
    )
    assert (np.diff(training) < 0).all()
    first, second, last = drawings.masks()
    assert ((first == 0).sum(), (second == 0).sum(), last.tolist()) == (3, 2, [1] * 6)
    assert not ((first == 0) & (second == 0)).any()


def test_recurrent_through_time():
    """Three steps with one unit, forward and back."""
    forward, backward = pair("recurrent/rnn")
    x = np.array([1.0, 0, -1]).reshape(1, 3, 1)
    one = np.ones((1, 1))
    hs, cache = forward(x, 0 * one, one, 0.5 * one, np.zeros(1))
    _, dh0, dWx, dWh, db = backward(np.array([0.0, 0, 1]).reshape(1, 3, 1), cache)
    h = hs.ravel()
    says(
        "recurrent",
        *(f"= {f(state)} h{at}" for at, state in ((2, h[0]), (3, h[1]))),
        f"0.5*{f(h[1])}) = {f(h[2])}",
    )
    says("recurrent", f"h1 = tanh(1) = {f(h[0])} h2 = tanh(0.5 * {f(h[0])}) = {f(h[1])}")
    table = rows("recurrent", "| step | dh |")
    dh = 1.0
    for row, at in zip(table, (2, 1, 0), strict=False):
        slope = 1 - h[at] ** 2
        before = h[at - 1] if at else 0.0
        dz = dh * slope
        assert row[1].rpartition("= ")[2] == (g(dh) if dh == 1 else f(dh))
        wanted = f(slope), f(dz), g(x[0, at, 0] * dz), g(before * dz)
        assert tuple(row[2:]) == wanted
        dh = 0.5 * dz
    assert table[3][3:] == [f"db = {f(db)}", f(dWx), f(dWh)]
    says("recurrent", f"What is left goes to h0: 0.5 * {f(dz)} = {f(dh0)}.")
    told = [row[3] for row in table]
    says("recurrent", f"dz is {told[0]} at step 3, {told[1]} at step 2 and {told[2]} at step 1.")
    states = f"0, {f(h[0])}, {f(h[1])} and {f(h[2])}"
    says(
        "recurrent",
        f"go the states {states}",
        f"then {table[1][1][-6:]}, {table[2][1][-6:]} and {f(dh0)}; dz is",
    )


def test_recurrent_lstm_step():
    """One step of an LSTM with one unit, given by its sums."""
    forward, backward = pair("recurrent/lstm_step")
    one = np.ones((1, 1))
    weights = np.zeros((1, 4))
    (h, c), cache = forward(0 * one, 0 * one, 1.5 * one, weights, weights, np.array([0.0, 2, 1, 0]))
    *_, dc, _, _, db = backward((one, 0.5 * one), cache)
    forget, new = 1 / (1 + np.exp(-2)), np.tanh(1)
    both = f(0.5 + 0.5 * (1 - np.tanh(c) ** 2))
    says(
        "recurrent",
        f"i = 0.5 f = {f(forget)} g = {f(new)} o = 0.5 c_next = {f(forget)}*1.5 + 0.5*{f(new)}",
        f"(1 - {f(np.tanh(c))}²) = {both} dc = {both} * {f(forget)}",
        f"at z_i = {both} * g",
        f"at z_f = {both} * c",
        f"at z_g = {both} * i",
        f"= {f(c)} tanh(c_next) = {f(np.tanh(c))} h_next = {f(h)}",
        f"0.8808 = {f(dc)}",
        f"g * i (1 - i) = {f(db[0])}",
        f"c * f (1 - f) = {f(db[1])}",
        f"i * (1 - g²) = {f(db[2])}",
        f"o (1 - o) = {f(db[3])}",
        f"0.99 leaves {f(0.99**100, 3)} of it after a hundred steps; a factor of 0.9 leaves {f(0.9**100, 7)}",
    )


def test_attention(figures):
    """Two positions by hand, and the two tables of shares."""
    forward, backward = pair("attention/scaled_dot_product")
    q, k, v = (np.array(numbers, dtype=float).reshape(1, 2, 1) for numbers in ((1, 2), (1, -1), (10, 20)))
    y, cache = forward(q, k, v)
    dq, dk, dv = backward(np.array([1.0, 0]).reshape(1, 2, 1), cache)
    share = 1 / (1 + np.exp([-2.0, -4]))
    says(
        "attention",
        f"p = [[{f(share[0])}, {f(1 - share[0])}], y = ({f(y[0, 0], 3)}, {f(y[0, 1], 3)})",
        f"[{f(share[1])}, {f(1 - share[1])}]]",
        f"dv = {vector(dv)} its shares",
        f"average in row 1: {f(y[0, 0], 3)}",
        f"dS = [[{f(dk[0, 0])}, {f(dk[0, 1])}], [0, 0]]",
        f"dq = {vector(dq)} dk = {vector(dk)}",
    )
    y = forward(q, k, v, causal=True)[0]
    says("attention", f"and y = ({g(y[0, 0])}, {f(y[0, 1], 3)}).")
    _, _, drawings = figures
    seen, causal = drawings.shares()
    assert np.array_equal(seen[4], causal[4])
    says(
        "attention", f"position 2 has {f(causal[2, 0], 2)}, {f(causal[2, 1], 2)} and {f(causal[2, 2], 2)} for"
    )
    says(
        "attention",
        f"{f(seen[2, 3:].sum(), 2)} together",
        f"{f(seen[2, 0], 2)} becomes {f(causal[2, 0], 2)}.",
    )


def test_training():
    """Two steps by hand, the first loss of a classifier, and two networks against each other."""
    says("training", f"near $\\ln C$: {f(np.log(10), 2)} for ten digits")
    w, v = 1.0, 0.0
    told = []
    for gradient in (0.5, 0.4):
        decayed = gradient + 0.1 * w
        v = 0.9 * v + decayed
        w -= 0.1 * v
        told += [g(decayed), g(v), g(w)]
    says(
        "training",
        f"= {told[0]} v = {told[1]} w = 1 - 0.1 * 0.6 = {told[2]} step 1:",
        f"= {told[3]} v = 0.54",
    )
    says("training", f"0.54 + 0.494 = {told[4]} w = 0.94 - 0.1 * {told[4]} = {told[5]}")
    gan = module("training/gan_losses")
    real, fake = np.array([2.0]), np.array([-1.0])
    loss, cache = gan.discriminator_loss_forward(real, fake)
    dreal, dfake = gan.discriminator_loss_backward(1.0, cache)
    other, kept = gan.generator_loss_forward(fake)
    sure = gan.generator_loss_backward(1.0, gan.generator_loss_forward(np.array([-6.0]))[1])
    shut = gan.discriminator_loss_backward(1.0, gan.discriminator_loss_forward(real, np.array([-6.0]))[1])[1]
    says(
        "training",
        f"0.1269 + 0.3133 = {f(loss)} L_G = softplus(1) = {f(other)}",
        f"D's gradients: {f(dreal)} at the real image's logit, {f(dfake)} at the fake's",
        f"G's gradient: {f(gan.generator_loss_backward(1.0, kept))} at",
        f"it would get {f(-dfake)}; and at s = -6, where the discriminator is sure, {f(-shut)} in place of {f(sure)}.",
    )
    says(
        "training",
        f"batches of 32 an **epoch** has {-(-1296 // 32)} iterations, the last on a batch of {1296 % 32}",
    )
