from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="One neuron, from the weighted sum to a learning step",
    position=10,
    question=Question(
        "Sigmoid neurons learn slowly where they are *saturated*: where the weighted sum is far from 0. Why does the "
        "gradient of the weights become so small there, and why does relu not have this trouble for positive sums? "
        "What trouble does relu have instead?",
        points=3,
    ),
)
