from bpkit.course.spec import Chapter, Question

CHAPTER = Chapter(
    title="Optimizers",
    position=50,
    question=Question(
        "Adam divides the averages m and v by 1 - β₁ᵗ and 1 - β₂ᵗ. What would the first step look like without these "
        "divisions, with β₁ = 0.9 and β₂ = 0.999? What do they do after a thousand steps?",
        points=3,
    ),
)
