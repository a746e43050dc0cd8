from bpkit.course.spec import Chapter

CHAPTER = Chapter(title="Losses", position=30)
