from bpkit.course.spec import Case, Exercise, Explanation, Normal, Seed
from bpkit.course.specs.regularization._draws import HARNESS
from bpkit.course.specs.regularization._mask import PROPERTIES

EXERCISE = Exercise(
    title="Dropout",
    position=30,
    points=6,
    cases=(
        Case("training", x=(11, 7), p=0.3, rng=Seed(5), compare=False),
        Case("evaluation", x=Normal((5, 3), std=10.0), p=0.3, rng=Seed(6), training=False),
        Case("nothing dropped", x=Normal((13, 11), std=10.0), p=0.0, rng=Seed(7), training=True),
        Case("everything dropped", x=(1, 7, 5), p=1.0, rng=Seed(8), training=True),
    ),
    gradients_of=("x",),
    reference=lambda torch, x, p, _rng, training=True: torch.nn.functional.dropout(x, p, training),
    properties=PROPERTIES,
    harness=HARNESS,
    hints=(
        "By which number does the forward multiply one element of x when it is kept, and by which when it is dropped?",
        "For one forward those numbers are fixed: an array of the shape of x. Each y depends on its own x alone, so the "
        "local derivative is that array, and dx (the shape of x) comes from dy entry by entry.",
        "Forward in training: draw one uniform number per element from rng; an element is kept where its number is p or "
        "more. The multiplier is 1 / (1 - p) where kept, 0 elsewhere, and all 0 if p is 1. At evaluation it is 1. "
        "Multiply x by it, put it into the cache. Backward: what the forward did to x, done to dy.",
    ),
    mistakes={
        "dropped-at-evaluation": "Elements are dropped with training=False as well. At evaluation the whole network works "
        "and y is x.",
        "rng-at-evaluation": "rng is used with training=False as well. Nothing is drawn then, and rng may be None.",
        "flag-inverted": "Elements are dropped at evaluation and kept in training. It should be the other way round.",
        "p-keeps": "p is taken as the probability to keep, as in some papers. Here, as in PyTorch, p is the probability "
        "to drop, and the scale follows from that too.",
        "mask-inverted": "What should be dropped is kept, and what should be kept is dropped. Which side of p has the "
        "probability p?",
        "normal-numbers": "The share that is dropped is that of normal numbers below or above p. A number that is below p "
        "with probability p is drawn evenly from 0 to 1.",
        "coin-flip": "Half of the elements are dropped, whatever p is.",
        "exact-count": "The same number of elements is dropped every time. Each element is dropped by itself with "
        "probability p, so their number varies by chance.",
        "one-draw": "One draw decides for the whole array: it is kept or dropped at once. Each element needs a draw of "
        "its own.",
        "one-mask-for-all-rows": "All rows have the same mask, so that the same neurons are missing for every example of "
        "the batch. Each element needs a draw of its own.",
        "one-mask-for-all-columns": "Whole rows are dropped or kept. Each element needs a draw of its own.",
        "own-generator": "The mask does not come from rng, so nobody can repeat the run. Draw from the generator that is "
        "passed in.",
        "fixed-seed": "The mask is the same whichever rng is passed in: each step of the training would drop the same "
        "neurons. Draw from the generator that is passed in.",
        "rng-copied": "rng itself is not drawn from, only a copy of it, or another generator that starts where rng stands: every layer would drop the same neurons.",
        "not-scaled": "The kept elements stay as they are, so that y is smaller than x on average. By what do they have "
        "to grow to make up for the dropped ones?",
        "scaled-at-evaluation": "The kept elements stay as they are in training, and y shrinks at evaluation: dropout as "
        "first published. Inverted dropout does its scaling in training, and leaves x alone at evaluation.",
        "scaled-up-at-evaluation": "y is scaled up with training=False as well. Nothing is dropped then, so there is "
        "nothing to make up for.",
        "scaled-by-p": "The kept elements are divided by p, the probability to drop. Which share of them is left?",
        "scaled-down": "The kept elements are made smaller, when so many are missing already. They have to make up for "
        "the dropped ones.",
        "scaled-by-share": "The kept elements are divided by the share that happened to be kept this time. The scale "
        "depends on p alone, so that each element is right on average.",
        "nan-at-one": "With p = 1, 0 is divided by 0 or multiplied by infinity. Everything is dropped then, and y is 0.",
        "new-mask": "The backward draws a mask of its own. The elements that were dropped in the forward are the ones "
        "that get no gradient.",
        "mask-from-output": "The backward works out from y what was kept. Where x is 0, as after a relu, y is 0 in either case "
        "and does not tell: remember the mask itself.",
        "output-for-mask": "dx is dy times y. How does y change when x does? That does not depend on how large x is.",
        "mask-forgotten": "dx is scaled and not masked. An element that was dropped had no influence on the loss.",
        "scale-forgotten": "dx is masked and not scaled. What does y gain when a kept x grows by a little?",
        "dy-passed-on": "dx is dy as it came. Both things that the forward did to x, dropping and scaling, have a part in "
        "the derivative.",
        "scale-twice": "The scale is in dx twice. If the mask in the cache holds it already, it needs no second one.",
        "scale-undone": "dx is divided by the scale that the forward multiplied by. A gradient is multiplied by the local "
        "derivative.",
        "dropped-gets-gradient": "The gradient goes to the elements that were dropped, and the kept ones get none. It "
        "should be the other way round.",
        "dy-ignored": "dx is the multiplier itself, without dy. The chain rule multiplies by what comes from above.",
    },
    explanation=Explanation(
        why="For one forward the mask is fixed: y = x * m with m = 1 / (1 - p) where an element was kept and 0 where "
        "it was dropped. So dx = dy * m: the same multiplier, entry by entry. What was dropped had no say in the "
        "loss and gets no gradient. On average m is (1 - p) * 1 / (1 - p) = 1, so y is x on average, and at "
        "evaluation m is 1 everywhere. A new mask in the backward would be the gradient of another network.",
        another="""
def dropout_forward(x, p, rng, training=True):
    mask = np.ones_like(x)
    if training:
        mask = rng.binomial(1, 1 - p, size=x.shape) / max(1 - p, 1e-300)
    y = np.einsum("...,...->...", x, mask)
    return y, mask


def dropout_backward(dy, cache):
    return np.einsum("...,...->...", dy, cache)
""",
        pytorch="torch.nn.functional.dropout, or nn.Dropout, which model.eval() switches off. It draws from PyTorch's "
        "global generator and keeps the mask (as booleans) for the backward; the GPU's fused attention keeps "
        "only the seed and draws the same mask again.",
    ),
)
