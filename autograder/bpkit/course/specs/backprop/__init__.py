from bpkit.course.spec import Chapter

CHAPTER = Chapter(title="The chain rule through whole networks", position=40)
