from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="Vanishing and exploding gradients",
    position=70,
    question=Question(
        "A network of thirty sigmoid layers is to be trained, and its first layers hardly learn. Explain by the factors of "
        "which the first layer's gradient consists. Name two remedies, and say for each which factor it changes. Would "
        "clipping the gradients be one?",
        points=4,
    ),
)
