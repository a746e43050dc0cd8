from bpkit.course.spec import Case, Exercise, Explanation
from bpkit.course.specs.recurrent._given import fixed


def reference(torch, x, Wq, Wk, Wv, Wo, heads, causal=False):
    """Run the function behind nn.MultiheadAttention, which wants the positions first."""
    time_first = x.transpose(0, 1)
    mask = torch.nn.Transformer.generate_square_subsequent_mask(
        len(time_first), device=x.device, dtype=x.dtype
    )
    found, _ = torch.nn.functional.multi_head_attention_forward(
        time_first, time_first, time_first, x.shape[2], heads,
        torch.cat([Wq.T, Wk.T, Wv.T]), None, None, None, add_zero_attn=False, dropout_p=0.0,
        out_proj_weight=Wo.T, out_proj_bias=None, need_weights=False, attn_mask=mask if causal else None,
    )  # fmt: skip
    return found.transpose(0, 1)


def weights(seed, width, scale=0.6):
    """Return the four square arrays."""
    names = ("Wq", "Wk", "Wv", "Wo")
    return {name: fixed(seed + place, width, width, scale=scale) for place, name in enumerate(names)}


EXERCISE = Exercise(
    title="Multi-head attention",
    position=20,
    points=12,
    cases=(
        Case("two heads", x=fixed(1, 5, 7, 2 * 3, scale=1.5), **weights(10, 2 * 3), heads=2),
        Case("one head", x=(3, 5, 7), **weights(20, 7), heads=1),
        Case(
            "five heads of one column, one sequence, causal",
            x=(1, 3, 5),
            **weights(30, 5, scale=1.0),
            heads=5,
            causal=True,
        ),
        Case(
            "three heads, causal",
            x=fixed(2, 7, 5, 3 * 2, scale=1.5),
            **weights(40, 3 * 2),
            heads=3,
            causal=True,
        ),
        Case("one position", x=(7, 1, 3), **weights(50, 3, scale=1.0), heads=3),
        Case(
            "scores in the thousands",
            finite_differences=False,
            x=fixed(11, 3, 5, 7, scale=9.0),
            **weights(60, 7, scale=5.0),
            heads=7,
            causal=False,
        ),
        # The first position has one score to see, below -10000 in one head.
        Case(
            "scores in the thousands, some of them hidden",
            finite_differences=False,
            x=fixed(76, 5, 3, 7, scale=9.0),
            **weights(70, 7, scale=5.0),
            heads=7,
            causal=True,
        ),
    ),
    gradients_of=("x", "Wq", "Wk", "Wv", "Wo"),
    reference=reference,
    needs=("layers/softmax", "attention/scaled_dot_product"),
    hints=(
        "Write down the shape after every operation, with the heads as an axis of their own. In how many products does x "
        "stand, and in how many softmaxes does one entry of it have a say?",
        "With the heads as a second axis, (N, heads, T, D / heads), each head is a scaled dot-product attention by itself, and "
        "so is its way back. found = heads side by side (N, T, D); y = found Wo. dWo (D, D) sums over n and t. dq, dk, dv are "
        "(N, T, D) again when put side by side; each goes through its weights to x, where the three add up.",
        "Forward: three products; cut each (N, T, D) into (N, T, heads, D / heads) and bring heads before T; attend in each "
        "head; bring heads back behind T, join the last two axes; times Wo. Backward: dWo from found and dy; dy through Wo "
        "turned round; cut as before; the attention's backward in each head; join dq, dk, dv as before; each weight's gradient is x "
        "turned round times its own, over batch and positions; dx adds up the three, each through its weights turned round.",
    ),
    mistakes={
        "heads-split-by-reshape": "The heads are cut off by reshape alone, which keeps the numbers in reading order: a head gets pieces of "
        "several positions. First give the heads an axis of their own at the end, then bring it forward.",
        "maximum-of-hidden-scores": "The maximum is taken before the mask, so that a score which may not be seen can be it. Beside a hidden "
        "score in the thousands all that may be seen turns into zeros, and 0/0 is nan: mask first.",
        "over-the-queries": "The softmax runs over the queries. Each query's shares should be 1 in sum: it runs over the positions that "
        "the query looks at.",
        "way-through-output-transposed": "The gradient goes back through Wo in the same direction as the forward. It is square, so the shapes do not "
        "object: which index has to be summed over?",
        "one-head": "heads is not used: there is one head as wide as everything.",
        "keys-ask": "Wq and Wk have changed places. Row t of the scores belongs to the query of t.",
        "mask-ignored": "causal makes no difference. With it, no position may see a later one.",
        "always-causal": "Positions never see later ones, whatever causal says. It is False unless told.",
        "weights-transposed": "Wq, Wk and Wv are used transposed. They are square, so both products fit; y = x W, as in the "
        "linear layer.",
        "output-weights-transposed": "Wo is used transposed. It is square, so both products fit; y = found Wo.",
        "output-weights-unused": "What the heads have found is returned as it is. Wo mixes it.",
        "heads-interleaved": "The columns are dealt out to the heads like cards: every heads-th one. A head owns columns that "
        "stand together.",
        "columns-dealt-out": "The columns of q, k and v are dealt out to the heads like cards: every heads-th one. "
        "A head owns columns that stand together; when the last axis is cut in two, which part counts the heads?",
        "heads-by-reshape": "The heads are cut out by a reshape that puts them before the positions. That keeps the numbers in "
        "reading order, so that a head gets pieces of several positions. Cut the last axis in two first.",
        "not-scaled": "The scores are not divided by the root of a head's width.",
        "scaled-by-whole-width": "The scores are divided by the root of D. How many terms does one head's product add up?",
        "scaled-by-width-unrooted": "The scores are divided by the head's width. A sum of so many independent terms grows only "
        "with the root.",
        "scaled-by-heads": "The scores are divided by the root of the number of heads. Each is a sum over one head's columns: "
        "that is what makes it large.",
        "looks-ahead": "With causal, positions see themselves and LATER ones. Which of t and s is the row?",
        "cannot-see-itself": "With causal, a position does not see itself. The first one is then left with nothing, and 0/0 is "
        "nan.",
        "sees-one-ahead": "With causal, a position still sees the next one. The mask is one diagonal too wide.",
        "rebuilt-without-mask": "The backward makes the shares again, and leaves out the mask. They have to be those of the forward, with "
        "the same mask.",
        "rebuilt-looking-ahead": "The backward makes the shares again, with its mask turned round: there, positions see LATER ones. Which of "
        "t and s is the row?",
        "rebuilt-without-itself": "The backward makes the shares again, with a mask that is one diagonal too narrow: there, a position does "
        "not see itself. The first one is left with nothing, and 0/0 is nan.",
        "rebuilt-one-ahead": "The backward makes the shares again, with a mask that is one diagonal too wide: there, a position still sees the "
        "next one.",
        "way-back-masked-ahead": "On the way back the mask is turned round: it drops the gradients of the scores that positions give to "
        "EARLIER ones. Which of t and s is the row?",
        "way-back-without-itself": "On the way back the mask is one diagonal too narrow: it drops the gradient of the score that a position "
        "gives to itself. Does it see itself?",
        "masked-with-zero": "Scores that may not be seen are set to 0. exp(0) is 1: they still get a share. Which score gives "
        "no share at all?",
        "finite-mask": "Scores that may not be seen are set to a number that some scores lie below. Beside them what is hidden gets the largest "
        "share. Which score gives no share at all, whatever the others are?",
        "overflow": "Ordinary scores come out right, but exp(1000) is infinite. What may be added to all scores of a row "
        "without changing its shares?",
        "softmax-over-heads": "The heads share out each pair of positions among themselves. The shares of one query, over all "
        "positions, are 1 in sum, in every head.",
        "one-softmax-for-all-heads": "The shares of one query are 1 in sum over all heads together. Every head has a softmax "
        "of its own.",
        "joined-by-reshape": "found has the right shape, but the heads were joined while they still stood before the positions. "
        "First bring them back to where they were cut.",
        "heads-averaged": "What the heads have found is divided by their number. It is put side by side; nothing is averaged.",
        "output-gradient-transposed": "dWo is transposed. It is square, so the shape does not show it: row d belongs to what was "
        "found in column d.",
        "output-gradient-from-input": "dWo is made with x. What did Wo get to see in the forward?",
        "averaged-over-batch": "The weights' gradients are divided by the batch size. The layer does not average: a loss that "
        "takes a mean has already put its 1/N into dy.",
        "averaged-over-steps": "The weights' gradients are divided by the number of positions. The same weights served all of "
        "them in full.",
        "not-summed-over-batch": "The weights' gradients have one array for each sequence. There is one set of weights for all "
        "of them: what they send back has to come together in it.",
        "way-back-transposed": "The gradients go back through the weights in the same direction as the forward. The weights are "
        "square, so the shapes do not object: which index has to be summed over?",
        "way-to-x-transposed": "dx comes through Wq, Wk and Wv in the same direction as the forward. They are square, so the shapes "
        "do not object: which index has to be summed over?",
        "output-weights-skipped": "dy reaches the heads as if there were no Wo between them.",
        "split-by-reshape": "On the way back the heads are cut out by a reshape that puts them before the positions. Cut as in the "
        "forward: the last axis in two, then the axes into their places.",
        "shares-not-transposed": "dv goes through the shares in the same direction as the forward. v[s] went to every t with the "
        "share p[t, s]: which index of p has to be summed over?",
        "softmax-forgotten": "The gradient passes the softmax as if it were not there.",
        "denominator-held-fixed": "The softmax's denominator is treated as a constant. It is a sum over the whole row, so it "
        "moves with every score.",
        "own-score-only": "The gradient follows only the way from each score to its own share. The score is also in the "
        "denominator of the other shares of its row.",
        "scale-lost-on-the-way": "The division by the root of a head's width is missing on the way back.",
        "scores-not-transposed": "dk takes the scores' gradient as it is. Row t of it belongs to the query of t: for the key of s, "
        "which index has to be summed over?",
        "query-for-key": "The queries' gradient is made with the queries and the keys' with the keys. In a product each factor's "
        "gradient is the other factor.",
        "put-back-by-reshape": "dq, dk and dv were joined while the heads still stood before the positions. First bring the heads "
        "back to where they were cut.",
        "queries-put-back-by-reshape": "dq was joined while the heads still stood before the positions. First bring "
        "the heads back to where they were cut, as for dk and dv.",
        "queries-only": "dx contains the way through the queries only. Either the other two are missing, or one line overwrote the "
        "other; keys and values are made of x too.",
        "values-only": "dx contains the way through the values only. Either the other two are missing, or one line overwrote the "
        "other; queries and keys are made of x too.",
        "values-lost": "dx does not contain the way through the values.",
        "weights-skipped": "dx adds up dq, dk and dv as they are. Each was made of x by weights of its own.",
        "three-ways-averaged": "The three ways to x are averaged. Where ways meet again, they add up in full.",
        "as-if-residual": "dy is added to dx. That belongs to a layer that adds x to what it found; this one does not.",
        "gradients-transposed": "dWq, dWk and dWv are transposed. They are square, so the shape does not show it: row d belongs to "
        "column d of x.",
        "swapped": "dWq and dWk come back in each other's place. The order is that of the arguments.",
    },
    explanation=Explanation(
        why="Cutting into heads and joining them only moves numbers, so the way back moves them back. In each head it is the "
        "backward of scaled dot-product attention; around it stand four linear layers without biases. dWo = found^T dy and dfound = "
        "dy Wo^T; then dWq = x^T dq, dWk = x^T dk, dWv = x^T dv, summed over batch and positions. x feeds all three, so dx = "
        "dq Wq^T + dk Wk^T + dv Wv^T. No head sees another's columns before Wo, so no gradient passes between heads except "
        "through x.",
        another="""
def attend(q, k, v, causal):
    scores = q @ k.T / np.sqrt(q.shape[1])
    if causal:
        scores[np.triu_indices(len(q), 1)] = -np.inf
    shares = np.exp(scores - scores.max(1)[:, None])
    return shares / shares.sum(1)[:, None]


def multi_head_forward(x, Wq, Wk, Wv, Wo, heads, causal=False):
    q, k, v = x @ Wq, x @ Wk, x @ Wv
    found, shares = np.empty_like(x), {}
    edges = np.linspace(0, x.shape[2], heads + 1).round().astype(int)
    places = [(n, slice(*edge)) for n in range(len(x)) for edge in zip(edges[:-1], edges[1:])]
    for n, own in places:
        p = shares[n, own.start] = attend(q[n, :, own], k[n, :, own], v[n, :, own], causal)
        found[n, :, own] = p @ v[n, :, own]
    return found @ Wo, (x, (Wq, Wk, Wv, Wo), (q, k, v), found, shares, places)


def multi_head_backward(dy, cache):
    x, (Wq, Wk, Wv, Wo), (q, k, v), found, shares, places = cache
    dfound = dy @ Wo.T
    dq, dk, dv = np.empty_like(q), np.empty_like(k), np.empty_like(v)
    for n, own in places:
        p, d = shares[n, own.start], dfound[n, :, own]
        dp = d @ v[n, :, own].T
        ds = p * (dp - np.sum(d * found[n, :, own], axis=1)[:, None]) / np.sqrt(d.shape[1])
        dq[n, :, own], dk[n, :, own], dv[n, :, own] = ds @ k[n, :, own], ds.T @ q[n, :, own], p.T @ d
    dx = dq @ Wq.T + dk @ Wk.T + dv @ Wv.T
    outer = [np.tensordot(a, b, ([0, 1], [0, 1])) for a, b in ((x, dq), (x, dk), (x, dv), (found, dy))]
    return dx, *outer
""",
        pytorch="torch.nn.MultiheadAttention(D, heads, bias=False, batch_first=True). It keeps Wq, Wk and Wv in one "
        "in_proj_weight (3D, D), transposed, so that one product makes all three; without batch_first, T comes first. causal is an "
        "attn_mask there, and need_weights=False lets it use the fused attention that never stores the shares.",
    ),
)
