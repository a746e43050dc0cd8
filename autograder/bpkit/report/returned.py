"""Sentences about what a function returns, before its numbers matter: shapes, types, counts, names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, Any]

_RETURN = " Is there a `return` at its end?"


def listed(names: list[str]) -> str:
    """Join names as a sentence does."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def shape(facts: Facts) -> str:
    """Say which shape there is and which there should be."""
    got = f"has the shape {facts['shape']}" if facts["shape"] else "is a single number"
    if not facts["expected_shape"]:
        return (
            f"{facts['array']} {got} and should be {'True or False' if facts['flag'] else 'a single number'}."
        )
    return f"{facts['array']} {got} and needs the shape {facts['expected_shape']}."


def finite(facts: Facts) -> str:
    """Say where it stops being a number."""
    kinds = {"nan": "NaN (not a number)", "inf": "infinity"}
    what = " and ".join(kinds[kind] for kind in facts["kinds"])
    place = f"[{', '.join(map(str, facts['index']))}]" if facts["index"] else ""
    return (
        f"{facts['array']} contains {what}, first at {facts['array']}{place}. Look for a division by zero, the "
        "logarithm of zero, the root of a negative number, or an exp of something large."
    )


def dtype(facts: Facts) -> str:
    """Say which type it is and what makes it so."""
    kind = facts["dtype"]
    if kind.startswith("complex"):
        why = "Complex numbers come in through 1j, or the root of a negative number."
    elif kind == "bool":
        why = "A comparison gives bool; multiply with it, or convert it."
    elif kind.startswith("float"):
        why = "An astype or dtype= on the way does that."
    else:
        why = "An array made of whole numbers does that, and so does an astype or dtype= on the way."
    return f"{facts['array']} is of dtype {kind}, and needs float64, like the inputs. {why}"


def count(facts: Facts) -> str:
    """Say how many values there should be."""
    names = ", ".join(facts["names"])
    return (
        f"{facts['function']} returns {facts['got']} value{'s' if facts['got'] != 1 else ''}, and should return "
        f"{facts['expected']}: {names}."
    )


def no_tuple(facts: Facts) -> str:
    """Say that several values should come, and which."""
    return (
        f"{facts['function']} returns {facts['got']}, and should return {len(facts['names'])} values: "
        f"{', '.join(facts['names'])}.{_RETURN if facts['got'] == 'None' else ''}"
    )


def tree(facts: Facts) -> str:
    """Say of what form a nested list should be."""
    missing, more = facts.get("missing", ()), facts.get("more", ())
    if not missing and not more:
        return f"{facts['array']} should be {facts['wanted']}, and is {facts['got']}."
    lines = [f"{facts['array']} has other keys than it should have."]
    lines += [f"Missing: {listed(missing)}."] if missing else []
    lines += [f"Not asked for: {listed(more)}."] if more else []
    return " ".join(lines)


def none(facts: Facts) -> str:
    """Say that nothing came back."""
    hint = _RETURN if facts["alone"] else ""
    return f"{facts['function']} returns None for {facts['array']}, where {_wanted(facts) or 'an array'} should be.{hint}"


def _wanted(facts: Facts) -> str:
    """Say what stands in an array's place; nothing where it is an array."""
    if facts["flag"]:
        return "True or False"
    return "a number" if facts.get("number") else ""


def no_array(facts: Facts) -> str:
    """Say that something else than an array came back."""
    got, wanted = facts["got"], _wanted(facts)
    hint = ""
    forward = facts["function"].endswith("_forward")
    order = " A forward returns the output first, and then the cache."
    if got.startswith("a tuple") and forward:
        hint = " A forward returns the output first, by itself, and then the cache with all that the backward needs."
    elif got.startswith("a tuple") and facts.get("alone"):
        hint = f" {facts['array']} comes back by itself, with nothing beside it."
    elif got.startswith(("a list", "a tuple")):
        hint = "" if wanted else " np.array(…) makes an array of a list of numbers."
        hint += order if forward else ""
    elif forward and got.startswith(("a dict", "an object")):
        hint = order
    elif "dtype object" in got:
        hint = " NumPy makes such an array of a list or None in it, of dtype=object, and with np.frompyfunc."
    kind = "a NumPy array of float64" if got.startswith("an array of dtype") else "a NumPy array of numbers"
    return f"{facts['array']} should be {wanted or kind}, and is {got}.{hint}"


def pair(facts: Facts) -> str:
    """Say that a forward returns two things."""
    hint = _RETURN if facts["got"] == "None" else ""
    return f"{facts['function']} should return two things, the output and the cache, and returns {facts['got']}.{hint}"


def name(facts: Facts) -> str:
    """Say that the function is missing, and what is there."""
    others = [name for name in facts["names"] if not name.startswith("_")]
    there = f" The file defines {listed(others)}." if others else " The file defines no function at all."
    return f"There is no function {facts['function']} in this file.{there} The name has to stay as it was in the stub."


def signature(facts: Facts) -> str:
    """Say that the function takes other arguments."""
    return (
        f"{facts['function']}{facts['signature']} cannot be called with {_arguments(facts)} "
        f"({facts['error']}). Put the stub's signature back."
    )


def _arguments(facts: Facts) -> str:
    return ", ".join(facts.get("arguments", ())) or "what the stub took"
