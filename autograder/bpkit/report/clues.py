"""Sentences for how a wrong array differs from the right one, where it is none of the known mistakes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from bpkit.course.spec import Exercise

Facts = Mapping[str, Any]
_NAME = re.compile(r"[^\W\d]\w*")


def say(signature: str, facts: Facts, exercise: Exercise, function: str) -> str:
    """Return the sentence. facts: the signature's own, with the array's name."""
    upstream = exercise.unit_of(function).upstream if function.endswith("_backward") else ()
    return _SENTENCES[signature]({**facts, "upstream": upstream})


def _factor(facts: Facts) -> str:
    noun = _noun(facts)
    if "constant" in facts:
        if abs(facts["constant"] + 1) < 1e-6:
            return f"It is the right {noun} with the sign turned round, and nothing else is wrong with it."
        return f"It is {_times(facts['constant'])} the right {noun}, everywhere and in every case."
    if "label" in facts:
        label = facts["label"]
        turned = " The sign is turned round as well." if label.startswith("-") else ""
        for name in facts["upstream"]:
            if label.removeprefix("-") == f"1 / {name}":
                return f"It is the right {noun} without the factor {name}: the upstream gradient does not come in.{turned}"
        forgotten = any(name in facts["upstream"] for name in _NAME.findall(label))
        advice = (
            " Is there a mean where a sum belongs, or a sum where a mean belongs?"
            if "." in label and not forgotten
            else ""
        )
        return (
            f"It is exactly the right {noun} times {label.removeprefix('-')}, in every case.{turned}{advice}"
        )
    each = ", ".join(_number(factor) for factor in facts["each"])
    return (
        f"It is the right {noun} times a number that is not the same in every case ({each}): some factor is wrong, "
        "missing, or one too many."
    )


def _noun(facts: Facts) -> str:
    return "number" if facts.get("scalar") else "array"


def _times(value: float) -> str:
    number = _number(value)
    return f"{'about' if _is_cut(number, value) else 'exactly'} {number} times"


def _number(value: float) -> str:
    """Write a factor as people do: 2, 0.5, 1/3, 0.4142."""
    if float(f"{value:.3g}") == value:
        return f"{value:.3g}"
    fraction = Fraction(value).limit_denominator(64)
    if abs(fraction.numerator) <= 64 and abs(float(fraction) - value) <= 1e-6 * abs(value):
        return str(fraction)
    return f"{value:.4g}"


def _is_cut(number: str, value: float) -> bool:
    return abs(float(Fraction(number)) - value) > 1e-6 * abs(value)


def _axes(axes: tuple[int, ...]) -> str:
    return f"axis {axes[0]}" if len(axes) == 1 else f"axes {' and '.join(map(str, axes))}"


def _transposed(facts: Facts) -> str:
    if facts["order"] is None:
        return "It is the right array transposed: rows and columns have changed places."
    return "It holds the right numbers with its axes in another order."


def _not_summed(facts: Facts) -> str:
    if facts["mean"]:
        return f"A mean is still to be taken: it has {_axes(facts['axes'])} left, along which it should be averaged."
    return (
        f"It still has {_axes(facts['axes'])}, along which it has to be added up: what one number reached in several "
        "places gets back the sum of what these places send."
    )


def _summed(facts: Facts) -> str:
    if facts["axes"] is None:
        return "Everything was added up. Each place has a number of its own, and they should stay apart."
    return (
        f"Something was added up that belongs apart: along {_axes(facts['axes'])} the right array has a number of its "
        "own for each place."
    )


def _wrong_axis(facts: Facts) -> str:
    return (
        f"It is the sum of {facts['of']} along {_axes(facts['axes'])}. A sum is right; the axis is another."
    )


def _is_other(facts: Facts) -> str:
    if facts["expected"]:
        return f"It is exactly what {facts['other']} should be. Have two of them changed places?"
    return f"It is exactly {facts['other']}, unchanged."


def _ignores_upstream(facts: Facts) -> str:
    names = " and ".join(facts["upstream"])
    return (
        f"It stays the same whatever {names} is. A gradient is what comes from above times the derivative of this step: "
        f"where does {names} come in?"
    )


def _bent(facts: Facts) -> str:
    names = " and ".join(facts["upstream"])
    return (
        f"It does not go in proportion with {names}: where {names} is turned round or doubled, it should be so too. Is "
        f"there an abs, a sign, a clip or an if on {names}, or is something added that {names} does not multiply?"
    )


def _shifted(facts: Facts) -> str:
    if facts["by"] is None:
        return "All of its numbers are off by one and the same amount, which is not the same in every case."
    return f"All of its numbers are too {'large' if facts['by'] > 0 else 'small'} by {_number(abs(facts['by']))}."


def _blocks(facts: Facts) -> str:
    return (
        f"The numbers are right, but the blocks stand in the order {', '.join(facts['order'])}; they belong in the order "
        f"{', '.join(facts['names'])}."
    )


_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "zero": lambda _: (
        "It is zero everywhere. Was it made and never filled, is something on the way to it multiplied by zero, or does a "
        "function return before it gets there?"
    ),
    "reshaped": lambda _: "The numbers in it are right; only the shape is not.",
    "factor": _factor,
    "blocks": _blocks,
    "transposed": _transposed,
    "not_summed": _not_summed,
    "summed": _summed,
    "wrong_axis": _wrong_axis,
    "is_other": _is_other,
    "ignores_upstream": _ignores_upstream,
    "bent": _bent,
    "signs": lambda f: (
        "Its size is right in every case, and its sign is not."
        if f.get("scalar")
        else "All of its absolute values are right, and some of its signs are not."
    ),
    "gaps": lambda f: (
        "Where it is wrong it is 0, and in the other cases it is right."
        if f.get("scalar")
        else "Where it is wrong it is 0, and elsewhere it is right. Was that part never filled, or does a "
        "mask leave out too much?"
    ),
    "close": lambda f: (
        f"It is close, but not exact: off by up to {f['off']:.1g} of its largest entry. Is something rounded, or an eps or "
        "another constant not what it should be?"
    ),
    "shifted": _shifted,
}
