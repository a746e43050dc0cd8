"""What the project says of itself: versions that agree, a citation, licences, and a form for proposals."""

import re
import tomllib
from pathlib import Path

import pytest

import bpkit

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def loaded(path):
    """Return what a YAML file holds, all of it text."""
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    return yaml.load((ROOT / path).read_text("utf-8"), yaml.BaseLoader)


def test_one_version():
    """The package, its metadata, the citation and the changelog name the same."""
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert {PROJECT["version"], loaded("CITATION.cff")["version"], newest[1]} == {bpkit.__version__}


def test_the_citation():
    """It has what CFF 1.2.0 asks for, under the names that it knows, and invents no person."""
    found = loaded("CITATION.cff")
    assert set(found) == {
        "cff-version",
        "message",
        "type",
        "title",
        "authors",
        "version",
        "license",
        "keywords",
    }
    assert (found["cff-version"], found["type"]) == ("1.2.0", "software")
    assert found["authors"] == [{"name": "The bpkit authors"}] == PROJECT["authors"]
    assert found["keywords"] == PROJECT["keywords"]


def test_the_licences():
    """Apache's text is whole, and the notice names the data that is under another."""
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Version 2.0, January 2004" in text
    assert all(f"   {number}. " in text for number in range(1, 10))
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["license"] == "Apache-2.0 AND CC-BY-4.0"
    assert PROJECT["license-files"] == ["LICENSE", "NOTICE"]
    notice = (ROOT / "NOTICE").read_text("utf-8")
    digits = (ROOT / "autograder/bpkit/course/specs/training/DIGITS.md").read_text("utf-8")
    for said in (
        "Optical Recognition of Handwritten Digits",
        "10.24432/C50P49",
        "licenses/by/4.0",
        "Alpaydin",
    ):
        assert said in notice
        assert said in digits


def test_few_packages():
    """A student installs at most six, and the rest is in extras."""
    assert 0 < len(PROJECT["dependencies"]) <= 6
    assert {"torch", "dask", "nbgrader", "plot", "tensorboard", "all", "dev", "docs"} == set(
        PROJECT["optional-dependencies"]
    )


def test_the_proposal_form():
    """GitHub's rules of issue forms: known types, a label for each, ids that are there once, something required."""
    form = loaded(".github/ISSUE_TEMPLATE/exercise_proposal.yml")
    assert {"name", "description", "body"} <= set(form) <= {"name", "description", "title", "labels", "body"}
    ids = [field["id"] for field in form["body"]]
    assert len(set(ids)) == len(ids)
    for field in form["body"]:
        assert field["type"] in ("input", "textarea", "checkboxes", "dropdown")
        assert set(field) <= {"type", "id", "attributes", "validations"}
        assert field["attributes"]["label"]
    assert any(field.get("validations", {}).get("required") == "true" for field in form["body"])


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/ci/README.md", "README.md"])
def test_links_lead_somewhere(name):
    """A link to a file of the clone leads to one."""
    path = ROOT / name
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))
    assert links
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_files_that_contributing_names_exist():
    """So that nobody looks for them in vain."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:report|judging|tests)/[\w/]+\.py|report/[\w/]+/)`", text)
    assert len(named) > 5
    assert [
        one for one in named if not ((ROOT / "autograder/bpkit" / one).exists() or (ROOT / one).exists())
    ] == []
