"""Which known mistake is it? A student's wrong arrays are held against what each mistake returned."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from bpkit.judging import values
from bpkit.reference import trees
from bpkit.reference.pack import Recording
from bpkit.reference.trees import Array


class Observed(NamedTuple):
    """One array that a student's function returned for one case. None where there were no numbers.

    follows: how it goes with its upstream gradient, where it is wrong: "in proportion", "not at all" or "otherwise".
    """

    array: Array | None
    wrong: bool
    follows: str = "in proportion"


def name_mistakes(
    recordings: tuple[Recording, ...], observed: Mapping[tuple[int, str], Observed]
) -> dict[str, str]:
    """Return the known mistake for each wrong array that one explains, by the array's name.

    A mistake explains an array when the two agree in every case: equal to the mistake's where that is wrong,
    right where the mistake is right too. Arrays are looked at one by one, so that two mistakes in two arrays are
    both named; of several mistakes, the one that explains most and leaves least over goes first. One that changes
    an array which is right here is not the one that was made; but what a forward returns is looked at without the
    gradients, since a backward may be right beside any forward. Two arrays that have only changed places get no name,
    unless it is the same for both: each may look like a mistake of its own.
    """
    wrong = {name for (_, name), seen in observed.items() if seen.wrong}
    mistakes = dict.fromkeys(mistake for recording in recordings for mistake in recording.mistakes)
    right = {name for _, name in observed} - wrong
    touches = {
        mistake: {name for recording in recordings for name in recording.mistakes.get(mistake, {})}
        for mistake in mistakes
    }
    outputs = {leaf for recording in recordings for leaf in _leaves(recording.outputs)}
    explains = {
        mistake: {
            name
            for name in wrong
            if not touches[mistake] & right & (outputs if name in outputs else right)
            and _explains(mistake, name, recordings, observed)
        }
        for mistake in mistakes
    }
    named: dict[str, str] = {}
    while wrong - named.keys():
        left = wrong - named.keys()
        best = max(
            explains,
            key=lambda mistake: (len(explains[mistake] & left), -len(touches[mistake] - explains[mistake])),
            default=None,
        )
        if best is None or not explains[best] & left:
            break
        named |= dict.fromkeys(explains[best] & left, best)
    for pair in itertools.combinations(sorted(wrong), 2):
        if named.get(pair[0]) != named.get(pair[1]) and _exchanged(*pair, recordings, observed):
            named = {name: mistake for name, mistake in named.items() if name not in pair}
    return named


def _leaves(by_root: Mapping[str, Any]) -> dict[str, Any]:
    return {leaf: value for root, tree in by_root.items() for leaf, value in trees.leaves(tree, root)}


def _exchanged(
    one: str,
    other: str,
    recordings: tuple[Recording, ...],
    observed: Mapping[tuple[int, str], Observed],
) -> bool:
    """Tell whether two arrays are each what the other should be, in every case. Numbers may be by chance."""
    sizes = set()
    for index, recording in enumerate(recordings):
        right = _leaves(recording.outputs) | _leaves(recording.gradients)
        for name, instead in ((one, other), (other, one)):
            seen = observed.get((index, name))
            if seen is None or seen.array is None or instead not in right:
                return False
            expected = np.asarray(right[instead])
            scale = values.floor_scale(recording.inputs, recording.upstream)
            if not values.same(seen.array, expected, scale):
                return False
            sizes.add(expected.size)
    return max(sizes, default=0) > 1


def _explains(
    mistake: str,
    name: str,
    recordings: tuple[Recording, ...],
    observed: Mapping[tuple[int, str], Observed],
) -> bool:
    matched = False
    for index, recording in enumerate(recordings):
        seen = observed.get((index, name))
        if seen is None:
            continue
        theirs = recording.mistakes.get(mistake, {}).get(name)
        if theirs is None:
            if seen.wrong:
                return False
            continue
        scale = values.floor_scale(recording.inputs, recording.upstream)
        if seen.array is None or not values.same(seen.array, theirs, scale):
            return False
        matched = True
    return matched


def alike(mistake: str, recordings: tuple[Recording, ...]) -> tuple[str, ...]:
    """Return the other mistakes that return the same arrays in every case: nobody can tell which it was."""
    others = dict.fromkeys(name for recording in recordings for name in recording.mistakes if name != mistake)
    return tuple(
        other
        for other in others
        if all(
            _equal(recording.mistakes.get(mistake, {}), recording.mistakes.get(other, {}), recording)
            for recording in recordings
        )
    )


def _equal(some: Mapping[str, Array], others: Mapping[str, Array], recording: Recording) -> bool:
    scale = values.floor_scale(recording.inputs, recording.upstream)
    return some.keys() == others.keys() and all(values.same(some[name], others[name], scale) for name in some)
