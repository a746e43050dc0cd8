from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="The chain rule through whole networks",
    position=40,
    question=Question(
        "Backpropagation works from the last layer to the first. The chain rule would also allow the other direction: "
        "to follow how each single weight moves everything after it. For a network with one number as its loss, why "
        "is backwards so much cheaper? What does it need in exchange?",
        points=3,
    ),
)
