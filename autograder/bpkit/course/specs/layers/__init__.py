from bpkit.course.spec import Chapter

CHAPTER = Chapter(title="Layers", position=20)
