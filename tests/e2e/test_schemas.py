"""Every JSON of bpkit's own says which schema it has, and what the commands write is valid by it."""

import json
import re
import sys
from pathlib import Path

import jsonschema
import pytest
import safetensors

import bpkit
from bpkit.course import catalog
from bpkit.judging.standing import Found
from bpkit.judging.verdict import Status
from bpkit.reference.pack import Origin
from bpkit.report.data import SCHEMA_FILE
from bpkit.student.progress import HINTS, Entry

PACKAGE = Path(bpkit.__file__).parent
SCHEMAS = {
    path.name.removesuffix(".json"): json.loads(path.read_text("utf-8"))
    for path in SCHEMA_FILE.parent.iterdir()
}
RIGHT = (Path(__file__).parents[2] / "solutions/layers/linear.py").read_text("utf-8")


def validate(data, name):
    """Hold data against the schema that it names, which has to be this one."""
    kind, version = name.split(".")
    assert data["schema"] == f"bpkit/{kind}/{version}"
    jsonschema.validate(data, SCHEMAS[name], jsonschema.Draft202012Validator)


def test_every_name_of_a_schema_has_its_file():
    """What the sources call a schema lies in the folder, and nothing else does."""
    named = {
        match[1].replace("/", ".")
        for path in PACKAGE.rglob("*.py")
        for match in re.finditer(r'"bpkit/([a-z]+/v\d+)"', path.read_text("utf-8"))
    }
    assert named == set(SCHEMAS) == {"verdict.v1", "results.v1", "progress.v1", "workspace.v1", "pack.v1"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_versioned_and_sound(name):
    """A schema has a name with its version, in itself and in the data, and refuses what it does not know."""
    schema, (kind, version) = SCHEMAS[name], name.split(".")
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:bpkit:{kind}:{version}"
    assert schema["properties"]["schema"] == {"const": f"bpkit/{kind}/{version}"}
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == set(schema["properties"])


def test_fields_are_those_of_the_values():
    """A field that is added to what is kept has to be added to its schema."""
    entry, found = (SCHEMAS["progress.v1"]["$defs"][name] for name in ("entry", "found"))
    origin = SCHEMAS["pack.v1"]["properties"]["origin"]
    for schema, value in ((entry, Entry), (found, Found), (origin, Origin)):
        assert set(schema["properties"]) == set(schema["required"]) == set(value._fields)
    assert sorted(entry["properties"]["status"]["enum"]) == sorted(status.value for status in Status)
    assert entry["properties"]["hints"]["maximum"] == HINTS


def test_what_a_workspace_keeps(student, cli):
    """The progress after a check of each kind and a hint, and the record of what `init` has written."""
    for text in (RIGHT, RIGHT.replace("axis=0", "axis=1"), "1 / 0\n"):
        student.save(text)
        assert cli("check", "linear", "relu", cwd=student.root).err == ""
        kept = json.loads((student.root / "progress.json").read_text("utf-8"))
        validate(kept, "progress.v1")
        assert kept["exercises"]["layers/linear"]["checks"] > 0
    cli("hint", "sgd", cwd=student.root)
    kept = json.loads((student.root / "progress.json").read_text("utf-8"))
    validate(kept, "progress.v1")
    assert kept["exercises"]["optimizers/sgd"]["hints"] == 1
    shipped = json.loads((student.root / ".bpkit.json").read_text("utf-8"))
    validate(shipped, "workspace.v1")
    assert shipped["files"]


@pytest.mark.parametrize(
    ("name", "way", "value"),
    [
        ("progress", ("schema",), "bpkit/progress/v2"),
        ("progress", ("exercises", "layers/linear", "status"), "great"),
        ("progress", ("exercises", "layers/linear", "hints"), 4),
        ("progress", ("exercises", "layers/linear", "checked"), "yesterday"),
        ("progress", ("exercises", "layers/linear", "found"), {}),
        ("workspace", ("version",), None),
        ("workspace", ("files", "layers/linear.py"), "abc"),
        ("workspace", ("files", "layers\\linear.py"), "0" * 64),
        ("workspace", ("files", "/etc/passwd"), "0" * 64),
    ],
)
def test_the_schemas_refuse(student, cli, name, way, value):
    """What a workspace never holds is not valid."""
    cli("check", "linear", cwd=student.root)
    file = {"progress": "progress.json", "workspace": ".bpkit.json"}[name]
    data = at = json.loads((student.root / file).read_text("utf-8"))
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMAS[f"{name}.v1"], jsonschema.Draft202012Validator)


def test_what_check_writes(student, cli):
    """With and without arrays, of the whole course."""
    student.save(RIGHT.replace("axis=0", "axis=1"))
    for words in (("linear", "--arrays"), ()):
        ran = cli("check", *words, "--json", cwd=student.root)
        assert (ran.code, ran.err) == (1, "")
        validate(json.loads(ran.out), "verdict.v1")
    assert len(json.loads(ran.out)["exercises"]) == len(catalog.ids())


@pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")
def test_what_grade_writes(tmp_path, cli):
    """results.json of a class: right, wrong, refused, not handed in."""
    for student, text in (("anna", RIGHT), ("bert", RIGHT.replace("axis=0", "axis=1"))):
        (tmp_path / "class" / student / "layers").mkdir(parents=True)
        (tmp_path / "class" / student / "layers/linear.py").write_text(text)
    (tmp_path / "class/carl").mkdir()
    (tmp_path / "class/carl/linear.zip").write_bytes(b"no zip")
    (tmp_path / "roster.csv").write_text("id,name\nanna,Anna\nbert,Bert\ncarl,Carl\ndora,Dora\n")
    words = ("class", "--roster", "roster.csv", "--only", "linear", "--isolation", "0", "--out", "out")
    assert cli("grade", *words, cwd=tmp_path).code == 0
    found = json.loads((tmp_path / "out/results.json").read_text("utf-8"))
    validate(found, "results.v1")
    outcomes = {one["student"]: one["outcome"] for one in found["students"]}
    assert outcomes == {"anna": "graded", "bert": "graded", "carl": "refused", "dora": "not_handed_in"}


def test_what_packs_say_of_themselves(tmp_path, pack_bytes):
    """The course's own pack, and one that was recorded just now."""
    (tmp_path / "new.pack").write_bytes(pack_bytes)
    for path in (catalog.course_of("layers/linear").pack, tmp_path / "new.pack"):
        with safetensors.safe_open(str(path), framework="np") as pack:
            data = json.loads(pack.metadata()["bpkit"])
        validate(data, "pack.v1")
        assert data["exercises"]
