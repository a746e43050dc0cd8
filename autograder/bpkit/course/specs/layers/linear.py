from bpkit.course.spec import Case, Exercise, Explanation, Normal

EXERCISE = Exercise(
    title="Linear layer",
    position=10,
    points=6,
    cases=(
        Case("a batch", x=(5, 3), W=(3, 7), b=(7,)),
        Case("a wider batch", x=Normal((11, 7), std=10.0), W=Normal((7, 3), std=10.0), b=(3,)),
        Case("one example", x=(1, 3), W=(3, 5), b=(5,)),
    ),
    gradients_of=("x", "W", "b"),
    reference=lambda torch, x, W, b: torch.nn.functional.linear(x, W.T, b),
    hints=(
        "Which entries of y does one entry of b reach? And one entry of W?",
        "y[n, m] depends on x[n, d] through W[d, m], on W[d, m] through x[n, d], and on b[m] through 1. Sum over "
        "every index that the gradient does not have: dx (N, D) sums over m, dW (D, M) and db (M,) over n.",
        "dx: each row of dy times the weights, turned so that the shapes (N, M) and (M, D) fit. dW: the inputs, "
        "turned to (D, N), times dy. db: dy added up over its rows.",
    ),
    mistakes={
        "bias-forgotten": "The forward leaves b out. Every output has a bias of its own besides its weights.",
        "bias-subtracted": "The forward subtracts b. A bias is added.",
        "weights-ignored": "dx is what you would get if every weight were 1. A large weight let x have a large say in "
        "y: how does that show on the way back?",
        "weights-reshaped": "dx uses W brought into the fitting shape by reshape. That keeps the numbers in reading "
        "order, so they land at other places than rows and columns that trade roles.",
        "inputs-reshaped": "dW uses x brought into the fitting shape by reshape. That keeps the numbers in reading "
        "order, so they land at other places than rows and columns that trade roles.",
        "weights-averaged": "dW is divided by the batch size. The layer does not average: a loss that takes a mean has "
        "already put its 1/N into dy.",
        "dy-ignored": "dW does not use the values of dy, only its shape. The chain rule multiplies by what comes from "
        "above.",
        "x-ignored": "dW is the same in every row: each x is taken to be 1. A weight that was multiplied by a large "
        "input moves y a lot.",
        "weights-transposed": "dW is transposed. It has the shape of W: features in along the rows, features out along "
        "the columns.",
        "summed-too-early": "dW multiplies sums over the batch. In the forward each example's x meets the weights by "
        "itself, so its own x belongs with its own dy; what the examples say is added up after that.",
        "bias-averaged": "db is averaged over the batch. b is added to every row, so what every row sends back adds up.",
        "bias-not-summed": "db is dy itself, one row per example. There is only one b for all rows: what they send back "
        "has to come together in it.",
        "bias-first-row": "db takes only the first example. Every row of the batch used b, so every row has a say.",
        "bias-ones": "db is all ones: the derivative of y with respect to b, before the chain rule has multiplied it by "
        "what comes from above.",
        "bias-keepdims": "db has the right numbers in the shape (1, M). It needs the shape of b, (M,).",
        "bias-wrong-axis": "db has one number for each example. b has one for each output, so the other axis is the one "
        "to disappear.",
        "swapped": "dx and dW come back in the wrong order. The order is that of the inputs: x, W, b.",
    },
    explanation=Explanation(
        why="""\
y[n, m] is a sum, and three things are in it: x[n, d] times W[d, m] for every d, and b[m]. So if one entry moves a little,
these entries of y move, by so much:

    x[n, d]  moves y[n, m] for every m, by W[d, m]
    W[d, m]  moves y[n, m] for every n, by x[n, d]
    b[m]     moves y[n, m] for every n, by 1

Each entry of y tells by dy what it is worth to the loss, and what comes back along several ways adds up:

    dx[n, d] = sum over m of dy[n, m] * W[d, m]     dx = dy @ W.T
    dW[d, m] = sum over n of x[n, d] * dy[n, m]     dW = x.T @ dy
    db[m]    = sum over n of dy[n, m]               db = dy.sum(axis=0)

The index that is added up is the one that the gradient does not have. A bias is a weight whose input is always 1: put 1
for x in the line of dW, and it is the line of db.""",
        another="""\
def linear_forward(x, W, b):
    y = np.einsum("nd,dm->nm", x, W) + b
    return y, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    dx = np.einsum("nm,dm->nd", dy, W)
    dW = np.einsum("nd,nm->dm", x, dy)
    db = np.einsum("nm->m", dy)
    return dx, dW, db""",
        pytorch="torch.nn.functional.linear(x, weight, bias) keeps its weight the other way round, as (M, D), and computes "
        "x @ weight.T + bias. Its backward is the same two products and one sum. It computes only the gradients that "
        "somebody asks for: for the first layer of a network nobody needs dx, which saves a third of the work.",
    ),
)
