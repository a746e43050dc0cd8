from bpkit.course.spec import Chapter

CHAPTER = Chapter(title="Optimizers", position=50)
