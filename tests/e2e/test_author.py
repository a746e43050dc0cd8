"""`bpkit verify` and `author sync`: what may be wrong with a clone, one line each, and what sync mends."""

import numpy as np
import pytest

from bpkit.course import catalog
from bpkit.reference.pack import Entry, open_file

pytest.importorskip("torch", reason="recording and verifying need PyTorch")

ID = "layers/sample"
OLD = f"{ID}: the pack was recorded from other files. Run `bpkit author sync`."


def problems(clone, *words):
    """Verify and return the lines about what is wrong; the last line has to count them."""
    code, (*lines, last) = clone.verify(*words)
    assert code == (1 if lines else 0)
    count = {0: "no problems", 1: "1 problem"}.get(len(lines), f"{len(lines)} problems")
    assert last.endswith(f"rejected and named; {count}.")
    return lines


def test_a_clone_in_step(clone):
    """A clone in step with itself has no problems, and sync has nothing to do."""
    code, lines = clone.verify()
    assert (code, len(lines)) == (0, 1)
    assert lines[0].startswith("2 exercises, ")
    assert lines[0].endswith("no problems.")
    assert clone.sync() == ["Everything is up to date."]


def test_the_course_as_a_whole(clone):
    """Stray files, a missing lesson, an old table, an edited stub: a line each; sync mends its part."""
    (clone.root / "solutions/layers/notes.txt").write_text("to do")
    (clone.root / "exercises/layers/draft.py").write_text("to do")
    (clone.root / "exercises/losses/README.md").unlink()
    clone.edit("README.md", "| Sample |", "| Example |")
    clone.edit(clone.stub, '"""Title: y', '"""Titel: y')
    strays = [
        "solutions/layers/notes.txt: nothing accounts for this file.",
        "exercises/layers/draft.py: nothing accounts for this file.",
        "losses: the lesson exercises/losses/README.md is missing.",
    ]
    assert problems(clone) == [
        f"{ID}: the stub is not what its solution cuts to. Run `bpkit author sync`.",
        *strays,
        "README.md: the table of exercises is out of date. Run `bpkit author sync`.",
    ]
    assert clone.sync() == ["exercises/layers/sample.py cut", "README.md: table of exercises"]
    assert clone.sync() == ["Everything is up to date."]
    assert problems(clone) == strays


def test_a_lessons_pictures(clone):
    """A picture that its lesson shows belongs to the course; it has to be there, beside it, and to have words."""
    assert problems(clone) == []
    (clone.root / "exercises/neuron/saturation.svg").rename(clone.root / "exercises/neuron/flat.svg")
    with (clone.root / "exercises/layers/README.md").open("a") as lesson:
        lesson.write("\n![](../neuron/flat.svg)\n")
    assert problems(clone) == [
        "exercises/neuron/flat.svg: nothing accounts for this file.",
        "neuron: the lesson shows saturation.svg, which does not lie beside it.",
        "layers: the lesson shows ../neuron/flat.svg, which does not lie beside it.",
        "layers: the lesson shows ../neuron/flat.svg without a word for who cannot see it.",
    ]


def test_a_solution_that_changed(clone):
    """A changed solution makes the recording old; sync records this one again, and all is well."""
    clone.edit(clone.solution, "dx = dy * 2 * x", "dx = 2 * dy * x")
    assert problems(clone, ID) == [OLD]
    assert clone.sync() == [f"{ID} recorded"]
    assert problems(clone, ID) == []


def test_a_wrong_solution(clone):
    """A solution that is wrong does not earn its points, and what was found is told."""
    clone.edit(clone.solution, "dx = dy * 2 * x", "dx = dy * 3 * x")
    clone.sync()
    assert f"{ID}: the solution earns 1 of 3 points: values of dx." in problems(clone, ID)


def test_a_solution_with_a_remark(clone):
    """A solution at which NumPy warns passes, and is told all the same."""
    clone.edit(clone.solution, "y = np.square(x)", "y = np.square(x); np.log(0.0)")
    clone.sync()
    assert f"{ID}: the solution earns a remark: warning." in problems(clone, ID)


def test_a_solution_that_uses_what_it_needs(clone):
    """It finds the solutions of what the spec names, and nothing else."""
    clone.edit(
        clone.solution, "import numpy as np\n", "import numpy as np\nfrom neuron.relu import relu_forward\n"
    )
    clone.edit(clone.solution, "y = np.square(x)", "y = relu_forward(x)[0] ** 2 + relu_forward(-x)[0] ** 2")
    clone.sync()
    assert problems(clone, ID)[:2] == [
        f"{ID}: the stub comes out crashed, not not_started.",
        f"{ID}: the solution earns 0 of 3 points: import, import.",
    ]
    clone.edit(clone.spec, "    mistakes={", '    needs=("neuron/relu",),\n    mistakes={')
    clone.sync()
    assert problems(clone, ID) == []


@pytest.mark.parametrize(
    ("need", "why"), [("losses/nothing", "is no exercise"), (ID, "does not come before it")]
)
def test_needs_that_cannot_be_met(clone, need, why):
    """An exercise that is none, and one that comes later: the course cannot be solved in its order."""
    clone.edit(clone.spec, "    mistakes={", f'    needs=("{need}",),\n    mistakes={{')
    clone.sync()
    assert problems(clone, ID) == [f"{ID}: it needs {need}, which {why}."]


def test_mistakes_that_are_none(clone):
    """A mistake that passes, one without its sentence, a sentence without one: a line each."""
    clone.edit(clone.solution, "doubled: y = 2 * x", "doubled: y = x * x\n    # MISTAKE unsaid: y = 3 * x")
    clone.edit(clone.spec, '"doubled":', '"unmade": "Never.",\n        "doubled":')
    clone.sync()
    assert problems(clone, ID) == [
        f"{ID}: the solution has no MISTAKE line for unmade.",
        f"{ID}: the spec has no sentence for unsaid.",
        f"{ID}: the mistake doubled passes.",
    ]


def test_mistakes_that_cannot_be_told_apart(clone):
    """Two that return the same arrays are listed once, and are no problem."""
    clone.edit(
        clone.solution, "dy-ignored: dx = 2 * x", "dy-ignored: dx = 2 * x\n    # MISTAKE twin: dx = x + x"
    )
    clone.edit(clone.spec, '"doubled":', '"twin": "The same again.",\n        "doubled":')
    clone.sync()
    code, lines = clone.verify(ID)
    assert (code, lines[0]) == (0, f"{ID}: dy-ignored, twin return the same arrays.")
    assert lines[1:] == ["1 exercise, 3 known mistakes, 3 of them rejected and named; no problems."]


def test_half_an_explanation(clone):
    """An exercise may have no explanation, but one with an empty part is told."""
    clone.edit(clone.spec, "import Case, Exercise", "import Case, Exercise, Explanation")
    clone.edit(
        clone.spec, 'title="Sample",', 'title="Sample",\n    explanation=Explanation("Why.", "x", ""),'
    )
    assert problems(clone, ID) == [
        f"{ID}: its explanation needs all three parts: why, another and pytorch.",
        OLD,
    ]


def test_what_the_spec_alone_shows(clone):
    """Empty texts, sizes that hide mistakes, and cases that do not fit the function: a line each."""
    clone.edit(clone.spec, 'title="Sample"', 'title=""')
    clone.edit(clone.spec, '"The local derivative, with shapes."', '" "')
    clone.edit(clone.spec, '"dx does not use dy. The chain rule multiplies by what comes from above."', '""')
    clone.edit(clone.spec, "x=(5, 3)", "x=(5, 5)")
    clone.edit(clone.spec, '"another batch", x=(11, 7)', '"a batch", x=(4, 7)')
    clone.edit(clone.spec, '"one example", x=', '"one example", z=')
    assert problems(clone, ID) == [
        f"{ID}: it has no title.",
        f"{ID}: it needs three hints.",
        f"{ID}: the mistake dy-ignored has no sentence.",
        f"{ID}: two cases have the same name.",
        f'{ID}: case "a batch": x has the sizes (5, 5), which should be distinct.',
        f'{ID}: case "a batch": x has the sizes (4, 7), which should be 1 or odd primes.',
        f'{ID}: case "one example": its inputs are z, and the function takes x.',
        OLD,
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("# MISTAKE doubled: y", "# MISTAKE: y", "write `# MISTAKE some-id: code` on a line of its own."),
        ("doubled: y = 2 * x", "doubled: y = 2 *", "the replaced line is no Python: invalid syntax."),
        (
            "    cache = x\n    ### END SOLUTION\n",
            "    cache = x\n",
            "does not pair up. Regions are not nested.",
        ),
    ],
    ids=["no id", "no Python", "no end"],
)
def test_solutions_that_cannot_be_cut(clone, old, new, line):
    """What cannot be cut is told with its place; sync refuses it too, and changes nothing."""
    clone.edit(clone.solution, old, new)
    before = (clone.root / clone.stub).read_bytes()
    ran = clone.run("author", "sync")
    assert (ran.code, ran.out) == (2, "")
    assert line in ran.err
    assert "solutions/layers/sample.py" in ran.err
    assert (clone.root / clone.stub).read_bytes() == before
    told = problems(clone, ID)
    assert len(told) == 1
    assert line in told[0]


def test_a_missing_solution(clone):
    """A spec without its solution is told."""
    (clone.root / clone.solution).unlink()
    assert problems(clone, ID) == [f"{ID}: there is no solutions/layers/sample.py."]


def test_a_pack_that_pytorch_does_not_agree_with(clone):
    """A pack whose numbers were changed, digest and all, is held against PyTorch."""
    path, exercise = clone.root / "exercises/course.pack", catalog.find("neuron/relu")
    pack = open_file(path)
    first, *rest = pack.load(exercise)
    wrong = first._replace(outputs={name: np.asarray(value) + 1e-6 for name, value in first.outputs.items()})
    entry = Entry((wrong, *rest), pack.source(exercise.id))
    path.write_bytes(pack.with_entries(pack.origin, [(exercise, entry)], [ID]).to_bytes())
    lines = problems(clone, "neuron/relu")
    told = f'neuron/relu: case "{first.case.name}": the pack\'s a is not what PyTorch says now.'
    assert told in lines


@pytest.mark.parametrize("content", [b"", b"hello"])
def test_a_pack_that_is_none(clone, content):
    """A damaged pack is told in a line; sync records everything again, to the same bytes as before."""
    path = clone.root / "exercises/course.pack"
    before = path.read_bytes()
    path.write_bytes(content)
    lines = problems(clone, ID)
    assert len(lines) == 1
    assert "course.pack is no pack of bpkit's, or it is damaged" in lines[0]
    assert clone.sync() == ["neuron/relu recorded", f"{ID} recorded"]
    assert path.read_bytes() == before


def test_an_exercise_that_was_taken_out(clone):
    """Deleting an exercise's files leaves its stub as a stray, and takes it out of pack and table."""
    (clone.root / clone.solution).unlink()
    (clone.root / clone.spec).unlink()
    assert clone.sync() == [f"{ID} taken out of the pack", "README.md: table of exercises"]
    assert problems(clone) == [f"{clone.stub}: nothing accounts for this file."]


@pytest.mark.parametrize("gone", ["a line", "the file"])
def test_readme_without_its_table(clone, gone):
    """A README without the lines around its table, or none at all, is told with the lines that it needs."""
    if gone == "a line":
        clone.edit("README.md", "<!-- exercises: begin -->", "")
    else:
        (clone.root / "README.md").unlink()
    ran = clone.run("author", "sync")
    assert (ran.code, ran.out) == (2, "")
    assert "README.md needs the two lines <!-- exercises: begin -->" in ran.err
    told = problems(clone)
    assert len(told) == 1
    assert "README.md needs the two lines" in told[0]


def test_verify_of_something_unknown(clone):
    """An unknown id is refused with exit code 2."""
    ran = clone.run("verify", "layers/simple")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean layers/sample" in ran.err
