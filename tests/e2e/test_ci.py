"""`bpkit check --format github`, and the ready workflow files: parsed, and their commands run as a shell runs them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
CI = Path(__file__).parents[2] / "docs" / "ci"


def test_check_for_github(student, cli, tmp_path):
    """The log has the text and the commands, and the summary is added to what is there."""
    student.edit("dy.sum(axis=0)", "dy.mean(axis=0)")
    summary = tmp_path / "summary.md"
    summary.write_text("Before.\n")
    env = {"GITHUB_WORKSPACE": str(student.root.parent), "GITHUB_STEP_SUMMARY": str(summary)}
    ran = cli("check", "linear", "sgd", "--format", "github", cwd=student.root, env=env)
    assert (ran.code, ran.err) == (1, "")
    (command,) = [line for line in ran.out.split("\n") if line.startswith("::")]
    assert command.startswith(
        "::error file=my workspace/layers/linear.py,line=12,title=Linear layer%2C linear_backward"
    )
    assert "db is averaged over the batch" in command
    assert "linear_backward: not right yet (0 of 4)" in ran.out
    assert summary.read_text().startswith("Before.\n# 2 of 9 points.\n")


def test_formats_exclude_each_other(student, cli):
    """--json is --format json, and nothing else."""
    both = cli("check", "linear", "--json", "--format", "json", cwd=student.root)
    alone = cli("check", "linear", "--json", cwd=student.root)
    assert re.sub(r'"seconds".*', "", both.out) == re.sub(r'"seconds".*', "", alone.out)
    assert cli("check", "linear", "--json", "--format", "github", cwd=student.root).code == 2


def test_a_summary_that_cannot_be_written(student, cli):
    """That is told in a sentence."""
    env = {"GITHUB_STEP_SUMMARY": str(student.root)}
    ran = cli("check", "linear", "--format", "github", cwd=student.root, env=env)
    assert (ran.code, "cannot be written" in ran.err) == (2, True)


def github_job():
    """Return the environment and the commands of the GitHub workflow's job."""
    # BaseLoader: YAML's own "on" would be a truth value otherwise.
    flow = yaml.load((CI / "github.yml").read_text(), yaml.BaseLoader)
    assert set(flow) == {"name", "on", "permissions", "jobs"}
    assert flow["permissions"] == {"contents": "read"}
    (job,) = flow["jobs"].values()
    assert all(("uses" in step) != ("run" in step) for step in job["steps"])
    return job["env"], [step["run"] for step in job["steps"] if "run" in step]


def gitlab_job():
    """Return the variables and the commands of the GitLab job."""
    (job,) = yaml.safe_load((CI / "gitlab.yml").read_text()).values()
    return job["variables"], [*job["before_script"], *job["script"]]


@pytest.mark.skipif(sys.platform == "win32", reason="the services' shells are POSIX")
@pytest.mark.parametrize("job", [github_job, gitlab_job])
def test_the_workflows_commands(student, tmp_path, job):
    """What installs is pip; what concerns bpkit runs in a workspace, and fails until all that is due passes."""
    variables, commands = job()
    install, *ours = commands
    assert install == 'python -m pip install "$BPKIT"'
    assert all(command.startswith("bpkit check ") for command in ours)
    # The command itself, from the interpreter that runs the tests.
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "bpkit"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bpkit "$@"\n')
    program.chmod(0o755)
    summary = tmp_path / "summary.md"

    def run():
        env = {
            **os.environ,
            **{name: str(value) for name, value in variables.items()},
            "EXERCISES": "linear relu",
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(summary),
        }
        script = "set -e\n" + "\n".join(ours)
        return subprocess.run(
            ["sh", "-c", script], cwd=student.root, env=env, capture_output=True, text=True, check=False
        )

    before = run()
    assert (before.returncode, before.stderr) == (1, ""), before
    for name in ("layers/linear", "neuron/relu"):
        student.save((CI.parents[1] / "solutions" / f"{name}.py").read_text(), f"{name}.py")
    after = run()
    assert (after.returncode, after.stderr) == (0, ""), after
    assert "2 of 2 exercises pass" in after.stdout
    assert (summary.exists(), (student.root / "bpkit.json").exists()) == (
        job is github_job,
        job is gitlab_job,
    )


def matrix():
    """Return the workflow that tests bpkit itself."""
    flow = yaml.load((CI / "matrix.yml").read_text("utf-8"), yaml.BaseLoader)
    assert set(flow) == {"name", "on", "permissions", "jobs"}
    assert flow["permissions"] == {"contents": "read"}
    return flow["jobs"]


def test_the_matrix():
    """Three systems, four versions of Python, and no path that is not there."""
    jobs = matrix()
    pythons = ["3.11", "3.12", "3.13", "3.14"]
    assert jobs["everything"]["strategy"]["matrix"] == {"python": pythons}
    students = jobs["students"]["strategy"]["matrix"]
    assert students["python"] == pythons
    assert [name.partition("-")[0] for name in students["os"]] == ["ubuntu", "macos", "windows"]
    for job in jobs.values():
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])
    named = re.findall(r"tests/[\w/.]+", jobs["students"]["steps"][-1]["run"])
    assert len(named) > 2
    assert [path for path in named if not (CI.parents[1] / path).exists()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="the service's shell is POSIX")
def test_the_matrix_students_steps(tmp_path):
    """What a student does there works here, as it stands."""
    (step,) = [step for step in matrix()["students"]["steps"] if step.get("name") == "Use"]
    # The solutions lie where a clone's would, and the command is the interpreter's that runs the tests.
    (tmp_path / "solutions").symlink_to(CI.parents[1] / "solutions")
    (tmp_path / "bin").mkdir()
    for name, words in (("bpkit", "-m bpkit "), ("python", "")):
        (tmp_path / "bin" / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words}"$@"\n')
        (tmp_path / "bin" / name).chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    command = ["bash", "-e", "-o", "pipefail", "-c", step["run"]]
    ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran
    assert ran.stdout.count("bpkit, version") == 2
    assert (tmp_path / "elsewhere/mein Kurs ü/progress.json").exists()
