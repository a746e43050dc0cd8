"""One exercise of one submission, from its first call to its verdict.

Each check is a function that gives findings; this module only says in which order they come and what one
check's outcome means for the next.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from bpkit.course.spec import Exercise, Part
from bpkit.judging import defaults, marking, needs, properties, signatures
from bpkit.judging.diagnose import Observed, alike, name_mistakes
from bpkit.judging.pair import PairJudge
from bpkit.judging.process import Launcher
from bpkit.judging.runner import Failure, Session, Submission
from bpkit.judging.step import StepJudge
from bpkit.judging.verdict import NO_FACTS, ExerciseVerdict, Finding, Status, Verdict, sum_up
from bpkit.reference import trees
from bpkit.reference.pack import Recording

# A call's answer depends on others: how wrong it is says nothing of the mathematics.
_FICKLE = frozenset({"repeatable", "backward_repeatable", "cache_not_own"})


class Loaded(Protocol):
    """What has the recordings of exercises: a pack, or what was read of one."""

    def load(self, exercise: Exercise) -> tuple[Recording, ...]:
        """Return the exercise's cases."""


def judge_all(
    launcher: Launcher,
    submission: Submission,
    exercises: Iterable[Exercise],
    pack: Loaded,
    isolation: int,
    stand_ins: Mapping[str, str] = NO_FACTS,
) -> Verdict:
    """Judge these exercises, one after the other. isolation: the level that was proved for this launcher.

    stand_ins: files that pass, by exercise, for those that do not and that others use.
    """

    def one(submission: Submission, exercise: Exercise) -> ExerciseVerdict:
        return judge(launcher, submission, exercise, pack.load(exercise))

    return Verdict(tuple(needs.judged(exercises, submission, one, stand_ins)), isolation)


def judge(
    launcher: Launcher, submission: Submission, exercise: Exercise, recordings: tuple[Recording, ...]
) -> ExerciseVerdict:
    """Judge one exercise in a worker of its own."""
    started = time.perf_counter()
    with _session(launcher, submission, exercise) as session:
        unloadable = session.load()
        if unloadable is None:
            findings, output = _checks(exercise, recordings, session)
        else:
            findings, output = (
                {part: [_finding(unloadable)] for part in exercise.parts},
                session.take_printed(),
            )
    parts = tuple(marking.mark(part, tuple(_merge(found))) for part, found in findings.items())
    return ExerciseVerdict(
        id=exercise.id,
        title=exercise.title,
        status=sum_up(tuple(part.status for part in parts)),
        seconds=time.perf_counter() - started,
        parts=parts,
        output=output,
    )


def observe(
    launcher: Launcher, submission: Submission, exercise: Exercise, recordings: tuple[Recording, ...]
) -> dict[tuple[int, str], Observed]:
    """Return every array that a submission returns for these recordings, by case and name."""
    observed: dict[tuple[int, str], Observed] = {}
    with _session(launcher, submission, exercise) as session:
        for first, unit, own in _units(exercise, recordings):
            found = _run_cases(unit, own, session)[1]
            observed |= {(first + index, name): seen for (index, name), seen in found.items()}
    return observed


def _session(launcher: Launcher, submission: Submission, exercise: Exercise) -> Session:
    return Session(launcher, submission, exercise.id, exercise.seconds, exercise.harness)


def _units(
    exercise: Exercise, recordings: tuple[Recording, ...]
) -> Iterator[tuple[int, Exercise, tuple[Recording, ...]]]:
    """Yield what is judged by itself, with its recordings and the place of the first of them."""
    first = 0
    for unit in exercise.units:
        yield first, unit, recordings[first : first + len(unit.cases)]
        first += len(unit.cases)


def _checks(
    exercise: Exercise, recordings: tuple[Recording, ...], session: Session
) -> tuple[dict[Part, list[Finding]], str]:
    findings: dict[Part, list[Finding]] = {}
    output = session.take_printed()
    for _, unit, own in _units(exercise, recordings):
        found, printed = _checks_of_unit(unit, own, session)
        findings |= found
        output += printed
    return findings, output


def _checks_of_unit(
    exercise: Exercise, recordings: tuple[Recording, ...], session: Session
) -> tuple[dict[Part, list[Finding]], str]:
    findings, observed, output = _run_cases(exercise, recordings, session)
    against = {
        finding.check for finding in findings[exercise.parts[0]] if finding.status is not Status.PASSED
    }
    # What is not even an array has been told so; chance from elsewhere is for a property to explain.
    if against <= {"repeatable", "values", "finite"}:
        for part_name, finding in properties.check(exercise, session):
            findings[next(part for part in exercise.parts if part.function == part_name)].append(finding)
    findings = _settle(exercise, findings)
    named = name_mistakes(recordings, observed)

    def diagnosed(finding: Finding) -> Finding:
        mistake = finding.mistake or named.get(finding.array or "")
        same = alike(mistake, recordings) if mistake else ()
        if same:
            return finding._replace(mistake=mistake, facts={**finding.facts, "alike": same})
        if mistake or finding.array is None or finding.check not in ("values", "shape"):
            return finding._replace(mistake=mistake)
        others = defaults.blamed(finding.array, exercise, session.source, recordings, observed)
        if others:
            return finding._replace(facts={**finding.facts, "defaults": others})
        signature = signatures.find(finding.array, exercise, recordings, observed)
        if signature is None:
            return finding
        return finding._replace(signature=signature.kind, facts={**finding.facts, "clue": signature.facts})

    wrong = {name for (_, name), seen in observed.items() if seen.wrong}
    return {
        part: _consistent([diagnosed(finding) for finding in found], wrong)
        for part, found in findings.items()
    }, output


def _consistent(findings: list[Finding], wrong: set[str]) -> list[Finding]:
    """Take out of a part's findings what another case, or another finding, shows otherwise."""
    named = {finding.array for finding in findings if finding.mistake}
    # A property that names a mistake and no array has found what is behind the rest: that is said first.
    findings = sorted(findings, key=lambda finding: not (finding.mistake and finding.array is None))
    fickle = any(finding.check in _FICKLE for finding in findings)
    forward_first = any(finding.check == "mend_forward" for finding in findings)
    found = []
    for finding in findings:
        facts, signature = dict(finding.facts), finding.signature
        if "right" in facts:
            facts["right"] = [name for name in facts["right"] if name not in wrong]
        if finding.check == "not_proportional" and fickle:
            continue
        if (finding.array in named or None in named or fickle) and not finding.mistake:
            # A property knows the mistake's name; or what came back is no function of what went in.
            facts["explained"], signature = True, None
        elif forward_first:
            facts["explained"] = True  # it may fit the forward as it stands, and have no name of its own
        found.append(finding._replace(facts=facts, signature=signature))
    return found


def _run_cases(
    exercise: Exercise, recordings: tuple[Recording, ...], session: Session
) -> tuple[dict[Part, list[Finding]], dict[tuple[int, str], Observed], str]:
    judge_case = PairJudge(exercise, session) if exercise.gradients_of else StepJudge(exercise, session)
    findings: dict[Part, list[Finding]] = {part: [] for part in exercise.parts}
    observed: dict[tuple[int, str], Observed] = {}
    output = session.take_printed()
    chosen = _most_telling(recordings)
    for index, recording in enumerate(recordings):
        case = judge_case.judge(recording, thorough=index == chosen, shown=index == 0)
        for part in exercise.parts:
            findings[part] += case.findings.get(part.function, ())
        observed |= {(index, name): seen for name, seen in case.observed.items()}
        output += case.output
    session.take_printed()  # the same, by the other cases
    return findings, observed, output


def _most_telling(recordings: tuple[Recording, ...]) -> int:
    """Return the first case with an array of rows and columns, or 0: there is no other order for a vector to lie in."""
    for index, recording in enumerate(recordings):
        arrays = (
            array for name, tree in recording.inputs.items() for array in trees.arrays(tree, name).values()
        )
        if recording.case.compare and any(
            min(array.shape, default=0) > 1 and array.ndim > 1 for array in arrays
        ):
            return index
    return 0


def _settle(exercise: Exercise, findings: dict[Part, list[Finding]]) -> dict[Part, list[Finding]]:
    """Take back what is only true of an answer that is right otherwise.

    A wrong forward may hit the right value in one case by chance, and then the witnesses speak of two functions;
    or it may give finite differences nothing to see. And where a function is plainly wrong in one case, it needs no
    verdict on another.
    """
    forward = exercise.parts[0]
    forward_wrong = any(finding.status is not Status.PASSED for finding in findings[forward])
    facts = {"function": forward.function}
    settled: dict[Part, list[Finding]] = {}
    for part, found in findings.items():
        failed = any(finding.status is Status.FAILED for finding in found)
        settled[part] = []
        for finding in found:
            if finding.check in ("contradiction", "inconclusive") and failed:
                continue
            if finding.check == "inconclusive" and forward_wrong:
                settled[part].append(Finding("forward_first", Status.BLOCKED, finding.case, facts=facts))
            elif finding.check == "contradiction" and forward_wrong:
                by_pytorch = finding.facts["for"] == "PyTorch"
                remark = "right_as_pytorch" if by_pytorch else "right_for_own_forward"
                settled[part].append(Finding(remark, Status.PASSED, finding.case, facts=facts))
            else:
                settled[part].append(finding)
    return settled


def _finding(failure: Failure) -> Finding:
    return Finding(failure.check, failure.status, facts=failure.facts)


def _merge(findings: list[Finding]) -> Iterator[Finding]:
    """Keep the first of findings that differ only by their case, and note the others' cases in it."""
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        # Two exceptions are two findings, unless they come from the same line; their texts may tell each case's sizes.
        raised = (finding.facts.get("type"), str(finding.facts.get("frames")))
        key = (finding.check, finding.array, finding.status, *raised)
        first = kept.setdefault(key, finding)
        if first is not finding:
            also = (*first.facts.get("also", ()), finding.case)
            kept[key] = first._replace(facts={**first.facts, "also": also})
    yield from kept.values()
