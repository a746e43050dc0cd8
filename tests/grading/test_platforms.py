"""Whose submission it is, by the names that platforms give."""

import pytest

from bpkit.grading import platforms
from bpkit.grading.members import FILE, FOLDER, Entry
from bpkit.grading.platforms import Owner


def folders(*names):
    """Return entries that are folders."""
    return [Entry(name, FOLDER) for name in names]


def files(*names):
    """Return entries that are files."""
    return [Entry(name, FILE) for name in names]


def told(entries, gradescope=None, known=()):
    """Return who handed in what: id, name, and what the student called it."""
    claims = platforms.claims(entries, gradescope or {}, set(known).__contains__)
    return [
        (claim.owner.keys[0], claim.owner.name, *(piece.inner for piece in claim.pieces)) for claim in claims
    ]


@pytest.mark.parametrize(
    ("entry", "student", "name"),
    [
        ("Anna Müller_123456_assignsubmission_file", "123456", "Anna Müller"),
        ("Anna Müller_123456_assignsubmission_file_", "123456", "Anna Müller"),
        ("Jean-Luc van der Berg_7_assignsubmission_file_", "7", "Jean-Luc van der Berg"),
        ("Group 12_345_assignsubmission_file", "345", "Group 12"),
        ("Default group_assignsubmission_file", "Default group", "Default group"),
        ("Participant_123456_assignsubmission_file", "123456", ""),
        ("Мария Иванова_9_assignsubmission_file_", "9", "Мария Иванова"),
    ],
)
def test_moodle(entry, student, name):
    """Moodle's folders: full name, participant's id, and which plugin it came by."""
    assert told(folders(entry, "Other_1_assignsubmission_file"))[0] == (student, name, entry)


def test_moodle_without_folders():
    """Moodle without folders puts all of that before the file's own name; several files are one submission."""
    entries = files(
        "Anna Müller_123_assignsubmission_file_linear.py",
        "Anna Müller_123_assignsubmission_file_my work_v2.zip",
        "Ben_45_assignsubmission_file_.zip",
    )
    assert told(entries) == [
        ("123", "Anna Müller", "linear.py", "my work_v2.zip"),
        ("45", "Ben", "Ben_45_assignsubmission_file_.zip"),
    ]


def test_moodle_with_a_text_beside_the_files():
    """What a student wrote into the form lies in a folder of its own, and is the same submission."""
    entries = folders(
        "Anna_1_assignsubmission_file", "Anna_1_assignsubmission_onlinetext", "Ben_2_assignsubmission_file"
    )
    assert [(student, len(rest)) for student, _, *rest in told(entries)] == [("1", 2), ("2", 1)]


def test_canvas():
    """Canvas' flat files: name as it is sorted, perhaps LATE, the user's id, an attachment's id, the file's name."""
    entries = files(
        "lateanna_100_90001_hw.zip",
        "mülleranna_LATE_123_90002_linear.py",
        "mülleranna_LATE_123_90003_softmax-1.py",
        "smithbob_777_90004_my_file_1_2.zip",
    )
    assert told(entries) == [
        ("100", "lateanna", "hw.zip"),
        ("123", "mülleranna", "linear.py", "softmax-1.py"),
        ("777", "smithbob", "my_file_1_2.zip"),
    ]


def test_canvas_with_hidden_names_and_with_texts():
    """Anonymous submissions have an id alone; a text or a link has no attachment."""
    entries = files("anon_aB3dE_90001_hw.zip", "LATE_anon_x9y8Z_90002_hw.zip", "smithbob_777_text.html")
    assert told(entries) == [
        ("aB3dE", "", "hw.zip"),
        ("x9y8Z", "", "hw.zip"),
        ("777", "smithbob", "smithbob_777_text.html"),
    ]


@pytest.mark.parametrize(
    "names",
    [
        ("hw_2024_101_anna.zip", "hw_2024_102_ben.zip"),
        ("hw_1_200_anna.zip", "hw_2_200_ben.zip"),
        ("anna_1_200_x.zip", "ben_1_201_x.zip"),
        ("anna_1_200_x.zip", "ben.zip", "carl.zip"),
        ("group_1_2_final.zip", "group_1_3_final.zip"),
    ],
)
def test_what_only_looks_like_canvas(names):
    """Numbers in names that do not hang together as Canvas' do: nobody's work is taken for another's."""
    assert [student for student, *_ in told(files(*names))] == [name.removesuffix(".zip") for name in names]


METADATA = """---
submission_1:
  :submitters:
  - :name: Anna Müller
    :sid: '0012'
    :email: anna@uni.edu
  :created_at: 2026-04-26 17:34:00.861687000 Z
  :score: 2.0
  :results:
    output: |-
      submission_2:
        :submitters:
        - :name: Eve
      ======
    tests:
    - name: Eve
      output: 'It''s
        long

'
submission_2:
  :submitters:
  - :name: 'O''Hara, Ben'
    :sid: 345
    :email: ben@uni.edu
  - :name: "Carl \\u00dc."
    :email: carl@uni.edu
  :history:
  - :id: 5
    :submitters:
    - :name: Eve
...
submission_3:
  :submitters: []
submission_4:
  :submitters:
  - :name: |-
      Eve
          :sid: '0012'
    :sid:
submission_9:
  :submitters:
  - :name: Nobody
"""


def test_gradescope():
    """Gradescope's list beside the folders: one submission for each who handed it in, and nobody by an injection."""
    found = platforms.submitters(METADATA.split("\n"), {f"submission_{n}" for n in (1, 2, 3, 4)})
    assert found["submission_1"] == (Owner(("0012", "anna@uni.edu", "Anna Müller"), "Anna Müller"),)
    assert [owner.keys[0] for owner in found["submission_2"]] == ["345", "carl"]
    assert [owner.name for owner in found["submission_2"]] == ["O'Hara, Ben", "Carl Ü."]
    assert "submission_3" not in found
    assert "0012" not in [owner.keys[0] for owner in found.get("submission_4", ())]
    assert "submission_9" not in found
    entries = folders("submission_1", "submission_2", "submission_3")
    assert [student for student, *_ in told(entries, found)] == ["0012", "345", "carl", "submission_3"]


@pytest.mark.parametrize(
    ("names", "students"),
    [
        (("hw1-anna", "hw1-ben-smith", "hw1-carl99"), ["anna", "ben-smith", "carl99"]),
        (("cs-hw1-anna", "cs-hw1-anton"), ["anna", "anton"]),
        (("hw1-anna", "hw1-anna-b"), ["anna", "anna-b"]),
        (("hw1-anna_uni", "hw1-ben_uni"), ["anna_uni", "ben_uni"]),
        (("student-01", "student-02"), ["student-01", "student-02"]),
        (("cs-hw1-group-1", "cs-hw1-group-2"), ["cs-hw1-group-1", "cs-hw1-group-2"]),
        (("hw1-anna", "ben"), ["hw1-anna", "ben"]),
        (("hw1-anna",), ["hw1-anna"]),
        (("Müller-Anna", "Müller-Ben"), ["Müller-Anna", "Müller-Ben"]),
        (("hw1-anna--b", "hw1-ben"), ["hw1-anna--b", "hw1-ben"]),
    ],
)
def test_github(names, students):
    """Repositories of one assignment begin alike; what is left is the user, where it can be one on GitHub."""
    assert [student for student, *_ in told(folders(*names))] == students


def test_a_roster_that_knows_the_whole_names_keeps_them():
    """Ids that begin alike are no assignment's name."""
    entries = folders("mu-anna", "mu-ben")
    assert [student for student, *_ in told(entries, known=["mu-anna", "mu-ben"])] == ["mu-anna", "mu-ben"]
    assert [student for student, *_ in told(entries, known=["anna"])] == ["anna", "ben"]


def test_plain_names():
    """Folders, archives and notebooks stand for the student whose name they have."""
    entries = [
        *folders("anna", "ben.smith"),
        *files("carl.tar.gz", "dora.TGZ", "emil.ipynb", "f.zip", "gina.rar", "h.pdf"),
    ]
    assert [student for student, *_ in told(entries)] == [
        "anna",
        "ben.smith",
        "carl",
        "dora",
        "emil",
        "f",
        "gina",
        "h",
    ]


def test_what_lies_beside_submissions_is_left_out():
    """Lists, notes and what systems leave are nobody's submission."""
    entries = [
        *files("students.csv", "scores.json", "README.md", ".DS_Store", "Thumbs.db"),
        *folders("__MACOSX", ".git", "anna"),
    ]
    assert [student for student, *_ in told(entries)] == ["anna"]
