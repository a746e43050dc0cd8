"""Signals."""

from bpkit.course.spec import Chapter

CHAPTER = Chapter(title="Signals", position=10)
