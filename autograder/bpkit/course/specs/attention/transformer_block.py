from bpkit.course.spec import Case, Exercise, Explanation, Normal
from bpkit.course.specs.recurrent._given import fixed


def reference(torch, x, params, heads, causal=True):
    """Put the block together from PyTorch's functions."""
    functional, width = torch.nn.functional, x.shape[-1]

    def split(z):
        return z.unflatten(-1, (heads, -1)).transpose(1, 2)

    a = functional.layer_norm(x, (width,), params["gamma1"], params["beta1"])
    q, k, v = (split(a @ params[name]) for name in ("Wq", "Wk", "Wv"))
    found = functional.scaled_dot_product_attention(q, k, v, is_causal=causal)
    x = x + found.transpose(1, 2).flatten(2) @ params["Wo"]
    m = functional.layer_norm(x, (width,), params["gamma2"], params["beta2"])
    hidden = functional.gelu(m @ params["W1"] + params["b1"], approximate="tanh")
    return x + hidden @ params["W2"] + params["b2"]


def params(seed, width, hidden, scale=0.6):
    """Return a block's parameters; the gammas lie around 1."""
    sizes = {
        "gamma1": (width,), "beta1": (width,),
        "Wq": (width, width), "Wk": (width, width), "Wv": (width, width), "Wo": (width, width),
        "gamma2": (width,), "beta2": (width,),
        "W1": (width, hidden), "b1": (hidden,), "W2": (hidden, width), "b2": (width,),
    }  # fmt: skip
    return {
        name: fixed(seed + place, *size, scale=scale, plus=1.0 if name.startswith("gamma") else 0.0)
        for place, (name, size) in enumerate(sizes.items())
    }


EXERCISE = Exercise(
    title="A transformer block",
    position=30,
    points=15,
    cases=(
        Case("two heads", x=fixed(1, 5, 7, 2 * 3, scale=1.5), params=params(10, 2 * 3, 11), heads=2),
        Case("one head, one sequence", x=(1, 3, 7), params=params(30, 7, 5), heads=1, causal=True),
        Case(
            "three heads, every position sees all",
            x=fixed(2, 3, 5, 3 * 2, scale=3.0, plus=1.0),
            params=params(50, 3 * 2, 7),
            heads=3,
            causal=False,
        ),
        Case("one position", x=(3, 1, 5), params=params(70, 5, 3), heads=5),
        # The variance of a position is no larger than eps here.
        Case(
            "positions whose numbers are nearly alike",
            x=Normal((5, 3, 7), mean=1.0, std=0.003),
            params=params(90, 7, 3),
            heads=1,
        ),
    ),
    gradients_of=("x", "params"),
    gradient_names=("dx", "grads"),
    reference=reference,
    needs=(
        "neuron/gelu",
        "layers/linear",
        "layers/softmax",
        "layers/layer_norm",
        "attention/scaled_dot_product",
        "attention/multi_head",
    ),
    hints=(
        "Draw the block with x at the bottom and y on top. Where does a line fork, and where do two lines meet? What does "
        "a fork on the way up become on the way down?",
        "At y = x1 + network(norm2(x1)): dx1 is dy plus what the network and norm2 send back, (N, T, D). At x1 = x + attention("
        "norm1(x)): dx is dx1 plus what attention and norm1 send back. norm, with x_hat the normalised numbers and d = dy * gamma: "
        "(d - mean(d) - x_hat * mean(d * x_hat)) / sqrt(variance + eps), means over D; gamma's and beta's gradients (D,) sum over n and t.",
        "Write one pair of functions for the norm, one for the attention, one for gelu. Backward, from the top: W2's and b2's "
        "gradients from gelu's output and dy; through gelu's slope; W1's and b1's; through norm 2; add dy: that is dx1. From dx1: "
        "Wo's gradient and the heads'; the attention's backward; Wq's, Wk's and Wv's gradients, and the three ways to the norm's output "
        "added up; through norm 1; add dx1: that is dx.",
    ),
    mistakes={
        "through-weights-transposed": "The gradient goes back through Wo in the same direction as the forward. It is square, so the shapes do not "
        "object: which index has to be summed over?",
        "norms-exchanged": "gamma1 and beta1 stand in the second norm, and gamma2 and beta2 in the first.",
        "shortcut-counted-twice": "dx contains dy once too often. x goes past the attention once, into x1; what comes back to x1 over the "
        "second shortcut is in its gradient already.",
        "output-gradient-from-norm": "Wo's gradient is made with the norm's output. What did Wo get to see in the forward?",
        "gradients-from-x-hat": "The weights after a norm get gradients that know the normalised numbers only. gamma and beta come in "
        "between: what did the weights get to see?",
        "one-norm-for-both": "The second norm uses gamma1 and beta1. Each norm has its own.",
        "beta-forgotten": "The norms do not add their betas.",
        "mask-ignored": "Positions see later ones. causal is True unless told.",
        "always-causal": "Positions never see later ones, whatever causal says. With causal=False they see all.",
        "causal-turned-round": "causal has the opposite effect: with True positions see later ones, and with False they do not.",
        "looks-ahead": "Positions see themselves and LATER ones. Which of t and s is the row?",
        "cannot-see-itself": "A position does not see itself. The first one is then left with nothing, and 0/0 is nan.",
        "sees-one-ahead": "A position still sees the next one. The mask is one diagonal too wide.",
        "masked-with-zero": "Scores that may not be seen are set to 0. exp(0) is 1: they still get a share. Which score gives no share at "
        "all?",
        "hidden-bias-forgotten": "b1 is left out.",
        "output-bias-forgotten": "b2 is left out.",
        "eps-forgotten": "The norms do not use eps. Where all numbers of a position are nearly alike, it makes a difference.",
        "eps-outside-root": "eps is added to the root of the variance. It belongs under the root, where it counts far more.",
        "eps-1e-6": "The norms' eps is 1e-6. Here, as in PyTorch, it is 1e-5.",
        "eps-too-small": "The norms' eps is too small: it is 1e-5.",
        "unbiased-variance": "The variance is divided by D - 1. Here, as in PyTorch's layer norm, it is divided by D.",
        "divided-by-variance": "The norms divide by the variance. Which operation brings a square back to the size of the "
        "numbers?",
        "first-norm-missing": "The attention looks at x itself. There is a norm before it.",
        "second-norm-missing": "The network looks at x1 itself. There is a norm before it.",
        "norm-for-queries-only": "Keys and values are made of x, and only the queries of what the norm gives. All three are made "
        "of the same.",
        "scaled-by-whole-width": "The scores are divided by the root of D. How many terms does one head's product add up?",
        "first-residual-missing": "x is not added to what the attention found. Without the shortcut the gradient has to squeeze "
        "through every block.",
        "residual-of-the-norm": "The shortcut starts behind the norm. x itself is added, as it came in.",
        "post-norm": "The norms stand behind the sums: so they did in the first transformers. Here each stands "
        "before its part, and nothing is normalised after a sum.",
        "first-norm-behind": "The first norm stands behind the first sum. It belongs before the attention, and the "
        "shortcut goes past it untouched.",
        "norm-afterwards": "There is a norm after the first sum: so stood the norms in the first transformers. Here the shortcut "
        "goes through untouched.",
        "cube-forgotten": "gelu lacks its term with the cube.",
        "exact-gelu": "This is gelu with the exact error function. It differs in the fourth digit; here it is the tanh form.",
        "sigmoid-gelu": "This is gelu's sigmoid form, z * sigmoid(1.702 z). It differs in the second digit; here it is the tanh form.",
        "relu-for-gelu": "The network has a relu where it should have a gelu.",
        "gelu-missing": "There is no gelu between W1 and W2. Without it, two linear layers are no more than one.",
        "second-residual-missing": "x1 is not added to what the network gives.",
        "second-residual-from-x": "The second shortcut starts at x, so that what the attention found gets lost beside the network. "
        "It starts at x1.",
        "averaged-over-batch": "The weights' gradients are divided by the batch size. The block does not average: a loss that "
        "takes a mean has already put its 1/N into dy.",
        "averaged-over-positions": "The parameters' gradients are averaged over batch and positions. All of them used the same "
        "parameters in full: what they send back adds up.",
        "gamma-averaged": "gamma's and beta's gradients are averaged over batch and positions. All of them used the same gamma in "
        "full.",
        "gamma-from-output": "gamma's gradient is made with what the norm gave out. What did gamma multiply?",
        "gamma-not-summed": "gamma's and beta's gradients still have the positions as an axis. There is one gamma for all of them.",
        "gamma-ignored": "What goes back through a norm does not know gamma. A number that was made larger matters more.",
        "mean-and-variance-held-fixed": "What goes back through a norm treats mean and variance as constants. Each number of a "
        "position has a hand in both.",
        "mean-held-fixed": "What goes back through a norm treats the mean as a constant. Raise all numbers of a position by the "
        "same amount: what happens to the output?",
        "variance-held-fixed": "What goes back through a norm treats the variance as a constant. Double the distance of all "
        "numbers from their mean: what happens to the output?",
        "norm-scale-forgotten": "What goes back through a norm lacks the division by the spread.",
        "biases-averaged": "The gradients of b1 and b2 are averaged. Every position of every sequence used the same bias.",
        "bias-past-gelu": "The gradient of b1 is added up behind gelu. b1 stands before it.",
        "cube-not-differentiated": "gelu's slope treats the inside of the tanh as if it had no cube.",
        "gelu-slope-forgotten": "The gradient passes gelu as if it were not there.",
        "gelu-gate-held-fixed": "gelu's slope treats 1 + tanh(...) as a constant. z is in there too: a product has two ways.",
        "relu-slope-for-gelu": "gelu gets the slope of relu. It is smooth, and even falls for some z below 0.",
        "second-shortcut-lost": "dy does not take the shortcut past the network. x1 is in y as it is, so dy is in its gradient as it "
        "is.",
        "network-way-lost": "x1 gets only what took the shortcut. What comes back through network and norm is missing.",
        "attention-past-the-network": "The attention gets dy, and not the gradient at x1. What it found went through the network, too.",
        "heads-by-reshape": "On the way back the heads are cut out by a reshape that puts them before the positions. Cut as in the "
        "forward: the last axis in two, then the axes into their places.",
        "scale-lost-on-the-way": "The division by the root of a head's width is missing on the way back.",
        "denominator-held-fixed": "The softmax's denominator is treated as a constant. It is a sum over the whole row.",
        "scores-not-transposed": "The keys' gradient takes the scores' gradient as it is. For the key of s, which index has to be "
        "summed over?",
        "values-only": "The norm before the attention gets only what came through the values. Queries and keys are made of the same.",
        "first-shortcut-lost": "The gradient at x1 does not take the shortcut past the attention. x is in x1 as it is.",
        "shortcut-past-everything": "dy itself is added at x, and not the gradient at x1. What took the shortcut past the attention "
        "still went through the network.",
        "attention-way-lost": "x gets only what took the shortcut. What comes back through attention and norm is missing.",
    },
    explanation=Explanation(
        why="Where a line forks on the way up, gradients add on the way down: dx1 = dy + norm2'(network'(dy)) and dx = dx1 + "
        "norm1'(attention'(dx1)). The first terms go from block to block unchanged, however deep the stack is: that is what "
        "residual connections are for. A norm sends back (d - mean(d) - x_hat * mean(d * x_hat)) / sqrt(variance + eps) with "
        "d = dy * gamma: the two means take away what could only shift or stretch a position, which the norm undoes anyway. gelu's slope is "
        "(1 + t) / 2 + z / 2 * (1 - t**2) * sqrt(2 / pi) * (1 + 3 * 0.044715 * z**2) with t its tanh.",
        another="""
# Every part returns its output and a function for its way back, which fills in `grads`.


def linear(x, params, weight, bias=None):
    def back(dy, grads):
        grads[weight] = np.tensordot(x, dy, ([0, 1], [0, 1]))
        if bias:
            grads[bias] = np.einsum("ntd->d", dy)
        return dy @ params[weight].T

    return x @ params[weight] + (params[bias] if bias else 0), back


def norm(x, params, gamma, beta):
    spread = np.sqrt(x.var(axis=-1, keepdims=True) + 1e-5)
    x_hat = (x - x.mean(axis=-1, keepdims=True)) / spread

    def back(dy, grads):
        grads[gamma], grads[beta] = np.einsum("ntd,ntd->d", dy, x_hat), np.einsum("ntd->d", dy)
        d = dy * params[gamma]
        along = np.einsum("ntd,ntd->nt", d, x_hat)[..., None] / x.shape[-1]
        return (d - d.mean(axis=-1, keepdims=True) - along * x_hat) / spread

    return x_hat * params[gamma] + params[beta], back


def gelu(z):
    u = np.sqrt(2 / np.pi) * z * (1 + 0.044715 * z * z)
    share = 1 / (1 + np.exp(-2 * u))  # (1 + tanh(u)) / 2
    slope = share + 2 * z * share * (1 - share) * np.sqrt(2 / np.pi) * (1 + 0.134145 * z * z)
    return z * share, lambda dy: dy * slope


def attend(q, k, v, causal):
    root = np.sqrt(q.shape[-1])
    scores = np.einsum("thd,shd->hts", q, k) / root
    scores += np.triu(np.full(scores.shape[1:], -np.inf), 1) if causal else 0
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)

    def back(dy):
        dshares = np.einsum("thd,shd->hts", dy, v)
        dscores = shares * (dshares - np.einsum("hts,hts->ht", shares, dshares)[..., None]) / root
        dq, dk = np.einsum("hts,shd->thd", dscores, k), np.einsum("hts,thd->shd", dscores, q)
        return dq, dk, np.einsum("hts,thd->shd", shares, dy)

    return np.einsum("hts,shd->thd", shares, v), back


def transformer_block_forward(x, params, heads, causal=True):
    wide = (*x.shape[:2], heads, x.shape[2] // heads)
    a, back_norm1 = norm(x, params, "gamma1", "beta1")
    made = [linear(a, params, name) for name in ("Wq", "Wk", "Wv")]
    each = [attend(*qkv, causal) for qkv in zip(*(z.reshape(wide) for z, _ in made))]
    found, back_output = linear(np.stack([y for y, _ in each]).reshape(x.shape), params, "Wo")
    x1 = x + found
    m, back_norm2 = norm(x1, params, "gamma2", "beta2")
    z, back_first = linear(m, params, "W1", "b1")
    hidden, back_gelu = gelu(z)
    change, back_second = linear(hidden, params, "W2", "b2")

    def back(dy):
        grads = {}
        dx1 = dy + back_norm2(back_first(back_gelu(back_second(dy, grads)), grads), grads)
        dfound = back_output(dx1, grads).reshape(wide)
        parts = zip(*(back_one(d) for (_, back_one), d in zip(each, dfound)))
        da = sum(back_one(np.stack(d).reshape(x.shape), grads) for (_, back_one), d in zip(made, parts))
        return dx1 + back_norm1(da, grads), grads

    return x1 + change, back


def transformer_block_backward(dy, cache):
    return cache(dy)
""",
        pytorch="torch.nn.TransformerEncoderLayer(D, heads, F, activation=..., norm_first=True, batch_first=True) is this block "
        "with biases in the attention, and with dropout, 0.1 unless told. norm_first=False, its default, puts the norms after the sums, "
        "as in the first transformers. For long sequences people keep x alone and compute the block again on the way back "
        "(torch.utils.checkpoint).",
    ),
)
