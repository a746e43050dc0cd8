from bpkit.course.spec import Case, Exercise, Explanation, Normal


def reference(torch, a, b):
    """Average 1 minus the similarity over the rows."""
    return (1 - torch.nn.functional.cosine_similarity(a, b, dim=1)).mean()


EXERCISE = Exercise(
    title="Cosine distance",
    position=50,
    points=9,
    returns=("loss",),
    cases=(
        Case("a batch", a=(5, 3), b=(5, 3)),
        # So short that 1e-8 in its length would show.
        Case("long and very short vectors", a=Normal((7, 11), 0.0, 5.0), b=Normal((7, 11), 0.0, 1e-4)),
        Case("one pair", a=(1, 7), b=(1, 7)),
    ),
    gradients_of=("a", "b"),
    reference=reference,
    hints=(
        "If a row of a gets twice as long, what happens to its cosine? What does that say about the gradient along that row?",
        "In one row cos = (a . b) / (|a| |b|). The derivative of a . b with respect to a is b, (D,); that of |a| is a / |a|, (D,). "
        "Use the quotient rule, and write the result with the vectors a / |a| and b / |b|, which have length 1.",
        "Forward: lengths (N, 1); divide each row by its length; multiply element by element and add up each row; 1 minus that; mean. "
        "Backward for a: take b's unit vector, take away its part along a's unit vector, divide by a's length, times the "
        "gradient of the loss with respect to cos. For b, the same with the names exchanged.",
    ),
    mistakes={
        "wrong-axis": "Lengths and products are taken down the columns. One vector is one row, so they run along the rows.",
        "root-forgotten": "The vectors are divided by the squares of their lengths. A length has a root.",
        "lengths-forgotten": "The rows are multiplied but not divided by their lengths, so a longer vector gives another loss. Only the "
        "direction should count.",
        "length-of-a-forgotten": "Only the length of b is divided by. A longer a still changes the loss.",
        "length-of-b-forgotten": "Only the length of a is divided by. A longer b still changes the loss.",
        "one-length-for-all": "One length is taken over the whole array. Every row is a vector with a length of its own.",
        "added-to-length": "1e-8 is added to each length, which is then not quite the vector's own: where that is short, it shows. No row is "
        "zero here.",
        "added-under-the-root": "1e-8 is added under the root. Where a vector is as short as 1e-4, that is as much as what stands there "
        "already. No row is zero here.",
        "similarity": "The loss is the cosine itself, so it is largest where the vectors agree. A distance is smallest there.",
        "minus-similarity": "The loss is minus the cosine. A distance is 0, not -1, for vectors that agree.",
        "loss-summed": "The loss is the sum over the rows. It should not grow just because there are more of them.",
        "mean-over-features-too": "The products are averaged over the features. Within a row they are added up; only the "
        "rows are averaged.",
        "absolute": "The absolute value of the cosine is used. Opposite vectors are the farthest apart, not the nearest.",
        "gradient-sign": "da and db have the opposite sign. When the cosine grows, does the distance grow or shrink?",
        "gradient-not-averaged": "da and db are N times too large. The loss is a mean over the rows: how much does one row count in it?",
        "gradient-over-features-too": "da and db are divided by the number of all entries. The forward's mean is over the N rows.",
        "dloss-ignored": "dloss is not used. The chain rule multiplies by what comes from above, and that is not always 1.",
        "length-held-constant": "The length is treated as a constant. It depends on the vector, too: a gradient along the vector itself "
        "should not be left.",
        "not-divided-by-length": "The gradient is the one for vectors of length 1. How far does a long vector turn when it is pushed a "
        "little, and how far does a short one?",
        "cosine-forgotten": "A whole unit vector is taken away, which is right only where the cosine is 1. How much of one "
        "unit vector lies along the other?",
        "divided-by-the-other-length": "da is divided by the length of b, and db by that of a. Whose length says how far a turns when "
        "a is pushed?",
        "db-with-length-of-a": "db has the length of a where the length of b belongs. In db all that was said of a is said of b.",
        "length-term-added": "The part that comes from the length has the wrong sign. The length stands in the denominator.",
        "length-term-with-a": "The part taken away is too long or too short: it is measured with the vector itself where a vector of "
        "length 1 belongs.",
        "divided-by-both-lengths": "Each gradient is divided by both lengths after the vectors have already been divided by theirs. One of "
        "them is counted twice.",
        "swapped": "da and db have changed places. The backward returns da first.",
    },
    explanation=Explanation(
        why="Let u = a / |a| and v = b / |b|, so that cos = u . v. When a moves, only the part of the motion at a "
        "right angle to a turns u, and it turns it by 1 / |a|: the gradient of cos by a is (v - cos * u) / |a|. "
        "With the minus and the mean, da = -dloss / N * (v - cos * u) / |a|, and db the same with the letters "
        "changed. The term cos * u is what the length in the denominator brings; it takes off the part of v "
        "along a, so da . a = 0: making a row longer changes nothing.",
        another="""
def directions(x):
    length = np.linalg.norm(x, axis=1, keepdims=True)
    return x / length, length


def cosine_distance_forward(a, b):
    (u, long_a), (v, long_b) = directions(a), directions(b)
    cos = np.einsum("nd,nd->n", u, v)[:, None]
    return 1 - np.mean(cos), (u, v, cos, long_a, long_b)


def cosine_distance_backward(dloss, cache):
    u, v, cos, long_a, long_b = cache
    each = dloss / len(cos)
    return each * (cos * u - v) / long_a, each * (cos * v - u) / long_b
""",
        pytorch="torch.nn.functional.cosine_similarity(a, b, dim=1) gives the cosines; it holds each length at eps = "
        "1e-8, so that a zero row does no harm. CosineEmbeddingLoss builds a loss of it that also pushes unlike "
        "pairs apart.",
    ),
)
