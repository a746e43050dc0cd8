"""Brings what is made from the sources up to date: stubs, pack, and the README's table."""

from __future__ import annotations

from collections.abc import Iterator

from bpkit.authoring import record
from bpkit.authoring.cut import cut
from bpkit.authoring.tree import Tree
from bpkit.course import catalog
from bpkit.course.courses import OWN
from bpkit.course.spec import Exercise
from bpkit.errors import BadCourse, BadPack
from bpkit.judging import process
from bpkit.reference.pack import Pack, empty, open_file, spec_digest

SEED = 0  # of the inputs in the course's own pack
BEGIN, END = "<!-- exercises: begin -->", "<!-- exercises: end -->"


def sync(tree: Tree) -> Iterator[str]:
    """Write what is out of date; yield a line for each file."""
    for exercise_id in catalog.ids_of(tree.course):
        stub = cut(tree.solution(exercise_id), f"solutions/{exercise_id}.py")
        path = tree.exercises / f"{exercise_id}.py"
        if not path.is_file() or path.read_text(encoding="utf-8") != stub:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(stub, encoding="utf-8", newline="\n")
            yield f"{tree.shown(path)} cut"
    yield from _sync_pack(tree)
    text = tree.readme_text()
    renewed = with_table(text, tree)
    if renewed != text:
        tree.readme.write_text(renewed, encoding="utf-8", newline="\n")
        yield "README.md: table of exercises"


def _sync_pack(tree: Tree) -> Iterator[str]:
    try:
        old = open_file(tree.pack)
    except BadPack:
        old = empty()
    ids = catalog.ids_of(tree.course)
    changed = [catalog.find(exercise_id) for exercise_id in ids if not is_current(tree, old, exercise_id)]
    gone = sorted(set(old.ids) - set(ids))
    if not changed and not gone:
        return
    keep = [exercise_id for exercise_id in old.ids if exercise_id not in gone]
    base = old.with_entries(old.origin, (), keep) if keep else empty()
    with process.start() as launcher:
        pack = record.record(changed, launcher, seed=SEED, device="cpu", solutions=tree.solutions, base=base)
    tree.pack.write_bytes(pack.to_bytes())
    yield from (f"{exercise.id} recorded" for exercise in changed)
    yield from (f"{exercise_id} taken out of the pack" for exercise_id in gone)


def is_current(tree: Tree, pack: Pack, exercise_id: str) -> bool:
    """Tell whether a pack's recording was made from the sources as they are."""
    exercise = catalog.find(exercise_id)
    source = record.source_digest(exercise_id, tree.solution(exercise_id))
    return (pack.source(exercise_id), pack.spec(exercise_id)) == (source, spec_digest(exercise))


def with_table(readme: str, tree: Tree) -> str:
    """Return the README with its table of exercises made from the catalog; a course of one's own may have none."""
    if tree.course is not OWN and BEGIN not in readme:
        return readme
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise BadCourse(
            f"README.md needs the two lines {BEGIN} and {END}, with the table of exercises between them."
        )
    return f"{before}{begin}\n{_table(tree)}{end}{after}"


def _table(tree: Tree) -> str:
    lines = ["| exercise | | functions | points |", "|---|---|---|---|"]
    for name in catalog.chapters_of(tree.course):
        lines.append(f"| **{name}** | {catalog.chapter(name).title} | | |")
        lines += [_row(exercise, tree) for exercise in catalog.in_chapter(name)]
    return "\n".join(lines) + "\n"


def _row(exercise: Exercise, tree: Tree) -> str:
    stub = f"{tree.shown(tree.exercises)}/{exercise.id}.py"
    functions = ", ".join(f"`{part.function}`" for part in exercise.parts)
    return f"| [{exercise.id}]({stub}) | {exercise.title} | {functions} | {exercise.points} |"
