"""Tells that a country page has lost labels, so that a cell may go on with the values of other fields.

What is left shows it in two ways: a value stands between a heading and its first label, and many cells go on with lines
of another kind than their first. Where a cell ends on such a page is told by the book, or else by these lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from factparse.book.folding import folded
from factparse.book.known import KnownCells
from factparse.columns.table import Row
from factparse.vocabulary import field_info, field_named

if TYPE_CHECKING:
    from lark import Token, Tree

DOUBTED: Final = 0.5
"""The confidence of a cell on a page that has lost labels: it may go on with the next field's."""

KNOWN: Final = 0.95
"""That of a cell on such a page which the book knows, and behind which nothing stands that may go on with it."""

_MOST_LINES: Final = 64  # lines of a cell that are looked up: more than any edition prints in one
_LINE = re.compile(r"(?m)^[ \t\r\xa0]*+(?P<said>[^\s][^\n]*)")
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
    found = [goes_astray(row.cells[0].text, prose=is_prose(row.name)) is not None for row in rows]
    return _MANY * sum(found) > len(found)


def goes_astray(cell: str, *, prose: bool) -> int | None:
    """Where a line of ``cell`` starts that can hardly go on with what stands above it; ``None`` if there is none.

    >>> goes_astray("0 km\\nflat plains", prose=False), goes_astray("0 km\\nnote: landlocked", prose=False)
    (5, None)
    >>> goes_astray("total:\\n5 sq km\\nland:\\n4 sq km", prose=False) is None  # values below their sub-labels
    True
    """
    lines = list(_LINE.finditer(cell))
    if prose or len(lines) < 2:
        return None
    first = _KIND.match(lines[0]["said"])
    kind = first.lastgroup if first is not None else None
    for before, line in pairwise(lines):
        above = before["said"].rstrip()
        if len(above) < _WRAPPED and above[-1] != ":" and _OWN_LINE.match(line["said"]) is None:
            found = _KIND.match(line["said"])
            if kind == "words" or found is None or found.lastgroup != kind:
                return line.start("said")
    return None


class End(NamedTuple):
    """Where a cell ends in the text behind its label, and how sure that is."""

    at: int
    confidence: float


def cell_end(cell: str, known: KnownCells, *, prose: bool) -> End:
    """Where the cell ends that ``cell`` begins with, on a page that has lost labels.

    It is the longest that is ``known`` of its country and field. What follows is of another field, unless it may go on
    with it (a note, a sub-label). Where nothing is known, the cell ends before a line that can hardly go on with it.

    >>> from factparse.book.known import NOTHING
    >>> cell_end("0 km\\nflat plains", NOTHING, prose=False)
    End(at=4, confidence=0.5)
    """
    ends = [line.end() for line in islice(_LINE.finditer(cell), _MOST_LINES)]
    for at in reversed(ends) if known else ():
        if known.editions(folded(cell[:at])) is not None:
            rest = cell[at:].lstrip()
            return End(at, KNOWN if not rest or _OWN_LINE.match(rest) is None else DOUBTED)
    astray = goes_astray(cell, prose=prose)
    return End(len(cell) if astray is None else len(cell[:astray].rstrip()), DOUBTED)


def is_prose(field: str) -> bool:
    """Whether the cells of ``field`` are running text."""
    return field_named(field) is not None and field_info(field).prose
