"""Every sentence that a check's finding is told with. Nothing else in bpkit speaks to a student about their code.

`message` gives the whole text of a finding: what is wrong, then the case, the shapes and the worst element.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import Finding, Status
from bpkit.report import clues, returned

Facts = Mapping[str, Any]

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

NOT_STARTED = "Not started yet."

ISOLATION = (
    "a process of its own",
    "seccomp (no processes, sockets or files for writing)",
    "Landlock (reads the standard library and numpy only)",
    "namespaces (own users, processes, network and root)",
)


def message(finding: Finding, exercise: Exercise, function: str) -> str:
    """Return the finding's text: one or more lines, the sentence that matters first."""
    facts = {
        "function": function,
        "alone": _alone(exercise, function),
        "array": finding.array,
        **finding.facts,
    }
    facts["flag"] = _is_flag(exercise, function, facts["array"])
    say = _SENTENCES.get(finding.check)
    lines = [say(facts) if say else str(facts.get("text", ""))]
    if finding.mistake:
        lines.append(exercise.mistakes[finding.mistake])
        lines += [
            f"Or it is this, which gives the same: {exercise.mistakes[name]}"
            for name in facts.get("alike", ())
        ]
    elif facts.get("defaults"):
        lines += [_other_default(*default) for default in facts["defaults"]]
    elif finding.signature:
        lines.append(clues.say(finding.signature, finding.facts["clue"], exercise, function))
    elif finding.check in ("values", "gradient") and not facts.get("explained"):
        lines.append("This is none of the mistakes that this exercise knows by name.")
    lines += _details(finding, facts)
    return "\n".join(line for line in lines if line)


def _other_default(argument: str, got: str, wanted: str) -> str:
    return (
        f"Where {argument} is not given it is {got}, the default in the function's signature. The stub has {wanted}: put "
        "its signature back."
    )


def _not_passing(names: list[str]) -> str:
    return f"{returned.listed(names)}, which {'does' if len(names) == 1 else 'do'} not pass"


def _alone(exercise: Exercise, function: str) -> bool:
    """Tell whether the function returns one array and nothing else."""
    return any(
        part.kind != "forward" and len(part.returns) == 1
        for part in exercise.parts
        if part.function == function
    )


def _is_flag(exercise: Exercise, function: str, array: str | None) -> bool:
    return any(
        array in unit.flags for unit in exercise.units if function in [part.function for part in unit.parts]
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
        names = {"1": "True", "0": "False"} if facts["flag"] else {}
        expected, got = (names.get(number, number) for number in apart(facts["expected"], facts["got"]))
        lines.append(f"worst: {finding.array}{place} should be {expected}, and is {got}")
    return lines


def apart(expected: float, got: float) -> tuple[str, str]:
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


def _values(facts: Facts) -> str:
    right = list(facts.get("right", ()))
    kept = f" {returned.listed(right)} {'is' if len(right) == 1 else 'are'} right." if right else ""
    if facts.get("shape") == ():
        return f"{facts['array']} is wrong.{kept}"
    return f"{facts['array']} has the right shape and the wrong values.{kept}"


def _again(same: str, advice: str) -> Callable[[Facts], str]:
    """Say what a second call did otherwise: another number, or none at all."""

    def say(facts: Facts) -> str:
        if "failed" in facts:
            failure = _SENTENCES[facts["failed"]](facts)
            return f"It answered once. The second time, with the same {same}: {failure}\n{advice}"
        called = f"{facts['function']} was called again with the same {same}"
        return f"{facts['array']} came out differently when {called}. {advice}"

    return say


def _cache_not_own(facts: Facts) -> str:
    advice = (
        "Use only what the cache holds: a network runs many forwards before the first backward, and each needs what it saw "
        "itself. Is something global, or is the cache one object that all calls share?"
    )
    if "failed" in facts:
        failure = _SENTENCES[facts["failed"]](facts)
        return f"It answered once. With the same cache, once the forward has run on other inputs: {failure}\n{advice}"
    return f"{facts['array']} comes out differently once the forward has run on other inputs. {advice}"


def _syntax(facts: Facts) -> str:
    line = f"\n    {facts['text']}" if facts["text"] else ""
    place = f"{facts['path']}, line {facts['line']}: " if facts["line"] else ""  # a null byte has no line
    return f"{place}Python cannot read this{'' if place else ' file'}: {facts['message']}.{line}"


def _exception(facts: Facts) -> str:
    if facts["type"] == "EOFError":
        return f"{facts['function']} waits for somebody to type, and nobody can here. Take input() out."
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


def _mutation(facts: Facts) -> str:
    argument = facts["argument"]
    whole, bracket, step = argument.partition("[")
    changes = f"{facts['function']} changes {argument} in place, and whoever called still needs it."
    if bracket:
        kind = "dictionary" if step.startswith('"') else "list"
        return f"{changes} {whole} is the caller's, and so is each array in it: make new arrays, and a new {kind} for them."
    return (
        f"{changes} {argument}[…] = … and {argument} -= … write into the caller's array: start from {argument}.copy(), or "
        "make a new one."
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
    expected, got = apart(facts["before"], facts["got"])
    return (
        f"This is right, but for float32 inputs {facts['array']} comes out otherwise: {facts['array']}{place} is {got}, "
        f"and with the same numbers in float64 {expected}. Rounding alone does less. Is there a very small constant that "
        "float32 cannot hold, a difference of two large numbers, or a numerical derivative? That costs nothing."
    )


_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "values": _values,
    "gradient": lambda f: f"{f['array']} is not the derivative of your own forward.",
    "shape": returned.shape,
    "dtype": returned.dtype,
    "finite": returned.finite,
    "count": returned.count,
    "no_tuple": returned.no_tuple,
    "tree": returned.tree,
    "none": returned.none,
    "no_array": returned.no_array,
    "pair": returned.pair,
    "name": returned.name,
    "signature": returned.signature,
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
        else NOT_STARTED
    ),
    "blocked_by": lambda f: f"Blocked by {f['exercise']}, which is not started yet and which this file uses.",
    "needs": lambda f: (
        f"Blocked by {_not_passing(f['exercises'])} yet. Go there first; then look here again."
    ),
    "stand_in": lambda f: (
        f"This file uses {_not_passing(f['exercises'])} yet. The course's own solution stood in: it costs nothing here."
    ),
    "forward_first": lambda f: f"Mend {f['function']} first; then this can be judged.",
    "mend_forward": lambda f: (
        f"{f['function']} is not right yet either, and the gradients belong to it. Mend it first, then look here again."
    ),
    "right_for_own_forward": lambda f: (
        f"This is the right derivative of {f['function']} as it stands. The forward itself is not right yet."
    ),
    "right_as_pytorch": lambda f: f"These are the right gradients already. {f['function']} is not right yet.",
    "deadline": lambda f: (
        f"No answer within {f['seconds']:g} seconds, so it was stopped. Is there a loop that never ends, or work "
        "that grows much faster than the input?"
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
    "mutation": _mutation,
    "cache_mutation": lambda f: (
        f"{f['function']} changes {f['argument']}, through the cache. Whoever called the forward still needs it: work "
        "on a copy."
    ),
    "not_proportional": lambda f: (
        f"{f['array']} is right for one upstream gradient and wrong for others: where that is turned round, or a "
        "thousand times as large, it should turn round and grow with it. Is there an abs, a clip or an if on it?"
    ),
    "repeatable": _again(
        "inputs",
        "Nothing may be kept between calls, and chance may come only from rng. Or was an array made with np.empty and not "
        "filled everywhere?",
    ),
    "backward_repeatable": _again(
        "cache",
        "It may be called twice: does it use the cache up, change it, or add to something that is kept? Or was an array "
        "made with np.empty and not filled everywhere?",
    ),
    "cache_not_own": _cache_not_own,
    "warning": lambda f: f"There was a warning on the way ({f['warning']}). That costs nothing.",
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
    {"not_started", "name", "signature", "blocked_by", "needs", "stand_in", "forward_first", "mend_forward",
     "right_for_own_forward", "right_as_pytorch"}
)  # fmt: skip
