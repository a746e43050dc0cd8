from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="Losses",
    position=30,
    question=Question(
        "Binary cross-entropy can be computed from the probability p = sigmoid(z), or in one go from the score z. "
        "Both are the same formula on paper. What happens with each of them in float64 at z = 40 with the label 0, "
        "and why does the one from the score stay exact?",
        points=3,
    ),
)
