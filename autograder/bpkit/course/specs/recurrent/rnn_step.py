from bpkit.course.spec import Case, Exercise, Explanation, Normal
from bpkit.course.specs.recurrent._given import fixed


def reference(torch, x, h, Wx, Wh, b):
    """Run an nn.RNNCell with these weights; it has two biases, one of which is 0 here."""
    cell = torch.nn.RNNCell(*Wx.shape, device="meta")
    state = {
        "weight_ih": Wx.T, "weight_hh": Wh.T, "bias_ih": b, "bias_hh": torch.zeros_like(b),
    }  # fmt: skip
    return torch.func.functional_call(cell, state, (x, h))


EXERCISE = Exercise(
    title="One recurrent step",
    position=10,
    points=6,
    returns=("h_next",),
    cases=(
        Case(
            "a batch",
            x=(5, 3),
            h=Normal((5, 7), std=0.5),
            Wx=Normal((3, 7), std=0.5),
            Wh=fixed(1, 7, 7, scale=0.6),
            b=Normal((7,), std=0.5),
        ),
        Case("one example", x=(1, 3), h=(1, 5), Wx=(3, 5), Wh=fixed(2, 5, 5), b=(5,)),
        Case(
            "the first step, from a state of zeros",
            x=(7, 5),
            h=Normal((7, 3), std=0.0),
            Wx=(5, 3),
            Wh=fixed(3, 3, 3),
            b=(3,),
        ),
        Case(
            "large inputs",
            x=Normal((3, 11), std=100.0),
            h=(3, 5),
            Wx=Normal((11, 5), std=0.003),
            Wh=fixed(4, 5, 5),
            b=(5,),
        ),
    ),
    gradients_of=("x", "h", "Wx", "Wh", "b"),
    reference=reference,
    needs=("neuron/tanh",),
    hints=(
        "Call what stands inside the tanh z. The step is a linear layer with two inputs, and a tanh after it: which "
        "of the two comes first on the way back?",
        "The slope of tanh at z is 1 - tanh(z)**2, entry by entry (N, H), and tanh(z) is h_next. Behind it, z depends "
        "on x through Wx and on h through Wh, each as in a linear layer: dx (N, D) and dh (N, H) sum over the units of z, "
        "the weights' gradients (D, H) and (H, H) and db (H,) over the batch.",
        "First make dz (N, H): dh_next times the slope at h_next. dx: dz times Wx turned round. dh: dz times Wh turned "
        "round. dWx: x turned round times dz. dWh: the OLD state turned round times dz. db: dz added up over the rows.",
    ),
    mistakes={
        "bias-forgotten": "The forward leaves b out. Every unit adds its bias before the tanh.",
        "state-ignored": "The step does not use h. Without the old state it is an ordinary layer, and remembers nothing.",
        "state-ignored-forward": "The forward does not use h. Without the old state it is an ordinary layer, and "
        "remembers nothing.",
        "no-tanh": "There is no tanh. What keeps a state from growing without end when it goes through Wh a hundred times?",
        "no-tanh-forward": "The forward returns the sum from before the tanh. The state is what comes after it.",
        "state-outside-tanh": "h Wh is added after the tanh. Input, old state and bias are added up first, and the tanh "
        "is taken of all of it.",
        "tanh-of-each": "The tanh is taken of each part by itself. There is one sum and one tanh; three tanhs added up "
        "may exceed 1.",
        "state-weights-transposed": "Wh is used transposed. It is square, so both products fit; row j belongs to old unit "
        "j, as row d of Wx belongs to feature d.",
        "sigmoid": "This is a sigmoid. The state of this layer lies between -1 and 1.",
        "slope-forgotten": "The gradient passes the tanh as if it were not there. Where the state is near 1 or -1, what "
        "does a small change of the sum still do?",
        "slope-at-old-state": "The slope of tanh is worked out from h, the state before the step. Which tanh does the "
        "gradient pass first?",
        "tanh-twice": "The slope is taken at tanh(h_next). h_next is a tanh already, and the slope can be told from it.",
        "slope-not-squared": "The slope of tanh is off: it should be 1 in the middle and fall to both sides alike. Yours "
        "is 2 at one end.",
        "slope-of-sigmoid": "This is how the slope of a sigmoid is worked out of its value. tanh has another slope: at 0 "
        "it is 1.",
        "dh-next-ignored": "The gradients do not use dh_next. The chain rule multiplies by what comes from above.",
        "weights-reshaped": "dx uses Wx brought into the fitting shape by reshape. That keeps the numbers in reading "
        "order; rows and columns have to trade roles instead.",
        "way-back-transposed": "dh goes through Wh in the same direction as the forward. Wh is square, so that the shapes "
        "do not object: which index of Wh belongs to the new units, and has to be summed over?",
        "passed-on-unchanged": "dh is dh_next. The old state went through Wh and the tanh to become the new one, and the "
        "gradient has to go back through both.",
        "as-if-residual": "dh_next is added to dh. That would be right if the new state were the old one plus something; "
        "here h reaches h_next through Wh only.",
        "weights-forgotten": "dh stops at the sum before the tanh. Between that sum and h there is still Wh.",
        "weights-averaged": "dWx and dWh are divided by the batch size. The step does not average: a loss that takes a "
        "mean has already put its 1/N into what comes from above.",
        "new-state-for-old": "dWh is made with h_next. What did Wh get to see in the forward: the state before the step, "
        "or the one after it?",
        "state-gradient-transposed": "dWh is transposed. It is square, so the shape does not show it: row j belongs to "
        "old unit j, column k to new unit k.",
        "bias-averaged": "db is averaged over the batch. b is added to every row, so what every row sends back adds up.",
        "bias-not-summed": "db has one row for each example. There is one bias for all of them: what they send back has "
        "to come together in it.",
        "bias-past-tanh": "db is added up from dh_next, past the tanh. b stands inside the tanh, with x and h.",
        "swapped": "What belongs to the input and what belongs to the state come back in each other's place. The order "
        "is that of the arguments: dx, dh, dWx, dWh, db.",
    },
    explanation=Explanation(
        why="Put x and h side by side, and Wx on top of Wh: the step is one linear layer with a tanh, h_next = tanh(z), "
        "z = [x h] [Wx; Wh] + b. The tanh has the slope 1 - tanh(z)**2 = 1 - h_next**2, so dz = dh_next * (1 - h_next**2) "
        "needs nothing but the output. From there everything is as in a linear layer: dx = dz Wx^T, dh = dz Wh^T, "
        "dWx = x^T dz, dWh = h^T dz, db = the rows of dz added up. Over many steps dh is multiplied by Wh^T and by slopes of at "
        "most 1 again and again: that is where gradients vanish or explode.",
        another="""
def rnn_step_forward(x, h, Wx, Wh, b):
    both, weights = np.concatenate([x, h], axis=1), np.concatenate([Wx, Wh])
    h_next = np.tanh(both @ weights + b)
    return h_next, (both, weights, h_next)


def rnn_step_backward(dh_next, cache):
    both, weights, h_next = cache
    features = weights.shape[0] - weights.shape[1]
    dz = dh_next * (1 - h_next) * (1 + h_next)
    dboth, dweights = np.einsum("nh,kh->nk", dz, weights), np.einsum("nk,nh->kh", both, dz)
    dx, dh = np.split(dboth, [features], axis=1)
    dWx, dWh = np.split(dweights, [features])
    return dx, dh, dWx, dWh, np.einsum("nh->h", dz)
""",
        pytorch="torch.nn.RNNCell does this. It keeps its weights transposed, weight_ih (H, D) and weight_hh (H, H), and has "
        "two biases, bias_ih and bias_hh, which are only ever added up (cuDNN wants it so). For the backward it keeps "
        "h_next, as you do, and not the sum before the tanh.",
    ),
)
