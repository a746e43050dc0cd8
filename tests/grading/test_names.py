"""Names that strangers chose: ids that are safe as files' names, paths that stay inside, sentences that do no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpkit.grading import names
from bpkit.grading.members import Refused

ANY = st.text(st.characters(), max_size=300)  # with halves of characters, as names on the disk may have


@pytest.mark.parametrize(
    ("text", "student"),
    [
        ("anna", "anna"),
        ("anna@uni.edu", "anna@uni.edu"),
        ("Anna Müller", "Anna_Müller"),
        ("Anna Mu\u0308ller", "Anna_Müller"),
        ("Мария", "Мария"),
        ("../../etc/passwd", "_.._etc_passwd"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("a/b\\c:d", "a_b_c_d"),
        ("a\0b\n", "a_b"),
        ("...", "unnamed"),
        ("", "unnamed"),
        ("\u202e", "unnamed"),
        ("x" * 300, "x" * 100),
        ("ab.", "ab"),
    ],
)
def test_ids_of_all_kinds(text, student):
    """An id keeps what a file's name may have, in any script, and nothing else."""
    assert names.identifier(text) == student


@given(ANY)
def test_every_id_is_safe_as_a_files_name(text):
    """Whatever the name is: letters, digits, - _ . @, never empty, never hidden, never an option, never long."""
    student = names.identifier(text)
    assert 0 < len(student) <= 100
    assert len(student.encode()) <= 200
    assert student[0] not in ".-"
    assert all(letter.isalnum() or letter in "-_.@" for letter in student)
    assert names.identifier(student) == student


@given(ANY, ANY)
def test_ids_that_are_told_apart_are_safe_too(first, second):
    """The mark of the whole name makes two ids of one, as safe as they were."""
    student = names.identifier(first)
    marked = names.apart(student, first)
    assert names.identifier(marked) == marked
    assert (marked == names.apart(student, second)) == (first == second)
    assert marked != student


@given(ANY)
def test_a_clean_path_leads_nowhere_else(path):
    """A path is refused, or it is plain names between slashes, of which none leads up or is hidden from a reader."""
    odd = names.fault(path)
    if odd:
        with pytest.raises(Refused) as caught:
            names.clean(path)
        assert str(caught.value) == f"{names.shown(path)} {odd}."
        assert str(caught.value).isprintable()
        return
    clean = names.clean(path)
    assert clean == names.clean(clean)
    assert clean
    assert not clean.startswith("/")
    assert not {"", ".", ".."} & set(clean.split("/"))
    assert not set("\\\0\n\r\u202e") & set(clean)
    assert clean.encode()


@given(ANY)
def test_a_name_in_a_sentence_does_no_harm(text):
    """Nothing in it acts on a terminal, and it is short."""
    assert names.shown(text).isprintable()
    assert len(names.shown(text)) <= 80
    assert names.person(text).isprintable()
    assert len(names.person(text)) <= 200


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcde"), "a, b, c and 2 more"),
    ],
)
def test_lists_in_sentences(found, told):
    """A list in a sentence tells a few and counts the rest."""
    assert names.listed(found) == told


@pytest.mark.parametrize(
    "path", ["a.py", "layers/linear.py", "lib/a.py", "bin/a.py", "a/share/b.py", "pyvenv.cfg"]
)
def test_work_is_no_rubbish(path):
    """A folder of a student's may be called lib: only beside pyvenv.cfg is it an environment's."""
    assert not names.foreign(path, names.environments(["venv/pyvenv.cfg"]))
    assert not names.foreign(path, frozenset())


def test_an_environment_made_in_the_workspace_itself():
    """`python -m venv .` leaves the student's own files where they are."""
    venvs = names.environments(["pyvenv.cfg", "layers/linear.py", "lib/x.py"])
    assert not names.foreign("layers/linear.py", venvs)
    assert names.foreign("lib/x.py", venvs)
    assert names.foreign("bin/y.py", venvs)
