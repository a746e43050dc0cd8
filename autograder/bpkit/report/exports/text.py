"""Makes text harmless and repeatable: what students write and print goes into files that others open."""

from __future__ import annotations

import json
import re
from typing import Any

# Control characters, lone surrogates, noncharacters, line separators, and what turns the direction of text or shows as
# nothing. The two joiners (U+200C, U+200D) stay: names in Persian or Hindi and many emoji are written with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def plain(text: str) -> str:
    r"""Return text that shows as it is and steers nothing: `\x1b`, `\u202e` and the like are spelled out."""
    return _UNSEEN.sub(_spell, text.replace("\r\n", "\n"))


def line(text: str) -> str:
    """Return the same on one line."""
    return " ".join(plain(text).split())


def _spell(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def to_json(data: Any, *, indent: int | None = 2) -> str:
    """Return JSON text in ASCII that any reader takes and no CI log obeys."""
    return _no_command(json.dumps(_whole(data), indent=indent, allow_nan=False))


def _whole(data: Any) -> Any:
    """Replace halves of surrogate pairs: Python's JSON has them, and other readers refuse the whole file for one."""
    if isinstance(data, str):
        return data if data.isascii() else data.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(data, dict):
        return {_whole(name): _whole(value) for name, value in data.items()}
    return [_whole(value) for value in data] if isinstance(data, list | tuple) else data


def _no_command(text: str) -> str:
    return re.sub(r"#(?=#\w*\[)", r"\\u0023", text)  # "##vso[…]", which only a string can hold
