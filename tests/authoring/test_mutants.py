"""Making wrong solutions out of the MISTAKE lines of a right one."""

import ast
import textwrap

import pytest

from bpkit.authoring.mutants import mutants
from bpkit.errors import BadCourse


def wrong(body, name="x.py"):
    """Return the mutants of a function with this body in its solution region, as their changed lines."""
    lines = textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    source = f"def f(x):\n    ### BEGIN SOLUTION\n{lines}\n    ### END SOLUTION\n    return x\n"
    return {
        mistake: [line.strip() for line in made.splitlines() if line not in source.splitlines()]
        for mistake, made in mutants(source, name).items()
    }, source


def lines_of(source, mistake):
    """Return the code lines of a mutant, without comments."""
    made = mutants(source, "x.py")[mistake]
    ast.parse(made)
    return [line.strip() for line in made.splitlines() if line.strip() and not line.strip().startswith("#")]


def test_the_statement_above_is_replaced():
    """A MISTAKE line takes the place of the statement right above it, at that statement's depth."""
    changed, source = wrong("""
        y = x + 1
        # MISTAKE no-one: y = x
        z = y
    """)
    assert changed == {"no-one": ["y = x"]}
    assert lines_of(source, "no-one") == ["def f(x):", "y = x", "z = y", "return x"]


def test_several_in_a_row_speak_of_the_same_statement():
    """Lines, comments and gaps between them do not matter: each replaces the statement above all of them."""
    changed, source = wrong("""
        y = x + 1
        # MISTAKE first: y = x
        # which is a pity

        # MISTAKE second: y = x - 1
    """)
    assert changed == {"first": ["y = x"], "second": ["y = x - 1"]}
    assert "y = x + 1" not in lines_of(source, "second")


def test_they_come_in_the_order_of_the_file():
    """Mutants are listed as they stand in the solution."""
    changed, _ = wrong("""
        y = 1
        # MISTAKE zebra: y = 2
        # MISTAKE aardvark: y = 3
    """)
    assert list(changed) == ["zebra", "aardvark"]


def test_one_id_at_several_places_is_one_mistake():
    """All edits of one id are made together, whatever their lengths."""
    changed, source = wrong("""
        a = (
            x
            + 1
        )
        # MISTAKE both: a = x
        # MISTAKE other: a = 0
        b = [
            a,
        ]
        # MISTAKE both: b = a
        c = 3
    """)
    assert changed["both"] == ["a = x", "b = a"]
    assert lines_of(source, "both") == ["def f(x):", "a = x", "b = a", "c = 3", "return x"]
    assert lines_of(source, "other")[1:3] == ["a = 0", "b = ["]


@pytest.mark.parametrize(
    "statement",
    [
        "y = (\n    x\n    + 1\n)",
        "y = np.where(x > 0,\n             x,\n             0)",
        "y = x \\\n    + 1",
        "y = '''\n# not a comment\n'''",
        "y = [\n    x,  # the first\n\n    # and\n    2,\n]",
    ],
    ids=["brackets", "call", "backslash", "text", "comments within"],
)
def test_a_statement_that_spans_lines_is_replaced_whole(statement):
    """Nothing of a statement of several lines is left."""
    _, source = wrong(f"{statement}\n# MISTAKE short: y = x\nz = 1")
    assert lines_of(source, "short") == ["def f(x):", "y = x", "z = 1", "return x"]


def test_only_the_head_of_a_block_is_replaced():
    """Below the head of a block the head alone is replaced, and the block stays."""
    _, source = wrong("""
        if x > 0:
            # MISTAKE at-zero: if x >= 0:
            y = 1
        else:
            # MISTAKE negative: elif x < 0:
            y = 2
        for i in range(3):
            # MISTAKE one-more: for i in range(4):
            y = 3
    """)
    rest = ["y = 1", "else:", "y = 2", "for i in range(3):", "y = 3", "return x"]
    assert lines_of(source, "at-zero") == ["def f(x):", "if x >= 0:", *rest]
    assert lines_of(source, "negative")[2:5] == ["y = 1", "elif x < 0:", "y = 2"]
    assert lines_of(source, "one-more")[5:7] == ["for i in range(4):", "y = 3"]


def test_a_line_within_a_block_keeps_its_depth():
    """A statement deep in a block is replaced at its own depth, wherever the MISTAKE line is indented."""
    changed, source = wrong("""
        for i in x:
            while i:
                i -= 1
        # MISTAKE two: i -= 2
    """)
    assert changed == {"two": ["i -= 2"]}
    assert "            i -= 2" in mutants(source, "x.py")["two"].splitlines()


def test_several_statements_may_take_the_place_of_one():
    """The replacement may hold semicolons, colons and anything else that fits one line."""
    changed, _ = wrong("""
        y = x
        # MISTAKE two-things: y = {"a": x}; y = y["a"][1:]
    """)
    assert changed == {"two-things": ['y = {"a": x}; y = y["a"][1:]']}


def test_without_mistakes_there_are_no_mutants():
    """A solution without MISTAKE lines gives nothing."""
    assert wrong("y = 1")[0] == {}


def test_every_mutant_keeps_the_other_mistakes_comments():
    """Mutants differ from the solution in the replaced lines alone."""
    _, source = wrong("""
        y = 1
        # MISTAKE one: y = 2
        z = 3
        # MISTAKE two: z = 4
    """)
    made = mutants(source, "x.py")
    assert made["one"] == source.replace("y = 1\n", "y = 2\n")
    assert made["two"] == source.replace("z = 3\n", "z = 4\n")


@pytest.mark.parametrize("where", ["before", "after", "between"])
def test_outside_the_region_it_would_reach_students(where):
    """A MISTAKE line that would stay in the stub is an error."""
    region = "    ### BEGIN SOLUTION\n    y = 1\n    ### END SOLUTION\n"
    line = "    # MISTAKE leak: y = 2\n"
    source = "def f():\n    x = 1\n" + {
        "before": line + region, "after": region + line, "between": region + line + region,
    }[where]  # fmt: skip
    number = source.split("\n").index(line.rstrip("\n")) + 1
    with pytest.raises(BadCourse, match=rf"x\.py, line {number}: .*would reach students"):
        mutants(source, "x.py")


@pytest.mark.parametrize(
    "line",
    [
        "# MISTAKE Bad-Id: y = 2", "# MISTAKE bad_id: y = 2", "# MISTAKE -bad: y = 2",
        "# MISTAKE bad-: y = 2", "# MISTAKE bad--id: y = 2", "# MISTAKE two words: y = 2",
        "# MISTAKE: y = 2", "# MISTAKE bad-id y = 2", "# MISTAKE bad-id:", "# MISTAKE bad-id:   ",
        "y = 3  # MISTAKE bad-id: y = 2", "# MISTAKES bad-id: y = 2", "## MISTAKE bad-id: y = 2",
    ],
)  # fmt: skip
def test_a_line_of_another_form_is_told(line):
    """An id in another spelling, or a line without id or code, is an error and not silently a comment."""
    with pytest.raises(BadCourse, match=r"x\.py, line 4: write `# MISTAKE some-id: code`"):
        wrong(f"y = 1\n{line}")


def test_without_a_statement_above_there_is_nothing_to_replace():
    """A MISTAKE line right at the beginning of a region is an error."""
    with pytest.raises(BadCourse, match=r"x\.py, line 4: there is no statement above"):
        wrong("# a comment\n# MISTAKE early: y = 2\n# MISTAKE early-too: y = 3\ny = 1")


@pytest.mark.parametrize("code", ["y = (", "y = = 2", "else:", "if x:", "return ="])
def test_a_replacement_that_is_no_python_is_told(code):
    """A replacement that does not parse at its place is the author's slip, told with the mistake's id."""
    with pytest.raises(BadCourse, match=r"x\.py, broken: the replaced line is no Python"):
        wrong(f"y = 1\n# MISTAKE broken: {code}\nz = 2")


def test_one_id_twice_for_one_statement_is_told():
    """Two replacements of one statement under one id contradict each other."""
    with pytest.raises(BadCourse, match=r"x\.py, twice: "):
        wrong("y = (\n    1\n)\n# MISTAKE twice: y = 2\n# MISTAKE twice: y = 3\nz = 4")


def test_odd_line_ends_do_not_shift_the_lines():
    """Characters that end a line elsewhere, but not in Python, leave the numbering alone."""
    _, source = wrong("a = '\f\u2028\x1c'\ny = 1\n# MISTAKE two: y = 2")
    assert mutants(source, "x.py")["two"] == source.replace("y = 1\n", "y = 2\n")
