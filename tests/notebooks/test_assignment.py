"""Source notebooks, and the course's folder they lie in."""

import json
import re

import nbformat
import pytest

from bpkit.authoring import tree
from bpkit.course import catalog, lessons
from bpkit.errors import BadFile
from bpkit.grading import grade_ids
from bpkit.notebooks import course

ALL = tuple(catalog.find(exercise_id) for exercise_id in catalog.ids())
LINEAR = catalog.find("layers/linear")
PATH = "source/layers/layers.ipynb"
PICTURE = "source/neuron/saturation.svg"


@pytest.fixture(scope="module")
def solutions():
    """Return the clone's folder of solutions."""
    return tree.of_clone().solutions


@pytest.fixture
def made(tmp_path, solutions):
    """Make a course of everything."""
    return tmp_path, course.init(tmp_path, ALL, solutions)


def read(folder, inside=PATH):
    """Read a notebook."""
    return nbformat.read(folder / inside, as_version=4)


def named(notebook, grade_id):
    """Return a notebook's cell of this name."""
    return next(cell for cell in notebook.cells if cell.metadata.nbgrader.grade_id == grade_id)


def test_a_course_has_a_notebook_for_each_chapter_and_a_configuration(made):
    """And nbformat finds nothing wrong with any of them. The pictures of a lesson lie beside its notebook."""
    folder, built = made
    notebooks = [f"source/{name}/{name}.ipynb" for name in catalog.chapters()]
    pictures = [
        f"source/{name}/{picture}"
        for name in catalog.chapters()
        for picture in lessons.beside(catalog.course_of(name).exercises / name)
    ]
    assert PICTURE in pictures
    assert sorted(built.written) == sorted((course.CONFIG, *notebooks, *pictures))
    assert (folder / PICTURE).read_bytes() == (
        catalog.course_of("neuron").exercises / "neuron/saturation.svg"
    ).read_bytes()
    for inside in notebooks:
        nbformat.validate(read(folder, inside))


def test_every_part_of_every_exercise_has_a_cell_to_write_in_and_one_that_has_its_points(made):
    """The points of a notebook are those of its chapter, and its question's."""
    folder, _ = made
    for name in catalog.chapters():
        notebook = read(folder, f"source/{name}/{name}.ipynb")
        for exercise in catalog.in_chapter(name):
            for part in exercise.parts:
                cell = named(notebook, grade_ids.of_function(exercise.id, part.function))
                assert re.search(rf"^(?:def|class) {part.function}\b", cell.source, re.MULTILINE)
                assert cell.metadata.nbgrader.solution
                assert not cell.metadata.nbgrader.grade
                check = named(notebook, grade_ids.of_check(exercise.id, part.function))
                assert check.metadata.nbgrader.points == part.points
                assert check.metadata.nbgrader.locked
        points = sum(cell.metadata.nbgrader.get("points", 0) for cell in notebook.cells)
        question = catalog.chapter(name).question.points
        assert points == question + sum(exercise.points for exercise in catalog.in_chapter(name))


def test_a_notebook_has_the_lesson_the_statement_and_a_question_with_its_answer(made):
    """The first two cannot be edited; the answer is between nbgrader's markers."""
    notebook = read(made[0])
    lesson, statement = named(notebook, "layers-lesson"), named(notebook, "layers-linear")
    assert lesson.source.startswith("# Layers\n")
    assert statement.source.startswith("## Linear layer: y = x W + b\n\nEvery row")
    assert not lesson.metadata.editable
    assert not statement.metadata.editable
    answer = named(notebook, "layers-answer")
    assert answer.source.startswith("### BEGIN SOLUTION\n")
    assert (answer.metadata.nbgrader.solution, answer.metadata.nbgrader.grade) == (True, True)


def test_an_exercise_that_builds_on_others_says_how_in_a_notebook(made):
    """There are no files to import from; where nothing is built on, nothing is said."""
    notebook = read(made[0], "source/neuron/neuron.ipynb")
    for exercise, said in (("neuron/neuron", True), ("neuron/sigmoid", False)):
        statement = named(notebook, grade_ids.of_statement(exercise)).source
        assert ("call what you wrote further up by its name" in statement) is said


def test_no_known_mistake_is_in_a_notebook(made):
    """They are for the checker."""
    folder, _ = made
    for path in folder.rglob("*.ipynb"):
        assert "MISTAKE" not in path.read_text(encoding="utf-8")


def test_cells_run_one_after_another_are_the_solution(made):
    """All that a solution needs besides NumPy is in its own cells."""
    folder, _ = made
    for name in catalog.chapters():
        notebook = read(folder, f"source/{name}/{name}.ipynb")
        cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        space = {}
        for source in cells:
            if "bpkit.check(" not in source:
                exec(source, space)
        assert all(
            callable(space[part.function]) for exercise in catalog.in_chapter(name) for part in exercise.parts
        )


def test_without_solutions_the_stub_stands_between_the_markers(tmp_path):
    """As nbgrader empties a whole cell that has none."""
    course.init(tmp_path, [LINEAR], None)
    notebook = read(tmp_path)
    source = named(notebook, "layers-linear-linear_forward").source
    assert source.split("\n")[2:6] == [
        "    ### BEGIN SOLUTION",
        "    # YOUR CODE HERE",
        "    raise NotImplementedError()",
        "    ### END SOLUTION",
    ]
    assert named(notebook, "layers-answer").source == "YOUR ANSWER HERE"


def test_building_again_changes_nothing(made, solutions):
    """Byte for byte, and so in another folder."""
    folder, built = made
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    again = course.build(folder, course.present(folder), solutions)
    assert again.written == again.edited == ()
    assert again.unchanged == built.written[1:]
    assert before == {path: path.read_bytes() for path in folder.rglob("*.*")}
    course.init(folder / "other", ALL, solutions)
    for inside in again.unchanged:
        assert (folder / "other" / inside).read_bytes() == (folder / inside).read_bytes()


def test_a_notebook_that_was_edited_is_left_alone_unless_told(made, solutions):
    """The instructor's work is not lost."""
    folder, _ = made
    notebook = read(folder)
    notebook.cells[2].source += "\n\nHand in by Friday."
    nbformat.write(notebook, folder / PATH)
    edited = (folder / PATH).read_bytes()
    assert course.build(folder, ALL, solutions).edited == (PATH,)
    assert (folder / PATH).read_bytes() == edited
    assert course.build(folder, ALL, solutions, force=True).written == (PATH,)
    assert (folder / PATH).read_bytes() != edited


def test_a_picture_follows_its_lesson_unless_somebody_has_edited_it(made, solutions, monkeypatch):
    """As with notebooks: a new one replaces what was written, and an edited one stays until it is forced."""
    folder, _ = made
    ours = (folder / PICTURE).read_bytes()
    monkeypatch.setattr(lessons, "beside", lambda _: {"saturation.svg": b"<svg/>"})
    neuron = catalog.in_chapter("neuron")
    assert PICTURE in course.build(folder, neuron, solutions).written
    assert (folder / PICTURE).read_bytes() == b"<svg/>"
    monkeypatch.setattr(lessons, "beside", lambda _: {"saturation.svg": ours})
    (folder / PICTURE).write_bytes(b"<svg>mine</svg>")
    assert course.build(folder, neuron, solutions).edited == (PICTURE,)
    assert (folder / PICTURE).read_bytes() == b"<svg>mine</svg>"
    assert PICTURE in course.build(folder, neuron, solutions, force=True).written
    assert (folder / PICTURE).read_bytes() == ours


def test_a_notebook_that_was_only_run_and_saved_is_brought_up_to_date(made, solutions):
    """Outputs and counts are not the instructor's work."""
    folder, _ = made
    notebook = read(folder)
    notebook.cells[1].execution_count = 1
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="hello")]
    notebook.metadata.language_info.version = "3.12.1"
    nbformat.write(notebook, folder / PATH)
    assert course.build(folder, ALL, solutions).written == (PATH,)


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"cells": 1, "metadata": {}}', '{"metadata": {"bpkit": 1}}']
)
def test_what_is_no_notebook_was_not_written_by_us(made, solutions, text):
    """And is left alone."""
    folder, _ = made
    (folder / PATH).write_text(text)
    assert course.build(folder, ALL, solutions).edited == (PATH,)


def test_some_exercises_stay_some_exercises(tmp_path, solutions):
    """`build` adds none that `init` was not told of."""
    course.init(tmp_path, [LINEAR], solutions)
    assert course.present(tmp_path) == (LINEAR,)
    assert course.build(tmp_path, course.present(tmp_path), solutions).unchanged == (PATH,)


def test_the_configuration_is_written_once(made, solutions):
    """What an instructor changed in it stays."""
    folder, _ = made
    (folder / course.CONFIG).write_text("c = get_config()\n")
    assert course.init(folder, ALL, solutions).written == ()
    assert (folder / course.CONFIG).read_text() == "c = get_config()\n"


def test_a_folder_that_is_no_course_is_said_to_be_none(tmp_path):
    """With what makes one."""
    with pytest.raises(BadFile, match="bpkit nbgrader init"):
        course.present(tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path, solutions):
    """No traceback."""
    (tmp_path / "source").write_text("a file")
    with pytest.raises(BadFile, match="source/layers"):
        course.init(tmp_path, [LINEAR], solutions)


def test_names_of_cells_tell_what_they_are_of():
    """There and back, and nothing from names that are others'."""
    assert grade_ids.checked(grade_ids.of_check("layers/linear", "linear_forward")) == (
        "layers/linear",
        "linear_forward",
    )
    assert grade_ids.exercise_of(grade_ids.of_function("layers/linear", "linear_forward")) == "layers/linear"
    assert grade_ids.exercise_of("layers-linear") == "layers/linear"
    for name in (
        "",
        "layers",
        "layers-lesson",
        "cell-1",
        "layers-linear-x-check",
        "a-b-c-check-check",
    ):
        assert grade_ids.checked(name) is None


def test_the_notebook_is_json_with_a_newline_at_its_end(made):
    """As Jupyter writes it: a diff shows what changed."""
    text = (made[0] / PATH).read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert json.loads(text)["nbformat_minor"] == 5
