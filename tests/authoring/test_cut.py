"""Cutting a stub: nbgrader's markers and rules, and an error where they would surprise."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpkit.authoring.cut import cut
from bpkit.course import catalog
from bpkit.errors import BadCourse

SOLUTION = '''\
"""Linear layer"""

def linear_forward(x, W, b):
    """x (N, D) -> y (N, M), cache"""
    ### BEGIN SOLUTION
    y = x @ W + b
    # MISTAKE bias-forgotten: y = x @ W
    cache = (x, W)
    ### END SOLUTION
    return y, cache


class Layer:
    def backward(self, dy):
        ### BEGIN SOLUTION
        if dy is None:
            return None
        ### END SOLUTION
'''
STUB = '''\
"""Linear layer"""

def linear_forward(x, W, b):
    """x (N, D) -> y (N, M), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


class Layer:
    def backward(self, dy):
        # YOUR CODE HERE
        raise NotImplementedError()
'''


def nbgrader_cut(source):
    """Cut by the rules that nbgrader documents for regions of a solution cell."""
    kept, region = [], False
    for line in source.split("\n"):
        if line.strip() == "### BEGIN SOLUTION":
            indent, region = line[: line.index("#")], True
            kept += [f"{indent}# YOUR CODE HERE", f"{indent}raise NotImplementedError()"]
        elif line.strip() == "### END SOLUTION":
            region = False
        elif not region:
            kept.append(line)
    return "\n".join(kept)


def test_regions_become_stubs():
    """Each region becomes two lines at the depth of its marker; the rest stays as it is."""
    assert cut(SOLUTION, "x.py") == STUB


@pytest.mark.parametrize("exercise_id", catalog.ids())
def test_the_courses_solutions_are_cut_as_nbgrader_would(solutions, exercise_id):
    """Every solution gives the stub that nbgrader gives: Python, and without one line of a region."""
    source = (solutions / f"{exercise_id}.py").read_text(encoding="utf-8")
    stub = cut(source, exercise_id)
    assert stub == nbgrader_cut(source)
    assert "MISTAKE" not in stub
    assert "SOLUTION" not in stub
    kinds = (ast.FunctionDef, ast.ClassDef)
    defined = {node.name for node in ast.parse(stub).body if isinstance(node, kinds)}
    assert {part.function for part in catalog.find(exercise_id).parts} <= defined


line = st.text(st.characters(exclude_characters="\n\r", exclude_categories=("Cs",)), max_size=12)
depth = st.sampled_from(["", "    ", "\t", "  \t"])
outside = st.lists(line, max_size=4)
region = st.tuples(depth, outside, depth).map(
    lambda drawn: [f"{drawn[0]}### BEGIN SOLUTION", *drawn[1], f"{drawn[2]}### END SOLUTION  "]
)


@given(st.lists(st.tuples(outside, region), min_size=1, max_size=3), outside)
def test_any_text_is_cut_as_nbgrader_would(pieces, rest):
    """Whatever stands in and between regions, also characters that end a line elsewhere, is cut alike."""
    source = "\n".join([text for piece in pieces for part in piece for text in part] + rest) + "\n"
    assert cut(source, "x.py") == nbgrader_cut(source)


def test_a_missing_last_newline_is_added():
    """A stub ends in one newline, whether the solution did or not."""
    assert cut(SOLUTION.rstrip("\n"), "x.py") == STUB


def test_a_stub_cannot_be_cut_again():
    """Cutting a stub is a mistake of the author's, and is told."""
    with pytest.raises(BadCourse, match=r"x\.py: there is no ### BEGIN SOLUTION"):
        cut(cut(SOLUTION, "x.py"), "x.py")


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["### BEGIN SOLUTION", "### BEGIN SOLUTION", "### END SOLUTION"], 2),
        (["### BEGIN SOLUTION", "### END SOLUTION", "### END SOLUTION"], 3),
        (["x = 1", "### END SOLUTION"], 2),
        (["### BEGIN SOLUTION", "### END SOLUTION", "x = 1  ### BEGIN SOLUTION", "### END SOLUTION"], 3),
        (["### BEGIN SOLUTION here", "### END SOLUTION"], 1),
        (["#### BEGIN SOLUTION", "x = 1", "### END SOLUTION"], 1),
        (["### BEGIN SOLUTION", "x = 1 ### END SOLUTION"], 2),
    ],
    ids=["nested", "two ends", "end alone", "after code", "more words", "four marks", "end after code"],
)
def test_markers_that_do_not_pair_up_are_told_with_their_line(lines, number):
    """A marker at the wrong place, or beside something else, is an error in that line."""
    with pytest.raises(BadCourse, match=rf"x\.py, line {number}: "):
        cut("\n".join(lines), "x.py")


def test_a_region_without_end_is_told():
    """A region that runs to the end of the file would hide all that follows."""
    with pytest.raises(BadCourse, match=r"x\.py: the last ### BEGIN SOLUTION has no ### END SOLUTION"):
        cut("### BEGIN SOLUTION\nx = 1\n", "x.py")


@pytest.mark.parametrize("source", ["", "x = 1\n", "# BEGIN SOLUTION\nx = 1\n# END SOLUTION\n"])
def test_a_file_without_a_region_is_told(source):
    """Without a region there is nothing to fill in."""
    with pytest.raises(BadCourse, match="nothing to fill in"):
        cut(source, "x.py")
