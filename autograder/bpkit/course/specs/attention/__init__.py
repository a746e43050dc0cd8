from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="Attention",
    position=100,
    question=Question(
        "The scores of attention are divided by the root of D, the width of queries and keys. Suppose that all entries "
        "of queries and keys are independent, with mean 0 and variance 1. What are mean and variance of a score without "
        "the division? What does softmax do with such scores for D = 400, and what does that mean for the gradients "
        "of queries and keys?",
        points=3,
    ),
)
