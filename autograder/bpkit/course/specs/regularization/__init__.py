from bpkit.course.spec import Chapter

CHAPTER = Chapter(title="Regularization", position=60)
