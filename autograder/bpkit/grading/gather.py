"""Reads one submission into memory, with the archives in it, and refuses it where anything about it is odd."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bpkit.grading import archives, fitting
from bpkit.grading.members import (
    FILE,
    FOLDER,
    MAX_CODE,
    MAX_ENTRIES,
    MAX_NESTED,
    MAX_NOTEBOOK,
    Budget,
    Entry,
    Member,
    Refused,
    Source,
)
from bpkit.grading.names import clean, environments, foreign, same, shown

_MAX_LOOKED_INTO = 8


class Part(NamedTuple):
    """One folder or file that a student handed in.

    name: what the student called it, without what a platform added.
    """

    source: Source
    entry: Entry
    name: str


class _Found(NamedTuple):
    path: str
    source: Source
    member: Member
    depth: int


def read(parts: Sequence[Part], depth: int) -> dict[str, str | None]:
    """Return the texts of a submission's files by their path in its workspace; `Refused` or `OSError` where not.

    depth: how many archives it lies in already.
    """
    bag, archives_found = _Bag(), []
    for part in parts:
        if part.entry.kind == FOLDER:
            below = part.source.below(part.entry.name)
            prefix = f"{clean(part.name)}/" if len(parts) > 1 else ""
            archives_found += bag.add(prefix, below, below.walk(), depth)
        else:
            member = part.source.member(part.entry.name)._replace(kind=part.entry.kind)
            archives_found += bag.add_file(_Found(clean(part.name), part.source, member, depth))
    bag.open(archives_found)
    return bag.files()


class _Bag:
    """What has been read of one submission."""

    def __init__(self) -> None:
        self._budget = Budget()
        self._contents: dict[str, bytes] = {}
        self._paths: set[str] = set()

    def add(self, prefix: str, source: Source, members: Iterable[Member], depth: int) -> list[_Found]:
        """Take in what a folder or an archive holds; return the archives in it."""
        found = []
        for member in members:
            found.append(_Found(prefix + clean(member.path), source, member, depth))
            if len(found) > MAX_ENTRIES:
                raise Refused(f"It holds more than {MAX_ENTRIES:,} files.")
        venvs = environments([one.path for one in found])
        own = [one for one in found if not foreign(one.path, venvs)]
        self._refuse_odd(own)
        return self._take(sorted((one for one in own if one.member.kind == FILE), key=lambda one: one.path))

    def add_file(self, one: _Found) -> list[_Found]:
        """Take in one file; return it where it is an archive."""
        self._refuse_odd([one])
        # An archive counts by what is in it.
        return [one] if archives.is_archive(one.path) else self._take([one])

    def open(self, found: Sequence[_Found]) -> None:
        """Take in archives, except those in the workspace that add nothing to it, such as backups and data."""
        looked_into, root = 0, fitting.workspace(self._paths)
        for one in found:
            if fitting.is_below(one.path, root):
                looked_into += 1
                if looked_into > _MAX_LOOKED_INTO or not self._adds_work(one):
                    continue
            self._open(one)
            root = fitting.workspace(self._paths)

    def files(self) -> dict[str, str | None]:
        """Return the workspace's files."""
        return fitting.fit(self._contents, self._paths)

    def _refuse_odd(self, found: Sequence[_Found]) -> None:
        seen: dict[str, str] = {}
        folders: set[str] = set()
        for one in found:
            if one.member.kind not in {FILE, FOLDER}:
                raise Refused(
                    f"{shown(one.path)} is {one.member.kind}; only plain files and folders are taken."
                )
            if one.member.fault:
                raise Refused(f"{shown(one.path)} {one.member.fault}.")
            names = one.path.split("/")
            folders.update("/".join(names[:count]) for count in range(1, len(names)))
            if one.member.kind == FOLDER:
                folders.add(one.path)
                continue
            other = seen.setdefault(same(one.path), one.path)
            if other != one.path:
                raise Refused(
                    f"{shown(other)} and {shown(one.path)} differ only in case or in how accents are written."
                )
            if one.path in self._paths:
                raise Refused(f"{shown(one.path)} is in it twice.")
            self._paths.add(one.path)
        for path in sorted(folders.intersection(seen.values())):
            raise Refused(f"{shown(path)} is in it twice, as a file and as a folder.")

    def _take(self, files: Sequence[_Found]) -> list[_Found]:
        self._budget.add([one.member for one in files])
        inner = []
        for one in files:
            if one.path.endswith((".py", ".ipynb")):
                limit = MAX_CODE if one.path.endswith(".py") else MAX_NOTEBOOK
                try:
                    contents = one.source.read(one.member, limit)
                except Refused as error:
                    raise Refused(about(one.path, error)) from error
                self._budget.read(len(contents))
                self._contents[one.path] = contents
            elif archives.is_archive(one.path):
                inner.append(one)
        return inner

    def _adds_work(self, one: _Found) -> bool:
        known = {fitting.of_course(path) for path in self._paths} | {""}
        try:
            with one.source.open(one.member) as file:
                inside = [clean(member.path) for member in archives.open_one(file).walk()]
        except Refused:
            return False
        venvs = environments(inside)
        return any(fitting.of_course(path) not in known and not foreign(path, venvs) for path in inside)

    def _open(self, one: _Found) -> None:
        if one.depth >= MAX_NESTED:
            raise Refused(
                f"{shown(one.path)} is an archive in an archive in an archive, which is not opened."
            )
        self._paths.discard(one.path)  # what is in it is there instead
        try:
            with one.source.open(one.member) as file:
                inside = archives.open_one(file)
                self.open(self.add(f"{one.path}/", inside, inside.walk(), one.depth + 1))
        except Refused as error:
            raise Refused(about(one.path, error)) from error


def about(name: str, error: Refused) -> str:
    """Return what was said of "it" with its name."""
    text = str(error)
    return f"{shown(name)} {text[3:]}" if text.startswith("It ") else text
