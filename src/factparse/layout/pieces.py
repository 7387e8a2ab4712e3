"""Cuts the body of a row where its own layout shows borders: bars, tabs, padded columns. The rest is one run."""

from __future__ import annotations

import re
from typing import NamedTuple

from factparse.layout.marks import TABLE, Mark

RUN, PIPE, TAB, PAD, CELL, LEFT, RIGHT = "RUN", "PIPE", "TAB", "PAD", "CELL", "LEFT", "RIGHT"

# A cell ends at a bar, but not inside the braces of a spun copy ({a|b|c}) and not at an escaped one.
_BETWEEN_BARS = re.compile(r"(?:[^|{\\]++|\{[^{}\n]*+\}|\\.|[{\\])++", re.S)
_BETWEEN_TABS = re.compile(r"[^\t]++")
_FIRST_BAR = re.compile(r"[ \t\xa0]*+\|")
_FIRST_TABS = re.compile(r"[ \xa0]*+\t++")
_TABS = re.compile(r"\t++")
_BLANKS = " \t\n\r\xa0|"
_MOST_EMPTY = 32  # pieces of a row; those behind its last text count no more


class Piece(NamedTuple):
    """A piece of a row's body: ``CELL``, ``PIPE``, ``TAB``; ``LEFT``, ``RIGHT``, ``PAD``; or a single ``RUN``."""

    kind: str
    start: int
    end: int


_piece = tuple.__new__  # in half the time of calling the class


def body(text: str, mark: Mark, end: int, offsets: tuple[int, int] | None) -> tuple[Piece, ...]:
    """Return the pieces of the row of ``mark`` that ends at ``end``: they touch and start behind the label."""
    if mark.end >= end:
        return ()
    if mark.form == TABLE:
        first = _FIRST_BAR.match(text, mark.end, end)
        if first is not None:
            return tuple(_divided(text, first, end, PIPE))
        first = _FIRST_TABS.match(text, mark.end, end)
        if first is not None:
            return tuple(_divided(text, first, end, TAB))
        if offsets is not None and _fits(text, mark, offsets):
            return tuple(_padded(text, mark.end, end, offsets))
    return (_piece(Piece, (RUN, mark.end, end)),)


def _divided(text: str, first: re.Match[str], end: int, border: str) -> list[Piece]:
    """Return the pieces from ``first`` on, which is the border behind the label."""
    cell = _BETWEEN_BARS if border == PIPE else _BETWEEN_TABS
    start, at = first.span()
    found = [_piece(Piece, (border, start, at))]
    filled = start + len(text[start:end].rstrip(_BLANKS))
    while at < end:
        if at > filled and len(found) > _MOST_EMPTY:
            found.append(Piece(border, at, end))  # nothing but borders and blanks: no need to tell them apart
            break
        match = cell.match(text, at, end)
        if match is not None:
            stop = match.end()
            found.append(_piece(Piece, (CELL, at, stop)))
            at = stop
        else:
            stop = at + 1 if border == PIPE else _TABS.match(text, at, end).end()  # type: ignore[union-attr]
            found.append(_piece(Piece, (border, at, stop)))
            at = stop
    return found


def _fits(text: str, mark: Mark, offsets: tuple[int, int]) -> bool:
    """Tell whether the row's first line has blanks before both columns, as padded columns have."""
    line = text.rfind("\n", 0, mark.at) + 1
    a, b = line + offsets[0], line + offsets[1]
    blank = (" ", "\xa0", "\n", "")
    return (
        mark.end < a and not text[mark.end : a].strip(" \xa0") and text[a - 1 : a] in blank and text[b - 1 : b] in blank
    )


def _padded(text: str, start: int, end: int, offsets: tuple[int, int]) -> list[Piece]:
    """Cut two padded columns line by line: padding, the left cell's piece, the right cell's piece."""
    found: list[Piece] = []
    at, line = start, text.rfind("\n", 0, start) + 1
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop + 1
        left, right = max(at, min(line + offsets[0], stop)), max(at, min(line + offsets[1], stop))
        if text[at:left].strip():
            left = at
        for kind, low, high in ((PAD, at, left), (LEFT, left, right), (RIGHT, right, stop)):
            if low < high:
                found.append(Piece(kind if text[low:high].strip() else PAD, low, high))
        at = line = stop
    return found
