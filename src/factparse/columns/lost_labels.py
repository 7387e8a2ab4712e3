"""Tells that a country page has lost labels, so that a cell may go on with the values of other fields.

What is left shows it in two ways: a value stands between a heading and its first label, and many cells go on with lines
of another kind than their first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from factparse.columns.table import Row
from factparse.vocabulary import field_info, field_named

if TYPE_CHECKING:
    from lark import Token, Tree

_SHORT: Final = 40  # characters; a shorter text without digit and colon may be a button
_MANY: Final = 4  # rows of which one that goes on with another kind of line shows that labels are lost
_WRAPPED: Final = 50  # characters of a line that may have been wrapped: the next one goes on with it
_OWN_LINE = re.compile(r"[^:\n]{1,60} ?:|note\b|[*\u2022-]|\(|\d+\.", re.IGNORECASE)
_KIND = re.compile(r"(?P<figure>[$(]?\d)|(?P<words>\w)")


def begins_unlabelled(children: Iterable[Tree[Token] | Token]) -> bool:
    """Whether a value stands between the heading of a section and its first label; ``children`` are the section's."""
    for child in children:
        if not isinstance(child, str):
            if child.data == "row":
                return False
        elif child.type == "NOISE":
            said = child.strip()
            if len(said) >= _SHORT or (":" in said and len(said) > 1) or any(map(str.isdigit, said)):
                return True
    return False


def mixed(rows: Iterable[Row]) -> bool:
    """Whether of every few ``rows`` one goes on with lines that are no part of its field."""
    found = [goes_astray(row.cells[0].text, prose=_is_prose(row.name)) for row in rows]
    return _MANY * sum(found) > len(found)


def goes_astray(cell: str, *, prose: bool) -> bool:
    """Whether a line of ``cell`` can hardly go on with what stands above it.

    >>> goes_astray("0 km\\nflat plains", prose=False), goes_astray("0 km\\nnote: landlocked", prose=False)
    (True, False)
    """
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    if prose or len(lines) < 2:
        return False
    first = _KIND.match(lines[0])
    kind = first.lastgroup if first is not None else None
    for before, line in pairwise(lines):
        if len(before) < _WRAPPED and _OWN_LINE.match(line) is None:
            found = _KIND.match(line)
            if kind == "words" or found is None or found.lastgroup != kind:
                return True
    return False


def _is_prose(field: str) -> bool:
    return field_named(field) is not None and field_info(field).prose
