"""The making of cells: white space is trimmed, and spans stay exact."""

from __future__ import annotations

from collections.abc import Iterable

from factparse.columns.table import Cell, new_cell
from factparse.core.spans import Span

BLANK = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\ufeff\u200e\u200f"
)
"""White space, and marks without width (zero-width space, byte order mark, marks of direction)."""

_BLANKS = frozenset(BLANK)
_LONGEST_MARK = 2  # characters of a mark of an empty cell


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range ``start`` to ``end`` without the white space at its ends; empty, at ``start``, if nothing is left.

    >>> trim(" a b ", 0, 5)
    (1, 4)
    """
    # The usual range has none.
    if start < end and text[start] not in _BLANKS and text[end - 1] not in _BLANKS:
        return start, end
    body = text[start:end].lstrip(BLANK)
    if not body:
        return start, start
    low = end - len(body)
    return low, low + len(body.rstrip(BLANK))


EMPTY_MARKS = frozenset({"-", "--", "\u2013", "\u2014"})
"""What some pages print in an empty cell."""

_MARKS = frozenset("".join(EMPTY_MARKS))


def filled(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a cell, trimmed; empty if it only holds a mark of an empty cell.

    >>> filled(" - ", 0, 3), filled(" -5 ", 0, 4)
    ((1, 1), (1, 3))
    """
    return unmarked(text, *trim(text, start, end))


def unmarked(text: str, low: int, high: int) -> tuple[int, int]:
    """The range of a trimmed cell; empty if it only holds a mark of an empty cell."""
    return (low, low) if high - low <= _LONGEST_MARK and text[low:high] in EMPTY_MARKS else (low, high)


def mark_border(text: str, start: int, end: int) -> int | None:
    """Where a cell ends that is a line with a mark of an empty cell alone, the run's first or last; else ``None``.

    >>> mark_border("-\\n5 km", 0, 6), mark_border("5 km\\n-", 0, 6), mark_border("5 km\\n-5 km", 0, 10)
    (1, 4, None)
    """
    # The range is trimmed, so a mark is its first character or its last.
    if start >= end or (text[start] not in _MARKS and text[end - 1] not in _MARKS):
        return None
    first, last = text.find("\n", start, end), text.rfind("\n", start, end)
    if first < 0:
        return None
    if text[start:first].strip() in EMPTY_MARKS:
        return first
    return last if text[last:end].strip() in EMPTY_MARKS else None


def cell(text: str, country: str | None, start: int, end: int) -> Cell:
    """The cell of ``country`` whose text is one range of ``text``, trimmed; empty if a mark says so."""
    return trimmed_cell(text, country, *trim(text, start, end))


def trimmed_cell(text: str, country: str | None, start: int, end: int) -> Cell:
    """The same, of a range that has no white space at its ends."""
    low, high = unmarked(text, start, end)
    return new_cell(country, text[low:high], Span((low, high)))


def empty(country: str | None, at: int) -> Cell:
    """An empty cell of ``country``, whose span is empty too and stands at ``at``."""
    return new_cell(country, "", Span((at, at)))


def joined(text: str, country: str | None, pieces: Iterable[tuple[int, int]], at: int) -> Cell:
    """The cell of several ranges, which are the lines of a padded column; empty, at ``at``, if all of them are blank.

    Every range but the last keeps one character of white space behind it. It divides the lines in the cell's text, and
    the span still cuts out exactly that text.
    """
    kept: list[int] = []
    for start, end in pieces:
        low, high = trim(text, start, end)
        if low < high:
            kept += (low, high)
    if not kept or (not kept[2:] and text[kept[0] : kept[1]] in EMPTY_MARKS):
        return empty(country, at)
    for index in range(1, len(kept) - 1, 2):
        if kept[index] < len(text) and text[kept[index]].isspace():
            kept[index] += 1
    span = Span(kept)
    return new_cell(country, span.cut(text), span)
