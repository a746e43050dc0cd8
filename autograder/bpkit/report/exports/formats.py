"""All formats that results can be had in. A further one is a function, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bpkit.report.exports import (
    canvas,
    classroom50,
    everything,
    grades,
    gradescope,
    html,
    junit,
    markdown,
    moodle,
    prairielearn,
)
from bpkit.report.exports.files import File, stem
from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises
from bpkit.report.results import Result

_OfAll = Callable[[Sequence[Result], Exercises, Options], bytes]
_OfOne = Callable[[Result, Exercises, Options], bytes]
_STUDENT = "{student}"


class Format(NamedTuple):
    """One format. about: a line for `bpkit export --help`. files: path → function; "{student}" makes one for each.

    Of a format that is for one student at a time, as an autograder on a platform writes it, `one` is the function.
    """

    name: str
    about: str
    files: Mapping[str, _OfAll]
    one: _OfOne | None = None
    path: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """Where its files go, below the folder of results."""
        return (*self.files, self.path) if self.path else tuple(self.files)

    def write(
        self, results: Sequence[Result], exercises: Exercises, options: Options | None = None
    ) -> Iterator[File]:
        """Yield the files, one after another: those of a thousand students need not fit into memory together."""
        chosen = options or Options()
        for path, of_all in self.files.items():
            yield File(path, of_all(results, exercises, chosen))
        if self.one is not None:
            for result in results:
                yield File(
                    self.path.replace(_STUDENT, stem(result.student)), self.one(result, exercises, chosen)
                )


def _page(results: Sequence[Result], exercises: Exercises, options: Options) -> bytes:
    from bpkit.report.page import index  # noqa: PLC0415 - it uses this package's text and files

    del options
    return index.write(results, exercises)


def _each(name: str, about: str, path: str, one: _OfOne) -> Format:
    return Format(name, about, MappingProxyType({}), one, path)


def _whole(name: str, about: str, files: Mapping[str, _OfAll]) -> Format:
    return Format(name, about, MappingProxyType(files))


_ALL = (
    _whole("csv", "a table of points, for people and spreadsheets", {"grades.csv": grades.write}),
    _whole("json", "everything that is known (schema bpkit/results/v1)", {"results.json": everything.write}),
    _whole("page", "the class on one page, with the mistakes that it makes", {"index.html": _page}),
    _each("html", "feedback for each student, as a page", "feedback/{student}.html", html.write),
    _each("markdown", "feedback for each student, as Markdown", "feedback/{student}.md", markdown.write),
    _whole("junit", "JUnit XML, for CI systems", {"junit.xml": junit.write}),
    _whole(
        "canvas",
        "a file for Canvas's gradebook import, and a table of those whose grade stays empty",
        {"canvas.csv": canvas.write, "canvas-without-grade.csv": canvas.write_left_out},
    ),
    _whole("moodle", "a file for Moodle's grade import", {"moodle.csv": moodle.write}),
    _each("gradescope", "Gradescope's results.json", "gradescope/{student}.json", gradescope.write),
    _each("prairielearn", "PrairieLearn's results.json", "prairielearn/{student}.json", prairielearn.write),
    _each("classroom50", "Classroom 50's result.json", "classroom50/{student}.json", classroom50.write),
)

FORMATS: Mapping[str, Format] = MappingProxyType({format_.name: format_ for format_ in _ALL})
