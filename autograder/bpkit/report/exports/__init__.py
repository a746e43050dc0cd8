"""Results in the formats that others read. Each is a function of `Result`s; the same input gives the same bytes."""

from bpkit.report.exports.files import File
from bpkit.report.exports.formats import FORMATS, Format
from bpkit.report.exports.options import Options

__all__ = ["FORMATS", "File", "Format", "Options"]
