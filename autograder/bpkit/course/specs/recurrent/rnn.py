from bpkit.course.spec import Case, Exercise, Explanation, Normal
from bpkit.course.specs.recurrent._given import fixed


def reference(torch, x, h0, Wx, Wh, b):
    """Run what nn.RNN runs, with these weights; it has two biases, one of which is 0 here."""
    weights = [Wx.T, Wh.T, b, torch.zeros_like(b)]
    return torch.rnn_tanh(x, h0[None], weights, True, 1, 0.0, False, False, True)[0]


EXERCISE = Exercise(
    title="Backpropagation through time",
    position=20,
    points=9,
    returns=("hs",),
    cases=(
        Case(
            "five steps",
            x=(3, 5, 7),
            h0=Normal((3, 11), std=0.5),
            Wx=Normal((7, 11), std=0.3),
            Wh=fixed(1, 11, 11, scale=0.5),
            b=Normal((11,), std=0.5),
        ),
        Case(
            "a sequence of its own",
            x=(1, 13, 3),
            h0=Normal((1, 5), std=0.5),
            Wx=Normal((3, 5), std=0.5),
            Wh=fixed(2, 5, 5, scale=0.7),
            b=Normal((5,), std=0.5),
        ),
        Case(
            "one step",
            x=(5, 1, 3),
            h0=(5, 7),
            Wx=Normal((3, 7), std=0.5),
            Wh=fixed(3, 7, 7, scale=0.5),
            b=(7,),
        ),
        Case(
            "from a state of zeros",
            x=(5, 3, 11),
            h0=Normal((5, 7), std=0.0),
            Wx=Normal((11, 7), std=0.3),
            Wh=fixed(4, 7, 7, scale=0.5),
            b=(7,),
        ),
    ),
    gradients_of=("x", "h0", "Wx", "Wh", "b"),
    reference=reference,
    needs=("neuron/tanh", "recurrent/rnn_step"),
    hints=(
        "Take the state after the second of three steps. Through which two doors does it leave, and what does each send "
        "back? And Wh was used three times: what happens to the three gradients?",
        "At step t the state gets dhs[:, t] from above and, from step t + 1, that step's gradient of its old state, both "
        "(N, H); at the last step only the first. Their sum goes through one step's backward, which gives dx[:, t] (N, D), the "
        "state's gradient (N, H) for step t - 1, and one contribution each to dWx (D, H), dWh (H, H) and db (H,).",
        "Start with zeros for the parameters' gradients and for what comes back through time. Go through the steps from the "
        "last to the first. At each: add what comes from above and what comes through time; multiply by the slope of tanh at "
        "this step's state; note dx for this step; ADD to dWx, with this step's input, to dWh, with the state before it, and "
        "to db; send the rest through Wh turned round to the step before. What comes out of the first step is dh0.",
    ),
    mistakes={
        "first-state-ignored": "h0 is not used: the sequence begins with zeros, whatever was given. The first step starts "
        "from h0, and h0 gets a gradient.",
        "first-state-ignored-forward": "The sequence begins with zeros, whatever h0 is. The first step starts from h0.",
        "bias-forgotten": "The forward leaves b out. Every step adds it before the tanh.",
        "always-from-first-state": "Every step starts from h0, so that nothing is remembered. Each starts from the state "
        "that the step before it left.",
        "state-weights-transposed": "Wh is used transposed. It is square, so both products fit; row j belongs to old unit j.",
        "no-tanh": "There is no tanh. What keeps a state from growing without end when it goes through Wh a hundred times?",
        "states-pile-up": "The new state is added to the old one. Here it replaces the old one, which has had its say "
        "through Wh.",
        "one-step-late": "hs holds the states BEFORE the steps: h0 is in it, and the last one is missing.",
        "time-first": "hs is (T, N, H): the steps come first. It should be (N, T, H), as x has it.",
        "reshaped-for-stacked": "hs has the right shape, but its numbers stand in the order of (T, N, H), brought into "
        "shape by reshape: sequences and steps are mixed. Where should the new axis be put?",
        "forwards-in-time": "The backward goes through the steps from the first to the last. What a step has to know from "
        "the step after it is not there yet.",
        "new-state-for-old": "dWh is made with the state after each step. What did Wh get to see in step t?",
        "around-the-end": "At the first step the state before it is taken from the END of the sequence: index -1 is the "
        "last. What was there before step 0?",
        "first-step-left-out": "dWh does not contain the first step. Wh was used there too, on h0.",
        "first-state-every-time": "dWh is made with h0 at every step. Each step saw the state that the one before it left.",
        "way-through-time-lost": "Each step gets only what comes from above, and nothing from the step after it. A state "
        "also acts through all the states that come later.",
        "last-step-only": "Only the last step gets its gradient from above. hs holds all states, and each may go into the "
        "loss: dhs says how.",
        "slope-forgotten": "The gradient passes the tanh as if it were not there. Which factor does each step put in?",
        "past-the-tanh": "What comes back through time is added behind the tanh. Both gradients arrive at the state, and "
        "the state is what came out of the tanh.",
        "slope-at-old-state": "The slope of tanh is worked out from the state before the step. Which state came out of this "
        "step's tanh?",
        "tanh-twice": "The slope is taken at the tanh of the state. The state is a tanh already.",
        "inputs-turned-round": "dx runs backwards in time: its last step stands first. The order in which you find the "
        "gradients is not the order in which they belong.",
        "way-back-transposed": "On the way back through time Wh is used in the same direction as in the forward. It is square, "
        "so the shapes do not object: which of its indices belongs to the later state?",
        "slope-missing-through-time": "The tanh's slope is in the gradients of the inputs and the weights, and it is missing in what goes back to "
        "the step before.",
        "loss-past-the-tanh": "What comes from dhs goes past the tanh, and only what comes from later steps through "
        "it. Both arrive at the same h, behind the tanh.",
        "carried-twice": "What came back from later steps is handed on twice: by itself, and inside what goes through "
        "Wh. There is no way from state to state around Wh.",
        "weights-forgotten": "What goes back through time does not pass Wh. The state reached the next step through it.",
        "input-weights-overwritten": "dWx is that of the first step alone: each turn of the loop has overwritten what the turns before it found.",
        "state-weights-overwritten": "dWh is that of the first step alone: each turn of the loop has overwritten what the turns before it found.",
        "weights-overwritten": "dWx, dWh and db are those of the first step alone: each turn of the loop has overwritten "
        "what the turns before it found. The same weights served every step.",
        "bias-overwritten": "db is that of the first step alone: each turn of the loop has overwritten what the turns before "
        "it found.",
        "averaged-over-steps": "The parameters' gradients are divided by the number of steps. Every step used them in full: "
        "what the steps send back adds up.",
        "averaged-over-batch": "The parameters' gradients are divided by the batch size. The layer does not average: a "
        "loss that takes a mean has already put its 1/N into dhs.",
        "state-gradient-transposed": "dWh is transposed. It is square, so the shape does not show it: row j belongs to old "
        "unit j, column k to new unit k.",
        "first-state-before-weights": "dh0 stops at the sum inside the first step's tanh. Between that sum and h0 there is "
        "still Wh.",
        "first-state-from-above": "dh0 contains the gradient from above of the first step. That belongs to the state AFTER "
        "the first step; h0 itself is not in hs.",
        "first-state-without-gradient": "dh0 is 0. h0 acts on everything that comes after it.",
    },
    explanation=Explanation(
        why="Unrolled, the layer is a network of T layers with the same parameters. The state h[t] leaves by two doors, to "
        "the loss and to step t + 1, so its gradient is a sum: dh[t] = dhs[t] + dz[t+1] Wh^T, with "
        "dz[t] = dh[t] * (1 - h[t]**2). A parameter that is used T times gets T contributions: dWx = sum over t of "
        "x[t]^T dz[t], dWh = sum of h[t-1]^T dz[t], db = sum of dz[t]. From step t to step s before it, the gradient goes through "
        "t - s factors diag(1 - h**2) Wh^T: if they make vectors shorter, early inputs get next to no gradient.",
        another="""
def rnn_forward(x, h0, Wx, Wh, b):
    driven = np.moveaxis(x @ Wx + b, 1, 0)  # all inputs' shares at once, (T, N, H)
    states = np.empty((len(driven) + 1, *h0.shape), driven.dtype)
    states[0] = h0
    for t, drive in enumerate(driven):
        states[t + 1] = np.tanh(drive + states[t] @ Wh)
    return np.moveaxis(states[1:], 0, 1).copy(), (x, Wx, Wh, states)


def rnn_backward(dhs, cache):
    x, Wx, Wh, states = cache
    dz = np.moveaxis(dhs, 1, 0) * 1.0  # a copy, filled with what belongs there from the end on
    coming = np.zeros_like(states[0])
    for t in range(len(dz) - 1, -1, -1):
        dz[t] = (dz[t] + coming) * (1 - states[t + 1] ** 2)
        coming = dz[t] @ Wh.T
    # The sums over steps and batch are one product each, after the loop.
    dx = np.einsum("tnh,dh->ntd", dz, Wx)
    dWx = np.einsum("ntd,tnh->dh", x, dz)
    dWh = np.einsum("tnj,tnk->jk", states[:-1], dz)
    return dx, coming, dWx, dWh, dz.sum(axis=(0, 1))
""",
        pytorch="torch.nn.RNN with batch_first=True; without it, x is (T, N, D). It works out x Wx for all steps in one "
        "product before the loop, and on a GPU cuDNN runs the whole sequence in fused kernels. It keeps every state for the "
        "backward: memory grows with T, which is why long sequences are cut (truncated backpropagation: h.detach()).",
    ),
)
