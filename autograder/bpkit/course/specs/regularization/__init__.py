from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="Regularization",
    position=60,
    question=Question(
        "With plain gradient descent, an L2 penalty in the loss and weight decay in the step do the same. With Adam "
        "they do not. Why?",
        points=2,
    ),
)
