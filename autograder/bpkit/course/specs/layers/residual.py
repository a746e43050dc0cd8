from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal


def reference(torch, x, W1, b1, W2, b2):
    """Write the block down and leave the gradients to autograd."""
    return x + torch.relu(x @ W1 + b1) @ W2 + b2


ANOTHER = """
def residual_forward(x, W1, b1, W2, b2):
    z = np.einsum("nd,dh->nh", x, W1) + b1
    gate = (z > 0).astype(float)
    y = x + np.einsum("nh,hd->nd", gate * z, W2) + b2
    return y, {"x": x, "z": z, "gate": gate, "W1": W1, "W2": W2}


def residual_backward(dy, cache):
    x, gate = cache["x"], cache["gate"]
    dz = np.einsum("nd,hd,nh->nh", dy, cache["W2"], gate)
    dW2 = np.einsum("nh,nd->hd", gate * cache["z"], dy)
    dW1 = np.einsum("nd,nh->dh", x, dz)
    branch = np.einsum("nh,dh->nd", dz, cache["W1"])
    return dy + branch, dW1, np.einsum("nh->h", dz), dW2, np.einsum("nd->d", dy)
"""

EXERCISE = Exercise(
    title="Residual block",
    position=50,
    points=6,
    cases=(
        Case("a batch", x=(5, 3), W1=(3, 7), b1=(7,), W2=(7, 3), b2=(3,)),
        Case(
            "few hidden units",
            x=Normal((11, 7), std=10.0),
            W1=(7, 3),
            b1=Normal((3,), std=10.0),
            W2=(3, 7),
            b2=(7,),
        ),
        Case("one example", x=(1, 5), W1=(5, 11), b1=(11,), W2=(11, 5), b2=(5,)),
        Case(
            "a block that has nothing to say yet",
            x=(7, 3),
            W1=(3, 5),
            b1=(5,),
            W2=Normal((5, 3), std=0.0),
            b2=Normal((3,), std=0.0),
        ),
        Case(
            "hidden sums of exactly 0",
            finite_differences=False,
            x=Given(
                ((0.0, 0.0, 0.0), (1.0, -0.5, 0.25), (0.0, 0.0, 0.0), (-2.0, 0.5, 1.5), (0.5, 3.0, -1.0))
            ),
            W1=(3, 7),
            b1=Given((0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1e-9)),
            W2=(7, 3),
            b2=(3,),
        ),
    ),
    gradients_of=("x", "W1", "b1", "W2", "b2"),
    reference=reference,
    needs=("neuron/relu", "layers/linear"),
    hints=(
        "How many ways lead from x to y? And from W1? Along which of them does a gradient come back unchanged?",
        "y = x + r with r = h W2 + b2, h = relu(z), z = x W1 + b1. Both x and r get dy as it is. The branch is two linear "
        "layers: dW2 (H, D) from h and dy, then (N, H) back through W2 and the slope of relu, 1 where z > 0 and 0 "
        "elsewhere; with that, dW1 (D, H), db1 (H,) and the branch's share of dx (N, D).",
        "Forward: first sums, relu, second sums, plus x. Keep x, the hidden values after relu, and both weights. Backward: "
        "dW2 and db2 as in a linear layer that took in the hidden values; dy back through the second weights, set to 0 "
        "where the relu was closed; dW1 and db1 as in a linear layer that took in x; this back through the first weights, "
        "and to that add dy once more, for the way past the layers.",
    ),
    mistakes={
        "skip-twice": "dx has what comes back past the layers twice. x goes there once.",
        "input-past-the-relu": "dx comes back past the relu. On its way to the first layer the gradient goes through it.",
        "first-weights-past-the-relu": "dW1 comes back past the relu. On its way to the first layer the gradient goes through it.",
        "first-bias-past-the-relu": "db1 comes back past the relu. On its way to the first layer the gradient goes through it.",
        "first-bias-forgotten": "The forward leaves b1 out. Both layers have a bias.",
        "second-bias-forgotten": "The forward leaves b2 out. Both layers have a bias.",
        "no-relu": "There is no relu between the two layers. Without it they are no more than one.",
        "block-normalised": "The hidden values are scaled by the root of their number. That is a way to choose weights before "
        "training, and no part of the block.",
        "x-not-added": "y is what the two layers give. x itself is to go past them and to be added.",
        "relu-after-sum": "A relu follows the sum, as in the first residual networks. In this block there is none: what goes "
        "past the layers is not bent.",
        "relu-after-second-layer": "The second layer has a relu as well. Then the block could only ever add, and never take "
        "anything away.",
        "halved": "x and what is added to it are averaged. Then a block without anything to say would halve x.",
        "multiplied": "x is multiplied by what the layers give. That is a gate; a residual block adds.",
        "x-subtracted": "x is taken away. It is the layers' part that may have either sign.",
        "hidden-before-relu": "dW2 uses the sums from before the relu. What did the second layer "
        "really get to see?",
        "mask-always-true": "The gradient passes the relu as if it were not there. Where a hidden sum was below 0, a small change "
        "of it changes nothing; a test with >= on the values after relu is always true.",
        "slope-one-at-zero": "Where a hidden sum is exactly 0 the gradient is let through. By convention the slope of relu there "
        "is 0.",
        "second-weights-averaged": "dW2 is divided by the batch size. A layer does not average: a loss that takes a mean has "
        "already put its 1/N into dy.",
        "second-bias-averaged": "db2 is averaged over the batch. Every row used b2, so what the rows send back adds up.",
        "second-bias-not-summed": "db2 has one row for each example. There is one b2 for all of them: what they send back has to "
        "come together in it.",
        "second-bias-of-the-branch": "db2 goes through the slope of a relu. There is none after the second layer.",
        "mask-of-the-gradient": "relu was applied to the gradient. What decides is whether the hidden sum was above 0 in the "
        "forward; the gradient itself may have any sign.",
        "value-for-slope": "The gradient is multiplied by the value of relu. On the way back its slope counts: how steep is relu "
        "above 0?",
        "second-weights-skipped": "The gradient passes the second layer as if all its weights were 1. How much a hidden unit "
        "matters depends on the weights with which it is read.",
        "mask-reversed": "The gradient gets through where relu was closed, and stops where it was open.",
        "first-weights-averaged": "dW1 is divided by the batch size. A layer does not average: a loss that takes a mean has "
        "already put its 1/N into dy.",
        "first-weights-with-skip": "dW1 counts the gradient once more, past the relu. Only x goes past the layers; W1 reaches y in one "
        "way.",
        "first-bias-averaged": "db1 is averaged over the batch. Every row used b1, so what the rows send back adds up.",
        "first-bias-not-summed": "db1 has one row for each example. There is one b1 for all of them: what they send back has to "
        "come together in it.",
        "skip-forgotten": "dx has only what comes back through the layers. x also reaches y directly: that way is what the block "
        "is famous for.",
        "branch-forgotten": "dx has only what comes back past the layers. x also went into the first of them.",
        "ways-multiplied": "What comes back along the two ways is multiplied. Factors multiply along one way; ways that part and "
        "meet again do something else.",
        "ways-averaged": "What comes back along the two ways is averaged. Where ways part and meet again, what they send back "
        "adds up.",
        "one-for-the-skip": "The direct way sends back 1 whatever dy is. 1 is the slope of y = x + ...; the chain rule has "
        "one factor more.",
        "skip-through-relu": "On the direct way the gradient meets a relu. In the forward x went past the layers unchanged.",
        "first-weights-reshaped": "W1 was brought into the fitting shape by reshape. That keeps the numbers in reading order; rows "
        "and columns have to trade roles instead.",
        "minus-for-plus": "One of the two ways has the wrong sign in dx.",
    },
    explanation=Explanation(
        why="x reaches y along two ways, and what comes back along several ways adds up: dx = dy + (what the branch sends back). The "
        "first term has no factor at all. In a stack of L such blocks the gradient at the bottom is dy times a product of "
        "terms (1 + branch), and however small the branches' slopes are, the 1 brings dy down undiminished, where plain layers "
        "would have multiplied L small numbers. W1, b1, W2 and b2 reach y through the branch alone, so their gradients are those of "
        "an ordinary two-layer network. At W2 = 0 the block is the identity: dW1 and db1 are exactly 0 then, but dW2 is not, and "
        "training starts from there.",
        another=ANOTHER,
        pytorch="There is no module for it: one writes `return x + self.net(x)`, and autograd adds up what comes back along the two ways "
        "because x was used twice. Batch or layer norm usually stands in the branch as well, and where the number of features "
        "changes, x goes through a linear layer or a 1 x 1 convolution of its own.",
    ),
)
