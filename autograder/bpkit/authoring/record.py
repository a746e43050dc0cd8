"""Records packs: PyTorch's answers, and what each known mistake returns for the same inputs."""

from __future__ import annotations

import hashlib
import re
import secrets
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bpkit.authoring.mutants import mutants
from bpkit.course import catalog
from bpkit.course.spec import Exercise
from bpkit.errors import BadCourse
from bpkit.judging.judge import observe
from bpkit.judging.process import Launcher
from bpkit.judging.runner import Submission
from bpkit.reference.pack import Entry, Origin, Pack, Recording, empty
from bpkit.reference.trees import Array

_INDETERMINATE = re.compile(r"(\S+) does not have a deterministic implementation")


def record(
    exercises: Iterable[Exercise],
    launcher: Launcher,
    *,
    seed: int,
    device: str,
    solutions: Path | None,
    base: Pack | None = None,
) -> Pack:
    """Record exercises into a new pack, beside those of `base` that are not among them.

    solutions: the folder with the solutions, whose known mistakes are run; without it the pack names none.
    """
    from bpkit.reference import torch_reference  # noqa: PLC0415 - takes seconds, and needs torch

    device = torch_reference.prepare(device)
    entries: list[tuple[Exercise, Entry]] = []
    for exercise in exercises:
        recordings = tuple(
            torch_reference.record(unit, index, seed, device)
            for unit in exercise.units
            for index in range(len(unit.cases))
        )
        source = ""
        if solutions is not None:
            path = solutions / f"{exercise.id}.py"
            if not path.is_file():
                raise BadCourse(f"{exercise.id}: there is no {path}.")
            text = path.read_text(encoding="utf-8")
            wrong = mutants(text, f"solutions/{exercise.id}.py")
            beside = needed(exercise, solutions)
            recordings = with_mistakes(exercise, recordings, wrong, launcher, beside)
            source = source_digest(exercise.id, text)
        entries.append((exercise, Entry(recordings, source)))
    base = base or empty()
    new = {exercise.id for exercise, _ in entries}
    keep = [exercise_id for exercise_id in base.ids if exercise_id not in new]
    origin: Origin = torch_reference.origin(seed, device)
    return base.with_entries(origin, entries, keep)


def with_mistakes(
    exercise: Exercise,
    recordings: tuple[Recording, ...],
    sources: Mapping[str, str],
    launcher: Launcher,
    beside: Mapping[str, str],
) -> tuple[Recording, ...]:
    """Return the recordings with the arrays in which each mistake differs from what is right.

    beside: as `needed` gives it.
    """
    found: list[dict[str, dict[str, Array]]] = [{} for _ in recordings]
    for mistake, source in sources.items():
        submission = Submission({**beside, f"{exercise.id}.py": source})
        for (index, name), seen in observe(launcher, submission, exercise, recordings).items():
            if seen.wrong and seen.array is not None:
                found[index].setdefault(mistake, {})[name] = seen.array
    return tuple(
        recording._replace(mistakes=mistakes) for recording, mistakes in zip(recordings, found, strict=True)
    )


def needed(exercise: Exercise, solutions: Path) -> dict[str, str]:
    """Return the solutions of what an exercise may use, and of what these may, by their paths in a workspace.

    With these and no other files the exercise can be solved. solutions: where its own course has them; those of other
    courses are there where these run from a clone.
    """
    found: dict[str, str] = {}
    waiting = list(exercise.needs)
    while waiting:
        place = waiting.pop()
        inside = f"{place}.py"
        paths = (folder / inside for folder in (solutions, *catalog.solutions()))
        path = next((path for path in paths if path.is_file()), None)
        if path is not None and inside not in found:
            found[inside] = path.read_text(encoding="utf-8")
            waiting += catalog.find(place).needs
    return found


def source_digest(exercise_id: str, solution: str) -> str:
    """Return a digest of the files that an exercise is made of; a chapter's helpers are among them."""
    spec = catalog.source(exercise_id)
    helpers = sorted(path for path in spec.parent.glob("_*.py") if path.name != "__init__.py")
    digest = hashlib.sha256(solution.encode())
    for path in (spec, *helpers):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def indeterminate() -> Iterator[set[str]]:
    """Collect the operations that PyTorch has no deterministic form of on this device, by PyTorch's names."""
    found: set[str] = set()
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        yield found
    for one in heard:
        if named := _INDETERMINATE.match(str(one.message)):
            found.add(named[1])
        else:
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)


def fresh(exercises: Iterable[Exercise], launcher: Launcher, *, seed: int | None, device: str) -> Pack:
    """Record in memory, on inputs that nobody has seen, unless told a seed."""
    if seed is None:
        seed = secrets.randbits(31)
    return record_with_own(exercises, launcher, seed=seed, device=device)


def record_with_own(exercises: Iterable[Exercise], launcher: Launcher, *, seed: int, device: str) -> Pack:
    """Record exercises of any courses into one pack, each with its own course's solutions, where there is a clone."""
    pack = empty()
    for course, members in catalog.by_course(exercises).items():
        solutions = course.clone / "solutions" if course.clone else None
        pack = record(members, launcher, seed=seed, device=device, solutions=solutions, base=pack)
    return pack
