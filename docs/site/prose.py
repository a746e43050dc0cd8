"""The plain text of stubs, specs and commands as HTML: paragraphs flow, what is indented keeps its lines."""

from __future__ import annotations

import html
import re
import textwrap

_CODE = re.compile(r"`([^`]+)`")
_STRESSED = re.compile(r"(?<![\w*/])\*(\w[\w -]*)\*(?![\w*])")


def flow(text: str) -> str:
    """Return a docstring: prose as paragraphs; formulas, tables and code, which are indented, as they stand."""
    blocks: list[tuple[bool, list[str]]] = []  # kept as it is?, lines
    after_gap = True
    for line in text.strip("\n").splitlines():
        if not line.strip():
            after_gap = True
            continue
        keeps = line.startswith(" ")
        if blocks and blocks[-1][0] == keeps and (keeps or not after_gap):
            blocks[-1][1].extend(["", line] if after_gap else [line])
        else:
            blocks.append((keeps, [line]))
        after_gap = False
    return "\n\n".join(kept("\n".join(lines)) if keeps else said(" ".join(lines)) for keeps, lines in blocks)


def said(text: str, kind: str = "") -> str:
    """Return one paragraph."""
    head = f'<p class="{kind}">' if kind else "<p>"
    return f"{head}{inline(text)}</p>"


def kept(text: str) -> str:
    """Return lines that stay as they are."""
    return f'<pre class="no-copy"><code>{html.escape(textwrap.dedent(text), quote=False)}</code></pre>'


def inline(text: str) -> str:
    """Return words, with `code` and *stress* in them."""
    pieces = _CODE.split(text)
    return "".join(
        f"<code>{html.escape(piece, quote=False)}</code>"
        if number % 2
        else _STRESSED.sub(r"<em>\1</em>", html.escape(piece, quote=False))
        for number, piece in enumerate(pieces)
    )
