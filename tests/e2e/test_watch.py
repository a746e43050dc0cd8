"""`bpkit watch` in a pseudo-terminal: saves as editors make them, keys, and every way for it to end."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

from pseudoterminal import SECONDS, Terminal

LINEAR = "layers/linear.py"
RIGHT = "linear_backward: passed"
AVERAGED = "db is averaged over the batch."
KEYS = "q quit"
LOOP = "while True: pass"


@pytest.fixture
def watch(student):
    """Return a function that starts `bpkit watch` in a terminal."""
    student.save(student.right)
    terminals = []

    def begin(*arguments, columns=80, rows=40, env=None):
        command = [sys.executable, "-m", "bpkit", "watch", *arguments]
        home = {"HOME": str(student.home)}
        terminals.append(
            Terminal(*command, cwd=student.root, columns=columns, rows=rows, env={**home, **(env or {})})
        )
        return terminals[-1]

    yield begin
    for terminal in terminals:
        assert "Traceback" not in terminal.all
        terminal.close()


def wrong(student):
    """Return the text of a file with a mistake that has a name."""
    return student.right.replace("db = dy.sum(axis=0)", "db = dy.mean(axis=0)")


def children(pid):
    """Return the ids of all processes below this one."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = dict(map(int, line.split()) for line in listed.splitlines())
    found = [pid]
    for parent in found:
        found += [child for child, above in parents.items() if above == parent]
    return found[1:]


def quits(terminal, key="q"):
    """Press a key that ends it, and look at what is left."""
    below = children(terminal.process.pid)
    terminal.press(key)
    code = terminal.end()
    assert terminal.modes == terminal.usual
    return code, below


def test_saves(watch, student, gone):
    """Each save is checked: a mistake, its correction, a syntax error, bytes that are no text."""
    terminal = watch("linear")
    screen = terminal.wait(RIGHT, KEYS)
    assert screen.startswith("layers/linear · ")
    student.save(wrong(student))
    terminal.wait(AVERAGED, KEYS)
    student.save(student.right)
    terminal.wait(RIGHT, "It passes. n goes on to layers/softmax.", KEYS)
    student.save("def linear_forward(x, W, b:\n")
    terminal.wait("layers/linear.py, line 1", KEYS)
    student.save(b"# \xff\n")
    terminal.wait("layers/linear.py is not encoded in UTF-8.", KEYS)
    student.save(student.right[: len(student.right) // 2])
    terminal.wait("linear_backward", "(0 of 4)", KEYS)
    student.save("")
    terminal.wait("There is no function linear_forward in this file.", KEYS)
    student.save(student.right)
    terminal.wait(RIGHT, KEYS)
    code, below = quits(terminal)
    assert code == 0
    assert below
    assert gone(*below)


def test_save_by_rename(watch, student):
    """Editors write another file and rename it, or rename the old one first."""
    terminal = watch("linear")
    terminal.wait(RIGHT, KEYS)
    file, other = student.root / LINEAR, student.root / "layers/.linear.py.swp"
    other.write_text(wrong(student))
    other.replace(file)
    terminal.wait(AVERAGED, KEYS)
    file.rename(student.root / "layers/linear.py~")
    file.write_text(student.right)
    assert "is gone" not in terminal.wait(RIGHT, KEYS)


def test_deleted_and_put_back(watch, student):
    """A deleted file is told, and checked when it is back."""
    terminal = watch("linear")
    terminal.wait(RIGHT, KEYS)
    (student.root / LINEAR).unlink()
    terminal.wait("layers/linear.py is gone.", KEYS)
    student.save(wrong(student))
    terminal.wait(AVERAGED, KEYS)


def test_the_last_of_many_saves_counts(watch, student):
    """Whatever comes in quick succession, what is seen in the end is the verdict on the last."""
    terminal = watch("linear")
    terminal.wait(RIGHT, KEYS)
    for number in range(30):
        student.save(f"{wrong(student)}# {number}\n")
    student.save(student.right + "\nprint('the last')\n")
    terminal.wait(RIGHT, "| the last", KEYS)


def test_the_workspace_disappears(watch, student, tmp_path):
    """A folder that is moved away is told; checks go on when it is back, in a new place on the disk too."""
    terminal = watch("linear", "--root", str(student.root))
    terminal.wait(RIGHT, KEYS)
    student.root.rename(tmp_path / "elsewhere")
    terminal.wait("The workspace's folder is gone.", KEYS)
    shutil.copytree(tmp_path / "elsewhere", student.root)
    terminal.wait(RIGHT, KEYS)
    student.save(wrong(student))
    terminal.wait(AVERAGED, KEYS)


def test_follows_what_is_saved(watch, student):
    """Without an id: first the first exercise that does not pass; then the one that was saved."""
    terminal = watch()
    terminal.wait("· neuron/weighted_sum", "weighted_sum_forward: not started", KEYS)
    student.save(wrong(student))
    terminal.wait("✗ layers/linear", AVERAGED, KEYS)


def test_stays_with_what_was_named(watch, student):
    """With an id: other exercises' files change nothing, but those that it imports do, and helpers."""
    student.save(
        "from helpers import scale\nfrom layers.softmax import name\nprint(name, scale)\n" + student.right
    )
    (student.root / "helpers.py").write_text("scale = 1\n")
    (student.root / "layers/softmax.py").write_text("name = 'one'\n")
    terminal = watch("linear")
    terminal.wait(RIGHT, "| one 1", KEYS)
    (student.root / "layers/softmax.py").write_text("name = 'two'\n")
    terminal.wait(RIGHT, "| two 1", KEYS)
    (student.root / "neuron/relu.py").write_text("raise ValueError\n")
    (student.root / "unused.py").write_text("raise ValueError\n")
    (student.root / "helpers.py").write_text("scale = 22\n")
    screen = terminal.wait(RIGHT, "| two 22", KEYS)
    assert "neuron/relu" not in screen


def test_keys(watch, student):
    """Hints one after the other, the list, help, check again, next; none of them by itself."""
    student.save(wrong(student))
    terminal = watch("linear")
    terminal.wait(AVERAGED, KEYS)
    terminal.press("h")
    screen = terminal.wait("Hint 1 of 3", "line 16: db = dy.mean(axis=0)", AVERAGED, KEYS)
    assert "Hint 2" not in screen
    terminal.press("hhh")
    terminal.wait("Hint 3 of 3", "That is all of them.", KEYS)
    terminal.press("l")
    terminal.wait("layers 0 of ", "> ✗ linear", KEYS)
    terminal.press("?")
    terminal.wait("the next hint for this exercise", KEYS)
    terminal.press("\x1b[A\x1bOPzé\r")  # an arrow, F1, keys without a meaning; then Enter
    terminal.wait(AVERAGED, KEYS)
    student.save(student.right)
    terminal.wait(RIGHT, "It passes. n goes on to layers/softmax.", KEYS)
    terminal.press("n")
    terminal.wait("softmax_forward: not started", KEYS)
    terminal.press("l")
    terminal.wait("layers 1 of ", "✓ linear", "> · softmax", KEYS)


def test_an_endless_loop_blocks_nothing(watch, student, gone):
    """While a student's code loops: keys work, a save ends the check and begins a new one, quit ends all of it."""
    terminal = watch("linear")
    terminal.wait(RIGHT, KEYS)
    student.save(f"{LOOP}\n")
    terminal.wait("Checking ...", "A save ends this check", KEYS)
    terminal.press("?")
    terminal.wait("the next hint for this exercise", KEYS)
    student.save(student.right)
    assert "took too long" not in terminal.wait(RIGHT, KEYS)
    student.save(f"{LOOP}\n")
    terminal.wait("Checking ...", KEYS)
    code, below = quits(terminal)
    assert code == 0
    assert gone(*below)


def test_a_resized_window(watch, student):
    """What is seen is drawn anew for another width, and no line is longer than that."""
    student.save(wrong(student))
    terminal = watch("linear", columns=100)
    terminal.wait(AVERAGED, KEYS)
    terminal.resize(40, 30)
    # Lines are broken elsewhere now, and what is read may end anywhere.
    whole = "every element is off"
    terminal.wait(
        until=lambda text: max(map(len, text.split("\n"))) <= 40 and whole in " ".join(text.split())
    )
    terminal.resize(100, 30)
    terminal.wait(AVERAGED, KEYS)


@pytest.mark.parametrize("way", ["\x03", signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ends_cleanly(watch, student, gone, way):
    """Ctrl-C and signals end it, also in the middle of a check: modes restored, workers ended, no traceback."""
    student.save(f"{LOOP}\n")
    terminal = watch("linear")
    terminal.wait("Checking ...", KEYS)
    below = children(terminal.process.pid)
    assert below
    if way == "\x03":
        terminal.press(way)
    else:
        terminal.process.send_signal(way)
    number = signal.SIGINT if way == "\x03" else way
    assert terminal.end() == 128 + number
    assert gone(*below)
    assert terminal.modes == terminal.usual


def test_killed(watch, gone):
    """Even SIGKILL leaves no worker behind."""
    terminal = watch("linear")
    terminal.wait(RIGHT, KEYS)
    below = children(terminal.process.pid)
    terminal.process.kill()
    assert gone(terminal.process.pid, *below)


def test_the_launcher_dies(watch, student):
    """Where the program that starts workers is killed, the next check starts another."""
    terminal = watch("linear")
    terminal.wait(RIGHT, KEYS)
    for pid in children(terminal.process.pid):
        os.kill(pid, signal.SIGKILL)
    student.save(wrong(student))
    terminal.wait(AVERAGED, KEYS)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs a shell with jobs")
def test_ctrl_z_and_fg(student):
    """Ctrl-Z gives the shell its terminal back; `fg` goes on, keys and all."""
    student.save(student.right)
    env = {"PS1": "READY> ", "PYTHON": sys.executable}
    terminal = Terminal("bash", "--norc", "--noprofile", "-i", cwd=student.root, env=env)
    try:
        terminal.wait_for("READY> ")
        terminal.press('"$PYTHON" -m bpkit watch linear\r')
        terminal.wait(RIGHT, KEYS)
        terminal.press("\x1a")
        terminal.wait_for("READY> ")
        terminal.press("stty -a; echo looked\r")
        modes = terminal.wait_for("looked\nREADY> ").split()
        assert {"icanon", "echo"} <= {mode.strip(";") for mode in modes}
        terminal.press("fg\r")
        terminal.wait(RIGHT, KEYS)
        student.save(wrong(student))
        terminal.wait(AVERAGED, KEYS)
        terminal.press("h")
        terminal.wait("Hint 1 of 3", KEYS)
        terminal.press("q")
        terminal.wait_for("READY> ")
        terminal.press("echo code=$? jobs=$(jobs | wc -l)\r")
        terminal.wait_for("code=0 jobs=0\n")
    finally:
        terminal.close()


def test_polling(watch, student):
    """Where the system announces nothing, changes are looked for, and that is said."""
    terminal = watch("linear", env={"WATCHFILES_FORCE_POLLING": "1"})
    terminal.wait(RIGHT, "Looking for changes every 0.25 s. WATCHFILES_FORCE_POLLING asks", KEYS)
    student.save(wrong(student))
    terminal.wait(AVERAGED, "Looking for changes", KEYS)
    other = student.root / "other.py"
    other.write_text(student.right)
    other.replace(student.root / LINEAR)
    terminal.wait(RIGHT, KEYS)


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"PYTHONIOENCODING": "ascii"}, {}], ids=str)
def test_colours_and_characters(watch, student, env):
    """NO_COLOR leaves the screen's own codes and no others; ASCII has other marks."""
    student.save(wrong(student))
    terminal = watch("linear", env=env)
    terminal.wait(("PYTHONIOENCODING" in env and "x linear_backward") or "✗ linear_backward", KEYS)
    assert ("\x1b[31m" in terminal.all) == ("NO_COLOR" not in env)


def run_without_terminal(student, *, stdin, env=None):
    """Start it with pipes."""
    command = [sys.executable, "-m", "bpkit", "watch", "linear"]
    return subprocess.Popen(
        command, cwd=student.root, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", env={**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})},
    )  # fmt: skip


def read_until(process, text):
    """Read lines until one holds the text."""
    lines = []
    deadline = time.monotonic() + SECONDS
    while not lines or text not in lines[-1]:
        assert time.monotonic() < deadline
        lines.append(process.stdout.readline())
        assert lines[-1], f"it ended after {lines}"
    return "".join(lines)


def test_no_terminal_at_all(student, gone):
    """Into a pipe, from nothing: plain lines, no codes, and a signal to end it."""
    student.save(student.right)
    with run_without_terminal(student, stdin=subprocess.DEVNULL) as process:
        first = read_until(process, "Isolation level")
        assert RIGHT in first
        student.save(wrong(student))
        second = read_until(process, "Isolation level")
        assert AVERAGED in second
        assert "\x1b" not in first + second
        below = children(process.pid)
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=SECONDS)[0]
    assert process.returncode == 130
    assert "Traceback" not in rest
    assert gone(*below)


def test_keys_as_lines(student):
    """Where the input is no terminal, a letter and Enter will do."""
    student.save(wrong(student))
    with run_without_terminal(student, stdin=subprocess.PIPE) as process:
        read_until(process, "Isolation level")
        process.stdin.write("h\n")
        process.stdin.flush()
        read_until(process, "Hint 1 of 3")
        process.stdin.write("q\n")
        process.stdin.flush()
        process.communicate(timeout=SECONDS)
    assert process.returncode == 0


def test_the_reader_goes_away(student):
    """`bpkit watch | head` ends without a traceback."""
    student.save(student.right)
    with run_without_terminal(student, stdin=subprocess.DEVNULL) as process:
        read_until(process, "Isolation level")
        process.stdout.close()
        student.save(wrong(student))
        assert process.wait(timeout=SECONDS) != 0


def test_wrong_use(student, cli, tmp_path):
    """More than one exercise, an unknown one, no workspace, no pack: said, and exit code 2."""
    for arguments, said in [
        (("layers",), "layers is more than one exercise"),
        (("lineer",), "There is no exercise or chapter 'lineer'. Did you mean layers/linear?"),
        (("--root", tmp_path / "nowhere"), "is not a folder."),
    ]:
        ran = cli("watch", *arguments, cwd=student.root)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
    ran = cli("watch", cwd=tmp_path)
    assert ran.code == 2
    assert "There is no workspace" in ran.err


def test_nothing_is_written(watch, student):
    """Watching writes nothing into the workspace but the progress, and nothing into the home."""
    before = student.snapshot()
    terminal = watch("linear")
    terminal.wait(RIGHT, KEYS)
    terminal.press("hl")
    terminal.wait("layers 1 of ", KEYS)
    quits(terminal)
    assert student.snapshot() == before
    assert not Path(student.home).exists()
