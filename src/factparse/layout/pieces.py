"""Cuts what stands behind a label where the layout shows borders: at bars, tabs or padded columns.

Where it shows none, all of it is one run, which the columns stage divides by other means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

RUN, PIPE, TAB, PAD, CELL, LEFT, RIGHT = "RUN", "PIPE", "TAB", "PAD", "CELL", "LEFT", "RIGHT"

# The first border, then cells and borders in turn. A cell ends at a bar, but not at an escaped one, nor inside the
# braces of a spun copy ({a|b|c}), whose bars divide wordings.
_FIRST = {"BARS": re.compile(r"[ \t\xa0]*+\|"), "TABS": re.compile(r"[ \xa0]*+\t++")}
_PIECES = {
    "BARS": re.compile(r"(?P<CELL>(?>(?:[^|{\\]++|\{[^{}\n]*+\}|\\.|[{\\])+))|(?P<PIPE>\|)", re.S),
    "TABS": re.compile(r"(?P<CELL>[^\t]++)|(?P<TAB>\t++)"),
}
_BLANKS = " \t\n\r\xa0|"
_MOST_EMPTY = 32  # pieces; what is empty beyond them is one piece, so that a row of 50,000 bars costs little


class Piece(NamedTuple):
    """A piece of a row, as a kind and a range of the text.

    The kinds are ``CELL``, ``PIPE`` and ``TAB`` in a table, ``LEFT``, ``RIGHT`` and ``PAD`` in padded columns, or
    ``RUN``, which is then the only piece.
    """

    kind: str
    start: int
    end: int


_piece = tuple.__new__  # in half the time of calling the class


def pieces(text: str, kind: str, start: int, end: int, columns: tuple[int, int] | None) -> tuple[Piece, ...]:
    """The pieces of what stands behind a label, in order. They touch, so that joined they are ``text[start:end]``.

    ``kind`` is the type of that token (``BARS``, ``TABS``, ``WIDE``, ...). ``columns`` are where in a line the two
    names of the header start, if it pads them with spaces.

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
    """The pieces of a row with bars or tabs."""
    at = _FIRST[kind].match(text, start, end).end()  # type: ignore[union-attr]  # it is what told the kind
    border = PIPE if kind == "BARS" else TAB
    rest = _PIECES[kind].finditer(text, at, end)
    found = [_piece(Piece, (border, start, at)), *[_piece(Piece, (each.lastgroup, *each.span())) for each in rest]]
    if len(found) > _MOST_EMPTY:
        filled = start + len(text[start:end].rstrip(_BLANKS))
        empty = (piece.start for piece in found[_MOST_EMPTY + 1 :] if piece.start > filled)
        behind = next(empty, end)
        if behind < end:  # only borders and blanks follow, and nothing tells them apart
            found = [piece for piece in found if piece.start < behind]
            found.append(Piece(border, behind, end))
    return found


def _fits(text: str, start: int, a: int, b: int) -> bool:
    """Whether the first line of a row has a blank before both columns ``a`` and ``b``, as padded columns have."""
    blank = (" ", "\xa0", "\n", "")
    return start < a and not text[start:a].strip(" \xa0") and text[a - 1 : a] in blank and text[b - 1 : b] in blank


def _padded(text: str, start: int, end: int, line: int, columns: tuple[int, int]) -> Iterator[Piece]:
    """Yield the pieces of two padded columns line by line: padding, a piece of the left cell, a piece of the right."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop + 1
        left, right = max(at, min(line + columns[0], stop)), max(at, min(line + columns[1], stop))
        if text[at:left].strip():  # text where only padding should be: it is part of the left cell
            left = at
        for kind, low, high in ((PAD, at, left), (LEFT, left, right), (RIGHT, right, stop)):
            if low < high:
                yield Piece(kind if text[low:high].strip() else PAD, low, high)
        at = line = stop
