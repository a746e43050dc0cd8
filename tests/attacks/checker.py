"""bpkit's own checker at a chosen level: `checker.py LEVEL PRIVILEGES`, one grading for each line of standard input.

A line is a JSON list: a folder, the deadline in seconds, and files of that folder. The last file is the honest one
and gets the deadline that it has in the course. PRIVILEGES "none" gives up what root may do, and so stands for a
grader that an ordinary user runs.
"""

import json
import sys
from pathlib import Path

import click

from bpkit.course import catalog
from bpkit.errors import BpkitError
from bpkit.judging import isolation
from bpkit.judging.judge import judge
from bpkit.judging.process import Zygote
from bpkit.judging.runner import Submission
from bpkit.judging.verdict import Verdict
from bpkit.reference.pack import open_file
from bpkit.report import data, terminal
from bpkit.worker import namespaces

EXERCISE = catalog.find("layers/linear")


def say(**facts):
    """Print one line."""
    print(json.dumps(facts), flush=True)


def peak():
    """Return the most memory that this process has had, in MiB.

    Not ru_maxrss, which starts at what the process that started this one had: for a test runner that is much.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


def unstyled(text, **_):
    """Stand in for `click.style`: whatever escape code is left in a report is not our own."""
    return text


def graded(zygote, source, exercise, recordings, level):
    """Judge one submission and return what is said of it."""
    try:
        judged = judge(zygote, Submission({f"{exercise.id}.py": source}), exercise, recordings)
    except BpkitError as error:
        return {"error": error.exit_code, "text": str(error)}
    verdict = Verdict((judged,), level)
    known = {exercise.id: exercise}
    return {
        "points": verdict.score,
        "max_points": verdict.max_score,
        "status": str(judged.status),
        "output": judged.output,
        "text": terminal.render(verdict, known) + "\n" + data.to_json(verdict, known),
        "seconds": judged.seconds,
    }


def grade(zygote, level, folder, seconds, *names):
    """Grade these files."""
    recordings = open_file(Path(folder) / "course.pack").load(EXERCISE)
    before = peak()
    for name in names:
        hurried = EXERCISE._replace(seconds=seconds)
        source = (Path(folder) / name).read_text()
        say(graded=graded(zygote, source, EXERCISE if name == names[-1] else hurried, recordings, level))
        if name == names[0]:
            say(peak=peak() - before)
    say(done=True)


def main(level, privileges):
    """Start a zygote and grade what is asked for until there is no more."""
    click.style = unstyled
    if privileges == "none":
        namespaces.drop_capabilities()
    with Zygote(most=int(level)) as zygote:
        proof = isolation.prove(zygote)
        say(level=proof.level, missing=proof.missing)
        for line in sys.stdin:
            grade(zygote, proof.level, *json.loads(line))


if __name__ == "__main__":
    main(*sys.argv[1:])
