"""Judges one case of a forward and its backward, with both witnesses: PyTorch's values and finite differences."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

from bpkit.course.spec import Exercise
from bpkit.judging import case, contract, gradient, subject, values, variants
from bpkit.judging.case import CaseVerdict
from bpkit.judging.contract import Leaf
from bpkit.judging.gradient import Witness
from bpkit.judging.runner import Call, Failure, Returned, Session
from bpkit.judging.verdict import Finding, Status
from bpkit.reference import inputs, trees
from bpkit.reference.pack import Recording
from bpkit.reference.trees import Array
from bpkit.worker.wire import Slot

_DOUBT = 1e-5  # finite differences contradict PyTorch from here on; its own tolerance is 1e-6
_FAR = 0.01  # of an array's largest entry: far more than rounding
_FIRST, _SECOND = Slot(0), Slot(1)


class PairJudge:
    """Judges a forward and a backward."""

    def __init__(self, exercise: Exercise, session: Session) -> None:
        self.exercise, self.session = exercise, session
        self.forward, self.backward = (part.function for part in exercise.parts)

    def judge(self, recording: Recording, *, thorough: bool, shown: bool) -> CaseVerdict:
        """Judge one case. thorough: with what need be looked at in one case only. shown: keep what is printed."""
        verdict = CaseVerdict()
        leaves = self._judge_forward(recording, verdict, shown=shown)
        if leaves is None:
            verdict.add(self.backward, self._without_forward(recording))
            return verdict
        finite = all(leaf.got is not None and np.isfinite(leaf.got).all() for leaf in leaves)
        if not finite and not verdict.clean(self.forward):
            return verdict  # its own forward leaves nothing to differentiate here; the other cases judge the backward
        watch = self.forward if thorough else ""
        gradients = self._judge_backward(recording, verdict, leaves, watch=watch, shown=shown)
        # Where chance is in it, another layout or type may draw otherwise, and be as right.
        if thorough and verdict.clean(self.forward) and recording.case.compare:
            self._vary(recording, verdict, leaves, gradients)
        return verdict

    def _vary(
        self,
        recording: Recording,
        verdict: CaseVerdict,
        outputs: tuple[Leaf, ...],
        gradients: tuple[Leaf, ...],
    ) -> None:
        """Ask once more with other layouts and float32; of the backward only where there is nothing against it."""
        arguments, before = tuple(recording.inputs.values()), case.arrays(outputs)
        scale = values.floor_scale(recording.inputs, recording.upstream)
        expected = subject.outputs(self.exercise, recording)
        found = variants.check(
            self.session, self.forward, arguments, before, expected, scale, recording.case.name, caches="keep"
        )
        verdict.add(self.forward, *([found] if found else []))
        if not found and gradients and verdict.clean(self.backward):
            arguments, before = (subject.given(recording.upstream),), case.arrays(gradients)
            expected = subject.gradients(self.exercise, recording)
            found = variants.check(
                self.session,
                self.backward,
                arguments,
                before,
                expected,
                scale,
                recording.case.name,
                caches="use",
            )
            verdict.add(self.backward, *([found] if found else []))

    def _judge_forward(
        self, recording: Recording, verdict: CaseVerdict, *, shown: bool
    ) -> tuple[Leaf, ...] | None:
        """Return the outputs, or None where there are none that a backward could start from."""
        name, arguments = recording.case.name, tuple(recording.inputs.values())
        # A second forward comes before the backward: what the first one cached has to be its own.
        calls = Call(arguments, _FIRST, echo=True), Call(arguments, _SECOND)
        first, again = case.ask_twice(self.session, self.forward, *calls, verdict, shown=shown)
        if isinstance(first, Failure):
            names = tuple(recording.inputs)
            verdict.add(self.forward, case.of_failure(first, name, arguments=names))
            return None
        expected = subject.outputs(self.exercise, recording)
        leaves = contract.match(first.value, expected)
        if isinstance(leaves, Failure):
            verdict.add(self.forward, case.of_failure(leaves, name))
            return None
        scale = values.floor_scale(recording.inputs)
        findings, observed = case.examine(leaves, recording, scale, compare=recording.case.compare)
        verdict.observed |= observed
        verdict.add(self.forward, *findings, *case.remarks(first, recording))
        changed = contract.changed(arguments, first.arguments, tuple(recording.inputs))
        if changed:
            verdict.add(self.forward, Finding("mutation", Status.FAILED, name, facts={"argument": changed}))
        differs = case.differs("repeatable", leaves, again, expected, recording)
        if differs:
            verdict.add(self.forward, differs)
            return None
        shapes_fit = all(leaf.got is not None and leaf.got.shape == leaf.expected.shape for leaf in leaves)
        return leaves if shapes_fit else None

    def _without_forward(self, recording: Recording) -> Finding:
        """Say of a backward that cannot be run whether it is blocked or not even started."""
        answer = self.session.call(self.backward, (subject.given(recording.upstream), None))
        if isinstance(answer, Failure) and answer.check in ("not_started", "name"):
            return case.of_failure(answer, recording.case.name)
        return Finding("forward_first", Status.BLOCKED, recording.case.name, facts={"function": self.forward})

    def _judge_backward(
        self,
        recording: Recording,
        verdict: CaseVerdict,
        outputs: tuple[Leaf, ...],
        *,
        watch: str,
        shown: bool,
    ) -> tuple[Leaf, ...]:
        """Return the gradients, as far as they are such; none where the backward does not answer twice alike."""
        name, arguments = recording.case.name, (subject.given(recording.upstream), _FIRST)
        calls = Call(arguments, echo=True), Call(arguments, watch=watch)
        result, again = case.ask_twice(self.session, self.backward, *calls, verdict, shown=shown)
        if isinstance(result, Failure):
            upstream = self.exercise.upstream
            names = (upstream[0] if len(upstream) == 1 else "dout", "cache")
            verdict.add(self.backward, case.of_failure(result, name, arguments=names))
            return ()
        expected = subject.gradients(self.exercise, recording)
        leaves = contract.match(result.value, expected)
        if isinstance(leaves, Failure):
            verdict.add(self.backward, case.of_failure(leaves, name))
            return ()
        scale = values.floor_scale(recording.inputs, recording.upstream)
        findings, observed = case.examine(leaves, recording, scale, compare=recording.case.compare)
        verdict.observed |= observed
        verdict.add(self.backward, *case.remarks(result, recording))
        changed = contract.changed_upstream(arguments[0], result.arguments[:1], self.exercise.upstream)
        if changed:
            verdict.add(self.backward, Finding("mutation", Status.FAILED, name, facts={"argument": changed}))
        changed = self._changed_through_cache(recording, result, outputs)
        forward_did = any(found.check == "mutation" for found in verdict.findings.get(self.forward, ()))
        if changed and not forward_did:
            verdict.add(
                self.backward, Finding("cache_mutation", Status.FAILED, name, facts={"argument": changed})
            )
        if isinstance(again, Returned) and again.near and self._depends_on_near_calls(recording, leaves):
            verdict.add(
                self.backward, Finding("numerical", Status.FAILED, name, facts={"forward": self.forward})
            )
            return ()
        differs = case.differs("backward_repeatable", leaves, again, expected, recording)
        if differs:
            verdict.add(self.backward, differs)
            return ()
        for gradient_name, follows in (self._follows(recording, leaves) if findings else {}).items():
            seen = verdict.observed[gradient_name]
            verdict.observed[gradient_name] = seen._replace(follows=follows)
        crooked = self._out_of_proportion(recording, leaves) if watch and not findings else None
        if crooked:
            verdict.add(self.backward, Finding("not_proportional", Status.FAILED, name, crooked))
            return leaves
        differs = self._after_another_forward(recording, leaves, arguments)
        if differs:
            verdict.add(self.backward, differs)
            return ()
        witness = None
        if recording.case.finite_differences and all(leaf.failure is None for leaf in leaves):
            witness, refused = self._second_witness(recording)
            if refused is not None and not findings:
                failure, array = refused
                verdict.add(self.backward, case.of_failure(failure, name, array))
                return ()
        denied = (
            witness is not None and witness.agrees is False and witness.off >= _DOUBT and not witness.slight
        )
        if denied and not findings and verdict.clean(self.forward) and recording.case.compare:
            findings, witness = self._without_contradiction(recording, leaves, outputs), None
        verdict.add(self.backward, *self._weigh(recording, findings, witness, leaves, verdict))
        return leaves

    def _depends_on_near_calls(self, recording: Recording, leaves: tuple[Leaf, ...]) -> bool:
        """Tell whether a gradient changes when the forward does not, close to its inputs: it is differences of it."""
        arguments = (subject.given(recording.upstream), _FIRST)
        held = self.session.call_all(self.backward, [Call(arguments, watch=self.forward, hold=True)])[0]
        expected = subject.gradients(self.exercise, recording)
        found = held if isinstance(held, Failure) else contract.match(held.value, expected)
        if isinstance(found, Failure):
            return False  # a check of the student's own has noticed
        before = case.arrays(leaves)
        return any(
            name in before
            and array.shape == before[name].shape
            and values.compare(array, before[name], values.scale_of((before[name],)), _FAR) is not None
            for name, array in case.arrays(found).items()
        )

    def _follows(self, recording: Recording, leaves: tuple[Leaf, ...]) -> dict[str, str]:
        """Return how each gradient goes when the upstream gradient is turned round and doubled; see `Observed`."""
        after = self._scaled(recording, -2.0) or {}
        found = {}
        for name, before in case.arrays(leaves).items():
            if name not in after or after[name].shape != before.shape or not np.isfinite(before).all():
                continue
            if contract.repeats({name: before}, after) is None:
                found[name] = "not at all"
            elif values.compare(after[name], -2.0 * before, values.scale_of((before,))):
                found[name] = "otherwise"
        return found

    def _out_of_proportion(self, recording: Recording, leaves: tuple[Leaf, ...]) -> str | None:
        """Return the name of a gradient that is not turned round and a thousand times larger with its upstream, or None.

        Both witnesses see upstream gradients of the usual size only, which an abs or a clip may not touch.
        """
        after = self._scaled(recording, -1e3)
        for name, before in case.arrays(leaves).items():
            if after is None or after[name].shape != before.shape:
                return name
            if values.compare(after[name], -1e3 * before, 1e3 * values.scale_of((before,))):
                return name
        return None

    def _scaled(self, recording: Recording, factor: float) -> dict[str, Array] | None:
        """Return the gradients for a multiple of the upstream gradient; None where there are none."""
        scaled = tuple(inputs.plain(np.asarray(up) * factor) for up in recording.upstream)
        result = self.session.call(self.backward, (subject.given(scaled), _FIRST))
        expected = subject.gradients(self.exercise, recording)
        found = result if isinstance(result, Failure) else contract.match(result.value, expected)
        if isinstance(found, Failure) or any(leaf.got is None for leaf in found):
            return None
        return case.arrays(found)

    def _changed_through_cache(
        self, recording: Recording, result: Returned, outputs: tuple[Leaf, ...]
    ) -> str | None:
        """Return the name of an input or output of the forward that the backward has changed, or None.

        A cache may well hold the caller's own arrays; the backward is not to write into them.
        """
        kept = result.arguments[1] if len(result.arguments) == 2 else None
        if not isinstance(kept, list) or len(kept) != 2 or not isinstance(kept[0], list):
            return None  # the worker of an honest answer sends both
        names = tuple(recording.inputs)
        before, after = (
            tuple(recording.inputs.values()),
            contract.match(kept[1], subject.outputs(self.exercise, recording)),
        )
        changed = contract.changed(before, tuple(kept[0]), names)
        if changed or isinstance(after, Failure):
            return changed
        return contract.repeats(case.arrays(outputs), case.arrays(after))

    def _without_contradiction(
        self, recording: Recording, leaves: tuple[Leaf, ...], outputs: tuple[Leaf, ...]
    ) -> list[Finding]:
        """PyTorch finds the gradients right and finite differences clearly do not: find out why.

        The recorded upstream gradient is one of many. A backward that treats it with abs, clip or an if may be
        right for that one. And a forward that moves in steps, being rounded or computed in float32, has no slope
        to be seen. What is left is a fault of ours.
        """
        name = recording.case.name
        crooked = self._not_proportional(recording, leaves)
        if crooked:
            return [Finding("not_proportional", Status.FAILED, name, crooked)]
        seen = self.exercise.upstream_of or self.exercise.returns
        if all(_in_steps(leaf.got) for leaf in outputs if leaf.got is not None and leaf.name in seen):
            return []
        return [Finding("contradiction", Status.NOT_JUDGED, name, facts={"for": "PyTorch"})]

    def _not_proportional(self, recording: Recording, leaves: tuple[Leaf, ...]) -> str | None:
        """Return the name of a gradient for which backward(u) + backward(v) is not backward(u + v), or None."""
        expected = subject.gradients(self.exercise, recording)
        first = case.arrays(leaves)
        for factor in (-1.5, 1e3):  # the second one reaches a clip
            other = tuple(np.asarray(up) * factor for up in recording.upstream)
            both = tuple(np.asarray(up) + v for up, v in zip(recording.upstream, other, strict=True))
            found = []
            for up in (other, both):
                given = subject.given(tuple(inputs.plain(array) for array in up))
                result = self.session.call(self.backward, (given, _FIRST))
                matched = None if isinstance(result, Failure) else contract.match(result.value, expected)
                if matched is None or isinstance(matched, Failure):
                    return leaves[0].name
                found.append(case.arrays(matched))
            for leaf, array in first.items():
                scale = values.scale_of((array,))
                if values.compare(array + found[0][leaf], found[1][leaf], scale) is not None:
                    return leaf
        return None

    def _after_another_forward(
        self, recording: Recording, leaves: tuple[Leaf, ...], arguments: tuple[Any, ...]
    ) -> Finding | None:
        """Run the forward on other inputs; return a finding where this changes a gradient, or None.

        A global variable, or an array that the next forward overwrites, serves only until there are two layers.
        Finite differences run forwards in between, so they would call such a gradient wrong, and PyTorch right.
        """
        # Values that the function may be given as well: probabilities stay probabilities.
        change = {
            leaf: inputs.plain(np.flip(array) * 0.875)
            for name, tree in recording.inputs.items()
            if name in self.exercise.gradients_of or isinstance(tree, float)
            for leaf, array in trees.arrays(tree, name).items()
        }
        change |= {name: not flag for name, flag in recording.inputs.items() if isinstance(flag, bool)}
        others = tuple(trees.replace(tree, name, change) for name, tree in recording.inputs.items())
        if isinstance(self.session.call(self.forward, others, keep=_SECOND), Failure):
            return None
        again = self.session.call(self.backward, arguments)
        return case.differs(
            "cache_not_own", leaves, again, subject.gradients(self.exercise, recording), recording
        )

    def _second_witness(self, recording: Recording) -> tuple[Witness, subject.Refused | None]:
        """Return what finite differences say, and how the backward failed for them where it did."""
        point: dict[str, Array] = {}
        for name in self.exercise.gradients_of:
            point |= trees.arrays(recording.inputs[name], name)
        seed = [zlib.crc32(self.exercise.id.encode()), zlib.crc32(recording.case.name.encode())]
        pair = subject.Pair(self.exercise, self.session, recording, point)
        explain = not recording.case.compare  # where PyTorch has the arrays, they show what is wrong
        return gradient.check(pair, point, np.random.default_rng(seed), explain=explain), pair.refused

    def _weigh(
        self,
        recording: Recording,
        findings: list[Finding],
        witness: Witness | None,
        leaves: tuple[Leaf, ...],
        verdict: CaseVerdict,
    ) -> list[Finding]:
        """Put the two witnesses together, as the table in docs/architecture.md has it."""
        name, agrees = recording.case.name, witness.agrees if witness else None
        at_inputs = witness is not None and witness.at_inputs
        only_values = all(finding.check == "values" for finding in findings)
        if not recording.case.compare:
            if witness is not None and agrees is False:
                return self._disagreements(recording, witness, leaves)
            if agrees is None and not findings and verdict.clean(self.forward):
                return [Finding("inconclusive", Status.NOT_JUDGED, name)]
            return findings
        if verdict.clean(self.forward):
            if findings and only_values and agrees and at_inputs and not _hidden(recording, leaves):
                return [
                    Finding("contradiction", Status.NOT_JUDGED, name, facts={"for": "finite differences"})
                ]
            return findings
        facts = {"function": self.forward}
        if not findings:
            return [Finding("right_as_pytorch", Status.PASSED, name, facts=facts)]
        if only_values and agrees:
            return [Finding("right_for_own_forward", Status.PASSED, name, facts=facts)]
        if only_values and not recording.case.finite_differences:
            return []  # whether it is right for this forward, the other cases tell
        if only_values and agrees is None:
            return [Finding("forward_first", Status.BLOCKED, name, facts=facts)]
        return [*findings, Finding("mend_forward", Status.FAILED, name, facts=facts)]

    def _disagreements(
        self, recording: Recording, witness: Witness, leaves: tuple[Leaf, ...]
    ) -> list[Finding]:
        by_name = {leaf.name: leaf for leaf in leaves}
        found = []
        for source, mismatch in (witness.wrong or {}).items():
            returned = subject.gradient_leaf(self.exercise, source)
            if mismatch is None:
                found.append(Finding("gradient", Status.FAILED, recording.case.name, returned))
            else:
                found.append(case.of_mismatch("gradient", mismatch, recording, by_name[returned]))
        return found


def _hidden(recording: Recording, leaves: tuple[Leaf, ...]) -> bool:
    """Tell whether the gradients are off by so little that a forward which is right to the tolerance may be to blame.

    Such as one that clips where sigmoid is 1 up to 1e-9: then the two witnesses speak of different functions.
    """
    outputs = [leaf for tree in recording.outputs.values() for leaf in trees.arrays(tree, "").values()]
    largest = max(float(np.abs(output).max(initial=0.0)) for output in outputs)
    upstream = max(float(np.linalg.norm(np.ravel(up))) for up in recording.upstream)
    off = max(
        float(np.abs(leaf.got - leaf.expected).max(initial=0.0)) for leaf in leaves if leaf.got is not None
    )
    return off <= values.RTOL * largest * upstream


def _in_steps(array: Array) -> bool:
    """Tell whether every number is one of float32's, or rounded to a few decimals."""
    return bool((array == array.astype(np.float32)).all() or (array == array.round(10)).all())
