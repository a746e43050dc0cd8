"""A class's submissions, in every form in which they come; and a class with somebody hostile in it."""

import gzip
import json
import random

import pytest
from hostile import (
    HONEST,
    LINEAR,
    SOFTMAX,
    tar_files,
    tar_of,
    tarred,
    write,
    zip_files,
)

from bpkit.errors import BadSubmissions
from bpkit.grading import intake, roster
from bpkit.student import workspace

OTHER = LINEAR.replace("+ b", "- b")
CLASS = {
    "anna/layers/linear.py": LINEAR,
    "ben/deep/down/ws/layers/softmax.py": SOFTMAX,
    "carl.zip": zip_files(HONEST),
    "dora.tgz": gzip.compress(tar_files({"ws/layers/linear.py": OTHER})),
    "emil/my work.zip": zip_files({"ws/layers/linear.py": OTHER}),
    "fay.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": LINEAR, "metadata": {}}]}),
    "gus/report.pdf": "x",
    "students.csv": "id,name\n",
}
TAKEN = [
    ("anna", HONEST, ""),
    ("ben", {"layers/softmax.py": SOFTMAX}, ""),
    ("carl", HONEST, ""),
    ("dora", {"layers/linear.py": OTHER}, ""),
    ("emil", {"layers/linear.py": OTHER}, ""),
    ("fay", {"layers/linear.py": f"import numpy as np\n\n\n{LINEAR}"}, ""),
    ("gus", {}, "No file of the course was found in it, only report.pdf."),
]


def taken(path, found=None):
    """Return what is taken in: student, files, and why not."""
    return [(one.student, dict(one.files), one.refused) for one in intake.find(path, found)]


def encoded(files):
    """Return files as bytes."""
    return {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}


def tar_bytes(files):
    """Return a tar of texts and bytes."""
    return tar_of(*(tarred(path, contents) for path, contents in encoded(files).items()))


OUTER = {
    "all.zip": zip_files,
    "all.tar": tar_bytes,
    "all.tar.gz": lambda files: gzip.compress(tar_bytes(files)),
    "all.tgz": lambda files: gzip.compress(tar_bytes(files)),
}


def test_a_folder_of_everything(tmp_path):
    """Folders, archives and notebooks, mixed, in the order of the students' ids; nothing is written."""
    write(tmp_path, CLASS)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert taken(tmp_path) == TAKEN
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("name", OUTER)
@pytest.mark.parametrize("wrapper", ["", "hw1/", "home/anna/hw1/"])
def test_an_archive_of_everything(tmp_path, name, wrapper):
    """The same in one archive of each kind, also with a folder around all; the order in it does not matter."""
    files = {f"{wrapper}{path}": contents for path, contents in CLASS.items()}
    paths = list(files)
    random.Random(5).shuffle(paths)
    write(tmp_path, {name: OUTER[name]({path: files[path] for path in paths})})
    assert taken(tmp_path / name) == TAKEN


def test_it_is_lazy_and_knows_how_many(tmp_path):
    """Each is read when its turn comes, and a progress bar can be drawn."""
    write(tmp_path, CLASS)
    found = intake.find(tmp_path)
    assert len(found) == 7
    (tmp_path / "anna/layers/linear.py").write_text(OTHER)
    assert next(found).files == {"layers/linear.py": OTHER}
    assert iter(found) is found
    assert len(list(found)) == 6
    assert list(found) == []


def test_what_vanishes_meanwhile_is_refused(tmp_path):
    """A submission that was there a moment ago."""
    write(tmp_path, {"anna/linear.py": LINEAR, "ben.zip": zip_files(HONEST), "zoe/linear.py": LINEAR})
    found = intake.find(tmp_path)
    (tmp_path / "anna/linear.py").unlink()
    (tmp_path / "anna").rmdir()
    (tmp_path / "ben.zip").unlink()
    assert [one.refused for one in found] == [
        "anna cannot be read: No such file or directory.",
        "ben.zip cannot be read: No such file or directory.",
        "",
    ]


def test_it_reads_as_a_check_does(tmp_path):
    """A workspace that is handed in is what `bpkit check` reads at home."""
    write(
        tmp_path, {"anna/ws/course.pack": "x", "anna/ws/.hidden.py": "x", "anna/ws/pkg/__pycache__/a.py": "x"}
    )
    write(tmp_path / "anna/ws", HONEST | {"helper.py": "a\r\nb", "pkg/tool.py": b"\xff", ".venv/x.py": "x"})
    (one,) = intake.find(tmp_path)
    assert one.files == workspace.read(workspace.at(tmp_path / "anna/ws")).files


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("nowhere", "cannot be read: No such file or directory."),
        ("empty", "holds no submissions: no folder, and no archive."),
        ("lists", "holds no submissions: no folder, and no archive."),
        (
            "anna",
            "is itself a submission: it holds layers/linear.py. Put it into a folder, and name that folder.",
        ),
        ("loose", "is itself a submission: it holds linear.py. Put it into a folder, and name that folder."),
        ("pack", "is itself a submission: it holds course.pack. Put it into a folder, and name that folder."),
        (
            "anna.zip",
            "is itself a submission: it holds layers/linear.py. Put it into a folder, and name that folder.",
        ),
        ("bad.zip", "is no archive."),
        ("cut.zip", "is a damaged zip archive: its end is missing."),
        ("cut.tgz", "is a damaged tar archive: it ends too early."),
        ("pipe", "is neither a folder nor a file."),
    ],
)
def test_what_holds_no_submissions_is_told(tmp_path, path, problem):
    """One sentence with the name of what was given."""
    import os

    write(
        tmp_path,
        {"empty/.keep": "", "lists/a.csv": "", "anna/layers/linear.py": LINEAR, "loose/linear.py": LINEAR},
    )
    write(tmp_path, {"pack/course.pack": "", "anna.zip": zip_files(HONEST), "bad.zip": b"x" * 999})
    write(tmp_path, {"cut.zip": zip_files(CLASS)[:-9], "cut.tgz": gzip.compress(tar_bytes(CLASS))[:-99]})
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadSubmissions) as caught:
        intake.find(tmp_path / path)
    assert str(caught.value) == f"{tmp_path}/{path} {problem}"


def test_moodles_export(tmp_path):
    """Moodle's zip, with an archive in a folder, loose files in another, and a text beside the files."""
    files = {
        "Anna Müller_12_assignsubmission_file/hw.zip": zip_files({"ws/layers/linear.py": LINEAR}),
        "Ben O'Hara_9_assignsubmission_file/linear.py": LINEAR,
        "Ben O'Hara_9_assignsubmission_onlinetext/onlinetext.html": "<p>Hello</p>",
        "Carl_10_assignsubmission_onlinetext/onlinetext.html": "<p>Sorry</p>",
    }
    write(tmp_path, {"CS-hw1-55.zip": zip_files(files)})
    assert [
        (one.student, one.name, bool(one.files), one.refused)
        for one in intake.find(tmp_path / "CS-hw1-55.zip")
    ] == [
        ("10", "Carl", False, "No file of the course was found in it, only onlinetext.html."),
        ("12", "Anna Müller", True, ""),
        ("9", "Ben O'Hara", True, ""),
    ]


def test_canvas_export(tmp_path):
    """Canvas' zip: a workspace as an archive, loose files, and what was handed in again."""
    files = {
        "smithbob_777_90001_ws.zip": zip_files({"ws/layers/linear.py": LINEAR}),
        "müller_LATE_12_90002_linear-1.py": LINEAR,
        "müller_LATE_12_90003_softmax.py": SOFTMAX,
        "lee_13_90004_ws.zip": zip_files(HONEST),
        "lee_13_90005_linear.py": OTHER,
    }
    write(tmp_path, {"submissions.zip": zip_files(files)})
    assert taken(tmp_path / "submissions.zip") == [
        ("12", HONEST | {"layers/softmax.py": SOFTMAX}, ""),
        (
            "13",
            {},
            "It holds layers/linear twice: in ws.zip/layers/linear.py and, differently, in linear.py.",
        ),
        ("777", HONEST, ""),
    ]


def test_gradescopes_export(tmp_path):
    """Gradescope's folder with its list; what two handed in together is each one's."""
    metadata = (
        "submission_1:\n  :submitters:\n  - :name: Anna\n    :sid: '12'\n  - :name: Ben\n    :email: ben@uni.edu\n"
        "submission_2:\n  :submitters:\n  - :name: Carl\n    :sid: '11'\n"
    )
    files = {"submission_metadata.yml": metadata, "submission_1/linear.py": LINEAR, "submission_2/a.txt": "x"}
    write(tmp_path, {f"assignment_5_export/{path}": text for path, text in files.items()})
    write(
        tmp_path,
        {"all.zip": zip_files({f"assignment_5_export/{path}": text for path, text in files.items()})},
    )
    for path in (tmp_path / "assignment_5_export", tmp_path / "all.zip"):
        assert [(one.student, one.name, dict(one.files)) for one in intake.find(path)] == [
            ("11", "Carl", {}),
            ("12", "Anna", HONEST),
            ("ben", "Ben", HONEST),
        ]


def test_canvas_files_in_a_folder_in_an_archive(tmp_path):
    """Somebody unpacked Canvas' zip and packed the folder again."""
    files = {"hw/smithbob_777_90001_linear.py": LINEAR, "hw/lee_13_90005_linear.py": OTHER}
    write(tmp_path, {"hw.zip": zip_files(files)})
    assert taken(tmp_path / "hw.zip") == [("13", {"layers/linear.py": OTHER}, ""), ("777", HONEST, "")]


def test_repositories(tmp_path):
    """Clones of one assignment's repositories, with Git's folders, and a list of scores beside them."""
    for user in ("anna", "ben-s"):
        write(
            tmp_path / f"cs1-hw2-{user}",
            HONEST | {".git/config": "x", ".classroom50.yaml": "x", "README.md": "x"},
        )
    write(tmp_path, {"scores.csv": "x"})
    assert taken(tmp_path) == [("anna", HONEST, ""), ("ben-s", HONEST, "")]


@pytest.mark.parametrize(
    ("stamped", "students"),
    [((), ["anna", "ben", "carl"]), (["hw1-carl"], ["anna", "ben", "carl"]),
     (["hw1-anna", "hw1-ben"], ["hw1-anna", "hw1-ben", "hw1-carl"])],
)  # fmt: skip
def test_what_nbgrader_collected_keeps_its_names(tmp_path, stamped, students):
    """Most have nbgrader's timestamp; that one student makes such a file renames nobody."""
    files = {f"hw1-{name}/hw/linear.py": LINEAR for name in ("anna", "ben", "carl")}
    write(tmp_path, files | {f"{name}/hw/timestamp.txt": "2027-01-02 03:04:05 UTC" for name in stamped})
    assert [student for student, _, _ in taken(tmp_path)] == students


def test_one_student_twice_is_refused(tmp_path):
    """A folder and an archive of one student: which is meant is not guessed."""
    write(tmp_path, {"anna/linear.py": LINEAR, "anna.zip": zip_files(HONEST), "Anna.tar": tar_bytes(HONEST)})
    write(tmp_path, {"zoe.zip": zip_files(HONEST)})
    assert taken(tmp_path) == [
        ("Anna", {}, "It was handed in more than once, as Anna.tar, anna and anna.zip: leave one."),
        ("zoe", HONEST, ""),
    ]


def test_two_students_with_one_safe_name_are_told_apart(tmp_path):
    """Their ids have a mark each, which does not change when somebody else hands in."""
    write(tmp_path, {"a b/linear.py": LINEAR, "a_b/linear.py": OTHER})
    first = {one.student: dict(one.files) for one in intake.find(tmp_path)}
    assert len(first) == 2
    assert all(student.startswith("a_b-") for student in first)
    write(tmp_path, {"a+b/linear.py": SOFTMAX})
    second = {one.student: dict(one.files) for one in intake.find(tmp_path)}
    assert first.items() <= second.items()
    assert len(second) == 3


def test_a_roster_gives_ids_and_names(tmp_path):
    """By id, by address, by name; who is not on it keeps the platform's id, and who is on it twice is refused."""
    rows = ["id,name,email", "1,Anna Müller,anna@uni.edu", "2,Ben Lee,blee@uni.edu", "3,Carl,", "4,Dora,"]
    write(tmp_path, {"students.csv": "\n".join(rows)})
    known = roster.read(tmp_path / "students.csv")
    names = ["Anna Müller_99_assignsubmission_file", "blee", "3", "somebody"]
    write(tmp_path / "in", {f"{name}/linear.py": LINEAR for name in names})
    found = [(one.student, one.name, one.refused) for one in intake.find(tmp_path / "in", known)]
    assert found == [("1", "Anna Müller", ""), ("2", "Ben Lee", ""), ("3", "Carl", ""), ("somebody", "", "")]
    assert list(roster.absent(known, [student for student, *_ in found])) == [("4", "Dora")]
    write(tmp_path / "in", {"Ben Lee.zip": zip_files(HONEST)})
    assert [(one.student, one.refused) for one in intake.find(tmp_path / "in", known)][1] == (
        "2",
        "It was handed in more than once, as Ben Lee.zip and blee: leave one.",
    )


def test_archives_in_a_workspace(tmp_path):
    """A backup, a damaged one and one of data add nothing and are left alone; more of the work is not lost silently."""
    inert = {
        "old.zip": zip_files(HONEST | {"x.csv": ""}),
        "bad.zip": b"?",
        "data.rar": b"Rar!",
        "layers/x.tar": b"",
    }
    write(tmp_path / "anna", HONEST | inert)
    write(tmp_path / "ben", HONEST | {"losses.zip": zip_files({"losses/mse.py": "x"})})
    write(tmp_path / "carl", HONEST | {"more.zip": zip_files({"mse.py": "x"})})
    write(tmp_path / "dora", HONEST | {f"{number}.zip": zip_files({"mse.py": "x"}) for number in range(2)})
    assert taken(tmp_path) == [
        ("anna", HONEST, ""),
        ("ben", {}, "Several workspaces were found in it, such as the top and losses.zip: leave one."),
        ("carl", HONEST | {"losses/mse.py": "x"}, ""),
        ("dora", HONEST | {"losses/mse.py": "x"}, ""),
    ]


def test_a_class_that_is_not_read_to_the_end_can_be_closed(tmp_path):
    """Whoever stops early closes the archive."""
    write(tmp_path, {"all.zip": zip_files(CLASS)})
    found = intake.find(tmp_path / "all.zip")
    next(found)
    found.close()
    assert list(found) == []


def test_a_class_of_one(tmp_path):
    """A folder alone is a student, on the disk, whatever lies in it; also in an archive, if it is one workspace."""
    write(
        tmp_path / "in",
        {"anna/a/linear.py": LINEAR, "anna/b/softmax.py": SOFTMAX, "anna/c.ipynb": '{"cells": []}'},
    )
    assert taken(tmp_path / "in") == [("anna", HONEST | {"layers/softmax.py": SOFTMAX}, "")]
    write(tmp_path, {"all.zip": zip_files({"anna/ws/layers/linear.py": LINEAR, "anna/notes/a.txt": ""})})
    assert taken(tmp_path / "all.zip") == [("anna", HONEST, "")]
