"""`bpkit author new`: two files that work as they are, and names that cannot be."""

import pytest

pytest.importorskip("torch", reason="recording and verifying need PyTorch")

GREEN = "1 exercise, 2 known mistakes, 2 of them rejected and named; no problems."


def test_a_new_exercise(clone):
    """Two files are made; after sync the exercise is in stub, pack and table, and verifies as it is."""
    ran = clone.run("author", "new", "losses/absolute_error")
    made = [
        clone.root / "solutions/losses/absolute_error.py",
        clone.root / "autograder/bpkit/course/specs/losses/absolute_error.py",
    ]
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        *(f"{path} written." for path in made),
        "Fill them in, then: bpkit author sync, bpkit verify losses/absolute_error",
    ]
    assert all(path.is_file() for path in made)
    assert clone.sync() == [
        "exercises/losses/absolute_error.py cut",
        "losses/absolute_error recorded",
        "README.md: table of exercises",
    ]
    assert clone.verify("losses/absolute_error") == (0, [GREEN])
    row = "| [losses/absolute_error](exercises/losses/absolute_error.py) | Absolute error |"
    assert row in (clone.root / "README.md").read_text()
    stub = (clone.root / "exercises/losses/absolute_error.py").read_text()
    assert "def absolute_error_backward(dy, cache):" in stub
    assert [word for word in ("SOLUTION", "MISTAKE", "np.square") if word in stub] == []
    ran = clone.run("check", "absolute_error")
    assert "absolute_error_backward: not started (0 of 2)" in ran.out


def test_new_exercises_come_last(clone):
    """A new exercise comes after those that its chapter has."""
    for name in ("zeta", "alpha"):
        assert clone.run("author", "new", f"layers/{name}").code == 0
    clone.sync()
    text = (clone.root / "README.md").read_text()
    places = [text.index(f"[layers/{name}]") for name in ("sample", "zeta", "alpha")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nochapter/scale", "There is no chapter 'nochapter'. The chapters are neuron, layers, "),
        ("scale", "There is no chapter 'scale'."),
        ("/scale", "There is no chapter ''."),
        ("layers/", "'' cannot be a file and part of a function"),
        ("layers/Scale", "use small letters, digits and underscores"),
        ("layers/2d_scale", "use small letters, digits and underscores"),
        ("layers/my-scale", "'my-scale' cannot be a file"),
        ("layers/my scale", "'my scale' cannot be a file"),
        ("layers/_scale", "'_scale' cannot be a file"),
        ("layers/a/b", "'a/b' cannot be a file"),
        ("layers/../x", "'../x' cannot be a file"),
        ("layers/scale.py", "'scale.py' cannot be a file"),
        ("layers/größe", "'größe' cannot be a file"),
        ("layers/sample", "sample.py is there already."),
    ],
)
def test_names_that_cannot_be(clone, name, words):
    """A name that is no file, no part of a function, or taken, is refused; nothing is made."""
    before = sorted(clone.root.rglob("*.py"))
    ran = clone.run("author", "new", name)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert sorted(clone.root.rglob("*.py")) == before


def test_half_an_exercise_is_not_overwritten(clone):
    """Where one of the two files is there, neither is made."""
    path = clone.root / "autograder/bpkit/course/specs/losses/draft.py"
    path.write_text("precious\n")
    ran = clone.run("author", "new", "losses/draft")
    assert (ran.code, ran.out) == (2, "")
    assert "draft.py is there already." in ran.err
    assert path.read_text() == "precious\n"
    assert not (clone.root / "solutions/losses/draft.py").exists()


def test_without_a_name(clone):
    """Without a name the usage is shown."""
    ran = clone.run("author", "new")
    assert (ran.code, ran.out) == (2, "")
    assert "Missing argument 'CHAPTER/NAME'" in ran.err
