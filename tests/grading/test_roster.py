"""Rosters as platforms export them and people make them."""

import pytest

from bpkit.errors import BadSubmissions
from bpkit.grading import roster


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a roster from its text."""

    def read_(text, encoding="utf-8"):
        path = tmp_path / "students.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return roster.read(path)

    return read_


FORMS = {
    "by hand": ("id,name\nanna,Anna Müller\nben,Ben Smith\n", ["anna", "ben"]),
    "one column": ("Student\nanna\nben\n", ["anna", "ben"]),
    "e-mail": ("E-Mail,Vorname,Nachname\nanna@uni.edu,Anna,Müller\nben@uni.edu,Ben,Smith\n", ["anna", "ben"]),
    "names": ("First name,Surname\nAnna,Müller\nBen,Smith\n", ["Anna_Müller", "Ben_Smith"]),
    "Excel": ("\ufeffsep=;\r\nID;Name\r\nanna;Anna Müller\r\nben;Ben Smith\r\n", ["anna", "ben"]),
    "semicolons": ("\ufeffID;Name;Mail\r\nanna;Anna Müller;\r\nben;Ben Smith;b@uni.edu\r\n", ["anna", "ben"]),
    "tabs": ("Login\tLast\tFirst\nanna\tMüller\tAnna\nben\tSmith\tBen\n", ["anna", "ben"]),
    "Canvas gradebook": (
        "Student,ID,SIS User ID,SIS Login ID,Section,HW (1)\n    Points Possible,,,,,10\n"
        '"Müller, Anna",123,S1,anna@uni.edu,A,9\n"Smith, Ben",124,S2,ben,A,\n"Student, Test",99,,x,A,\n',
        ["123", "124"],
    ),
    "Moodle worksheet": (
        "Identifier,Full name,Email address,Status,Grade\n"
        "Participant 123,Anna Müller,anna@uni.edu,Submitted,\nParticipant 124,Ben Smith,ben@uni.edu,,\n",
        ["123", "124"],
    ),
    "Moodle in German": (
        "ID,Vollständiger Name,E-Mail-Adresse\n"
        "Teilnehmer/in 123,Anna Müller,a@uni.edu\nTeilnehmer/in 124,Ben Smith,b@uni.edu\n",
        ["123", "124"],
    ),
    "Gradescope": (
        "First Name,Last Name,SID,Email,Sections\nAnna,Müller,12,a@u.edu,\nBen,Smith,13,b@u.edu,\n", ["12", "13"],
    ),
    "GitHub Classroom": (
        '"identifier","github_username","github_id","name"\n'
        '"am12","annam","4","Anna Müller"\n"bs13","bens","5","Ben Smith"\n',
        ["am12", "bs13"],
    ),
    "Classroom 50": (
        "username,first_name,last_name,email,section,github_id,role\nannam,Anna,Müller,a@u.edu,,4,\nbens,Ben,Smith,,,5,\n",
        ["annam", "bens"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_forms(read, form):
    """Columns are found by their headers, whoever wrote them; rows that are nobody's are left out."""
    text, students = FORMS[form]
    found = read(text)
    assert [student.id for student in found.students] == students
    if form != "one column":
        assert [student.name for student in found.students] == ["Anna Müller", "Ben Smith"]
        assert found.find(["nobody"], "müller anna").id == students[0]
        assert found.find(["nobody"], "mülleranna").id == students[0]
        assert found.find([], "Ben  SMITH").id == students[1]


def test_every_id_and_address_finds_a_student(read):
    """A platform may know a student by any of the columns, or by the address's first half."""
    found = read(FORMS["Canvas gradebook"][0])
    for key in ("123", "S1", "s1", "anna@uni.edu", "Anna@Uni.edu", "anna"):
        assert found.find([key], "").id == "123"
    assert found.find(["ben"], "").id == "124"
    assert found.find(["99"], "") is None
    assert found.find(["x", "124"], "Anna Müller").id == "124"


def test_what_two_students_share_finds_nobody(read):
    """Two of one name, and two addresses that begin alike, are not guessed at."""
    found = read(
        "id,name,email\n1,Anna Lee,anna@a.edu\n2,Lee Anna,anna@b.edu\n3,Ben,3@x.edu\n4,Carl,c@x.edu\n"
    )
    assert found.find(["anna"], "Anna Lee") is None
    assert found.find(["anna@b.edu"], "").id == "2"
    assert found.find(["3"], "").id == "3"
    assert found.find([], "carl").id == "4"


def test_two_words_for_a_family_name(read):
    """Canvas runs the name together as it is sorted."""
    found = read("id,first name,last name\n1,Jean Luc,van der Berg\n")
    assert found.find([], "vanderbergjeanluc").id == "1"
    assert found.find([], "Jean Luc van der Berg").id == "1"


def test_absent(read):
    """Whoever handed in nothing, by id."""
    found = read("id,name\nben,Ben\nanna,Anna\ncarl,Carl\n")
    assert list(roster.absent(found, ["ben", "somebody"])) == [("anna", "Anna"), ("carl", "Carl")]
    assert list(roster.absent(found, ["anna", "ben", "carl"])) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty: a roster has a line of headers and a line for each student."),
        ("\n \n", "is empty: a roster has a line of headers and a line for each student."),
        ("id,name\n", "has headers, but no student."),
        ("id,name\n,\n", "has headers, but no student."),
        ("anna,Anna\nben,Ben\n", "has no column that tells who a student is. Name one of them id, email or name in "
            "its first line."),
        ("id,name\nanna,A\nben,B\nAnna,C\n", "has Anna twice, in rows 2 and 4."),
        ("id,name\na b,A\na_b,B\n", "has a_b twice, in rows 2 and 3."),
        ('id,name\nanna,"A\n', "cannot be read as CSV: unexpected end of data."),
        ("id,name\nanna,Ann\0a\n", "is no CSV file."),
        (b"id,name\nanna,M\xfcller\n", "is not UTF-8. Save it as “CSV UTF-8”."),
        (b"PK\3\4\xff\xff\0\0", "is not UTF-8. Save it as “CSV UTF-8”."),
        ("id,name\nanna," + "x" * 200_000, "cannot be read as CSV: field larger than field limit (131072)."),
    ],
)  # fmt: skip
def test_a_bad_roster_is_told_in_one_sentence(read, tmp_path, text, sentence):
    """What is wrong with it, with the file's name."""
    with pytest.raises(BadSubmissions) as caught:
        read(text)
    assert str(caught.value) == f"{tmp_path}/students.csv {sentence}"


def test_a_roster_that_is_not_there(tmp_path):
    """No file, a folder, or far too much."""
    with pytest.raises(BadSubmissions, match=r"cannot be read: No such file or directory\."):
        roster.read(tmp_path / "no.csv")
    with pytest.raises(BadSubmissions, match=r"cannot be read: Is a directory\."):
        roster.read(tmp_path)
    (tmp_path / "big.csv").write_bytes(b"x" * (17 << 20))
    with pytest.raises(BadSubmissions, match=r"big.csv is larger than any roster\."):
        roster.read(tmp_path / "big.csv")


def test_utf_16(read):
    """Excel's "Unicode text"."""
    assert [student.name for student in read("id\tname\nanna\tAnna Müller\n", "utf-16").students] == [
        "Anna Müller"
    ]
