from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="The parts at work",
    position=1000,
    question=Question(
        "A network learns a thousand images with random labels by heart: it has every one of them right. On new images it is as "
        "good as guessing. Its sister, as large and trained in the same way on true labels, has every training image right "
        "too, and 98 of 100 new ones. What does this say about a training accuracy of 100 %? Name three ways to tell "
        "the two apart, or to hold the first one back, and say of each what it costs.",
        points=4,
    ),
)
