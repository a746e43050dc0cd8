"""Looks exercises up: the files under `specs/` are the only list there is."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from bpkit.course import spec, specs
from bpkit.errors import UnknownExercise

_SPECS = Path(specs.__path__[0])


@cache
def chapters() -> tuple[str, ...]:
    """Names of the chapters, in the course's order."""
    names = (path.name for path in _SPECS.iterdir() if (path / "__init__.py").is_file())
    return tuple(sorted(names, key=lambda name: (chapter(name).position, name)))


@cache
def chapter(name: str) -> spec.Chapter:
    """Return the chapter of this name."""
    found: spec.Chapter = importlib.import_module(f"{specs.__name__}.{name}").CHAPTER
    return found


@cache
def ids() -> tuple[str, ...]:
    """Ids of every exercise, chapter by chapter, in the course's order."""
    return tuple(exercise.id for name in chapters() for exercise in in_chapter(name))


@cache
def in_chapter(name: str) -> tuple[spec.Exercise, ...]:
    """All exercises of one chapter, in order."""
    files = (path for path in (_SPECS / name).glob("*.py") if not path.name.startswith("_"))
    exercises = (_load(f"{name}/{path.stem}") for path in files)
    return tuple(sorted(exercises, key=lambda exercise: (exercise.position, exercise.id)))


def find(exercise_id: str) -> spec.Exercise:
    """Return the exercise with this id; `UnknownExercise` suggests the nearest one."""
    chapter_name, _, name = exercise_id.partition("/")
    plain = chapter_name.isidentifier() and name.isidentifier() and not name.startswith("_")
    if plain and (_SPECS / chapter_name / f"{name}.py").is_file():
        return _load(exercise_id)
    raise UnknownExercise(_no_such(exercise_id))


def select(word: str) -> tuple[spec.Exercise, ...]:
    """Return the exercises that one word means: an id, a chapter, or a name that only one exercise has."""
    word = word.strip("/")
    if word in chapters():
        return in_chapter(word)
    if "/" not in word:
        named = [exercise_id for exercise_id in ids() if exercise_id.endswith(f"/{word}")]
        if len(named) == 1:
            return (find(named[0]),)
    return (find(word),)


def words() -> tuple[str, ...]:
    """Return every word that `select` knows: chapters, ids, and names that only one exercise has. No spec is loaded."""
    found = [
        f"{path.parent.name}/{path.stem}"
        for path in sorted(_SPECS.glob("*/*.py"))
        if not path.name.startswith("_")
    ]
    names = [exercise_id.partition("/")[2] for exercise_id in found]
    chapter_names = dict.fromkeys(exercise_id.partition("/")[0] for exercise_id in found)
    return (
        *chapter_names,
        *found,
        *(name for name in names if names.count(name) == 1 and name not in chapter_names),
    )


def source(exercise_id: str) -> Path:
    """Return the path of an exercise's spec file."""
    return _SPECS / f"{exercise_id}.py"


@cache
def _load(exercise_id: str) -> spec.Exercise:
    module = importlib.import_module(f"{specs.__name__}.{exercise_id.replace('/', '.')}")
    exercise: spec.Exercise = module.EXERCISE
    return exercise._replace(id=exercise_id)


def _no_such(word: str) -> str:
    import difflib  # noqa: PLC0415 - only a slip of the hand pays for this import

    known = {name: name for name in (*chapters(), *ids())}
    known |= {exercise_id.partition("/")[2]: exercise_id for exercise_id in ids()}
    near = list(dict.fromkeys(known[name] for name in difflib.get_close_matches(word, known, n=5)))[:3]
    near += [
        exercise_id for exercise_id in ids() if exercise_id.split("/")[1] == word.rsplit("/", maxsplit=1)[-1]
    ]
    suggestion = f" Did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    return f"There is no exercise or chapter {word!r}.{suggestion}"
