"""An autograder for Gradescope: a zip that installs bpkit there, grades one submission and writes its results.json.

Gradescope unpacks it to /autograder/source, runs setup.sh once for the image, and run_autograder for each submission.
Where grading does not succeed no results.json is written: Gradescope then says that the autograder failed, which can be run
again, and records no 0.
"""

from __future__ import annotations

import io
import shlex
import zipfile
from collections.abc import Mapping, Sequence

_PACK = "course.pack"
_BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)  # of zips: the same content makes the same file

_SETUP = """\
#!/usr/bin/env bash
# Run once, when Gradescope builds the image.
set -euo pipefail
root="${{AUTOGRADER_ROOT:-/autograder}}"
enough() {{ "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; }}
python=python3
if ! enough "$python"; then
  apt-get update
  apt-get install -y --no-install-recommends python3 python3-venv
fi
if ! enough "$python"; then # Ubuntu 22.04's own is 3.10
  apt-get install -y --no-install-recommends python3.11 python3.11-venv
  python=python3.11
fi
"$python" -m venv "$root/bpkit"
cd "$root/source"
"$root/bpkit/bin/python" -m pip install --quiet --disable-pip-version-check {requirement}
"$root/bpkit/bin/bpkit" doctor
"""

_RUN = """\
#!/usr/bin/env bash
# Run for each submission.
set -euo pipefail
root="${{AUTOGRADER_ROOT:-/autograder}}"
bpkit="${{BPKIT:-$root/bpkit/bin/bpkit}}"
results="${{AUTOGRADER_RESULTS:-$root/results/results.json}}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/class"
# Links and the like are copied as they are: taking the submission in refuses them by name.
cp -RP "$root/submission" "$work/class/submission"
code=0
"$bpkit" grade "$work/class" --out "$work/out" --pack "$root/source/{pack}" --jobs 1 --isolation {least} {only} || code=$?
case "$code" in 0 | 3) ;; *) exit "$code" ;; esac # 3: something could not be judged, and the file says what
"$bpkit" export "$work/out" --format gradescope > /dev/null
mkdir -p "$(dirname "$results")"
mv "$work/out/gradescope/submission.json" "$results"
"""


def autograder(
    pack: bytes,
    exercises: Sequence[str],
    requirement: str,
    least: int,
    wheel: tuple[str, bytes] | None = None,
) -> bytes:
    """Return the zip.

    requirement: what pip installs. wheel: a wheel's name and content, to install instead. least: the isolation level below
    which nothing is graded.
    """
    only = " ".join(f"--only {shlex.quote(exercise_id)}" for exercise_id in exercises)
    wanted = f"./{wheel[0]}" if wheel else requirement
    files = {
        "setup.sh": _SETUP.format(requirement=shlex.quote(wanted)).encode(),
        "run_autograder": _RUN.format(pack=_PACK, least=least, only=only).encode(),
        _PACK: pack,
        **({wheel[0]: wheel[1]} if wheel else {}),
    }
    return _zip(files)


def _zip(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _BEGINNING_OF_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            program = content.startswith(b"#!")
            entry.external_attr = (0o100755 if program else 0o100644) << 16
            archive.writestr(entry, content)
    return made.getvalue()
