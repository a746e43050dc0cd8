from bpkit.course.spec import Chapter

CHAPTER = Chapter(title="One neuron, from the weighted sum to a learning step", position=10)
