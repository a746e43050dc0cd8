"""Every sentence that a check's finding is told with. Nothing else in bpkit speaks to a student about their code.

`message` gives the whole text of a finding: what is wrong, then the case, the shapes and the worst element.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import Finding, Status
from bpkit.report import clues

Facts = Mapping[str, Any]

_RETURN = " Is there a `return` at its end?"

STATUS = {
    Status.PASSED: "passed",
    Status.NOT_STARTED: "not started",
    Status.BLOCKED: "waits for something else",
    Status.FAILED: "not right yet",
    Status.BAD_RETURN: "returned something that cannot be judged",
    Status.OUT_OF_MEMORY: "ran out of memory",
    Status.TIMED_OUT: "took too long",
    Status.CRASHED: "stopped with an error",
    Status.NOT_JUDGED: "could not be judged (a fault of the checker, not yours)",
}


ISOLATION = (
    "a process of its own",
    "seccomp (no processes, sockets or files for writing)",
    "Landlock (reads the standard library and numpy, nothing else)",
    "namespaces (its own users, processes and network, an empty root)",
)


def message(finding: Finding, exercise: Exercise, function: str) -> str:
    """Return the finding's text: one or more lines, the sentence that matters first."""
    facts = {
        "function": function,
        "alone": _alone(exercise, function),
        "array": finding.array,
        **finding.facts,
    }
    say = _SENTENCES.get(finding.check)
    lines = [say(facts) if say else str(facts.get("text", ""))]
    if finding.mistake:
        lines.append(exercise.mistakes[finding.mistake])
        lines += [
            f"Or it is this, which gives the same: {exercise.mistakes[name]}"
            for name in facts.get("alike", ())
        ]
    elif finding.signature:
        lines.append(clues.say(finding.signature, finding.facts["clue"], exercise, function))
    elif finding.check in ("values", "gradient"):
        lines.append("This is none of the mistakes that this exercise knows by name.")
    lines += _details(finding, facts)
    return "\n".join(line for line in lines if line)


def _alone(exercise: Exercise, function: str) -> bool:
    """Tell whether the function returns one array and nothing else."""
    return any(
        part.kind != "forward" and len(part.returns) == 1
        for part in exercise.parts
        if part.function == function
    )


def _details(finding: Finding, facts: Facts) -> list[str]:
    lines = []
    if finding.case and finding.check not in _WITHOUT_CASE:
        inputs = f": {facts['inputs']}" if facts.get("inputs") else ""
        also = f" (also in: {', '.join(facts['also'])})" if facts.get("also") else ""
        lines.append(f'case "{finding.case}"{inputs}{also}')
    if "index" in facts and "expected" in facts:
        place = f"[{', '.join(map(str, facts['index']))}]" if facts["index"] else ""
        if facts["shape"]:
            lines.append(
                f"{finding.array}: shape {facts['shape']}, as it should be; {_where(finding.where or '')}"
            )
        expected, got = _apart(facts["expected"], facts["got"])
        lines.append(f"worst: {finding.array}{place} should be {expected}, and is {got}")
    return lines


def _apart(expected: float, got: float) -> tuple[str, str]:
    """Write two numbers with as many digits as it takes to see the difference; no minus before a 0."""
    for digits in (6, 9, 12, 17):
        pair = f"{expected + 0.0:.{digits}g}", f"{got + 0.0:.{digits}g}"
        if pair[0] != pair[1]:
            break
    return pair


def _where(where: str) -> str:
    kind, _, rest = where.partition(" ")
    if where.startswith("all but "):
        return f"only {where.removeprefix('all but ')} is right throughout"
    match kind:
        case "all":
            return "every element is off"
        case "one":
            return "only one element is off"
        case "row" | "column":
            return f"only {kind} {rest} is off"
        case _:
            return f"{where} elements are off"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _values(facts: Facts) -> str:
    right = list(facts.get("right", ()))
    kept = f" {_listed(right)} {'is' if len(right) == 1 else 'are'} right." if right else ""
    return f"{facts['array']} has the right shape and the wrong values.{kept}"


def _shape(facts: Facts) -> str:
    got = f"has the shape {facts['shape']}" if facts["shape"] else "is a single number"
    if not facts["expected_shape"]:
        return f"{facts['array']} {got} and should be a single number."
    return f"{facts['array']} {got} and needs the shape {facts['expected_shape']}."


def _finite(facts: Facts) -> str:
    kinds = {"nan": "NaN (not a number)", "inf": "infinity"}
    what = " and ".join(kinds[kind] for kind in facts["kinds"])
    place = f"[{', '.join(map(str, facts['index']))}]" if facts["index"] else ""
    return (
        f"{facts['array']} contains {what}, first at {facts['array']}{place}. Look for a division by zero, the "
        "logarithm of zero, or an exp of something large."
    )


def _dtype(facts: Facts) -> str:
    return (
        f"{facts['array']} is of dtype {facts['dtype']}, and needs float64, like the inputs. An astype or dtype= on "
        "the way, or an array made of whole numbers, does that."
    )


def _count(facts: Facts) -> str:
    names = ", ".join(facts["names"])
    return (
        f"{facts['function']} returns {facts['got']} value{'s' if facts['got'] != 1 else ''}, and should return "
        f"{facts['expected']}: {names}."
    )


def _no_tuple(facts: Facts) -> str:
    return (
        f"{facts['function']} returns {facts['got']}, and should return {len(facts['names'])} values: "
        f"{', '.join(facts['names'])}.{_RETURN if facts['got'] == 'None' else ''}"
    )


def _none(facts: Facts) -> str:
    hint = _RETURN if facts["alone"] else ""
    return f"{facts['function']} returns None for {facts['array']}, where an array should be.{hint}"


def _no_array(facts: Facts) -> str:
    got = facts["got"]
    hint = ""
    if facts["function"].endswith("_forward") and got.startswith(
        ("a list", "a tuple", "a dict", "an object")
    ):
        hint = " A forward returns the output first, and then the cache."
    elif facts["alone"] and got.startswith(("a list", "a tuple")):
        hint = f" {facts['function']} returns this one array, by itself."
    elif got.startswith(("a list", "a tuple")):
        hint = " Return the NumPy array itself."
    elif "dtype object" in got:
        hint = " NumPy makes such an array where a list or None went into it, or dtype=object was asked for."
    return f"{facts['array']} should be a NumPy array of numbers, and is {got}.{hint}"


def _pair(facts: Facts) -> str:
    hint = _RETURN if facts["got"] == "None" else ""
    return f"{facts['function']} should return two things, the output and the cache, and returns {facts['got']}.{hint}"


def _name(facts: Facts) -> str:
    others = [name for name in facts["names"] if not name.startswith("_")]
    there = f" The file defines {_listed(others)}." if others else " The file defines no function at all."
    return f"There is no function {facts['function']} in this file.{there} The name has to stay as it was in the stub."


def _signature(facts: Facts) -> str:
    return (
        f"{facts['function']}{facts['signature']} cannot be called with {_arguments(facts)} "
        f"({facts['error']}). Put the stub's signature back."
    )


def _arguments(facts: Facts) -> str:
    return ", ".join(facts.get("arguments", ())) or "what the stub took"


def _syntax(facts: Facts) -> str:
    line = f"\n    {facts['text']}" if facts["text"] else ""
    place = f"{facts['path']}, line {facts['line']}: " if facts["line"] else ""  # a null byte has no line
    return f"{place}Python cannot read this{'' if place else ' file'}: {facts['message']}.{line}"


def _exception(facts: Facts) -> str:
    frames = facts["frames"]
    subject = "The file" if frames and frames[0]["function"] == "<module>" else facts["function"]
    lines = [f"{subject} stopped with {facts['type']}: {facts['message']}".rstrip(": ")]
    shown = [frame for before, frame in zip([None, *frames], frames, strict=False) if frame != before]
    for frame in shown[-5:]:
        lines.append(f"    {frame['path']}, line {frame['line']}, in {frame['function']}")
        if frame["text"]:
            lines.append(f"        {frame['text']}")
    return "\n".join(lines)


def _import(facts: Facts) -> str:
    return (
        f"{_exception(facts)}\nOnly numpy, Python's standard library and your own files can be imported here. "
        "Gradients are derived by hand, so there is no torch and no jax."
    )


def _memory(facts: Facts) -> str:
    return f"{_exception(facts)}\nThe limit is 2 GiB. Is an array much larger than you meant?"


def _numerical(facts: Facts) -> str:
    return (
        f"The gradient is made of differences: {facts['function']} calls {facts['forward']} at inputs close to its own. "
        "That is numerical differentiation, which takes a forward or two for every single input, and this exercise is "
        "about the way that takes none. Keep the differences to check your work, and derive the gradient by hand."
    )


_LAYOUTS = {
    "fortran": "the same numbers lie column by column in memory, as in a transposed array",
    "strided": "the same numbers do not lie side by side in memory, as in x[::2]",
}


def _layout(layout: str) -> Callable[[Facts], str]:
    how = _LAYOUTS[layout]
    advice = (
        "Does something rely on how they lie? Writing into what ravel() or reshape() returns reaches the array only if it "
        "lies row by row, as np.zeros(x.shape) always does; np.zeros_like(x) lies as x does. That costs nothing."
    )

    def say(facts: Facts) -> str:
        if "failed" in facts:
            return f"This is right, but fails where {how}: {_SENTENCES[facts['failed']](facts)}\n{advice}"
        return f"This is right, but {facts['array']} comes out differently where {how}. {advice}"

    return say


def _float32(facts: Facts) -> str:
    if "failed" in facts:
        failure = _SENTENCES[facts["failed"]](facts)
        return f"This is right, but fails for float32 inputs: {failure}\nThat costs nothing."
    place = f"[{', '.join(map(str, facts['place']))}]" if facts["place"] else ""
    expected, got = _apart(facts["before"], facts["got"])
    return (
        f"This is right, but with float32 inputs {facts['array']} comes out differently: {facts['array']}{place} is {got}, and with the "
        f"same numbers in float64 {expected}. Rounding alone does less. Is there a very small constant that float32 "
        "cannot hold, a difference of two large numbers, or a numerical derivative? That costs nothing."
    )


_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "values": _values,
    "gradient": lambda f: f"{f['array']} is not the derivative of your own forward.",
    "shape": _shape,
    "dtype": _dtype,
    "finite": _finite,
    "count": _count,
    "no_tuple": _no_tuple,
    "none": _none,
    "no_array": _no_array,
    "pair": _pair,
    "name": _name,
    "signature": _signature,
    "syntax": _syntax,
    "exception": _exception,
    "import": _import,
    "memory": _memory,
    "file_missing": lambda f: (
        f"There is no file {f['path']} here. `bpkit init .` in the workspace puts a fresh stub back."
    ),
    "encoding": lambda f: f"{f['path']} is not encoded in UTF-8. Save it as UTF-8 in your editor.",
    "not_started": lambda f: (
        f"There is code here, but line {f['line']} still says raise NotImplementedError(). Delete that line."
        if "line" in f
        else "Not started yet."
    ),
    "blocked_by": lambda f: f"Blocked by {f['exercise']}, which is not started yet and which this file uses.",
    "forward_first": lambda f: f"Mend {f['function']} first; then this can be judged.",
    "mend_forward": lambda f: (
        f"{f['function']} is not right yet either, and the gradients belong to it. Mend it first, then look here again."
    ),
    "right_for_own_forward": lambda f: (
        f"This is the right derivative of {f['function']} as it stands. The forward itself is not right yet."
    ),
    "right_as_pytorch": lambda f: f"These are the right gradients already. {f['function']} is not right yet.",
    "deadline": lambda f: (
        f"No answer within {f['seconds']:g} seconds, so it was stopped. Is there a loop that never ends?"
    ),
    "killed": lambda _: "The system ended the process, most likely because memory ran out.",
    "signal": lambda f: (
        f"Python itself crashed ({f['signal']}). Very deep recursion does that, and so does code that goes "
        "around Python."
    ),
    "exit": lambda f: (
        f"The code ended the whole process (exit code {f['code']}). Take os._exit and the like out; a function returns."
    ),
    "sys_exit": lambda f: f"{_exception(f)}\nA function should return, not leave the program.",
    "garbled": lambda _: (
        "The code wrote where the checker listens, so nothing that it returned can be believed."
    ),
    "numerical": _numerical,
    "fortran": _layout("fortran"),
    "strided": _layout("strided"),
    "float32": _float32,
    "mutation": lambda f: (
        f"{f['function']} changes {f['argument']} in place. Whoever called still needs it: "
        f"{f['argument']} = {f['argument']} - … makes a new array, {f['argument']} -= … changes the caller's."
    ),
    "cache_mutation": lambda f: (
        f"{f['function']} changes {f['argument']}, through the cache. Whoever called the forward still needs it: work "
        "on a copy."
    ),
    "not_proportional": lambda f: (
        f"{f['array']} is right for one upstream gradient and wrong for others: with an upstream gradient twice as "
        "large it should be twice as large. Is there an abs, a clip or an if on it?"
    ),
    "repeatable": lambda f: (
        f"{f['array']} came out differently when {f['function']} was called again with the same inputs. Nothing may be "
        "kept between calls, and chance may come only from rng."
    ),
    "backward_repeatable": lambda f: (
        f"{f['array']} came out differently when {f['function']} was called again with the same cache. It may be "
        "called twice: does it change the cache, or add to something that is kept?"
    ),
    "cache_not_own": lambda f: (
        f"{f['array']} comes out differently once the forward has run on other inputs. Use only what the cache holds: "
        "a network runs many forwards before the first backward, and each needs what it saw itself."
    ),
    "warning": lambda f: f"NumPy warned on the way ({f['warning']}). That costs nothing.",
    "contradiction": lambda f: (
        f"The checker contradicts itself here: only {f['for']} finds this right. That is our fault, not "
        "yours, so this part is not judged. Please report it."
    ),
    "inconclusive": lambda _: (
        "The check could not decide here. That is our fault, not yours, so this part is not judged. Please report it."
    ),
    "broken_property": lambda f: (
        f"The check {f['property']} itself failed ({f['error']}). That is our fault, not yours, so this part "
        "is not judged. Please report it."
    ),
}
_WITHOUT_CASE = frozenset(
    {"not_started", "name", "signature", "blocked_by", "forward_first", "mend_forward", "right_for_own_forward",
     "right_as_pytorch"}
)  # fmt: skip
