from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="Backpropagation through time",
    position=90,
    question=Question(
        "A plain recurrent network with one unit and weights 0.9 for the state runs over 100 steps; an LSTM with one "
        "unit, whose forget gate stands at 0.99, runs over the same 100 steps. By which factor does the gradient at the "
        "last state reach the first, along the straightest way in each of them? Why can the LSTM *learn* to keep this "
        "factor near 1, and why does the tanh of the plain network make matters worse?",
        points=3,
    ),
)
