"""The pack: what PyTorch said, once, about every case, and what each known mistake would have returned.

One safetensors file, which has for each exercise the bytes of another: a course has some 16,000 arrays, and to look
through all their names would be a tenth of a student's wait. The outer file's only metadata entry is a JSON text,
because safetensors does not keep the order of several. An exercise's arrays are named `<case>:<kind>:<leaf>`; the kinds
are in, up, out, grad and m/<mistake>.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import safetensors
import safetensors.numpy

from bpkit.course.spec import Case, Exercise
from bpkit.errors import BadPack
from bpkit.reference import inputs, trees
from bpkit.reference.trees import Array

SCHEMA = "bpkit/pack/v1"


class Recording(NamedTuple):
    """One case with everything that is known about it.

    inputs: by name, in the order of the arguments, as the function gets them.
    upstream: the gradients that the backward is given, one for each output.
    outputs, gradients: what is right, by name; a tree where the function returns one. Empty where the case says
        that there is nothing to compare with.
    mistakes: known mistake → leaf → array, for the leaves in which it differs from what is right.
    """

    case: Case
    inputs: Mapping[str, Any]
    upstream: tuple[Any, ...]
    outputs: Mapping[str, Any]
    gradients: Mapping[str, Any]
    mistakes: Mapping[str, Mapping[str, Array]]


class Origin(NamedTuple):
    """Where a pack comes from: the versions, the device and the seed that made it."""

    seed: int
    torch: str
    device: str


class Entry(NamedTuple):
    """One exercise in a pack. `source` tells an author whether it has to be recorded again."""

    recordings: tuple[Recording, ...]
    source: str


class Pack:
    """A pack in memory or in a file; exercises are read when they are asked for.

    files: exercise id → the bytes of its safetensors file.
    """

    def __init__(self, path: Path | None, meta: dict[str, Any], files: Mapping[str, bytes]) -> None:
        self.path, self._meta, self._files = path, meta, files

    @property
    def origin(self) -> Origin:
        """How it was made."""
        return Origin(**self._meta["origin"])

    @property
    def ids(self) -> tuple[str, ...]:
        """The exercises that it holds."""
        return tuple(self._meta["exercises"])

    def source(self, exercise_id: str) -> str:
        """Return the digest of the files that an exercise was recorded from; empty where it was not."""
        return str(self._meta["exercises"].get(exercise_id, {}).get("source", ""))

    def spec(self, exercise_id: str) -> str:
        """Return the digest of the spec that an exercise was recorded for; empty where it was not."""
        return str(self._meta["exercises"].get(exercise_id, {}).get("spec", ""))

    def load(self, exercise: Exercise) -> tuple[Recording, ...]:
        """Return the exercise's cases; `BadPack` where they are missing, altered, or of another version."""
        entry = self._meta["exercises"].get(exercise.id)
        if entry is None:
            raise BadPack(f"{self._name()} holds nothing for {exercise.id}. {_REMEDY}")
        if entry["spec"] != spec_digest(exercise):
            raise BadPack(f"{self._name()} was recorded for another version of {exercise.id}. {_REMEDY}")
        try:
            data = self._files[exercise.id]
        except (safetensors.SafetensorError, OSError, KeyError) as error:
            raise BadPack(f"{self._name()} is damaged at {exercise.id}. {_REMEDY}") from error
        if entry["arrays"] != _digest(data):
            raise BadPack(f"{self._name()} is damaged at {exercise.id}. {_REMEDY}")
        # safetensors gives them in another order every time, and the first mistake that fits is the one that is named.
        arrays = dict(sorted(safetensors.numpy.load(data).items()))
        return tuple(
            _recording(unit, case, _prefix(number, index), arrays)
            for number, unit in enumerate(exercise.units)
            for index, case in enumerate(unit.cases)
        )

    def _name(self) -> str:
        return f"The pack {self.path}" if self.path else "This pack"

    def to_bytes(self) -> bytes:
        """Serialise; the same content gives the same bytes."""
        files = {name: np.frombuffer(self._files[name], np.uint8) for name in sorted(self._files)}
        return _saved(files, {"bpkit": json.dumps(self._meta, sort_keys=True)})

    def beside(self, other: Pack) -> Pack:
        """Return a pack with what both hold; the origin is this one's."""
        meta = {**self._meta, "exercises": {**self._meta["exercises"], **other._meta["exercises"]}}
        return Pack(None, meta, {**self._files, **other._files})

    def with_entries(
        self, origin: Origin, entries: Iterable[tuple[Exercise, Entry]], keep: Iterable[str]
    ) -> Pack:
        """Return a pack with these exercises, and with those of this one that `keep` names."""
        meta: dict[str, Any] = {"schema": SCHEMA, "origin": origin._asdict(), "exercises": {}}
        files: dict[str, bytes] = {}
        for exercise_id in keep:
            meta["exercises"][exercise_id] = self._meta["exercises"][exercise_id]
            files[exercise_id] = self._files[exercise_id]
        for exercise, entry in entries:
            files[exercise.id] = data = _saved(_arrays(exercise, entry.recordings))
            meta["exercises"][exercise.id] = {
                "spec": spec_digest(exercise), "source": entry.source, "arrays": _digest(data),
            }  # fmt: skip
        return Pack(None, meta, files)


class _Outer(Mapping[str, bytes]):
    """The exercises' files in a pack's file, read one by one."""

    def __init__(self, handle: Any) -> None:
        self.handle, self.names = handle, tuple(handle.keys())

    def __getitem__(self, name: str) -> bytes:
        data: bytes = self.handle.get_tensor(name).tobytes()
        return data

    def __iter__(self) -> Any:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


_REMEDY = (
    "If it is the course's own, delete it and run `bpkit init` on the workspace, which puts it back and leaves "
    "your files alone; otherwise record it again with `bpkit record`."
)


def empty() -> Pack:
    """Return a pack without exercises."""
    return Pack(None, {"schema": SCHEMA, "origin": {}, "exercises": {}}, {})


def joined(packs: Iterable[Pack]) -> Pack:
    """Return one pack with what all of these hold; its origin is that of the first."""
    first, *others = packs
    return functools.reduce(Pack.beside, others, first)


def open_file(path: Path) -> Pack:
    """Open a pack; `BadPack` where the file is missing, damaged or something else."""
    if not path.is_file():
        raise BadPack(f"There is no pack {path}. {_REMEDY}")
    try:
        handle: Any = safetensors.safe_open(str(path), framework="np")
        meta = json.loads((handle.metadata() or {})["bpkit"])
        known = meta["schema"] == SCHEMA
        Origin(**meta["origin"])
        for entry in meta["exercises"].values():
            _ = entry["spec"], entry["source"], entry["arrays"]
    except (safetensors.SafetensorError, OSError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadPack(f"{path} is no pack of bpkit's, or it is damaged. {_REMEDY}") from error
    if not known:
        raise BadPack(f"{path} is a pack of another version of bpkit. {_REMEDY}")
    return Pack(path, meta, _Outer(handle))


def spec_digest(exercise: Exercise) -> str:
    """Return a digest of what a recording depends on and a check relies on: cases, names and mistakes."""
    facts: tuple[Any, ...] = (
        exercise.id, exercise.cases, exercise.parts, exercise.gradients_of, sorted(exercise.mistakes),
    )  # fmt: skip
    # Only where there are any: a recording of an exercise without these stays good.
    facts += tuple((unit.cases, unit.gradients_of) for unit in exercise.also)
    facts += (exercise.upstream_of,) if exercise.upstream_of else ()
    facts += (exercise.harness, exercise.through) if exercise.harness else ()
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _saved(arrays: Mapping[str, Array], metadata: dict[str, str] | None = None) -> bytes:
    """Return a safetensors file; the same content gives the same bytes."""
    # `ascontiguousarray` makes a vector of a scalar.
    flat = {
        name: np.ascontiguousarray(arrays[name]).reshape(np.shape(arrays[name])) for name in sorted(arrays)
    }
    data: bytes = safetensors.numpy.save(flat, metadata=metadata)
    return data


def _arrays(exercise: Exercise, recordings: tuple[Recording, ...]) -> dict[str, Array]:
    found: dict[str, Array] = {}
    places = [
        (unit, _prefix(number, index))
        for number, unit in enumerate(exercise.units)
        for index in range(len(unit.cases))
    ]
    for (unit, prefix), recording in zip(places, recordings, strict=True):
        kinds = [("out", recording.outputs), ("grad", recording.gradients)]
        kinds += [(f"m/{mistake}", leaves) for mistake, leaves in recording.mistakes.items()]
        kinds.append(("up", dict(zip(unit.upstream, recording.upstream, strict=False))))
        drawn = inputs.layout(recording.case)
        kinds.append(("in", {name: recording.inputs[name] for name in drawn if _any_drawn(drawn[name])}))
        for kind, named in kinds:
            for name, tree in named.items():
                for leaf, value in trees.leaves(tree, name):
                    found[f"{prefix}{kind}:{leaf}"] = np.asarray(value)
    return found


def _prefix(number: int, index: int) -> str:
    """Return what the names of a case's arrays begin with. number: of the unit that has the case."""
    return f"{f'{number}.' if number else ''}{index}:"


def _any_drawn(tree: Any) -> bool:
    return any(inputs.is_drawn(leaf) for _, leaf in trees.leaves(tree, ""))


def _recording(exercise: Exercise, case: Case, prefix: str, arrays: Mapping[str, Array]) -> Recording:
    parts: dict[str, dict[str, Array]] = {"in": {}, "up": {}, "out": {}, "grad": {}}
    mistakes: dict[str, dict[str, Array]] = {}
    for name, array in arrays.items():
        if name.startswith(prefix):
            kind, _, leaf = name.removeprefix(prefix).partition(":")
            group = mistakes.setdefault(kind[2:], {}) if kind.startswith("m/") else parts[kind]
            group[leaf] = array
    given = {
        name: _fill(tree, name, parts["in"]) if _any_drawn(tree) else tree
        for name, tree in inputs.layout(case).items()
    }
    upstream = tuple(inputs.plain(parts["up"][name]) for name in exercise.upstream if name in parts["up"])
    gradients: dict[str, Any] = {}
    if exercise.gradients_of and parts["grad"]:
        for source, name in zip(exercise.gradients_of, exercise.parts[1].returns, strict=True):
            gradients[name] = _fill(given[source], name, parts["grad"])
    outputs = {name: trees.assemble(parts["out"], name) for name in exercise.returns} if parts["out"] else {}
    return Recording(case, given, upstream, outputs, gradients, mistakes)


def _fill(tree: Any, name: str, arrays: Mapping[str, Array]) -> Any:
    """Return the tree with every leaf that has an array replaced by it; scalars are Python floats."""
    return trees.replace(tree, name, {leaf: inputs.plain(array) for leaf, array in arrays.items()})
