"""Makes archives byte by byte, as `zipfile` and `tarfile` would refuse to, and submissions to put into them."""

import gzip
import io
import struct
import tempfile
import tracemalloc
import zlib
from pathlib import Path
from typing import NamedTuple

from bpkit.grading import intake

LINEAR = "import numpy as np\n\n\ndef linear_forward(x, W, b):\n    return x @ W + b, (x, W)\n"
SOFTMAX = "import numpy as np\n\n\ndef softmax_forward(z):\n    return z, z\n"
HONEST = {"layers/linear.py": LINEAR}


class Zipped(NamedTuple):
    """One member of a zip. `local` and `central` override fields where it lies, and in the directory."""

    name: str | bytes
    data: bytes = b""
    mode: int = 0
    method: int = 8
    flags: int = 0
    local: dict | None = None
    central: dict | None = None
    offset: int | None = None
    extra: bytes = b""


def zip_of(*members, comment=b"", end=None, wide=None):
    """Return a zip's bytes. end: overrides of the last record's count, size and offset; wide: of its zip64 form."""
    out, directory = io.BytesIO(), io.BytesIO()
    for member in members:
        name = member.name if isinstance(member.name, bytes) else member.name.encode()
        packed = deflated(member.data) if member.method == 8 else member.data
        fields = {
            "crc": zlib.crc32(member.data),
            "packed": len(packed),
            "size": len(member.data),
            "name": name,
        }
        fields |= {"flags": member.flags, "method": member.method}
        here = fields | (member.local or {})
        there = fields | (member.central or {})
        offset = out.tell() if member.offset is None else member.offset
        if member.offset is None:
            out.write(struct.pack("<4s5H3L2H", b"PK\3\4", 20, here["flags"], here["method"], 0, 0, here["crc"],
                                  here["packed"], here["size"], len(here["name"]), 0))  # fmt: skip
            out.write(here["name"] + packed)
        directory.write(struct.pack("<4s6H3L5H2L", b"PK\1\2", 20 | 3 << 8, 20, there["flags"], there["method"], 0, 0,
                                    there["crc"], there["packed"], there["size"], len(there["name"]),
                                    len(member.extra), 0, 0, 0, member.mode << 16, offset))  # fmt: skip
        directory.write(there["name"] + member.extra)
    told = {"count": len(members), "size": directory.tell(), "offset": out.tell()} | (end or {})
    out.write(directory.getvalue())
    if wide is not None:
        large = told | {"here": out.tell()} | wide
        out.write(struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, large["count"], large["count"],
                              large["size"], large["offset"]))  # fmt: skip
        out.write(struct.pack("<4sLQL", b"PK\6\7", 0, large["here"], 1))
        told |= {"count": 0xFFFF, "offset": 0xFFFFFFFF}
    out.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, told["count"], told["count"], told["size"], told["offset"],
                          len(comment)))  # fmt: skip
    return out.getvalue() + comment


def deflated(data):
    """Return bytes as a zip holds them."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


def zip_files(files):
    """Return an ordinary zip of texts by path."""
    return zip_of(
        *(Zipped(path, text.encode() if isinstance(text, str) else text) for path, text in files.items())
    )


def header(
    name, size=0, kind=b"0", link=b"", *, checksum=None, magic=b"ustar\x0000", prefix=b"", size_field=None
):
    """Return a tar header."""
    name = name if isinstance(name, bytes) else name.encode()
    block = bytearray(512)
    block[0 : len(name)] = name
    block[100:124] = b"0000644\x000000000\x000000000\x00"
    block[124:136] = size_field or b"%011o\0" % size
    block[136:148] = b"%011o\0" % 0
    block[148:156] = b" " * 8
    block[156:157] = kind
    block[157 : 157 + len(link)] = link
    block[257:265] = magic
    block[345 : 345 + len(prefix)] = prefix
    block[148:156] = b"%06o\0 " % (sum(block) if checksum is None else checksum)
    return bytes(block)


def tarred(name, data=b"", kind=b"0", link=b"", **fields):
    """Return one member of a tar: header and padded contents."""
    return header(name, len(data), kind, link, **fields) + data + b"\0" * (-len(data) % 512)


def tar_of(*members):
    """Return a tar's bytes."""
    return b"".join(members) + b"\0" * 1024


def tar_files(files):
    """Return an ordinary tar of texts by path."""
    return tar_of(*(tarred(path, text.encode()) for path, text in files.items()))


def pax(**records):
    """Return an extended header for the next member."""
    body = b""
    for key, value in records.items():
        text = value if isinstance(value, bytes) else value.encode()
        record = b" %s=%s\n" % (key.replace("__", ".").encode(), text)
        length = len(record) + 1
        while len(b"%d" % length) + len(record) != length:
            length += 1
        body += b"%d" % length + record
    return tarred("PaxHeader", body, b"x")


def zeros(size):
    """Return a gzip stream of that many zeros without holding them."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0) as file:
        for _ in range(size >> 20):
            file.write(bytes(1 << 20))
    return out.getvalue()


def deflated_zeros(size):
    """Return that many zeros as a zip holds them, and their checksum."""
    compressor, out, crc = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS), [], 0
    piece = bytes(1 << 20)
    for _ in range(size >> 20):
        out.append(compressor.compress(piece))
        crc = zlib.crc32(piece, crc)
    return b"".join((*out, compressor.flush())), crc


def write(folder, files):
    """Write texts or bytes below a folder by their path; return it."""
    for path, text in files.items():
        target = Path(folder) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
    return Path(folder)


def take_in(tmp_path, contents, name="anna.zip"):
    """Take in one archive, beside an honest submission that must come through; nothing may change on the disk.

    The sentence loses the archive's name where it comes before a path in it.
    """
    folder = write(tempfile.mkdtemp(dir=tmp_path), {name: contents, "zoe/layers/linear.py": LINEAR})
    before = sorted(tmp_path.rglob("*"))
    found = list(intake.find(folder))
    assert sorted(tmp_path.rglob("*")) == before
    assert (found[-1].student, found[-1].refused, dict(found[-1].files)) == ("zoe", "", HONEST)
    (one,) = found[:-1]
    assert bool(one.files) != bool(one.refused)
    assert "bpkit itself" not in one.refused
    return one._replace(refused=one.refused.replace(f"{name}/", ""))


def peak_of(function):
    """Return what a function returns, and how many MiB it took at most."""
    tracemalloc.start()
    try:
        return function(), tracemalloc.get_traced_memory()[1] / (1 << 20)
    finally:
        tracemalloc.stop()
