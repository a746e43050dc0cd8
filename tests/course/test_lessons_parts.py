"""The numbers in the lessons on neurons, losses, layers and chains are what the solutions compute."""

import numpy as np
from lessonbook import f, g, matrix, module, pair, rows, says, vector


def test_neuron_worked_example():
    """Six steps with one example."""
    neuron, neuron_back = pair("neuron/neuron")
    bce, bce_back = pair("losses/binary_cross_entropy")
    x, y, w, b = np.array([[1.0, -2.0]]), np.zeros(1), np.array([0.5, 0.25]), 0.5

    def loss(w, b):
        return bce(neuron(x, w, b)[0], y)[0]

    a, cache = neuron(x, w, b)
    da = bce_back(1.0, bce(a, y)[1])
    _, dw, db = neuron_back(da, cache)
    nudged, other = loss(w + np.array([0.001, 0]), b), loss(w + np.array([0, 0.001]), b)
    new_w, new_b, before = module("neuron/learning_step").learning_step(x, y, w, b, 0.5)
    says(
        "neuron",
        f"`z = 1 * 0.5 + (-2) * 0.25 + 0.5 = {g(x @ w + b)}`, and the sigmoid makes `a = {f(a)}`",
        f"the loss is `{f(before)}`",
        f"goes up {f(da)} times as much. Turn `z` up a little, and `a` goes up {f(a * (1 - a))} times",
        f"`dz = {f(da)} * {f(a * (1 - a))}`, about {f(db, 3)}",
        f"the loss is `{f(nudged, 7)}` instead of `{f(before, 7)}`. That is `{f(nudged - before, 7)}` more",
        f"a slope of about {f(dw[0], 2)}.",
        f"*down* by `{f(before - other, 7)}`: a slope of about {f(dw[1], 2)}",
        f"`w = {vector(new_w)}`, `b = {f(new_b)}`",
        f"`z = {f(x @ new_w + new_b)}`, `a = {f(neuron(x, new_w, new_b)[0])}`, and the loss has come down to "
        f"`{f(loss(new_w, new_b))}`",
    )


def test_neuron_gelu():
    """A product inside an activation."""
    gelu, gelu_back = pair("neuron/gelu")
    z = np.array([1.0, 1.001, -1.0])
    a, cache = gelu(z)
    slope = gelu_back(np.ones(3), cache)
    u = np.sqrt(2 / np.pi) * (1 + 0.044715)
    says(
        "neuron",
        f"`u = {f(u)}`, `t = {f(np.tanh(u))}`, the share is `s = {f(a[0])}`",
        f"the share grows to `{f(a[1] / 1.001, 6)}`, and `a` to `{f(a[1], 6)}`. That is `{f(a[1] - a[0], 6)}` more, "
        f"a slope of {f(slope[0], 3)}. The share alone would have told you {f(a[0], 3)}; the other "
        f"{f(slope[0] - a[0], 3)} come",
        f"the slope is `{f(slope[2], 3)}`",
        f"| {f(gelu(np.linspace(-2, 0, 2001))[0].min(), 2)} and up |",
    )


def test_neuron_learning_rates_and_flat_ends():
    """The table of losses, and how flat a sigmoid is."""
    step = module("neuron/learning_step").learning_step
    x = np.array([(1, -2), (2, 1), (-1, 1), (0.5, 0.5), (1.5, -1)], dtype=float)
    y = np.array([1.0, 1, 0, 0, 0])
    table = rows("neuron", "| loss before step |")
    for lr, row in zip((0.01, 0.5, 20.0), table, strict=True):
        w, b, losses = np.array([0.5, 0.25]), 0.5, []
        for _ in range(101):
            w, b, loss = step(x, y, w, b, lr)
            losses.append(loss)
        assert row[0].startswith(f"`lr = {lr:g}`")
        assert row[1:] == [f(losses[at], 3) for at in (0, 1, 2, 5, 20, 100)]
    sigmoid, back = pair("neuron/sigmoid")
    slope = back(np.ones(2), sigmoid(np.array([0.0, 10.0]))[1])
    says("neuron", f"is at most {g(slope[0])}, and at `z = 10` it is {f(slope[1], 6)}")
    assert slope[0] ** 10 < 1e-6
    tanh, tanh_back = pair("neuron/tanh")
    far = back(np.ones(1), sigmoid(np.array([5.0]))[1]), tanh_back(np.ones(1), tanh(np.array([3.0]))[1])
    says(
        "neuron",
        f"{g(slope[0])} at the top, and {f(far[0])} left at z = 5.",
        f"and {f(far[1])} left at z = 3.",
    )
    for edge, one, other in ((3.6, back, sigmoid), (1.8, tanh_back, tanh)):
        top, inside, outside = one(np.ones(3), other(np.array([0.0, edge, edge + 0.1]))[1])
        assert outside < top / 10 < inside
        says("neuron", f"z = {edge} for")


def test_losses_sure_and_wrong():
    """The table of squared error and cross entropy."""
    sigmoid, back = pair("neuron/sigmoid")
    mse, mse_back = pair("losses/mse")
    bce, bce_back = pair("losses/bce_with_logits")
    for z, row in zip((3.0, 0.0, -5.0), rows("losses", "| z | p |"), strict=True):
        logit, yes = np.array([[z]]), np.ones((1, 1))
        p, cache = sigmoid(logit)
        error, kept = mse(p, yes)
        entropy, other = bce(logit, yes)
        wanted = (z, p, error, back(mse_back(1.0, kept), cache), entropy, bce_back(1.0, other))
        assert row == [g(number) for number in wanted]


def test_losses_worked_example():
    """Cross entropy of two rows."""
    forward, backward = pair("losses/cross_entropy")
    logits, target = np.array([[2.0, 1, 0], [0, 0, 3]]), np.array([0, 1])
    p = pair("layers/softmax")[0](logits)[0]
    loss, cache = forward(logits, target)
    first, second = backward(1.0, cache)
    each = -np.log(p[[0, 1], target])
    nudged = forward(logits + np.array([[0, 0.001, 0], [0, 0, 0]]), target)[0]
    row = [[f(number) for number in line] for line in p]
    says(
        "losses",
        f"p = [[{', '.join(row[0])}], -log({row[0][0]}) = {f(each[0])}",
        f"[{', '.join(row[1])}]] -log({row[1][1]}) = {f(each[1])}",
        f"loss = ({f(each[0])} + {f(each[1])}) / 2 = {f(loss)}",
        f"`log(exp(2) + exp(1) + exp(0)) = {f(each[0] + 2)}`, less the logit 2 of the right class, is {f(each[0])}",
        f"dlogits = [[{f(first[0])}, {f(first[1])}, {f(first[2])}], [ {f(second[0])}, {f(second[1])}, {f(second[2])}]]",
        f"from {f(loss, 6)} to {f(nudged, 6)}, that is by about 0.001 times {f(first[1])}",
    )


def test_layers_linear_softmax_and_log_softmax():
    """The worked examples of the first three layers."""
    forward, backward = pair("layers/linear")
    x, W = np.array([[1.0, 2, 0], [3, -1, 1]]), np.array([[1.0, -1], [0, 2], [2, 1]])
    y, cache = forward(x, W, np.array([0.5, -1]))
    dx, dW, db = backward(np.array([[1.0, 0], [2, -1]]), cache)
    assert matrix(y) == ["[1.5, 2]", "[5.5, -5]"]
    says("layers", "y = [[1.5, 2], ", "[5.5, -5]]", f"db = {vector(db, 4, '[]')}")
    (a, b), (c, d, e) = matrix(dx), matrix(dW)
    says("layers", f"dx = [{a}, dW = [{c}, db", f"{b}] {d},", f"{e}]")

    softmax, softmax_back = pair("layers/softmax")
    z = np.array([[2.0, 1, 0]])
    p, cache = softmax(z)
    shares = ", ".join(f(number) for number in p[0])
    says("layers", f"`p = ({shares})`", f"dz = {vector(softmax_back(np.array([[1.0, 0, 0]]), cache))}")
    log, log_back = pair("layers/log_softmax")
    y, cache = log(z)
    dz = ", ".join(f(number) for number in log_back(np.array([[0.0, 0, -1]]), cache)[0])
    says("layers", f"`y = {vector(y)}`", f"by the same {f(2 - y[0, 0])}", f"`dz = ({dz})`")


def test_layers_embedding_residual_and_norms():
    """The worked examples of these four."""
    embedding, back = pair("layers/embedding")
    y, cache = embedding(np.array([2, 0, 2]), np.array([[1.0, 0], [2, 3], [4, 5]]))
    dtable = matrix(back(np.array([[1.0, 1], [2, 0], [3, -1]]), cache))
    assert matrix(y) == ["[4, 5]", "[1, 0]", "[4, 5]"]
    says("layers", f"dtable = [{dtable[0]},", f"{dtable[1]},", f"{dtable[2]}]", "y = [[4, 5],")

    residual, back = pair("layers/residual")
    W1, W2 = np.array([[1.0, -1, 0], [0, 1, 1]]), np.array([[1.0, 0], [2, 1], [0, -1]])
    y, cache = residual(np.array([[1.0, 2]]), W1, np.array([0.0, -2, 1]), W2, np.array([0.5, 0]))
    dx = back(np.array([[1.0, 2]]), cache)[0]
    says("layers", f"`y = {vector(y)}`", f"`dx = {vector(dx)}`", f"has `{vector(dx - [1, 2])}`")
    says("layers", f"and {f(0.9**100, 5)} of it is left", f"it has become {1.1**100:,.0f}")

    norm, back = pair("layers/layer_norm")
    x = np.array([[1.0, 2, 6]])
    plain = norm(x, np.ones(3), np.zeros(3))[0]
    y, cache = norm(x, np.array([1.0, 2, 1]), np.array([0.0, 0, 1]))
    says(
        "layers",
        f"row is `{vector(plain)}`",
        f"`y = {vector(y)}`",
        f"dx = {vector(back(np.array([[1.0, 0, 0]]), cache)[0])}",
    )

    batch, _ = pair("layers/batch_norm")
    one = np.ones(1)
    (y, mean, var), _ = batch(np.array([[1.0], [3], [8]]), one, 0 * one, 0 * one, one)
    says("layers", f"become `{vector(y)}`", f"becomes {g(mean)}.", f"`0.9 * 1 + 0.1 * 13 = {g(var)}`")


def test_layers_images_and_adapters():
    """Convolution, pooling, and a linear layer with an adapter."""
    conv, back = pair("layers/conv2d")
    image = np.array([[[[1.0, 2, 0], [0, 1, 3], [2, 0, 1]]]])
    dy = np.array([[[[1.0, 0], [2, -1]]]])
    y, cache = conv(image, np.array([[[[1.0, -1], [2, 0]]]]), np.zeros(1))
    dx, dW, _ = back(dy, cache)
    (a, b), (c, d, e) = matrix(dW[0, 0]), matrix(dx[0, 0])
    assert matrix(y[0, 0]) == ["[-1, 4]", "[3, -2]"]
    says("layers", "y = [[-1, 4],", "[ 3, -2]]", f"dW = [{a}, dx = [{c},", f"{b}] {d},", f"{e}]")
    size = conv(np.zeros((1, 1, 7, 11)), np.zeros((1, 1, 3, 3)), np.zeros(1), 2, 1)[0].shape
    says("layers", f"`s = 2` and `p = 1`, that is {size[2]} by {size[3]}")

    pool, back = pair("layers/max_pool2d")
    y, cache = pool(image, 2, 1)
    says("layers", f"`y = [{', '.join(matrix(y[0, 0]))}]`")
    a, b, c = matrix(back(dy, cache)[0, 0])
    says("layers", f"dx = [{a}, {b}, {c}]")

    lora, back = pair("layers/lora_linear")
    _, cache = lora(
        np.array([[1.0, 2]]), np.zeros((2, 2)), np.array([[1.0], [0.5]]), np.array([[3.0, -1]]), 0.5
    )
    _, dA, dB = back(np.array([[1.0, 1]]), cache)
    says("layers", f"`dA = {vector(dA)}`", f"`dB = 0.5 * 2 * (1, 1) = {vector(dB)}`")


def test_backprop_by_hand():
    """A formula with an input that is used twice, and a network of three weights' layers."""
    x, y = 3.0, -5.0
    says("backprop", f"-1.999 * 3.001 = {(x + 0.001 + y) * (x + 0.001):.6f}")
    says("backprop", f"dy = {x:g}", f"dx = -2 + 3 = {2 * x + y:g}", "went up by 0.001001")
    assert f((x + 0.001 + y) * (x + 0.001) - (x + y) * x, 6) == "0.001001"

    linear, linear_back = pair("layers/linear")
    relu, relu_back = pair("neuron/relu")
    mse, mse_back = pair("losses/mse")
    x, w1, b1 = np.array([[2.0]]), np.array([[1.0, -1]]), np.array([0.0, 1])
    w2, b2, target = np.array([[3.0], [4]]), np.array([-1.0]), np.array([[4.0]])
    z1, first = linear(x, w1, b1)
    h, mask = relu(z1)
    out, second = linear(h, w2, b2)
    loss, kept = mse(out, target)
    dout = mse_back(1.0, kept)
    dh, dw2, db2 = linear_back(dout, second)
    dz1 = relu_back(dh, mask)
    _, dw1, db1 = linear_back(dz1, first)
    says(
        "backprop",
        f"z1 = {vector(z1)} h = {vector(h)}",
        f"out = 3*2 + 4*0 - 1 = {g(out)}",
        f"loss = (5 - 4)**2 = {g(loss)}",
        f"dout = 2 * (5 - 4) = {g(dout)} dw2 = dout * h = {vector(dw2)} db2 = {g(db2)} dh = dout * w2 = {vector(dh)} "
        f"dz1 = {vector(dz1)}",
        f"dw1 = dz1 * x = {vector(dw1)} db1 = {vector(db1)}",
    )
    step = module("optimizers/sgd").sgd_step
    new = [step(w, dw, 0.01) for w, dw in ((w1, dw1), (b1, db1), (w2, dw2), (b2, db2))]
    out = linear(relu(linear(x, new[0], new[1])[0])[0], new[2], new[3])[0]
    says(
        "backprop",
        f"the output becomes {f(out, 3)}, and the loss falls from 1 to {f(mse(out, target)[0], 6)}",
    )


def test_backprop_slopes_and_graphs():
    """Nudging, and the gradients of a graph by the solution's own autograd."""
    for h, digits in ((0.1, 2), (0.01, 4)):
        one, both = ((2 + h) ** 3 - 8) / h, ((2 + h) ** 3 - (2 - h) ** 3) / (2 * h)
        if h == 0.1:
            says("backprop", f"/ 0.1 = {f(one, digits)} both sides", f"/ 0.2 = {f(both, digits)}")
        else:
            says("backprop", f"the two give {f(one, digits)} and {f(both, digits)}")
    error = module("backprop/gradient_check").relative_error(np.array([12.0]), np.array([12.0001]))
    says("backprop", f"this is {error * 1e6:.0f} in a million")
    value = module("backprop/autograd").Value
    a, b = value(2.0), value(-3.0)
    d = a * b
    c = d + a
    c.backward()
    says(
        "backprop",
        f"d = a * b = {g(d.data)} c = d + a = {g(c.data)}",
        f"b: gradient {g(b.grad)} a: gradient 1 - 3 = {g(a.grad)}",
    )
