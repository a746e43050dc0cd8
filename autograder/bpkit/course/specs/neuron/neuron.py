from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal

EXERCISE = Exercise(
    title="A sigmoid neuron",
    position=80,
    points=6,
    cases=(
        Case("a batch", x=(5, 3), w=(3,), b=()),
        Case("a wider batch", x=Normal((11, 7), std=3.0), w=(7,), b=()),
        Case("one example", x=(1, 5), w=(5,), b=()),
        Case(
            "far from zero",
            x=Given(
                (
                    (1000.0, 0.0, 0.0),
                    (-1000.0, 0.0, 0.0),
                    (0.5, -1.0, -1.5),
                    (0.0, 800.0, 0.0),
                    (0.0, 0.0, 400.0),
                )
            ),
            w=Given((1.0, -0.5, 2.0)),
            b=Given(0.5),
        ),
    ),
    gradients_of=("x", "w", "b"),
    returns=("a",),
    reference=lambda torch, x, w, b: torch.sigmoid(x @ w + b),
    needs=("neuron/weighted_sum", "neuron/sigmoid"),
    hints=(
        "Draw it: x, w and b go into z, z goes into a. What would you need to know at z before you can go on to x, w and b?",
        "da/dz is a times (1 - a), shape (N,). z[n] depends on x[n, d] through w[d], on w[d] through x[n, d], on b through "
        "1. Sum over every index that the gradient does not have: dw (D,) and db over n, dx (N, D) over nothing.",
        "First dz: da times the slope of the sigmoid, one number for each example. dx: row n is dz[n] times the weights. "
        "dw: the inputs, turned to (D, N), times dz. db: dz added up.",
    ),
    mistakes={
        "bias-forgotten": "The forward leaves b out. The bias is added to every example's weighted sum.",
        "exp-overflows": "At z = 1000, exp(z) is inf, and inf / inf is nan. You have written a sigmoid before that holds "
        "everywhere.",
        "exponent-sign": "The S runs downhill: large sums give 0 here, and very negative ones give 1. Look at the sign in "
        "the exponent.",
        "activation-forgotten": "The forward returns the weighted sum. A sigmoid neuron sends it through the sigmoid.",
        "derivative-at-z": "The sigmoid's slope is computed with z in the place of a. What has the cache kept?",
        "squeezed-twice": "The sigmoid's slope is taken at a. But a has been through the sigmoid already; it needs no "
        "second time.",
        "activation-skipped": "da goes straight into the weighted sum's gradients. On the way back, too, the sigmoid lies "
        "between a and z.",
        "slope-missing-in-x": "dx goes past the sigmoid: the weights are multiplied by da, and not by what is left of it at z.",
        "slope-missing-in-w": "dw goes past the sigmoid: the inputs are multiplied by da, and not by what is left of it at z.",
        "slope-missing-in-b": "db goes past the sigmoid: da is added up, and not what is left of it at z.",
        "da-ignored": "The gradients contain the sigmoid's slope but not da. The chain rule begins with what comes from "
        "above.",
        "descent-in-backward": "The sign is turned round. The backward says where the loss grows; going the other "
        "way is the business of the update, later.",
        "x-transposed": "dx is transposed. It has the shape of x: examples along the rows, features along the columns.",
        "x-shared": "dx is one row, with all examples added up. Every example has its own x, so every example has its own "
        "dx.",
        "weights-averaged": "dw is divided by the batch size. The neuron does not average: a loss that takes a mean has "
        "already put its 1/N into da.",
        "weights-not-summed": "dw has one row for each example. There is one w for all of them: what they send back has to "
        "come together in it.",
        "weights-first-example": "dw takes only the first example. All of them used w, so all of them have a say.",
        "weights-sums-apart": "dw adds up x and what comes back separately, and multiplies afterwards. Each example's "
        "error belongs to that example's features: which comes first, the product or the sum?",
        "bias-averaged": "db is averaged over the batch. b went to every example, so what they all send back adds up.",
        "bias-not-summed": "db has one entry for each example. There is one b for all of them, so there is one number.",
        "bias-counts-examples": "db is the number of examples: how far all weighted sums together move with b. The loss "
        "cares more about some of them than about others. Where does your backward say so?",
    },
    explanation=Explanation(
        why="""\
Two pieces one behind the other, so the chain rule goes through them in the opposite order. The sigmoid gives

    dz[n] = da[n] * a[n] * (1 - a[n])

and from here it is the weighted sum, example by example. x[n] is used once, w and b in every example:

    dx[n, d] = dz[n] * w[d]                   nothing to add up: np.outer(dz, w)
    dw[d]    = sum over n of x[n, d] * dz[n]  x.T @ dz
    db       = sum over n of dz[n]

dz is worked out once and used three times. That is the whole economy of backpropagation: a piece knows nothing of what comes
after it but the one array that it is handed.""",
        another="""\
def neuron_forward(x, w, b):
    # The bias is the weight of a feature that is always 1; sigmoid(z) is (1 + tanh(z / 2)) / 2.
    features = np.column_stack([x, np.ones(len(x))])
    t = np.tanh(features @ np.append(w, b) / 2)
    return (1 + t) / 2, (features, w, t)


def neuron_backward(da, cache):
    features, w, t = cache
    dz = da * (1 - t**2) / 4
    dweights = np.einsum("n,nd->d", dz, features)
    return np.einsum("n,d->nd", dz, w), dweights[:-1], dweights[-1]""",
        pytorch="torch.sigmoid(x @ w + b). Autograd keeps x and w for the product and a for the sigmoid, just what "
        "you need too; MvBackward0 gives dx by an outer product and dw by x.T @ dz. As modules it is "
        "torch.nn.Linear(D, 1) and torch.nn.Sigmoid; for training the sigmoid is mostly left to the loss, "
        "binary_cross_entropy_with_logits.",
    ),
)
