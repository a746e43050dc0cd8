from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="Layers",
    position=20,
    question=Question(
        "In the backward of the linear layer, `db` is the *sum* of `dy` over the batch, and not the mean. Why does "
        "the layer not divide by the batch size? Where does the 1/N of a mean loss come in, and what would go wrong "
        "if the layer divided once more?",
        points=3,
    ),
)
