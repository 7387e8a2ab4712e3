"""Cuts what stands behind a label where the layout shows borders: at bars, tabs or padded columns.

Where it shows none, all of it is one run, which the columns stage divides by other means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from factparse.layout.tables import ALIGNED, LAYOUTS, MARKS, Layout

RUN, CELL, LEFT, RIGHT = "RUN", "CELL", "LEFT", "RIGHT"
_LAYOUTS = {layout.token: layout for layout in LAYOUTS}
_BLANKS = " \t\n\r\xa0" + MARKS
_MOST_EMPTY = 32  # pieces; what is empty beyond them is one piece, so that a row of 50,000 bars costs little


_COLON_BELOW = re.compile(r"[ \t\r\xa0]*+\n\s*+:(?=[ \t\r\xa0]*+\n)")  # on a line of its own
_CLOSED = re.compile(r"(?:\*\*|__):?|:(?:\*\*|__)")  # a bold label of Markdown, with its colon
_BOLD = ("**", "__")


class Piece(NamedTuple):
    """A piece of a row, as a kind and a range of the text.

    The kinds are ``CELL`` and the border of its layout in a table, ``LEFT``, ``RIGHT`` and ``PAD`` in padded columns,
    or ``RUN``, which is then the only piece.
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
    layout = _LAYOUTS.get(kind)
    if layout is not None and layout.pieces is not None:
        return tuple(_divided(text, layout, layout.pieces, start, end))
    if layout is ALIGNED and columns is not None:
        line = text.rfind("\n", 0, start) + 1
        if _fits(text, start, line + columns[0], line + columns[1]):
            return tuple(_padded(text, start, end, line, columns))
    return (_piece(Piece, (RUN, start, end)),)


def behind_label(text: str, label: int, start: int, end: int) -> int:
    """Where cells may begin behind a label from ``label`` to ``start``: behind its colon and the marks of bold type.

    >>> text = "**Coastline:**\\n5 km"
    >>> text[behind_label(text, 2, 11, len(text)):]
    '\\n5 km'
    >>> behind_label("Coastline\\n:\\n5 km", 0, 9, 16), behind_label("Coastline**5 km", 0, 9, 15)
    (11, 9)
    """
    closed = _CLOSED.match(text, start, end) if text.endswith(_BOLD, 0, label) else _COLON_BELOW.match(text, start, end)
    return closed.end() if closed is not None else start


def _divided(text: str, layout: Layout, behind: re.Pattern[str], start: int, end: int) -> list[Piece]:
    """The pieces of a row of a bordered layout; ``behind`` finds those behind the first border."""
    border = layout.border
    at = layout.first.match(text, start, end).end()  # type: ignore[union-attr]  # it is what told the form
    rest = behind.finditer(text, at, end)
    found = [_piece(Piece, (border, start, at)), *[_piece(Piece, (each.lastgroup, *each.span())) for each in rest]]
    if len(found) > _MOST_EMPTY:
        filled = start + len(text[start:end].rstrip(_BLANKS))
        empty = (piece.start for piece in found[_MOST_EMPTY + 1 :] if piece.start > filled)
        last = next(empty, end)
        if last < end:  # only borders and blanks follow, and nothing tells them apart
            found = [piece for piece in found if piece.start < last]
            found.append(Piece(border, last, end))
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
        for kind, low, high in ((ALIGNED.border, at, left), (LEFT, left, right), (RIGHT, right, stop)):
            if low < high:
                yield Piece(kind if text[low:high].strip() else ALIGNED.border, low, high)
        at = line = stop
