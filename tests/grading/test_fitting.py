"""Which folder is the workspace, and which of a student's files stands for which exercise."""

import json

import pytest
from hostile import HONEST, LINEAR, SOFTMAX

from bpkit.course import catalog, resources
from bpkit.grading import fitting
from bpkit.grading.members import Refused

PACK = {"course.pack": "pack"}
OTHER = LINEAR.replace("+ b", "- b")
UNSOLVED = LINEAR.replace("return x @ W + b, (x, W)", "raise NotImplementedError()")


def cell_of(source, exercise_id):
    """Return a notebook with one solution cell."""
    metadata = {"nbgrader": {"solution": True, "grade_id": exercise_id.replace("/", "-")}}
    return json.dumps({"cells": [{"cell_type": "code", "source": source, "metadata": metadata}]})


def below(folder, files):
    """Return files with their paths below a folder."""
    return {f"{folder}/{path}": text for path, text in files.items()}


def fit(files):
    """Return what a submission of these files is graded as."""
    contents = {path: text.encode() for path, text in files.items() if path.endswith((".py", ".ipynb"))}
    return fitting.fit(contents, set(files))


def refusal(files):
    """Return why these files are refused."""
    with pytest.raises(Refused) as caught:
        fit(files)
    return str(caught.value)


TWO = HONEST | {"layers/softmax.py": SOFTMAX}


@pytest.mark.parametrize("folder", ["ws", "a/b/c/ws", "layers", "Anna Müller", "exercises"])
@pytest.mark.parametrize(
    "files", [HONEST, TWO, HONEST | PACK, TWO | {"my_helper.py": "x", "tools/a.py": "y"}]
)
def test_the_workspace_is_found_at_any_depth(folder, files):
    """With a pack or without, and with the student's own modules, of which each keeps its place."""
    expected = {path: text for path, text in files.items() if path.endswith(".py")}
    assert fit(files) == expected
    assert fit(below(folder, files) | {"report.pdf": "", "notes/readme.txt": ""}) == expected


def test_what_lies_outside_the_workspace_is_no_part_of_it():
    """A module that the workspace could not import at home is not taken."""
    assert fit(below("ws", HONEST) | {"setup.py": "x", "other/tools.py": "y"}) == HONEST


def test_a_clone_of_the_course_has_one_workspace():
    """Its exercises with the pack are meant, not the solutions or the tests beside them."""
    clone = (
        below("c/exercises", TWO | PACK)
        | below("c/solutions", {"layers/linear.py": OTHER})
        | {"c/setup.py": ""}
    )
    assert fit(clone) == TWO


def test_a_backup_in_the_workspace_is_no_second_workspace():
    """If it has nothing that the workspace lacks; it stays where it is, as a module like others."""
    assert fit(TWO | below("backup", {"layers/linear.py": OTHER})) == TWO | {"backup/layers/linear.py": OTHER}
    assert fit(TWO | {"old/linear.py": OTHER, "linear.py": OTHER}) == TWO | {
        "old/linear.py": OTHER,
        "linear.py": OTHER,
    }


@pytest.mark.parametrize(
    ("files", "first", "second"),
    [
        (below("ws", HONEST) | below("ws copy", HONEST), "ws", "ws copy"),
        (below("a", HONEST | PACK) | below("b", HONEST | PACK), "a", "b"),
        (below("part1", HONEST) | below("part2", {"losses/mse.py": "x"}), "part1", "part2"),
        (HONEST | below("more", {"losses/mse.py": "x"}), "the top", "more"),
        (below("a", HONEST | PACK) | below("b", TWO), "a", "b"),
    ],
)
def test_several_workspaces_are_refused(files, first, second):
    """Nobody's work is left out silently: which one is meant is the instructor's to say."""
    assert refusal(files) == f"Several workspaces were found in it, such as {first} and {second}: leave one."


@pytest.mark.parametrize(
    "name", ["linear.py", "linear (1).py", "linear-1.py", "linear-12.py", "linear(2).py"]
)
@pytest.mark.parametrize("folder", ["", "x/", "my work/final/"])
def test_loose_files_are_known_by_their_names(name, folder):
    """A name that is one exercise's alone will do, also as browsers and Canvas change it."""
    assert fit({f"{folder}{name}": LINEAR, f"{folder}helper.py": "x"}) == HONEST | {"helper.py": "x"}


def test_loose_files_in_several_folders():
    """Each is taken for its exercise; modules keep their paths from the top."""
    assert fit({"a/linear.py": LINEAR, "b/softmax.py": SOFTMAX, "b/helper.py": "x"}) == TWO | {
        "b/helper.py": "x"
    }


def test_a_loose_file_completes_a_workspace():
    """What is not in its chapter's folder is still the student's answer, where there is no other."""
    assert fit(HONEST | {"softmax.py": SOFTMAX}) == TWO
    assert fit(below("ws", HONEST) | {"softmax.py": SOFTMAX}) == TWO


def test_two_answers_to_one_exercise_are_refused():
    """Two different files for one exercise; the same text twice is one answer."""
    assert refusal(below("ws", HONEST) | {"linear.py": OTHER}) == (
        "It holds layers/linear twice: in ws/layers/linear.py and, differently, in linear.py."
    )
    assert refusal({"a/linear.py": LINEAR, "b/linear (1).py": OTHER}) == (
        "It holds layers/linear twice: in a/linear.py and, differently, in b/linear (1).py."
    )
    assert fit(below("ws", HONEST) | {"linear.py": LINEAR}) == HONEST
    assert fit({"a/linear.py": LINEAR, "b/linear.py": LINEAR}) == HONEST


def test_notebooks_count():
    """A notebook alone, a notebook for each chapter, and a helper beside it."""
    text = f"import numpy as np\n\n\n{LINEAR}"
    assert fit({"layers.ipynb": cell_of(LINEAR, "layers/linear")}) == {"layers/linear.py": text}
    two = {
        "n/a.ipynb": cell_of(LINEAR, "layers/linear"),
        "n/b.ipynb": cell_of("x", "losses/mse"),
        "n/h.py": "h",
    }
    found = fit(two)
    assert found.keys() == {"layers/linear.py", "losses/mse.py", "h.py"}
    assert fit(TWO | {"x.ipynb": cell_of("x", "losses/mse")}).keys() == {*TWO, "losses/mse.py"}


def test_a_notebook_and_a_file_for_one_exercise():
    """What was not touched, or is still to be written, gives way; two answers are refused."""
    stub = (resources.exercises() / "layers/linear.py").read_text()
    solved, unsolved = cell_of(LINEAR, "layers/linear"), cell_of(UNSOLVED, "layers/linear")
    text = f"import numpy as np\n\n\n{LINEAR}"
    assert fit({"layers/linear.py": stub, "a.ipynb": solved}) == {"layers/linear.py": text}
    assert fit(HONEST | {"a.ipynb": unsolved}) == HONEST
    assert fit({"a.ipynb": unsolved, "b.ipynb": solved}) == {"layers/linear.py": text}
    assert fit({"a.ipynb": solved, "b.ipynb": unsolved}) == {"layers/linear.py": text}
    assert fit({"a.ipynb": solved, "b.ipynb": solved}) == {"layers/linear.py": text}
    assert refusal(HONEST | {"a.ipynb": solved}) == (
        "It holds layers/linear twice: in layers/linear.py and, differently, in a.ipynb."
    )
    assert refusal({"a.ipynb": solved, "b.ipynb": cell_of(OTHER, "layers/linear")}) == (
        "It holds layers/linear twice: in a.ipynb and, differently, in b.ipynb."
    )


def test_helpers_beside_notebooks_in_several_folders():
    """Each notebook finds its own; where two are called alike and differ, nobody can tell which is meant."""
    notebooks = {"l/a.ipynb": cell_of(LINEAR, "layers/linear"), "m/b.ipynb": cell_of("x", "losses/mse")}
    found = fit(
        notebooks | {"l/h.py": "h", "l/same.py": "s", "m/same.py": "s", "l/two.py": "1", "m/two.py": "2"}
    )
    assert {path: found.get(path) for path in ("h.py", "same.py", "two.py")} == {
        "h.py": "h",
        "same.py": "s",
        "two.py": None,
    }


def test_other_assignments_of_nbgraders_are_passed_over():
    """Where one notebook names its exercises, those of nbgrader's that name none are of no concern, nor how large."""
    mine = {"layers/a.ipynb": cell_of(LINEAR, "layers/linear/linear_forward")}
    text = f"import numpy as np\n\n\n{LINEAR}"
    others = {f"intro/{n}.ipynb": cell_of(OTHER + "\n" * (n << 12), "cell-1") for n in range(40)}
    assert fit(mine | others) == {"layers/linear.py": text}
    assert refusal(mine | {"own.ipynb": cell_of(OTHER, "cell-1").replace("nbgrader", "x")}) == (
        "It holds layers/linear twice: in layers/a.ipynb and, differently, in own.ipynb."
    )
    assert list(fit({"a.ipynb": cell_of(LINEAR, "a"), "b.ipynb": cell_of("1", "b")})) == ["layers/linear.py"]


def test_a_damaged_notebook_is_not_passed_over():
    """It may hold the better half of the work."""
    assert refusal(HONEST | {"a.ipynb": "{"}) == "a.ipynb is no notebook: its JSON cannot be read."


def test_too_many_notebooks_are_refused():
    """Reading them takes time."""
    assert (
        refusal({f"{n}.ipynb": cell_of("", "layers/linear") for n in range(33)})
        == "It holds more than 32 notebooks."
    )


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({}, "nothing at all"),
        ({"report.pdf": ""}, "only report.pdf"),
        ({"b.txt": "", "a.txt": ""}, "only a.txt and b.txt"),
        ({f"{letter}.py": "" for letter in "edcba"}, "only a.py, b.py, c.py and 2 more"),
        ({"Layers/Linear.py": LINEAR}, "only Layers/Linear.py"),
        ({"layers/linear.txt": LINEAR}, "only layers/linear.txt"),
        (PACK, "only course.pack"),
        ({"x.ipynb": '{"cells": []}'}, "only x.ipynb"),
        ({"layers/no_such.py": ""}, "only layers/no_such.py"),
    ],
)
def test_what_has_no_file_of_the_course_is_refused(files, what):
    """The sentence names what was found instead."""
    assert refusal(files) == f"No file of the course was found in it, {what}."


def test_texts_are_read_as_a_check_reads_them():
    """With any line ends and with or without a mark at the beginning; what is not UTF-8 is no text."""
    contents = {"layers/linear.py": b"\xef\xbb\xbfa\r\nb\rc\n", "layers/softmax.py": b"\xff", "h.py": b""}
    assert fitting.fit(contents, contents.keys()) == {
        "h.py": "",
        "layers/linear.py": "a\nb\nc\n",
        "layers/softmax.py": None,
    }


def test_the_whole_course_is_read():
    """The folder that students get, as `bpkit init` makes it, comes out file by file."""
    source = resources.exercises()
    files = {path.relative_to(source).as_posix(): path for path in source.rglob("*") if path.is_file()}
    contents = {path: file.read_bytes() for path, file in files.items() if path.endswith(".py")}
    assert list(fitting.fit(contents, files.keys())) == sorted(
        f"{exercise_id}.py" for exercise_id in catalog.ids()
    )
