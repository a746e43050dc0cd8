from bpkit.course.spec import Case, Exercise, Explanation, Normal
from bpkit.course.specs.recurrent._given import GATES, fixed


def reference(torch, x, h, c, Wx, Wh, b):
    """Run an nn.LSTMCell with these weights; it has two biases, one of which is 0 here."""
    cell = torch.nn.LSTMCell(x.shape[1], h.shape[1], device="meta")
    state = {
        "weight_ih": Wx.T, "weight_hh": Wh.T, "bias_ih": b, "bias_hh": torch.zeros_like(b),
    }  # fmt: skip
    return torch.func.functional_call(cell, state, (x, (h, c)))


EXERCISE = Exercise(
    title="One step of an LSTM",
    position=30,
    points=12,
    returns=("h_next", "c_next"),
    cases=(
        Case(
            "a batch",
            x=(7, 3),
            h=(7, 5),
            c=(7, 5),
            Wx=fixed(1, 3, 4 * 5),
            Wh=fixed(2, 5, 4 * 5),
            b=fixed(3, 4 * 5),
        ),
        Case(
            "one example",
            x=(1, 5),
            h=(1, 3),
            c=(1, 3),
            Wx=fixed(4, 5, 4 * 3),
            Wh=fixed(5, 3, 4 * 3),
            b=fixed(6, 4 * 3),
        ),
        Case(
            "the first step, from states of zeros",
            x=(3, 5),
            h=Normal((3, 7), std=0.0),
            c=Normal((3, 7), std=0.0),
            Wx=fixed(7, 5, 4 * 7),
            Wh=fixed(8, 7, 4 * 7),
            b=fixed(9, 4 * 7),
        ),
        Case(
            "one unit with a full memory",
            x=(11, 3),
            h=(11, 1),
            c=Normal((11, 1), std=3.0),
            Wx=fixed(10, 3, 4),
            Wh=fixed(11, 1, 4),
            b=fixed(12, 4),
        ),
    ),
    gradients_of=("x", "h", "c", "Wx", "Wh", "b"),
    reference=reference,
    blocks=dict.fromkeys(("dWx", "dWh", "db"), GATES),
    needs=("neuron/sigmoid", "neuron/tanh"),
    hints=(
        "Draw the step as a graph. Which two arrows lead to c_next on the way back, and which of i, f, g, o, c does "
        "each of them reach after that?",
        "All but the weights is entry by entry, (N, H). h_next = o * tanh(c_next): its derivative is tanh(c_next) by o, and "
        "o * (1 - tanh(c_next)**2) by c_next. c_next = f * c + i * g: it is c by f, f by c, g by i and i by g. sigmoid has "
        "the slope s * (1 - s), tanh 1 - t**2, from their values. z (N, 4H) is a linear layer of x and of h.",
        "First the whole gradient at c_next: what comes from above, plus dh_next through o and the tanh. From it: dc times "
        "the forget gate; di, df, dg, each the other factor of its product. do comes from dh_next. Take each through its own "
        "slope, put the four side by side as i, f, g, o, and go on as in a linear layer with the inputs x and h.",
    ),
    mistakes={
        "bias-forgotten": "The forward leaves b out. Each gate adds its bias before it is squashed.",
        "state-ignored": "h is not used. The gates look at the new input and at what was shown last.",
        "order-ifog": "The blocks are read as i, f, o, g. They stand in the order i, f, g, o, as PyTorch has them.",
        "order-ifog-forward": "The forward reads the blocks as i, f, o, g. They stand in the order i, f, g, o.",
        "order-figo": "The blocks are read as f, i, g, o. They stand in the order i, f, g, o: the input gate first.",
        "gates-interleaved": "Every fourth column is taken for one gate. A gate's columns stand together, as a block of H.",
        "gates-not-squashed": "The gates i, f and o have not been through the sigmoid. A gate lies between shut, 0, and "
        "open, 1.",
        "forget-bias": "1 is added to the forget gate. That is a good value for its bias to start from, but then it stands "
        "in b, and not in the formula.",
        "sigmoid-for-candidate": "g is a sigmoid. It is no gate but what may be written, and it may be negative.",
        "sigmoid-for-candidate-forward": "g is a sigmoid. It is no gate but what may be written, and it may be negative.",
        "old-memory-kept-whole": "The forget gate is not used: the old memory is always kept whole.",
        "forget-for-keep": "The forget gate is used the wrong way round. In spite of its name, 1 means: keep everything.",
        "memory-overwritten": "The old memory is lost at every step. What is new is added to what the forget gate keeps.",
        "input-gate-unused": "The input gate is not used: g is always written whole.",
        "coupled-gates": "1 - f is used for the input gate. Some variants couple the two; here i is a gate of its own.",
        "shown-without-tanh": "h_next shows the memory without its tanh. The memory may grow beyond 1, what is shown may not.",
        "shown-without-tanh-forward": "h_next shows the memory without its tanh. The memory may grow beyond 1, what is "
        "shown may not.",
        "old-memory-shown": "h_next shows the memory from before this step. What this step has written is to be seen at once.",
        "output-gate-unused": "The output gate is not used: everything is shown.",
        "outputs-swapped": "The two states have changed places. out is (h_next, c_next), and dout goes with it.",
        "outputs-swapped-forward": "The forward returns the memory first. out is (h_next, c_next).",
        "dout-swapped": "The backward takes dout for (dc_next, dh_next). It has the order of the forward's out.",
        "way-through-output-lost": "What arrives at h_next does not reach the memory. h_next is made of c_next: that is a "
        "second way into it.",
        "memory-gradient-ignored": "dc_next is not used. The memory goes on to the next step by itself, and what comes back "
        "from there counts too.",
        "output-gate-forgotten": "The way from h_next to the memory does not know the output gate. A memory that is not "
        "shown cannot be to blame.",
        "tanh-forgotten": "The way from h_next to the memory leaves out the tanh. Where the memory is large, what does a "
        "small change of it still do to h_next?",
        "tanh-at-old-memory": "The slope of the tanh is taken at c. Which memory went through it?",
        "tanh-twice": "The slope is taken at the tanh of the tanh. 1 - t**2 wants t, the value.",
        "through-gate-and-memory": "dc_next goes through the output gate and the tanh as well. It arrives at c_next "
        "itself; only what comes from h_next goes through these two.",
        "gate-slopes-forgotten": "The gradients of i, f, g and o are taken for those of the sums before them. sigmoid and "
        "tanh have slopes.",
        "input-by-itself": "The input gate's gradient is multiplied by i. In the product i * g, which of the two says how "
        "much a change of i matters?",
        "tanh-slope-for-gates": "The three gates get the slope of tanh. They are sigmoids: their slope from the value s is "
        "another.",
        "forget-by-new-memory": "The forget gate's gradient is made with the new memory. What did f multiply?",
        "candidate-by-itself": "The candidate's gradient is multiplied by g. In the product i * g, which of the two says how "
        "much a change of g matters?",
        "sigmoid-slope-for-candidate": "g gets the slope of a sigmoid. It is a tanh: its slope from the value t is another.",
        "output-by-memory": "The output gate's gradient is made with c_next. What did o multiply?",
        "output-gets-memory-gradient": "The output gate's gradient starts from the memory's. o stands behind the memory: "
        "it acts on h_next alone.",
        "put-together-figo": "On the way back the four blocks are put together as f, i, g, o. They belong where the forward took them from: i, f, g, o.",
        "put-together-ifog": "On the way back the four blocks are put together as i, f, o, g. They belong where the forward "
        "took them from: i, f, g, o.",
        "weights-reshaped": "Wx and Wh are brought into the fitting shape by reshape. That keeps the numbers in reading "
        "order; rows and columns have to trade roles instead.",
        "output-slope-halfway": "The output gate lacks a factor in its slope. The slope of a sigmoid is a product "
        "of two numbers.",
        "forget-slope-halfway": "The forget gate lacks a factor in its slope. The slope of a sigmoid is a product "
        "of two numbers.",
        "input-slope-halfway": "The input gate lacks a factor in its slope. The slope of a sigmoid is a product of "
        "two numbers.",
        "shown-gradient-as-it-is": "dh_next is added to the memory's gradient as it is. Between c_next and h_next "
        "stand a tanh and a gate.",
        "output-by-old-memory": "The output gate gets its gradient by the old memory. What did o multiply?",
        "state-passed-on": "dh_next is added to dh. h does not go on to h_next by itself: it acts through the gates alone.",
        "forget-gate-forgotten": "dc does not go through the forget gate. How much of c is in c_next?",
        "memory-from-above-only": "dc comes from dc_next alone. What arrives at h_next goes back into the memory as well, "
        "and on to c.",
        "averaged": "The parameters' gradients are divided by the batch size. The step does not average: a loss that takes a "
        "mean has already put its 1/N into what comes from above.",
        "new-state-for-old": "dWh is made with h_next. What did Wh get to see: what was shown before the step, or after it?",
        "bias-averaged": "db is averaged over the batch. b is added to every row, so what every row sends back adds up.",
        "bias-not-summed": "db has one row for each example. There is one b for all of them.",
        "states-returned-swapped": "dh and dc come back in each other's place. The order is that of the arguments: x, h, c.",
    },
    explanation=Explanation(
        why="c_next leaves by two doors, so its gradient is a sum: dC = dc_next + dh_next * o * (1 - tanh(c_next)**2). "
        "c_next = f * c + i * g sends it on: dc = dC * f, and to the gates dC * g, dC * c, dC * i, each the other factor. o gets "
        "dh_next * tanh(c_next). Sigmoid's slope s * (1 - s) and tanh's 1 - t**2 bring them to z, and the rest is a linear layer "
        "with the inputs x and h. The straight way from c_next to c is the one factor f, entry by entry, without any weights and "
        "without a tanh: with f near 1 a gradient survives hundreds of steps.",
        another="""
def lstm_step_forward(x, h, c, Wx, Wh, b):
    size = h.shape[1]
    both, weights = np.hstack([x, h]), np.vstack([Wx, Wh])
    gates = np.reshape(both @ weights + b, (len(x), 4, size))
    gates = np.where([[[False], [False], [True], [False]]], np.tanh(gates), 0.5 + 0.5 * np.tanh(gates / 2))
    i, f, g, o = np.moveaxis(gates, 1, 0)
    c_next = f * c + i * g
    return (o * np.tanh(c_next), c_next), (both, weights, c, gates, np.tanh(c_next))


def lstm_step_backward(dout, cache):
    both, weights, c, gates, shown = cache
    i, f, g, o = np.moveaxis(gates, 1, 0)
    memory = dout[1] + dout[0] * o * (1 - shown**2)
    slopes = gates * (1 - gates)
    slopes[:, 2] = 1 - g**2
    factors = np.stack([memory * g, memory * c, memory * i, dout[0] * shown], axis=1)
    dz = (factors * slopes).reshape(len(c), -1)
    features = len(weights) - c.shape[1]
    dx, dh = np.split(dz @ weights.T, [features], axis=1)
    dWx, dWh = np.split(both.T @ dz, [features])
    return dx, dh, memory * f, dWx, dWh, dz.sum(axis=0)
""",
        pytorch="torch.nn.LSTMCell, with the gates in the same order i, f, g, o (Keras has i, f, g, o too; some papers and "
        "libraries have i, f, o, g). Its weights are transposed, (4H, D) and (4H, H), and it has two biases that are only added "
        "up. On a GPU one fused kernel does everything behind the two matrix products, and keeps the four gates and both memories "
        "for the backward.",
    ),
)
