from bpkit.course.spec import Case, Exercise, Explanation, Normal
from bpkit.course.specs.recurrent._given import GATES, fixed


def reference(torch, x, h0, c0, Wx, Wh, b):
    """Run what nn.LSTM runs, with these weights; it has two biases, one of which is 0 here."""
    weights = [Wx.T, Wh.T, b, torch.zeros_like(b)]
    return torch.lstm(x, (h0[None], c0[None]), weights, True, 1, 0.0, False, False, True)[0]


EXERCISE = Exercise(
    title="An LSTM over a sequence",
    position=40,
    points=12,
    returns=("hs",),
    cases=(
        Case(
            "five steps",
            x=(3, 5, 11),
            h0=(3, 7),
            c0=(3, 7),
            Wx=fixed(1, 11, 4 * 7, scale=0.7),
            Wh=fixed(2, 7, 4 * 7),
            b=fixed(3, 4 * 7),
        ),
        Case(
            "a sequence of its own",
            x=(1, 37, 3),
            h0=(1, 5),
            c0=(1, 5),
            Wx=fixed(4, 3, 4 * 5),
            Wh=fixed(5, 5, 4 * 5),
            b=fixed(6, 4 * 5),
        ),
        Case(
            "one step",
            x=(5, 1, 7),
            h0=(5, 3),
            c0=(5, 3),
            Wx=fixed(7, 7, 4 * 3),
            Wh=fixed(8, 3, 4 * 3),
            b=fixed(9, 4 * 3),
        ),
        Case(
            "from states of zeros",
            x=(7, 3, 5),
            h0=Normal((7, 3), std=0.0),
            c0=Normal((7, 3), std=0.0),
            Wx=fixed(10, 5, 4 * 3),
            Wh=fixed(11, 3, 4 * 3),
            b=fixed(12, 4 * 3),
        ),
    ),
    gradients_of=("x", "h0", "c0", "Wx", "Wh", "b"),
    reference=reference,
    blocks=dict.fromkeys(("dWx", "dWh", "db"), GATES),
    needs=("neuron/sigmoid", "neuron/tanh", "recurrent/lstm_step"),
    hints=(
        "Which arrows leave h and which leave c between two steps, to the loss and to the next step? How many gradients "
        "does one step hand back to the step before it?",
        "At step t, dh (N, H) is dhs[:, t] plus what step t + 1 sends back to h; dc (N, H) is what step t + 1 sends back "
        "to c, plus dh * o * (1 - tanh(c)**2). One step's backward turns the two into dz (N, 4H). That gives dx[:, t] (N, D) and "
        "the old h's gradient (N, H) through the weights, and contributions to dWx, dWh and db; the old c's gradient is dc * f.",
        "Keep, for each step of the forward, the two states before it and its four gates. Backward: zeros for dh, dc and the "
        "parameters' gradients; from the last step to the first: add dhs to dh; add dh's share to dc; each gate's gradient "
        "times its slope; put them side by side as i, f, g, o; note dx; add to dWx (this input), dWh (the h before the step) and "
        "db; then dh becomes dz through Wh turned round, and dc becomes dc times f. What is left after the first step is dh0 and dc0.",
    ),
    mistakes={
        "memory-from-zero": "c0 is not used: the memory begins empty, whatever was given. It starts from c0, and c0 gets a "
        "gradient.",
        "memory-from-zero-forward": "The memory begins empty, whatever c0 is. It starts from c0.",
        "shown-from-zero": "h0 is not used: the first step reads zeros. It reads h0, and h0 gets a gradient.",
        "first-states-swapped": "h0 and c0 are taken for each other. The order of the arguments is h0, c0.",
        "bias-forgotten": "The forward leaves b out. Each gate adds its bias at every step.",
        "order-ifog": "The blocks are read as i, f, o, g. They stand in the order i, f, g, o, as PyTorch has them.",
        "order-ifog-forward": "The forward reads the blocks as i, f, o, g. They stand in the order i, f, g, o.",
        "always-from-first-state": "The gates of every step read h0. They read what the step before has shown.",
        "memory-for-shown": "The gates read the memory c. What goes through Wh is h.",
        "sigmoid-for-candidate": "g is a sigmoid. It is no gate but what may be written, and it may be negative.",
        "memory-not-carried": "Every step starts from c0, so that nothing is remembered. Each starts from the memory that "
        "the step before it left.",
        "old-memory-kept-whole": "The forget gate is not used: the old memory is always kept whole.",
        "shown-without-tanh": "h shows the memory without its tanh. The memory may grow beyond 1, what is shown may not.",
        "shown-without-tanh-forward": "h shows the memory without its tanh. The memory may grow beyond 1, what is shown "
        "may not.",
        "memories-returned": "hs holds the memories. It should hold what is shown.",
        "time-first": "hs is (T, N, H): the steps come first. It should be (N, T, H), as x has it.",
        "states-by-reshape": "hs has the right shape, but the steps were put one behind the other and cut anew by "
        "reshape. That keeps the numbers in reading order: steps and sequences have to trade places.",
        "one-step-late": "hs holds what was shown BEFORE each step: h0 is in it, and the last state is missing.",
        "forwards-in-time": "The backward goes through the steps from the first to the last. What a step has to know from "
        "the step after it is not there yet.",
        "shown-way-lost": "h gets only what comes from above, and nothing from the next step, whose gates have read it.",
        "last-step-only": "Only the last step gets its gradient from above. hs holds all steps, and each may go into the "
        "loss: dhs says how.",
        "both-ways-lost": "Nothing goes back from step to step: every step is treated as if it were alone. Two states tie it "
        "to the step after it.",
        "loss-at-the-memory": "dhs is added to the memory's gradient, too. The loss looks at what is shown; the "
        "memory hears of it only through h.",
        "memory-way-lost": "The memory gets only what comes by way of h, and nothing from the next step, which went on from "
        "it. This is the way that an LSTM was built for.",
        "way-through-output-lost": "The memory gets, by way of h, only what comes from above. h also gets a gradient from the "
        "next step, and that goes on into the memory too.",
        "tanh-forgotten": "The way from h to the memory leaves out the tanh. Where the memory is large, what does a small "
        "change of it still do to h?",
        "output-gate-forgotten": "The way from h to the memory does not know the output gate. A memory that is not shown "
        "cannot be to blame.",
        "tanh-at-old-memory": "The slope of the tanh is taken at the memory from before the step. Which memory went through "
        "it?",
        "gate-slopes-forgotten": "The gradients of i, f, g and o are taken for those of the sums before them. sigmoid and "
        "tanh have slopes.",
        "forget-by-new-memory": "The forget gate's gradient is made with the new memory. What did f multiply?",
        "output-gate-from-above-only": "The output gate gets only what comes from above. h also gets a gradient from the next "
        "step, and o has made h.",
        "put-together-figo": "On the way back the four blocks are put together as f, i, g, o. They belong where the forward took them from: i, f, g, o.",
        "put-together-ifog": "On the way back the four blocks are put together as i, f, o, g. They belong where the forward "
        "took them from: i, f, g, o.",
        "inputs-turned-round": "dx runs backwards in time: its last step stands first. The order in which you find the "
        "gradients is not the order in which they belong.",
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
        "new-state-for-old": "dWh is made with what is shown after each step. What did Wh get to see in step t?",
        "first-step-left-out": "dWh does not contain the first step. Wh was used there too, on h0.",
        "state-passed-on": "h's gradient is handed to the step before as it is, beside what goes through Wh. h acts on the "
        "next step through the gates alone.",
        "forget-gate-forgotten": "On its way back the memory's gradient does not go through the forget gate. How much of the "
        "old memory is in the new one?",
        "memory-without-gradient": "dc0 is 0. c0 is where the memory starts from; it acts on everything after it.",
        "first-gradients-swapped": "dh0 and dc0 come back in each other's place. The order is that of the arguments: x, h0, c0.",
    },
    explanation=Explanation(
        why="Two gradients travel back. dh[t] = dhs[t] + dz[t+1] Wh^T comes from the loss and through the next step's gates; "
        "dc[t] = dc[t+1] * f[t+1] + dh[t] * o[t] * (1 - tanh(c[t])**2) comes from the next memory and from what is shown. The "
        "first term of dc is the point of it all: over many steps it is a product of forget gates, entry by entry, with no "
        "weights and no tanh in it, and the network learns these gates. The parameters served T times and get T contributions: "
        "dWx = sum over t of x[t]^T dz[t], dWh = sum of h[t-1]^T dz[t], db = sum of dz[t].",
        another='''
class Step:
    """One step that remembers what its way back needs."""

    def __init__(self, drive, h, c, Wh):
        self.h, self.c, self.Wh = h, c, Wh
        gates = drive + h @ Wh
        size = h.shape[1]
        squashed = 1 / (1 + np.exp(-gates))
        self.i, self.f, self.o = squashed[:, :size], squashed[:, size : 2 * size], squashed[:, 3 * size :]
        self.g = np.tanh(gates[:, 2 * size : 3 * size])
        self.c_next = self.f * c + self.i * self.g
        self.shown = np.tanh(self.c_next)
        self.h_next = self.o * self.shown

    def back(self, dh, dc):
        dc = dc + dh * self.o * (1 - self.shown**2)
        di, df, dg, do = dc * self.g, dc * self.c, dc * self.i, dh * self.shown
        slopes = [gate * (1 - gate) for gate in (self.i, self.f, self.o)]
        dz = np.hstack([di * slopes[0], df * slopes[1], dg * (1 - self.g**2), do * slopes[2]])
        return dz, dz @ self.Wh.T, dc * self.f


def lstm_forward(x, h0, c0, Wx, Wh, b):
    driven, steps = x @ Wx + b, []
    h, c = h0, c0
    for t in range(x.shape[1]):
        steps.append(Step(driven[:, t], h, c, Wh))
        h, c = steps[-1].h_next, steps[-1].c_next
    return np.stack([step.h_next for step in steps], axis=1), (x, Wx, steps)


def lstm_backward(dhs, cache):
    x, Wx, steps = cache
    dz, (dh, dc) = [], np.zeros((2, *dhs[:, 0].shape), dhs.dtype)
    for t, step in reversed(list(enumerate(steps))):
        here, dh, dc = step.back(dhs[:, t] + dh, dc)
        dz.insert(0, here)
    dz = np.stack(dz, axis=1)
    before = np.stack([step.h for step in steps], axis=1)
    # The sums over batch and steps are one product each, after the loop.
    return dz @ Wx.T, dh, dc, np.tensordot(x, dz, 2 * [[0, 1]]), np.tensordot(before, dz, 2 * [[0, 1]]), dz.sum((0, 1))
''',
        pytorch="torch.nn.LSTM with batch_first=True, which also returns the last h and c. It works out x Wx for all steps "
        "in one product; on a GPU cuDNN fuses the rest, keeps gates and memories for the backward, and does the parameters' sums "
        "over time as one product each. Its biases start at random near 0; many people set the forget gate's block to 1.",
    ),
)
