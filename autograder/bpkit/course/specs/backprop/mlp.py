from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal


def reference(torch, x, params):
    """Run x through an nn.Sequential whose weights are these params."""
    modules, state = [], {}
    for W, b in params:
        state |= {f"{len(modules)}.weight": W.T, f"{len(modules)}.bias": b}
        modules += [torch.nn.Linear(*W.shape, device="meta"), torch.nn.ReLU()]
    return torch.func.functional_call(torch.nn.Sequential(*modules[:-1]), state, (x,))


# Given, since no two axes of what is drawn may be equal.
SQUARES = (
    ((0.7, -1.1, 0.4), (-0.6, 0.9, 1.3), (1.2, 0.5, -0.8)),
    ((-0.9, 0.6, 1.4), (1.1, -0.7, 0.3), (0.5, 1.3, -1.2)),
    ((1.2, 0.3, -0.5), (-1.4, 0.8, 0.7), (0.6, -0.9, 1.1)),
    ((0.4, 1.3, -0.7), (0.9, -0.5, 1.2), (-1.1, 0.6, 0.8)),
)

EXERCISE = Exercise(
    title="A multilayer perceptron",
    position=50,
    points=9,
    returns=("logits",),
    cases=(
        Case("two layers", x=(11, 3), params=[((3, 7), (7,)), ((7, 5), (5,))]),
        Case("three layers", x=(3, 5), params=[((5, 13), (13,)), ((13, 11), (11,)), ((11, 7), (7,))]),
        Case("one layer", x=(5, 3), params=[((3, 7), (7,))]),
        Case("all layers of one width", x=(5, 3), params=[(Given(square), (3,)) for square in SQUARES]),
        Case(
            "hidden sums of exactly 0",
            finite_differences=False,
            x=Given(
                ((0.0, 0.0, 0.0), (1.0, -0.5, 0.25), (0.0, 0.0, 0.0), (-2.0, 0.5, 1.5), (0.5, 3.0, -1.0))
            ),
            params=[((3, 7), Given((*(0.0,) * 6, 1e-9))), ((7, 11), (11,))],
        ),
        Case(
            "one example",
            x=Normal((1, 5), std=10.0),
            params=[(Normal((5, 7), std=10.0), (7,)), ((7, 3), (3,))],
        ),
    ),
    gradients_of=("params",),
    gradient_names=("grads",),
    reference=reference,
    needs=("neuron/relu", "layers/linear"),
    hints=(
        "What does one layer have to know in order to give back dW, db and the gradient of its input? Which of these "
        "things come from the forward, and which from the layer after it?",
        "One layer with input a (N, K) and weights W (K, M) gets the gradient at its sums, (N, M). It gives dW (K, M) "
        "and db (M,), and sends (N, K) on. Before that reaches the sums of the layer before, it passes relu, whose "
        "slope is 1 where that layer's output is above 0 and 0 elsewhere.",
        "Forward: keep a list of what each layer took in. Backward: start with dlogits and go through the layers from "
        "the last to the first; at each, note dW and db, then send the gradient through the weights and through the "
        "relu in front of this layer. At the end, turn the list round.",
    ),
    mistakes={
        "biases-forgotten": "The forward leaves the biases out. Every layer adds its b, the hidden ones and the last one.",
        "no-relu": "There is no relu between the layers. Without it, any number of linear layers is no more than one.",
        "relu-on-logits": "The last layer's output goes through relu as well. A score may be negative: relu stands only "
        "between layers.",
        "relu-on-logits-forward": "The last layer's output goes through relu. A score may be negative: relu stands only "
        "between layers.",
        "kept-by-shape": "What the layers took in is kept under a shape, so that of two layers with the same shape the later one's "
        "stands in for both. It is the layer's place in the network that tells it from the others.",
        "hidden-before-relu": "dW uses the sums from before relu. What did the layer really get to see in the forward?",
        "mask-on-logits": "dlogits goes through the slope of a relu that is not there: the last layer has none after it.",
        "dlogits-ignored": "The gradients do not use the values of dlogits, only its shape. Everything that goes back "
        "starts from what comes from above.",
        "biases-averaged": "Each db is averaged over the batch. Every row used the same bias, so what the rows send back "
        "adds up.",
        "biases-not-summed": "Each db has one row for each example. There is one bias vector for all of them: what they "
        "send back has to come together in it.",
        "weights-averaged": "Each dW is divided by the batch size. The network does not average: a loss that takes a mean "
        "has already put its 1/N into dlogits.",
        "bias-before-weights": "The pairs are turned round: db comes first, then dW. They should match the pairs (W, b) "
        "of params.",
        "mask-missing": "The gradient passes relu as if it were not there. Where a hidden sum was at 0 or below, a small "
        "change of it changes nothing; a test with >= on the values after relu is always true.",
        "mask-of-the-gradient": "relu was applied to the gradient. What decides is whether the hidden sum was above 0 "
        "in the forward; the gradient itself may have any sign.",
        "mask-reversed": "The gradient gets through where relu was closed, and stops where it was open.",
        "value-for-slope": "The gradient is multiplied by the value of relu. On the way back it is the slope that "
        "counts: how steep is relu above 0?",
        "slope-at-zero": "At a hidden sum of exactly 0 the gradient is let through. By convention, here as in "
        "PyTorch, the slope of relu there is 0.",
        "weights-ignored": "The gradient passes a layer as if all its weights were 1. How much a hidden unit matters "
        "depends on the weights with which the next layer reads it.",
        "weights-reshaped": "The weights were brought into the fitting shape by reshape. That keeps the numbers in "
        "reading order, so a hidden unit gets weights that belong to others; rows and columns have to trade roles instead.",
        "weights-after-a-step": "The gradient goes back through weights that were already updated. The logits came from "
        "the old weights, so the way back goes through the old ones; all updates come afterwards.",
        "last-layer-first": "The last layer's gradients come first, in the order in which they were worked out. "
        "grads has the order of params.",
    },
    explanation=Explanation(
        why="Layer k maps a[k-1] to z[k] = a[k-1] W[k] + b[k], and a[k] = relu(z[k]) but for the last. With dz for "
        "the gradient at z[k]: dW[k] = a[k-1]^T dz, db[k] = dz added up over the rows, and the layer before gets "
        "dz W[k]^T, where relu was open. Begin with dz = dlogits at the last layer. The gradient of layer k is a "
        "product of all weights and all masks behind it; one loop from the end makes each of these products "
        "once, for all layers together.",
        another='''
def mlp_forward(x, params):
    return _forward(x, list(params))


def _forward(x, params):
    """One layer, and the rest of the network by the same function: the cache is nested as the network is."""
    (W, b), *rest = params
    z = np.einsum("nk,km->nm", x, W) + b
    if not rest:
        return z, (x, W, None, None)
    is_open = z > 0
    logits, inner = _forward(np.where(is_open, z, 0), rest)
    return logits, (x, W, is_open, inner)


def mlp_backward(dlogits, cache):
    return _backward(dlogits, cache)[1]


def _backward(dlogits, cache):
    x, W, is_open, inner = cache
    dz, grads = dlogits, []
    if inner is not None:
        da, grads = _backward(dlogits, inner)
        dz = da * is_open
    mine = (np.einsum("nk,nm->km", x, dz), np.einsum("nm->m", dz))
    return np.einsum("nm,km->nk", dz, W), [mine, *grads]
''',
        pytorch="nn.Sequential of nn.Linear and nn.ReLU; autograd walks the graph from the loss to the front, as your "
        "loop does, and leaves each gradient in the parameter's .grad, adding to what is there: hence "
        "optimizer.zero_grad(). Deep networks may trade memory for time: torch.utils.checkpoint keeps some "
        "layers' inputs only and runs the others again.",
    ),
)
