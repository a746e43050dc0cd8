from bpkit.course.spec import Case, Exercise, Explanation, Normal
from bpkit.course.specs.recurrent._given import fixed

# Scores near 10000 where a query is near 62, and near -10000 where it is near -62, beside keys that are nearly alike.
BOTH = ((62.0,) * 5, (-62.0,) * 5, (62.0, -62.0, 62.0, -62.0, -62.0))
ALIKE = Normal((3, 5, 7), mean=62.0, std=0.015)


def reference(torch, q, k, v, causal=False):
    """Attend as PyTorch does."""
    return torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=causal)


EXERCISE = Exercise(
    title="Scaled dot-product attention",
    position=10,
    points=9,
    cases=(
        Case("a batch", q=(3, 7, 5), k=(3, 7, 5), v=(3, 7, 5)),
        Case("a batch, causal", q=(5, 3, 7), k=(5, 3, 7), v=(5, 3, 7), causal=True),
        Case("one position, causal", q=(3, 1, 5), k=(3, 1, 5), v=(3, 1, 5), causal=True),
        Case("one sequence, causal", q=(1, 11, 3), k=(1, 11, 3), v=(1, 11, 3), causal=True),
        Case(
            "scores in the thousands",
            finite_differences=False,
            q=fixed(1, 3, 5, 7, plus=BOTH),
            k=ALIKE,
            v=(3, 5, 7),
        ),
        Case(
            "scores in the thousands, causal",
            finite_differences=False,
            q=fixed(2, 3, 5, 7, plus=BOTH),
            k=ALIKE,
            v=(3, 5, 7),
            causal=True,
        ),
        # The last key fits so well that the scores that may be seen vanish beside it.
        Case(
            "a hidden score in the thousands, causal",
            finite_differences=False,
            q=fixed(3, 3, 5, 7, plus=40.0),
            k=fixed(4, 3, 5, 7, plus=((0.0, 0.0, 0.0, 0.0, 40.0),) * 3),
            v=(3, 5, 7),
            causal=True,
        ),
    ),
    gradients_of=("q", "k", "v"),
    reference=reference,
    needs=("layers/softmax",),
    hints=(
        "There are three operations: a product that gives the scores, a softmax, and a product that gives y. Which of "
        "q, k and v goes into which?",
        "Of y = p v: dv (T, D) sums over t, dp (T, T) over d. Softmax along each row of p: dscores[t, s] = p[t, s] * (dp[t, s] - "
        "the average of dp[t] weighted by p[t]). Of scores = q k^T / sqrt(D): dq (T, D) sums over s, dk (T, D) over t. Where "
        "p is 0 because s may not be seen, dscores is 0 by itself.",
        "Forward: product of q with k turned round, over the root of D; minus infinity above the diagonal if causal; subtract "
        "each row's largest; exponentials; each row over its own sum; times v. Keep the shares. Backward: dv is the shares turned "
        "round times dy; dp is dy times v turned round; through the softmax of each row; over the root of D; dq is that times "
        "k; dk is that turned round times q.",
    ),
    mistakes={
        "not-scaled": "The scores are not divided by the root of D. The wider the queries, the larger their products, and "
        "the more softmax would pick a single position.",
        "not-scaled-forward": "The scores are not divided by the root of D. The wider the queries, the larger their "
        "products, and the more softmax would pick a single position.",
        "scaled-by-width": "The scores are divided by D. A sum of D independent terms grows only with the root of D.",
        "scaled-by-steps": "The scores are divided by the root of T. Each is a sum over D terms: that is what makes them "
        "large.",
        "multiplied-by-root": "The scores are multiplied by the root of D. They should become smaller, not larger.",
        "keys-ask": "Queries and keys have changed places. Row t of the scores belongs to the query of t, and column s to the "
        "key of s.",
        "keys-reshaped": "The keys are brought into the fitting shape by reshape. That keeps the numbers in reading order, "
        "so that each query meets pieces of several keys; the last two axes have to trade roles instead.",
        "mask-ignored": "causal makes no difference. With it, no position may see a later one.",
        "always-causal": "Positions never see later ones, whatever causal says. It is False unless told.",
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
        "finite-mask": "Scores that may not be seen are set to a number that some scores lie below. Beside them what is hidden gets the largest "
        "share. Which score gives no share at all, whatever the others are?",
        "masked-with-zero": "Scores that may not be seen are set to 0. exp(0) is 1: they still get a share. Which score gives "
        "no share at all?",
        "masked-afterwards": "What may not be seen is taken away after the softmax. The shares that are left are then no longer "
        "1 in sum, and hidden positions have had a say in them.",
        "overflow": "Ordinary scores come out right, but exp(1000) is infinite, and where all scores are near -1000 the sum "
        "is 0. What may be added to all scores of a row without changing its shares?",
        "one-maximum-for-all": "One maximum is taken from the whole array. A row that lies far below it turns into zeros only, and "
        "0/0 is nan; each row has a largest score of its own.",
        "one-maximum-each": "One maximum is taken for each sequence. A row that lies far below it turns into zeros only, and 0/0 is "
        "nan; each row has a largest score of its own.",
        "maximum-of-hidden-scores": "The maximum is taken before the mask, so that a score which may not be seen can be it. Beside a "
        "hidden score in the thousands all that may be seen turns into zeros, and 0/0 is nan: mask first.",
        "clipped-scores": "Scores are cut off at some size. Beyond it they all count the same, although some are "
        "hundreds larger than others. What may be added to all scores of a row without changing its shares?",
        "over-the-queries": "The softmax runs over the queries. Each query's shares should be 1 in sum: the softmax runs over "
        "the positions that it looks at.",
        "answers-transposed": "y is mixed with the shares turned round. y[t] takes the shares of query t, which are row t.",
        "shares-not-transposed": "dv goes through the shares in the same direction as the forward. v[s] went to every t with the share "
        "p[t, s]: which index of p has to be summed over?",
        "values-untouched": "dv is dy. v[s] is in every y[t] with the share p[t, s].",
        "values-ignored": "The shares' gradient does not know the values. How much does y[t] change if position s gets a "
        "larger share?",
        "shares-turned-round": "The gradient of the shares is transposed. Its row t belongs to query t and to dy[t], its column s to "
        "v[s].",
        "softmax-forgotten": "The gradient passes the softmax as if it were not there.",
        "denominator-held-fixed": "The softmax's denominator is treated as a constant. It is a sum over the whole row, so it "
        "moves with every score.",
        "own-score-only": "The gradient follows only the way from each score to its own share. The score is also in the "
        "denominator of the other shares of its row.",
        "summed-over-queries": "The sum in the softmax's gradient runs over the queries. Scores compete within a row, "
        "that is, for one query.",
        "sum-unweighted": "Something is missing in the sum over the row: it adds up plain gradients. A position with a tiny "
        "share has hardly anything to lose.",
        "mean-for-sum": "The sum over the row is divided by the number of positions. The shares are weights already.",
        "scale-lost-on-the-way": "dq and dk are too large by the root of D. The division stands between the product and the "
        "softmax, on the way back too.",
        "scaled-twice": "dq and dk are divided by the root of D twice. On the way back the division comes once.",
        "query-for-key": "dq is made with the queries and dk with the keys. In a product each factor's gradient is the other "
        "factor.",
        "scores-not-transposed": "dk takes the scores' gradient as it is. Row t of it belongs to the query of t: for the key of s, "
        "which index has to be summed over?",
        "swapped": "dq and dk come back in each other's place. The order is that of the arguments: q, k, v.",
        "values-first": "dv comes first. The order is that of the arguments: q, k, v.",
    },
    explanation=Explanation(
        why="y = p v is a product, so dv = p^T dy and dp = dy v^T: v[s] went to every t with the share p[t, s], and p[t, s] matters as "
        "much as v[s] points along dy[t]. Softmax, row by row, sends back dS = p * (dp - sum over s of p * dp): only what lies above the "
        "row's average raises a score. S = q k^T / sqrt(D) is a product again: dq = dS k / sqrt(D), dk = dS^T q / sqrt(D). The "
        "mask needs no line of its own on the way back: where p is 0, dS is 0.",
        another="""
def scaled_dot_product_forward(q, k, v, causal=False):
    scale = q.shape[-1] ** -0.5
    scores = scale * np.einsum("ntd,nsd->nts", q, k)
    if causal:
        scores[:, *np.triu_indices(q.shape[1], 1)] = -np.inf
    scores -= scores.max(-1, keepdims=True)
    log_sum = np.log(np.exp(scores).sum(-1, keepdims=True))
    shares = np.exp(scores - log_sum)
    return np.einsum("nts,nsd->ntd", shares, v), (q, k, v, shares, scale)


def scaled_dot_product_backward(dy, cache):
    q, k, v, shares, scale = cache
    y = np.einsum("nts,nsd->ntd", shares, v)
    # The average over the row, sum over s of p dp, is the same as sum over d of y dy.
    average = np.einsum("ntd,ntd->nt", y, dy)[..., None]
    dscores = scale * shares * (np.einsum("ntd,nsd->nts", dy, v) - average)
    dq = np.einsum("nts,nsd->ntd", dscores, k)
    dk = np.einsum("nts,ntd->nsd", dscores, q)
    return dq, dk, np.einsum("nts,ntd->nsd", shares, dy)
""",
        pytorch="torch.nn.functional.scaled_dot_product_attention, for any number of axes in front. Its fused kernels "
        "(FlashAttention) never write the (T, T) shares to memory: they keep y and one log-sum per row, and make the shares "
        "again, block by block, on the way back. is_causal=True skips the blocks that nobody may see.",
    ),
)
