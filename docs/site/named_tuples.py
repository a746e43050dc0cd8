"""For mkdocstrings: a named tuple's fields as its parameters, and `field: words` in docstrings as what describes them."""

from __future__ import annotations

import re
from typing import Any

from griffe import Attribute, Class, Docstring, Extension, Function, Parameter, ParameterKind, Parameters

_FIELD = re.compile(r"[a-z_]+: ")


class NamedTuples(Extension):
    """Reads what griffe does not know of."""

    def on_class(self, *, cls: Class, **_: Any) -> None:
        """Give a named tuple the `__init__` that Python gives it."""
        if any(str(base) == "NamedTuple" for base in cls.bases):
            fields = [member for member in cls.members.values() if isinstance(member, Attribute)]
            made = [
                Parameter(
                    field.name,
                    annotation=field.annotation,
                    kind=ParameterKind.positional_or_keyword,
                    default=field.value,
                )
                for field in fields
                if "property" not in field.labels and field.annotation is not None
            ]
            cls.set_member("__init__", Function("__init__", parameters=Parameters(*made), parent=cls))
            for parameter in made:
                cls.del_member(parameter.name)
        if cls.docstring:
            _describe(cls.docstring)

    def on_function(self, *, func: Function, **_: Any) -> None:
        """Read what the docstring says of the parameters."""
        if func.docstring:
            _describe(func.docstring)


def _describe(docstring: Docstring) -> None:
    """Name the section in which each line says what a parameter is, or goes on with it."""
    paragraphs = docstring.value.split("\n\n")
    for number, paragraph in enumerate(paragraphs[1:], 1):
        lines = paragraph.splitlines()
        if _FIELD.match(lines[0]) and all(_FIELD.match(line) or line.startswith(" ") for line in lines):
            paragraphs[number] = "Parameters:\n" + "\n".join(f"    {line}" for line in lines)
    docstring.value = "\n\n".join(paragraphs)
