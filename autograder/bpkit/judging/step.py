"""Judges one case of a function that stands alone, such as an optimizer's step."""

from __future__ import annotations

from bpkit.course.spec import Exercise
from bpkit.judging import case, contract, values, variants
from bpkit.judging.case import CaseVerdict
from bpkit.judging.runner import Call, Failure, Session
from bpkit.judging.verdict import Finding, Status
from bpkit.reference.pack import Recording


class StepJudge:
    """Judges one function by its values."""

    def __init__(self, exercise: Exercise, session: Session) -> None:
        self.exercise, self.session = exercise, session

    def judge(self, recording: Recording, *, thorough: bool, shown: bool) -> CaseVerdict:
        """Judge one case. thorough: with what need be looked at in one case only. shown: keep what is printed."""
        verdict, function = CaseVerdict(), self.exercise.parts[0].function
        called = self.exercise.through or function
        arguments = tuple(recording.inputs.values())
        calls = Call(arguments, echo=True), Call(arguments)
        first, again = case.ask_twice(self.session, called, *calls, verdict, shown=shown)
        if isinstance(first, Failure):
            names = tuple(recording.inputs)
            verdict.add(function, case.of_failure(first, recording.case.name, arguments=names))
            return verdict
        leaves = contract.match(first.value, recording.outputs)
        if isinstance(leaves, Failure):
            verdict.add(function, case.of_failure(leaves, recording.case.name))
            return verdict
        scale = values.floor_scale(recording.inputs)
        findings, verdict.observed = case.examine(leaves, recording, scale, compare=recording.case.compare)
        verdict.add(function, *findings, *case.remarks(first, recording))
        changed = contract.changed(arguments, first.arguments, tuple(recording.inputs))
        if changed:
            verdict.add(
                function, Finding("mutation", Status.FAILED, recording.case.name, facts={"argument": changed})
            )
        differs = case.differs("repeatable", leaves, again, recording.outputs, recording)
        if differs:
            verdict.add(function, differs)
        # What a harness makes of its arguments need not come in their layout and type.
        if thorough and verdict.clean(function) and called == function:
            before, expected = case.arrays(leaves), recording.outputs
            found = variants.check(
                self.session, function, arguments, before, expected, scale, recording.case.name
            )
            verdict.add(function, *([found] if found else []))
        return verdict
