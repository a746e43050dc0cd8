from bpkit.course.spec import Case, Exercise, Explanation, Given, Integers, Normal

EXERCISE = Exercise(
    title="A two-layer network",
    position=40,
    points=9,
    returns=("loss",),
    cases=(
        Case("a batch", x=(11, 5), target=Integers((11,), below=3), W1=(5, 7), b1=(7,), W2=(7, 3), b2=(3,)),
        Case(
            "one example",
            x=(1, 3),
            target=Integers((1,), below=5),
            W1=(3, 7),
            b1=Normal((7,), mean=1.0),
            W2=(7, 5),
            b2=(5,),
        ),
        Case(
            "hidden sums of exactly 0",
            finite_differences=False,
            x=Given(
                ((0.0, 0.0, 0.0), (1.0, -0.5, 0.25), (0.0, 0.0, 0.0), (-2.0, 0.5, 1.5), (0.5, 3.0, -1.0))
            ),
            target=Given((1, 0, 4, 10, 7)),
            W1=(3, 7),
            b1=Given((*(0.0,) * 6, 1e-9)),
            W2=(7, 11),
            b2=(11,),
        ),
        Case(
            "logits of 1000 and -1000",
            finite_differences=False,
            x=(5, 7),
            target=Given((0, 1, 1, 0, 1)),
            W1=(7, 11),
            b1=(11,),
            W2=(11, 3),
            b2=Given((1000.0, 1000.0, -1000.0)),
        ),
        # Where x is positive, all logits of the row are large; where it is negative, all are very negative.
        Case(
            "a row near 1000 and a row near -1000",
            finite_differences=False,
            x=Given(((1.0,), (-1.0,), (0.5,), (-0.75,), (1.0,), (-1.0,), (0.25,))),
            target=Given((0, 1, 2, 0, 1, 2, 0)),
            W1=Given(((1.0, -1.0, 0.5, -0.5, 1.5),)),
            b1=Given((0.1,) * 5),
            W2=Given(
                (
                    (1000.0, 1001.0, -1000.0),
                    (-1000.0, -999.5, -1001.0),
                    (0.5, -1.0, 1.5),
                    (-0.5, 1.0, 0.25),
                    (1.0, 0.5, -0.5),
                )
            ),
            b2=(3,),
        ),
    ),
    gradients_of=("W1", "b1", "W2", "b2"),
    reference=lambda torch, x, target, W1, b1, W2, b2: torch.nn.functional.cross_entropy(
        torch.relu(x @ W1 + b1) @ W2 + b2, target
    ),
    needs=("neuron/relu", "layers/linear", "layers/softmax", "layers/log_softmax", "losses/cross_entropy"),
    hints=(
        "Write down each quantity between the parameters and the loss, in order. What does the loss depend on "
        "directly, and what does W1 have to pass through before it gets there?",
        "Softmax and cross entropy together have a short derivative with respect to the logits (N, C): for each example "
        "the probabilities, less 1 at the right class, over N. A linear layer sends back one product with its input "
        "(N, H), which is its dW, and one with its weights (H, C), which is the gradient of its input. The slope of "
        "relu is 1 where z1 is above 0 and 0 elsewhere.",
        "dlogits: the probabilities, 1 taken away at each target, divided by N, times dloss. Output layer: dW2 from the "
        "hidden values and dlogits, db2 by adding up rows, dh from dlogits and W2. Through relu: keep dh only where z1 "
        "was above 0. Hidden layer: as the output layer, with x for the hidden values.",
    ),
    mistakes={
        "biases-forgotten": "The forward leaves b1 and b2 out. Each layer adds its bias.",
        "hidden-bias-forgotten": "The forward leaves b1 out. The hidden layer has a bias, as the output layer has.",
        "output-bias-forgotten": "The forward leaves b2 out. The output layer has a bias, as the hidden layer has.",
        "no-relu": "There is no relu between the two layers. Without it, two linear layers are no more than one.",
        "relu-on-logits": "The logits go through relu. A score may be negative: relu stands after the hidden layer only.",
        "overflow": "Ordinary logits come out right, but exp(1000) is infinite and the loss turns to nan. What may be "
        "added to all logits of a row without changing its probabilities?",
        "overflow-in-the-sum": "exp(1000) is infinite, and so is the logarithm of a sum in which it stands. What may be added "
        "to all logits of a row without changing its probabilities?",
        "one-maximum-for-all": "One number is taken off all rows. In a row that lies far below it every exponential is rounded "
        "to 0, and the logarithm is infinite; each row has a largest logit of its own.",
        "one-maximum-in-softmax": "One number is taken off all rows. A row that lies far below it turns into zeros only, and 0/0 "
        "is nan; each row has a largest logit of its own. After that, simplify the logarithm: a probability may be rounded to 0.",
        "log-of-zero": "The loss is infinite where the right class is far behind the others: an exponential was rounded "
        "to 0, or grew to infinity, before its logarithm was taken. Simplify the logarithm before you compute it.",
        "log-held-at-1e-12": "About 1e-12 is added to p before its logarithm is taken, so the loss of an example never exceeds 28. The true "
        "number can be computed: simplify the logarithm before you compute it.",
        "loss-summed": "The loss is the sum over the batch. It should be the mean, so that a larger batch does not mean a "
        "larger loss.",
        "loss-summed-forward": "The loss is the sum over the batch. It should be the mean, so that a larger batch does "
        "not mean a larger loss.",
        "loss-negative": "The loss has the wrong sign. log(p) is below 0, and a good prediction should have a small loss "
        "that is above 0.",
        "loss-sign": "The loss has the wrong sign. log(p) is below 0, and a good prediction should have a small loss "
        "that is above 0.",
        "target-not-used": "The gradient at the logits does not know which class was right: it is the same for every "
        "target, and would press all scores down.",
        "softmax-twice": "The slope of softmax was multiplied in twice. The difference of probability and target "
        "contains it already.",
        "batch-size-forgotten": "All gradients are N times too large. The loss is a mean over the batch: what does "
        "that do to each example's say in it?",
        "divided-by-classes-too": "All gradients are too small by the number of classes. The loss is a mean over "
        "examples, and each example has one right class.",
        "dloss-ignored": "The gradients are right only where dloss is 1. The loss may be scaled, or be one term of many; "
        "dloss says so.",
        "target-minus-probability": "All gradients have the wrong sign. Should the loss grow or shrink when the score of "
        "a wrong class grows?",
        "hidden-before-relu": "dW2 uses the hidden sums from before relu. What did W2 really get to see in the forward?",
        "weights-averaged-again": "dW1 and dW2 are divided by N once more. The mean in the loss has already put its 1/N "
        "into what comes back.",
        "biases-averaged": "The gradients of the biases are averaged over the batch. Every row used the same bias, and "
        "the 1/N of the loss is in what comes back already.",
        "biases-not-summed": "The gradients of the biases have one row for each example. There is one bias vector for all "
        "of them: what they send back has to come together in it.",
        "weights-ignored": "The gradient reaches the hidden layer as if every entry of W2 were 1. How much a hidden unit "
        "matters depends on the weights with which the next layer reads it.",
        "weights-reshaped": "W2 was brought into the fitting shape by reshape. That keeps the numbers in reading order, "
        "so a hidden unit gets weights that belong to others; rows and columns have to trade roles instead.",
        "weights-after-a-step": "The hidden gradient uses W2 after an update. The loss was computed with the old W2, so "
        "the way back goes through the old W2; all updates come afterwards.",
        "mask-missing": "The gradient passes relu as if it were not there. Where a hidden sum was at 0 or below, a small "
        "change of it changes nothing; a test with >= on the values after relu is always true.",
        "mask-of-the-gradient": "relu was applied to the gradient. What decides is whether the hidden sum was above 0 "
        "in the forward; the gradient itself may have any sign.",
        "mask-reversed": "The gradient gets through where relu was closed, and stops where it was open.",
        "value-for-slope": "The gradient is multiplied by the value of relu. On the way back it is the slope that "
        "counts: how steep is relu above 0?",
        "slope-at-zero": "At a hidden sum of exactly 0 the gradient is let through. By convention, here as in "
        "PyTorch, the slope of relu there is 0.",
        "last-layer-first": "The output layer's gradients come first, in the order in which they were worked out. "
        "Return dW1, db1, dW2, db2.",
    },
    explanation=Explanation(
        why="Softmax and cross entropy together send back dlogits = dloss * (p - onehot) / N. The output layer gives "
        "dW2 = h^T dlogits, db2 = the rows of dlogits added up, and dh = dlogits W2^T. relu lets through what "
        "was open: dz1 = dh * (z1 > 0). The hidden layer gives dW1 = x^T dz1 and db1 = the rows of dz1 added up. "
        "dW1 contains W2, since a hidden unit matters as much as the next layer listens to it; and 1 / N stands "
        "in all of them, since it came in once, at the loss.",
        another="""
def two_layer_net_forward(x, target, W1, b1, W2, b2):
    # A bias is a weight of an input that is always 1.
    ones = np.ones((len(x), 1), x.dtype)
    inputs, first, second = np.hstack([x, ones]), np.vstack([W1, b1]), np.vstack([W2, b2])
    hidden = np.hstack([np.clip(inputs @ first, 0, None), ones])
    logits = hidden @ second
    log_p = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    hit = np.eye(logits.shape[1])[target]
    return -np.einsum("nc,nc->", log_p, hit) / len(x), (inputs, hidden, second, np.exp(log_p) - hit)


def two_layer_net_backward(dloss, cache):
    inputs, hidden, second, difference = cache
    d = dloss * difference / len(inputs)
    dsecond = hidden.T @ d
    dhidden = np.where(hidden[:, :-1] > 0, d @ second[:-1].T, 0)
    dfirst = inputs.T @ dhidden
    return dfirst[:-1], dfirst[-1], dsecond[:-1], dsecond[-1]
""",
        pytorch="nn.Sequential(nn.Linear(D, H), nn.ReLU(), nn.Linear(H, C)) with nn.CrossEntropyLoss. nn.Linear keeps "
        "its weights as (out, in), yours transposed. PyTorch keeps x, h and the log-probabilities; relu keeps "
        "its output, from which it tells where it was open.",
    ),
)
