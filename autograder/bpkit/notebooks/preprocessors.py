"""What takes the place of a Jupyter kernel in `nbgrader autograde`: solution cells are read, and judged by bpkit.

`use(c)` in nbgrader_config.py sets it up. nbgrader's own steps before and after stay: gradebook, late penalties, feedback
and formgrader are nbgrader's.
"""

from __future__ import annotations

import atexit
import html
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat import NotebookNode, v4
from nbgrader import preprocessors as own
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Integer, Unicode

from bpkit.course import catalog
from bpkit.errors import BpkitError
from bpkit.grading import cells, grade_ids, job
from bpkit.grading.members import Refused
from bpkit.reference import packs
from bpkit.report import widget
from bpkit.report.results import Outcome

if TYPE_CHECKING:
    from traitlets.config import Config

Taken = tuple[NotebookNode, ResourcesDict]
_OPEN = "bpkit_open"  # grade ids that a person has to look at, between `Judge` and `SaveGrades`
_BY_HAND = "This cell is not one of bpkit's, and was not run: a person grades it."
_CELL_ID = re.compile(r"[\w-]{1,64}", re.ASCII)

atexit.register(job.close)


def use(config: Config) -> None:
    """Have nbgrader judge with bpkit; `config` is what `get_config()` returns in nbgrader_config.py."""
    config.Autograde.sanitize_preprocessors = [
        Restore,  # first, as nbconvert refuses an invalid notebook after each
        own.ClearOutput,
        own.DeduplicateIds,
        own.OverwriteKernelspec,
        own.OverwriteCells,
        own.CheckCellMetadata,
    ]
    config.Autograde.autograde_preprocessors = [
        Judge,
        own.IgnorePattern,
        ClearMetadataPreprocessor,
        own.LimitOutput,
        SaveGrades,
        own.AssignLatePenalties,
        own.CheckCellMetadata,
    ]


class Restore(NbGraderPreprocessor):
    """Gives each cell the role that it was released with, whatever has become of its metadata since.

    Cells with points that are missing come back as they were released. Of a cell that is there several times the last
    one keeps the role, as it has the last word where a notebook is run, unless nothing was written in it. Cells that the
    student added are nobody's. nbgrader itself gives up on many of these notebooks, and on two cells of one name it
    ends the run for the whole class. A notebook without exercises of bpkit's is left as it is.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> Taken:
        """Return the notebook with its roles restored."""
        released = _released(resources)
        if not _checks(released):
            return nb, resources
        holders: dict[str, int] = {}
        for place, cell in enumerate(nb.cells):
            cell["source"] = _text(cell)
            name = _name(cell)
            if name in released and (name not in holders or not cells.is_unsolved(cell["source"])):
                holders[name] = place
        for place, cell in enumerate(nb.cells):
            name = _name(cell)
            if holders.get(name) == place:
                nb.cells[place] = _with_role(cell, released[name])
            else:
                cell["metadata"] = _without_role(cell)
        for name, role in released.items():
            if name not in holders and "points" in role:
                _put_back(nb, name, role)
        _mend_ids(nb)
        return nb, resources


class Judge(NbGraderPreprocessor):
    """Judges the exercises of a notebook in confined processes, and writes the verdicts into the check cells.

    A notebook without exercises of bpkit's is left to nbgrader, which runs it.
    """

    pack = Unicode(help="Recorded references that students have not seen; the course's own unless told.").tag(
        config=True
    )
    isolation = Integer(2, min=0, max=3, help="The isolation level below which nothing is judged.").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> Taken:
        """Return the notebook with verdicts in its check cells; `_Stopped` where no notebook could be judged."""
        released = _released(resources)
        checks = _checks(released)
        if not checks:
            ran: Taken = own.Execute(parent=self.parent)(nb, resources)
            return ran
        wanted = {exercise_id for exercise_id, _ in checks.values()}
        ids = tuple(exercise_id for exercise_id in catalog.ids() if exercise_id in wanted)
        judged, why = {}, ""
        try:
            files = cells.exercises(json.dumps(nb).encode(), f"{resources['nbgrader']['notebook']}.ipynb")
        except Refused as refused:
            why = f"{refused} A person grades it."
        else:
            judged = self._judged(ids, {f"{one}.py": files[one] for one in ids if one in files})
        still_open = set()
        for cell in nb.cells:
            name = _name(cell)
            if name in checks:
                exercise_id, function = checks[name]
                if why:
                    _say(cell, why)
                if why or not _write(cell, judged[exercise_id], function):
                    still_open.add(name)
            elif name in released and _is_test(released[name]):
                _say(cell, _BY_HAND)
                still_open.add(name)
        resources[_OPEN] = still_open
        return nb, resources

    def _judged(self, ids: tuple[str, ...], files: Mapping[str, str | None]) -> dict[str, Mapping[str, Any]]:
        try:
            pack = Path(self.pack).expanduser() if self.pack else packs.one_file(map(catalog.find, ids))
            whole, task = _task(pack, _stamp(pack), ids, self.isolation)
        except BpkitError as error:
            self.log.error("bpkit can judge nobody: %s", error)  # noqa: TRY400 - one sentence, no traceback
            raise _Stopped(1) from None
        outcome, why, verdict = job.grade(task, str(whole), files, arrays=True)
        if outcome is not Outcome.GRADED:
            raise NbGraderException(
                f"It could not be judged, and nothing was written: {why} Run autograde again."
            )
        return {found["id"]: found for found in json.loads(verdict)["exercises"]}


class SaveGrades(own.SaveAutoGrades):
    """Saves the scores as nbgrader does; what could not be judged is left to a person instead of costing points."""

    def _add_score(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        super()._add_score(cell, resources)
        name = cell.metadata.nbgrader["grade_id"]
        if name in resources.get(_OPEN, ()):
            grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
            grade.auto_score = None
            grade.needs_manual_grade = True
            self.gradebook.db.commit()


class _Stopped(SystemExit, KeyboardInterrupt):
    """Ends the run: what is wrong is wrong for every student, and nbgrader goes on after any other exception.

    nbgrader takes it for a KeyboardInterrupt and removes what it has half made; Python ends without a traceback.
    """


@cache
def _task(pack: Path, _: tuple[int, ...], ids: tuple[str, ...], least: int) -> tuple[Path, job.Task]:
    exercises = {exercise_id: catalog.find(exercise_id) for exercise_id in ids}
    whole = packs.completed(pack, exercises.values())
    return whole, job.task(whole, exercises, least)


def _stamp(pack: Path) -> tuple[int, ...]:
    """Return what changes with the file: formgrader's server lives on when an instructor records another pack."""
    try:
        state = pack.stat()
    except OSError:
        return ()
    return state.st_mtime_ns, state.st_size, state.st_ino


def _name(cell: NotebookNode) -> str:
    metadata = cell.get("metadata")
    role = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = role.get("grade_id") if isinstance(role, dict) else None
    return name if isinstance(name, str) else ""


def _text(cell: NotebookNode) -> str:
    text = cell.get("source")
    # JSON can spell halves of characters, and no file can be written with them.
    return text.encode(errors="replace").decode() if isinstance(text, str) else ""


def _released(resources: ResourcesDict) -> dict[str, dict[str, Any]]:
    """Return what nbgrader keeps of the cells that were released: their metadata, with their text, by name."""
    told = resources["nbgrader"]
    with Gradebook(told["db_url"]) as gradebook:
        notebook = gradebook.find_notebook(told["notebook"], told["assignment"])
        graded = {cell.name: cell for cell in notebook.grade_cells}
        tasks = {cell.name: cell for cell in notebook.task_cells}
        solutions = {cell.name for cell in notebook.solution_cells}
        found = {}
        for source in notebook.source_cells:
            role = {
                "cell_type": source.cell_type,
                "checksum": source.checksum,
                "grade": source.name in graded,
                "grade_id": source.name,
                "locked": source.locked,
                "schema_version": 3,
                "solution": source.name in solutions,
                "task": source.name in tasks,
            }
            points = graded.get(source.name) or tasks.get(source.name)
            if points is not None:
                role["points"] = points.max_score
            found[source.name] = {**role, "text": source.source}
    return found


def _checks(released: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the exercise and the function that each check cell is for."""
    return {name: found for name in released if (found := grade_ids.checked(name))}


def _is_test(role: Mapping[str, Any]) -> bool:
    """Tell whether nbgrader would take a cell's points from what comes out when it is run."""
    return bool(role["cell_type"] == "code" and role["grade"] and not role["solution"])


def _with_role(cell: NotebookNode, role: Mapping[str, Any]) -> NotebookNode:
    make = v4.new_code_cell if role["cell_type"] == "code" else v4.new_markdown_cell
    made = make(
        _text(cell), metadata={"nbgrader": {key: value for key, value in role.items() if key != "text"}}
    )
    made["id"] = cell.get("id", made["id"])
    if role["cell_type"] != "code" and isinstance(cell.get("attachments"), dict):  # pictures in an answer
        made["attachments"] = cell["attachments"]
    return made


def _without_role(cell: NotebookNode) -> NotebookNode:
    metadata = cell.get("metadata")
    # Without bpkit's own either: a copy of a function's cell is no other place to write it in.
    kept = {
        key: value
        for key, value in (metadata if isinstance(metadata, dict) else {}).items()
        if key not in ("nbgrader", "bpkit")
    }
    return NotebookNode(kept)


def _put_back(nb: NotebookNode, name: str, role: Mapping[str, Any]) -> None:
    """Add a cell that was deleted: below the function that it checks, or at the end."""
    cell = _with_role(v4.new_code_cell(role["text"] or ""), role)
    found = grade_ids.checked(name)
    above = grade_ids.of_function(*found) if found else ""
    places = [place for place, other in enumerate(nb.cells) if above and _name(other) == above]
    nb.cells.insert(places[0] + 1 if places else len(nb.cells), cell)


def _mend_ids(nb: NotebookNode) -> None:
    """Give cells ids as the notebook's format asks: none before 4.5, and no two the same from then on."""
    seen = set()
    for cell in nb.cells:
        if nb.get("nbformat_minor", 0) < 5:
            cell.pop("id", None)
            continue
        name = cell.get("id")
        if not isinstance(name, str) or not _CELL_ID.fullmatch(name) or name in seen:
            cell["id"] = v4.new_code_cell()["id"]
        seen.add(cell["id"])


def _say(cell: NotebookNode, text: str) -> None:
    page = f"<p>{html.escape(text)}</p>"
    cell.outputs = [v4.new_output("display_data", data={"text/html": page, "text/plain": text})]


def _write(cell: NotebookNode, judged: Mapping[str, Any], function: str) -> bool:
    """Write the verdict into a check cell, with its points as nbgrader reads them; return whether it has any."""
    exercise = catalog.find(judged["id"])
    page, text = widget.html(judged, exercise, function), widget.text(judged, exercise, function)
    part = next(part for part in judged["parts"] if part["name"] == function)
    cell.execution_count = 1
    cell.outputs = [v4.new_output("display_data", data={"text/html": page, "text/plain": text})]
    if part["points"] is None:
        return False
    # The instructor may have given the cell more points than the exercise has, or fewer, which is more than nbgrader takes.
    score = repr(float(cell.metadata.nbgrader["points"] * part["points"] / part["max_points"]))
    cell.outputs.append(v4.new_output("execute_result", data={"text/plain": score}, execution_count=1))
    return True
