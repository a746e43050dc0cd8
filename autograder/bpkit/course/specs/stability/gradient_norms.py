import itertools

from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal, Problem
from bpkit.course.specs.stability._table import same


def reference(torch, x, weights, activation, dlast):
    """Let autograd go back through the stack."""
    weights = [W.clone().requires_grad_() for W in weights]
    a = x
    for W in weights:
        a = getattr(torch, activation)(a @ W)
    return [torch.linalg.norm(dW) for dW in torch.autograd.grad(a, weights, dlast)]


def _by_hand(x, weights, dlast):
    """Return the norms for a stack of tanh layers."""
    import numpy as np

    outputs = [x]
    for W in weights:
        outputs.append(np.tanh(outputs[-1] @ W))
    norms, da = [], dlast
    for W, a, y in zip(weights[::-1], outputs[-2::-1], outputs[:0:-1], strict=True):
        dz = da * (1 - y**2)
        norms.append(float(np.sqrt(np.sum((a.T @ dz) ** 2))))
        da = dz @ W.T
    return norms[::-1]


def any_number_of_layers(call):
    """With one layer, with two, with four or with nine, as many norms come back."""
    import numpy as np

    rng = np.random.default_rng(5)
    for sizes in ((3, 7), (5, 3, 11), (5, 11, 3, 7, 13), (3, 5, 7, 5, 11, 13, 3, 5, 7, 11)):
        x, dlast = rng.standard_normal((7, sizes[0])), rng.standard_normal((7, sizes[-1]))
        weights = [rng.standard_normal(shape) / shape[0] ** 0.5 for shape in itertools.pairwise(sizes)]
        got, expected = call("gradient_norms", x, weights, "tanh", dlast), _by_hand(x, weights, dlast)
        if not same(got, expected):
            layers = "one layer" if len(weights) == 1 else f"{len(weights)} layers"
            many = isinstance(got, (list, tuple)) and len(got) == len(expected)
            wrong = (
                "not all norms are right" if many else "what comes back is not a list with a norm for each"
            )
            return Problem("gradient_norms", f"With {layers} and tanh, {wrong}.")
    return None


STACK = [(3, 7), (7, 5), (5, 11)]

EXERCISE = Exercise(
    title="Gradient norms",
    position=50,
    points=6,
    returns=("norms[0]", "norms[1]", "norms[2]"),
    cases=(
        Case("sigmoid", x=(13, 3), weights=STACK, activation="sigmoid", dlast=(13, 11)),
        Case("tanh", x=(13, 3), weights=STACK, activation="tanh", dlast=(13, 11)),
        Case("relu", x=(13, 3), weights=STACK, activation="relu", dlast=(13, 11)),
        Case(
            "one example",
            x=(1, 5),
            weights=[(5, 3), (3, 11), (11, 7)],
            activation="tanh",
            dlast=Normal((1, 7), std=10.0),
        ),
        Case(
            "sigmoid with large weights",
            x=(7, 5),
            weights=[Normal((5, 11), std=3.0), Normal((11, 3), std=3.0), Normal((3, 13), std=3.0)],
            activation="sigmoid",
            dlast=(7, 13),
        ),
        # A neuron whose weights are all 0, and an example that is: what flows back through the neuron shows in dW.
        Case(
            "relu at exactly 0",
            x=Given(
                ((0.0, 0.0, 0.0), (1.0, -0.5, 2.0), (-2.0, 0.75, 1.0), (-1.5, 0.25, 0.5), (0.5, 3.0, -1.0))
            ),
            weights=[
                Given(
                    (
                        (0.8, -0.3, 0.0, 1.1, -0.6, 0.4, -1.2),
                        (-0.5, 0.9, 0.0, -0.2, 0.7, -1.4, 0.3),
                        (0.6, 0.1, 0.0, -0.9, 1.3, 0.2, -0.7),
                    )
                ),
                (7, 11),
                (11, 13),
            ],
            activation="relu",
            dlast=(5, 13),
        ),
    ),
    reference=reference,
    properties=(any_number_of_layers,),
    needs=("neuron/sigmoid", "neuron/tanh", "neuron/relu"),
    hints=(
        "What has to be remembered on the way forward, so that each layer's gradient can be told on the way back?",
        "One layer takes a (N, K) and W (K, M) to the sums (N, M). The gradient at its output, times the slope of the "
        "activation, is the gradient at its sums. From that come dW (K, M), by way of what the layer took in, and the gradient "
        "(N, K) for the layer before it, by way of W.",
        "Forward: keep a list of all outputs, x being the first. Backward, from the last layer to the first: multiply the "
        "gradient by the slope, worked out from the layer's output; multiply by what the layer took in, turned, for dW, and "
        "note the root of its sum of squares; multiply by W, turned, and go on. At the end turn the list round.",
    ),
    mistakes={
        "linear": "The forward leaves the activation out. It follows every W.",
        "always-tanh": "The activation is tanh whatever is given. Use the argument.",
        "dlast-ignored": "dlast is not used: the backward starts from ones. It starts from what comes from above.",
        "sigmoid-slope-at-output": "The sigmoid's slope is worked out at a, as if a were the sum that goes in. a is what came "
        "out: how do you get the slope from it?",
        "slope-at-output": "The slopes of sigmoid and tanh are worked out at a, as if a were the sum that goes in. a is what came out already.",
        "sigmoid-slope-plus": "The sigmoid's slope has a plus where it needs a minus. It is 0 at both ends, where a is 0 or 1.",
        "sigmoid-slope-of-tanh": "The sigmoid has been given tanh's slope.",
        "tanh-slope-not-squared": "tanh's slope is 0 at both ends, where a is -1 or 1. This one is 2 at one of them.",
        "tanh-slope-at-output": "tanh's slope is worked out by another tanh of a. a is the tanh already.",
        "relu-at-zero": "Where relu's output is 0 the gradient goes through. Which neurons are these?",
        "relu-at-exactly-zero": "Where a sum is exactly 0, relu lets the gradient through. The statement says what its slope is there.",
        "slope-forgotten": "The slopes of the activation are missing on the way back. They are the factors that make gradients "
        "vanish.",
        "no-activation-at-last": "The slope of the last layer's activation is missing. It follows the last W, too, and dlast is "
        "the gradient after it.",
        "slope-at-last-only": "Only the last layer's slope is on the way back. Every layer has one.",
        "activation-left-out-of-dw": "dW uses the gradient at the layer's output. W acts on the sums, before the activation.",
        "output-for-input": "dW uses what came out of the layer. W acts on what went in.",
        "signal-gradient": "These are the norms of the gradients at the sums. What is asked for are those of the weights.",
        "gradient-of-input": "These are the norms of the gradients at each layer's input. What is asked for are those of the "
        "weights.",
        "weights-norm": "These are the norms of the weights themselves.",
        "averaged-over-batch": "The gradient is divided by the batch size. If the loss is a mean, its 1/N is in dlast already.",
        "forward-signal": "These are the norms of the outputs. The gradients are asked for.",
        "not-rooted": "These are sums of squares. A norm is the root of that.",
        "mean-square": "The squares are averaged. The norm's sum is over all entries, and nothing divides it.",
        "spectral": "This is the spectral norm, the largest factor by which the matrix stretches a vector. The Frobenius norm "
        "takes all entries.",
        "largest-entry": "This is the largest entry. The norm takes all entries.",
        "absolute-values": "The sizes are added up. The norm is the root of the sum of the squares.",
        "mean-size": "This is the mean size of an entry. The norm is the root of the sum of the squares.",
        "weights-reshaped": "On the way back W is brought into the fitting shape by reshape, which leaves the numbers in reading "
        "order. Rows and columns have to trade roles.",
        "slope-left-behind": "What goes on to the layer before has not been multiplied by this layer's slope. The chain rule "
        "takes every factor along.",
        "dlast-everywhere": "Every layer gets the numbers of dlast. A layer gets what the layer after it sends back.",
        "last-layer-first": "The norms come in the order of the way back. The first layer comes first.",
    },
    explanation=Explanation(
        why="The gradient of W_l is a_(l-1)^T dz_l with dz_l = (dz_(l+1) W_(l+1)^T) * act'(z_l): on its way from the loss to layer "
        "l it is multiplied by one matrix and one slope for each layer in between. The sigmoid's slope is at most 0.25, so ten "
        "layers leave 0.25**10 = 1e-6 of it unless the weights make up for that; large weights push the sigmoid to its flat "
        "ends and make it worse. Slopes of 1, as relu's, leave only the matrices, and for those there are initialisations "
        "that keep the product near 1.",
        another='''
ACTIVATIONS = {
    "sigmoid": (lambda z: np.exp(-np.logaddexp(0, -z)), lambda z, a: a - a * a),
    "tanh": (np.tanh, lambda z, a: 1 / np.cosh(z) ** 2),
    "relu": (lambda z: z * (z > 0), lambda z, a: np.heaviside(z, 0)),
}


def gradient_norms(x, weights, activation, dlast):
    """A function that calls itself: down on the way in, back on the way out."""
    act, slope = ACTIVATIONS[activation]

    def through(a, layers):
        if not layers:
            return dlast, []
        z = np.einsum("nk,km->nm", a, layers[0])
        da, norms = through(act(z), layers[1:])
        dz = da * slope(z, act(z))
        dW = np.einsum("nk,nm->km", a, dz)
        return np.einsum("nm,km->nk", dz, layers[0]), [float(np.linalg.norm(dW)), *norms]

    return through(x, list(weights))[1]
''',
        pytorch="After loss.backward(), [p.grad.norm() for p in model.parameters()]; torch.nn.utils.get_total_norm gives one norm "
        "for all. Forward and backward hooks (register_full_backward_hook) show what passes between the layers.",
    ),
)
