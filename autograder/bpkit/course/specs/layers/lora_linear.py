from bpkit.course.spec import Case, Exercise, Explanation, Normal


def reference(_torch, x, W, A, B, scale):
    """Write the layer down and leave the gradients to autograd."""
    return x @ W + scale * ((x @ A) @ B)


ANOTHER = """
def lora_linear_forward(x, W, A, B, scale):
    # Merged, as one would do before using the model: one matrix, and a linear layer with it.
    merged = W + scale * np.einsum("dr,rm->dm", A, B)
    return np.einsum("nd,dm->nm", x, merged), (x, merged, A, B, scale)


def lora_linear_backward(dy, cache):
    x, merged, A, B, scale = cache
    dmerged = np.einsum("nd,nm->dm", x, dy)
    dA = scale * np.einsum("dm,rm->dr", dmerged, B)
    dB = scale * np.einsum("dr,dm->rm", A, dmerged)
    return np.einsum("nm,dm->nd", dy, merged), dA, dB
"""

EXERCISE = Exercise(
    title="Linear layer with a low-rank adapter",
    position=100,
    points=6,
    cases=(
        Case("a batch", x=(5, 7), W=(7, 11), A=(7, 3), B=(3, 11), scale=2.0),
        Case("a small scale", x=Normal((7, 11), std=10.0), W=(11, 5), A=(11, 3), B=(3, 5), scale=0.25),
        Case(
            "B still zero, as at the start",
            x=(3, 5),
            W=(5, 7),
            A=(5, 3),
            B=Normal((3, 7), std=0.0),
            scale=0.5,
        ),
        Case("rank 1", x=(7, 3), W=(3, 5), A=(3, 1), B=(1, 5), scale=-0.75),
        Case("one example, scale 0", x=(1, 7), W=(7, 5), A=(7, 3), B=(3, 5), scale=0.0),
    ),
    gradients_of=("x", "A", "B"),
    reference=reference,
    needs=("layers/linear",),
    hints=(
        "Along how many ways does x reach y? W is frozen: does that change what it does on the way back?",
        "Let low = x A, (N, r). Then y = x W + scale * (low B). low gets scale * (dy through B), (N, r). dB (r, M) is made of low "
        "and dy, dA (D, r) of x and what low got, and dx (N, D) adds up two ways: one through W, one through A.",
        "Forward: x times A, that times B, times scale, plus x times W. Keep x, the product of x and A, the matrices and scale. "
        "Backward: dy times B turned over, times scale; call it dlow. dx: dy times W turned over, plus dlow times A turned over. dA: x "
        "turned over, times dlow. dB: the kept product turned over, times dy, times scale.",
    ),
    mistakes={
        "adapter-forgotten": "The forward is the frozen layer alone. The adapter's part is to be added.",
        "adapter-alone": "The forward is the adapter alone. The frozen weights still do their work.",
        "scale-forgotten": "The forward leaves scale out.",
        "scale-on-everything": "scale multiplies the frozen part, too. It says how much the adapter counts.",
        "divided-by-rank": "The adapter is divided by its rank. The paper writes scale as alpha / r; here scale is that whole fraction "
        "already.",
        "scale-twice": "scale is in the forward twice.",
        "relu-between": "There is a relu between A and B. The adapter is linear, so that in the end it can be added to W.",
        "adapter-subtracted": "The adapter is subtracted. It is added.",
        "adapter-after-weights": "The adapter multiplies what the frozen layer gives. It is added.",
        "scale-kept-in-low": "dB has scale in it twice. If what the cache keeps holds it already, it needs no second one.",
        "frozen-way-forgotten": "dx has only what comes back through the adapter. Frozen means that W gets no gradient; the layers before still "
        "get theirs through it.",
        "adapter-way-forgotten": "dx has only what comes back through W. x went into the adapter as well.",
        "scale-forgotten-in-dx": "dx takes the adapter's way without scale. What was a small part of y gets a small part of the blame.",
        "scale-on-both-ways": "dx has scale on the frozen way, too. In the forward it stands at the adapter alone.",
        "weights-ignored": "dx goes back through W as if every weight were 1. Frozen weights are still weights.",
        "weights-reshaped": "dx uses W brought into the fitting shape by reshape. That keeps the numbers in reading order; rows and columns "
        "have to trade roles instead.",
        "ways-subtracted": "dx subtracts what comes back along one of the two ways. They are added in the forward.",
        "scale-twice-in-dx": "The adapter's way has scale in it twice.",
        "scale-forgotten-in-a": "dA lacks scale. Twice the scale makes A matter twice as much.",
        "a-without-b": "dA passes B as if it were all ones. What A makes is read by B, with B's weights.",
        "a-averaged": "dA is divided by the batch size. A layer does not average: a loss that takes a mean has already put its 1/N "
        "into dy.",
        "a-transposed": "dA is transposed. It has the shape of A, (D, r).",
        "a-without-x": "dA takes each x to be 1. A weight that was multiplied by a large input moves y a lot.",
        "a-frozen": "dA is zero. W is what is frozen; A and B are what is trained.",
        "a-with-low": "dA uses x A, turned back up by A, where it needs x. What did A multiply in the forward?",
        "a-scale-twice": "dA has scale in it twice.",
        "scale-forgotten-in-b": "dB lacks scale. Twice the scale makes B matter twice as much.",
        "b-averaged": "dB is divided by the batch size. A layer does not average: a loss that takes a mean has already put its 1/N "
        "into dy.",
        "b-transposed": "dB is transposed. It has the shape of B, (r, M).",
        "b-without-a": "dB takes all that comes into B to be 1. What did B multiply in the forward?",
        "b-from-x": "dB uses x, cut to the fitting size. B never saw x; what did it multiply in the forward?",
        "b-scale-divided": "dB is divided by scale. A gradient is multiplied by the local slope, as on the way in.",
        "b-summed-too-early": "dB multiplies sums over the batch. In the forward each example's row meets B by itself, so its own row belongs with "
        "its own dy; what the examples say is added up after that.",
        "swapped": "dA and dB come back in the wrong order. The order is that of the inputs: x, A, B.",
    },
    explanation=Explanation(
        why="x reaches y along two ways, so dx = dy W^T + scale * (dy B^T) A^T: W is frozen, but the gradient still flows through it to the layers "
        "below. The adapter is two linear layers in a row: with low = x A, dB = scale * low^T dy and dA = x^T (scale * dy B^T). At the start "
        "B = 0, so dA = 0 and only B learns; in the next step B is no longer 0 and A learns too. Were A and B both zero, both gradients would be "
        "zero for ever. If dW were worked out it would be x^T dy, and dA = scale * dW B^T, dB = scale * A^T dW: the adapter sees of dW what fits "
        "through its r columns.",
        another=ANOTHER,
        pytorch="PyTorch has no such module; libraries such as PEFT wrap an nn.Linear whose weight has requires_grad=False, so that autograd keeps and "
        "computes nothing for dW, and add two nn.Linear without bias. scale is alpha / r there, and dropout may stand before A. For use after "
        "training scale * A B is added into W once.",
    ),
)
