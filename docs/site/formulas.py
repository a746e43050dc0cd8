"""Formulas as MathML, which browsers show without a script and without fonts from elsewhere."""

from __future__ import annotations

import html
import re

from latex2mathml.converter import convert

_FORMULA = re.compile(r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL)
_TEXT = re.compile(r"\\text\{[^}]*\}")
_BAR = "<mo>&#x02016;</mo>"
_SIGN = re.compile(r"(<mo[^>]*>(?:\[|&#x00028;|&#x0002C;|&#x0003D;)</mo>)<mo>&#x02212;</mo>")
_WORD = re.compile(r"\\mathrm\{([A-Za-z]{2,})\}")


def mathml(page: str) -> str:
    r"""Return the page's HTML with each `\(…\)` and `\[…\]` that arithmatex has marked as MathML."""
    return _FORMULA.sub(lambda found: _one(html.unescape(found[2]), block=found[1] == "div"), page)


def _one(latex: str, *, block: bool) -> str:
    # What latex2mathml does not know: \_ in words, limits below a sum, a name as one word.
    latex = _TEXT.sub(lambda found: found[0].replace(r"\_", "_"), latex)
    latex = _WORD.sub(r"\\text{\1}", latex)
    if block:
        latex = latex.replace(r"\sum_", r"\sum\limits_")
    formula = convert(latex, display="block" if block else "inline")
    # ... that the bars of a norm are no taller than letters, and that a minus may be a sign.
    formula = formula.replace(_BAR, _BAR.replace("<mo>", '<mo stretchy="false">'))
    formula = _SIGN.sub(r'\1<mo form="prefix">&#x02212;</mo>', formula)
    # The search would find each letter of it.
    return f'<div class="formula" data-search-exclude>{formula}</div>' if block else formula
