from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="Learning rate schedules",
    position=55,
    question=Question(
        "Adam's running averages start from 0 and are noisy during the first steps, and large networks are trained with "
        "a warmup. What does a learning rate that rises over the first steps protect from? Why should it fall "
        "towards the end, even where a constant one reaches a low loss?",
        points=3,
    ),
)
