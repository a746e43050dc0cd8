"""Proves a course: every stub fails as it should, every solution passes, every known mistake is caught and named.

Each check takes what it needs and yields one line for each thing that is wrong.
"""

from __future__ import annotations

import ast
import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat

from bpkit.authoring import record, sync
from bpkit.authoring.cut import cut
from bpkit.authoring.mutants import mutants
from bpkit.authoring.tree import Tree
from bpkit.course import catalog, lessons
from bpkit.course.lessons import LESSON
from bpkit.course.spec import Exercise
from bpkit.errors import BadCourse, BadPack
from bpkit.judging import process
from bpkit.judging.diagnose import alike
from bpkit.judging.judge import judge
from bpkit.judging.process import Launcher
from bpkit.judging.runner import Submission
from bpkit.judging.verdict import ExerciseVerdict, Status
from bpkit.reference import agreement, inputs, trees
from bpkit.reference.pack import Pack, Recording, open_file

_WORTH_PROCESSES = 8  # exercises; each process imports PyTorch, which takes as long as several of them


@dataclass
class Tally:
    """What was looked at. alike: mistakes that return the same arrays, so that nobody can tell which it was."""

    exercises: int = 0
    mistakes: int = 0
    named: int = 0
    alike: list[str] = field(default_factory=list)


def verify(
    tree: Tree, exercises: Sequence[Exercise], tally: Tally, *, whole: bool, jobs: int = 1
) -> Iterator[str]:
    """Yield a line for each thing that is wrong.

    whole: look at what concerns the course as a whole, too. jobs: in how many processes.
    """
    try:
        pack = open_file(tree.pack)
    except BadPack as error:
        yield str(error)
        return
    if jobs > 1 and len(exercises) >= _WORTH_PROCESSES:
        yield from _in_processes(tree, exercises, tally, jobs)
    else:
        with process.start() as launcher:
            for exercise in exercises:
                tally.exercises += 1
                try:
                    for problem in _exercise(tree, pack, exercise, launcher, tally):
                        yield f"{exercise.id}: {problem}"
                except (BadCourse, BadPack) as error:
                    yield str(error)
    if whole:
        yield from _course(tree)


def _in_processes(tree: Tree, exercises: Sequence[Exercise], tally: Tally, jobs: int) -> Iterator[str]:
    # PyTorch does not survive a fork.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        for problems, found in pool.map(_alone, repeat(tree), [exercise.id for exercise in exercises]):
            yield from problems
            tally.exercises += found.exercises
            tally.mistakes += found.mistakes
            tally.named += found.named
            tally.alike += found.alike


def _alone(tree: Tree, exercise_id: str) -> tuple[list[str], Tally]:
    tally = Tally()
    return list(verify(tree, [catalog.find(exercise_id)], tally, whole=False)), tally


def _exercise(tree: Tree, pack: Pack, exercise: Exercise, launcher: Launcher, tally: Tally) -> Iterator[str]:
    solution = tree.solution(exercise.id)
    stub = cut(solution, f"solutions/{exercise.id}.py")
    wrong = mutants(solution, f"solutions/{exercise.id}.py")
    yield from _texts(exercise)
    yield from _sizes(exercise)
    yield from _signatures(exercise, solution)
    path = tree.exercises / f"{exercise.id}.py"
    if not path.is_file() or path.read_bytes() != stub.encode():
        yield "the stub is not what its solution cuts to. Run `bpkit author sync`."
    if not sync.is_current(tree, pack, exercise.id):
        yield "the pack was recorded from other files. Run `bpkit author sync`."
        return
    if unmet := list(_needs(exercise)):
        yield from unmet
        return
    recordings = pack.load(exercise)
    beside = record.needed(exercise, tree.solutions)
    yield from _agrees_with_torch(exercise, recordings, pack.origin.seed)

    def judged(text: str) -> ExerciseVerdict:
        return judge(launcher, Submission({**beside, f"{exercise.id}.py": text}), exercise, recordings)

    verdict = judged(stub)
    if {part.status for part in verdict.parts} != {Status.NOT_STARTED}:
        yield f"the stub comes out {verdict.status}, not {Status.NOT_STARTED}."
    verdict = judged(solution)
    if verdict.points != exercise.points:
        yield f"the solution earns {verdict.points} of {exercise.points} points: {_told(verdict)}."
    elif any(part.findings for part in verdict.parts):
        yield f"the solution earns a remark: {_told(verdict)}."
    if exercise.explanation is not None:
        verdict = judged(f"import numpy as np\n\n\n{exercise.explanation.another}\n")
        if verdict.points != exercise.points:
            yield f"the other way of its explanation earns {verdict.points} of {exercise.points} points: {_told(verdict)}."
    yield from _mistakes(exercise, wrong, recordings, judged, tally)


def _mistakes(
    exercise: Exercise,
    sources: Mapping[str, str],
    recordings: tuple[Recording, ...],
    judged: Callable[[str], ExerciseVerdict],
    tally: Tally,
) -> Iterator[str]:
    for mistake in sorted(exercise.mistakes.keys() ^ sources.keys()):
        where = (
            "the spec has no sentence for" if mistake in sources else "the solution has no MISTAKE line for"
        )
        yield f"{where} {mistake}."
    for mistake in sorted(exercise.mistakes.keys() & sources.keys()):
        tally.mistakes += 1
        verdict = judged(sources[mistake])
        if verdict.points == exercise.points:
            yield f"the mistake {mistake} passes."
            continue
        named = {
            finding.mistake
            for part in verdict.parts
            for finding in part.findings
            if finding.mistake is not None and finding.status is not Status.PASSED
        }
        if verdict.status is Status.NOT_JUDGED:
            yield f"the mistake {mistake} could not be judged: {_told(verdict)}."
        elif (others := alike(mistake, recordings)) and len(named) == 1 and named <= {mistake, *others}:
            tally.named += 1
            if mistake < min(others):
                tally.alike.append(f"{exercise.id}: {', '.join([mistake, *others])} return the same arrays.")
        elif named != {mistake}:
            yield f"the mistake {mistake} is named {', '.join(sorted(named)) or 'nothing'}: {_told(verdict)}."
        else:
            tally.named += 1


def _told(verdict: ExerciseVerdict) -> str:
    found = [
        f"{finding.check} of {finding.array}" if finding.array else finding.check
        for part in verdict.parts
        for finding in part.findings
    ]
    return ", ".join(found) or "nothing found"


def _texts(exercise: Exercise) -> Iterator[str]:
    if not exercise.title.strip():
        yield "it has no title."
    if len(exercise.hints) != 3 or not all(hint.strip() for hint in exercise.hints):
        yield "it needs three hints."
    if exercise.explanation is not None and not all(text.strip() for text in exercise.explanation):
        yield "its explanation needs all three parts: why, another and pytorch."
    yield from (
        f"the mistake {name} has no sentence." for name, text in exercise.mistakes.items() if not text.strip()
    )
    if sum(part.points for part in exercise.parts) != exercise.points:
        yield f"{exercise.points} points cannot be shared among its parts in whole numbers."
    for unit in exercise.units:
        names = [case.name for case in unit.cases]
        if len(set(names)) != len(names):
            yield "two cases have the same name."


def _sizes(exercise: Exercise) -> Iterator[str]:
    """With a batch of 2, divided by N, halved and divided by the root of 4 look the same; so do equal axes."""
    for case in (case for unit in exercise.units for case in unit.cases):
        for name, tree in inputs.layout(case).items():
            for leaf, maker in trees.leaves(tree, name):
                shape = getattr(maker, "shape", None)
                if not inputs.is_drawn(maker) or shape is None:
                    continue
                long = [size for size in shape if size != 1]
                if len(set(long)) != len(long):
                    yield f'case "{case.name}": {leaf} has the sizes {shape}, which should be distinct.'
                if any(not _is_odd_prime(size) for size in long):
                    yield f'case "{case.name}": {leaf} has the sizes {shape}, which should be 1 or odd primes.'


def _needs(exercise: Exercise) -> Iterator[str]:
    """Hold what an exercise uses against the order: it has to come before, or nobody could solve the course."""
    known = catalog.ids()
    for need in exercise.needs:
        if need not in known:
            yield f"it needs {need}, which is no exercise."
        elif known.index(need) >= known.index(exercise.id):
            yield f"it needs {need}, which does not come before it."


def _is_odd_prime(size: int) -> bool:
    return size > 2 and all(size % divisor for divisor in range(2, int(size**0.5) + 1))


def _signatures(exercise: Exercise, solution: str) -> Iterator[str]:
    """Hold a case's inputs against the solution's arguments: they are passed by position."""
    functions, harness = _defined(solution), _defined(exercise.harness)
    for part in exercise.parts:
        if part.function not in functions:
            yield f"the solution has no function {part.function}."
            return
    for unit in exercise.units:
        if unit.through and unit.through not in harness:
            yield f"the harness has no function {unit.through}."
            continue
        arguments = harness[unit.through][1:] if unit.through else functions[unit.parts[0].function]
        for case in unit.cases:
            if list(case.inputs) != arguments[: len(case.inputs)]:
                given, taken = ", ".join(case.inputs), ", ".join(arguments)
                yield f'case "{case.name}": its inputs are {given}, and the function takes {taken}.'


def _defined(source: str) -> dict[str, list[str]]:
    """Return the functions and classes of a file, with the names of the functions' arguments."""
    return {
        node.name: [argument.arg for argument in node.args.args] if isinstance(node, ast.FunctionDef) else []
        for node in ast.parse(source).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }


def _agrees_with_torch(exercise: Exercise, recordings: tuple[Recording, ...], seed: int) -> Iterator[str]:
    from bpkit.reference import torch_reference  # noqa: PLC0415 - takes seconds, and needs torch

    torch_reference.prepare("cpu")
    places = [(unit, index) for unit in exercise.units for index in range(len(unit.cases))]
    for (unit, index), recorded in zip(places, recordings, strict=True):
        now = torch_reference.record(unit, index, seed, "cpu")
        for case, array, share in agreement.of_recordings(recorded, now):
            if share > agreement.AGREE:
                yield f'case "{case}": the pack\'s {array} is not what PyTorch says now.'


def _pictures(tree: Tree, chapter: str) -> Iterator[str]:
    folder = tree.exercises / chapter
    lesson = folder / LESSON
    for picture in lessons.pictures(lesson.read_text(encoding="utf-8")) if lesson.is_file() else ():
        if not lessons.lies_beside(folder, picture.path):
            yield f"{chapter}: the lesson shows {picture.path}, which does not lie beside it."
        if not picture.words:
            yield f"{chapter}: the lesson shows {picture.path} without a word for who cannot see it."


def _course(tree: Tree) -> Iterator[str]:
    yield from (f"{path}: nothing accounts for this file." for path in tree.strays())
    for name in catalog.chapters_of(tree.course):
        if not (tree.exercises / name / LESSON).is_file():
            yield f"{name}: the lesson {tree.shown(tree.exercises)}/{name}/{LESSON} is missing."
        yield from _pictures(tree, name)
        positions = [exercise.position for exercise in catalog.in_chapter(name)]
        if len(set(positions)) != len(positions):
            yield f"{name}: two exercises have the same position."
    readme = tree.readme_text()
    try:
        if sync.with_table(readme, tree) != readme:
            yield "README.md: the table of exercises is out of date. Run `bpkit author sync`."
    except BadCourse as error:
        yield str(error)
