"""Cuts what stands behind a label where the layout shows borders: bars, tabs, padded columns. The rest is one run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

RUN, PIPE, TAB, PAD, CELL, LEFT, RIGHT = "RUN", "PIPE", "TAB", "PAD", "CELL", "LEFT", "RIGHT"

_FIRST = {"BARS": re.compile(r"[ \t\xa0]*+\|"), "TABS": re.compile(r"[ \xa0]*+\t++")}
# A cell ends at a bar, but not inside the braces of a spun copy ({a|b|c}) and not at an escaped one.
_CELL = {"BARS": re.compile(r"(?:[^|{\\]++|\{[^{}\n]*+\}|\\.|[{\\])++", re.S), "TABS": re.compile(r"[^\t]++")}
_BORDER = {"BARS": (PIPE, re.compile(r"\|")), "TABS": (TAB, re.compile(r"\t++"))}
_BLANKS = " \t\n\r\xa0|"
_MOST_EMPTY = 32  # pieces of a row; those behind its last text count no more


class Piece(NamedTuple):
    """A piece of a row: ``CELL``, ``PIPE``, ``TAB``; ``LEFT``, ``RIGHT``, ``PAD``; or a single ``RUN``."""

    kind: str
    start: int
    end: int


_piece = tuple.__new__  # in half the time of calling the class


def pieces(text: str, kind: str, start: int, end: int, columns: tuple[int, int] | None) -> tuple[Piece, ...]:
    """Cut what stands behind a label, a token of this ``kind``, into pieces that touch.

    ``columns`` are where the two names of the header start within their line, if it pads them with spaces.

    >>> [text[piece.start:piece.end] for text in ["| 1 km | NA |"] for piece in pieces(text, "BARS", 0, 13, None)]
    ['|', ' 1 km ', '|', ' NA ', '|']
    """
    if kind in _FIRST:
        return tuple(_divided(text, kind, start, end))
    if kind == "WIDE" and columns is not None:
        line = text.rfind("\n", 0, start) + 1
        if _fits(text, start, line + columns[0], line + columns[1]):
            return tuple(_padded(text, start, end, line, columns))
    return (_piece(Piece, (RUN, start, end)),)


def _divided(text: str, kind: str, start: int, end: int) -> list[Piece]:
    cell, (border, borders) = _CELL[kind], _BORDER[kind]
    filled = start + len(text[start:end].rstrip(_BLANKS))
    at = _FIRST[kind].match(text, start, end).end()  # type: ignore[union-attr]  # it is what told the kind
    found = [_piece(Piece, (border, start, at))]
    while at < end:
        if at > filled and len(found) > _MOST_EMPTY:
            found.append(Piece(border, at, end))  # nothing but borders and blanks: no need to tell them apart
            break
        match = cell.match(text, at, end)
        if match is not None:
            stop = match.end()
            found.append(_piece(Piece, (CELL, at, stop)))
        else:
            stop = borders.match(text, at, end).end()  # type: ignore[union-attr]  # what is no cell is a border
            found.append(_piece(Piece, (border, at, stop)))
        at = stop
    return found


def _fits(text: str, start: int, a: int, b: int) -> bool:
    """Tell whether a row's first line has blanks before both columns, as padded columns have."""
    blank = (" ", "\xa0", "\n", "")
    return start < a and not text[start:a].strip(" \xa0") and text[a - 1 : a] in blank and text[b - 1 : b] in blank


def _padded(text: str, start: int, end: int, line: int, columns: tuple[int, int]) -> Iterator[Piece]:
    """Cut two padded columns line by line: padding, the left cell's piece, the right cell's piece."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop + 1
        left, right = max(at, min(line + columns[0], stop)), max(at, min(line + columns[1], stop))
        if text[at:left].strip():
            left = at
        for kind, low, high in ((PAD, at, left), (LEFT, left, right), (RIGHT, right, stop)):
            if low < high:
                yield Piece(kind if text[low:high].strip() else PAD, low, high)
        at = line = stop
