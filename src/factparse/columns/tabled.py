"""Cells of rows whose layout shows the borders: bars, tabs, padded columns."""

from __future__ import annotations

import re
from itertools import pairwise

import attrs

from factparse.columns.cells import filled, trim, unmarked
from factparse.layout.pieces import CELL, LEFT, RIGHT, Piece
from factparse.layout.tables import LAYOUTS, TABS

_NAMES = {layout.border: layout.name for layout in LAYOUTS}


@attrs.frozen
class Divided:
    """The cells of a row as its layout shows them: ranges in reading order.

    ``exact`` says that two cells are two and in which column each stands; where it is false, a lone cell may be either
    country's (the extractor dropped the empty one), and more than two ranges are one country's text cut by bars.
    """

    cells: tuple[tuple[int, int], ...]
    exact: bool


def piped(text: str, pieces: tuple[Piece, ...], *, shifted: bool) -> Divided:
    """The cells between bars. ``shifted`` says that the extractor drops empty cells, so that a lone one may be B's.

    So are those between other borders of which each is one: of tabs, several may be.

    >>> row = "|5 km | | "
    >>> pieces = [Piece(*p) for p in [("PIPE", 0, 1), ("CELL", 1, 6), ("PIPE", 6, 7), ("CELL", 7, 8), ("PIPE", 8, 9)]]
    >>> piped(row, tuple(pieces), shifted=False).exact, piped(row, tuple(pieces), shifted=True).exact
    (True, False)
    """
    cells: list[tuple[int, int]] = []
    for before, piece in pairwise(pieces):
        if piece.kind == CELL:
            cells.append(trim(text, piece.start, piece.end))
        elif before.kind != CELL:  # two borders: an empty cell between them
            cells.append((piece.start, piece.start))
    # Bars at the end of the row make empty cells that no column has.
    while len(cells) > 2 and cells[-1][0] == cells[-1][1]:
        cells.pop()
    # A mark of an empty cell shows, as a text does, that the extractor dropped none.
    shown = sum(start < end for start, end in cells)
    cells = [unmarked(text, *each) for each in cells]
    if len(cells) < 2:
        return Divided(tuple(cells), exact=False)
    return Divided(tuple(cells), exact=len(cells) == 2 and (shown == 2 or not shifted))


# It begins with the bar, which is found fast; what stands before it is looked at where there is one.
_EMPTY_FIRST = re.compile(r"(?m)\|[ \t]*+\|[ \t]*+[^\s|][^|\n]*+\|?[ \t]*+$")


def keeps_empty_cells(text: str, start: int, end: int) -> bool:
    """Whether a row between bars has an empty first cell: an extractor that drops empty ones would have left none.

    >>> keeps_empty_cells("Coastline | | 5 km |", 0, 20), keeps_empty_cells("Coastline | 5 km | |", 0, 20)
    (True, False)
    """
    return any(_is_behind_word(text, start, match.start()) for match in _EMPTY_FIRST.finditer(text, start, end))


def _is_behind_word(text: str, start: int, at: int) -> bool:
    """Tell whether a letter or a figure is the last character before ``at``, but for spaces and tabs."""
    while at > start and text[at - 1] in " \t":
        at -= 1
    return at > start and (text[at - 1].isalnum() or text[at - 1] == "_")


def tabbed(text: str, pieces: tuple[Piece, ...], unit: int) -> Divided:
    """The cells between tabs, ``unit`` of which are one border: twice as many stand around an empty cell.

    >>> row = "\\t\\t\\t\\t5 km"
    >>> tabbed(row, (Piece("TAB", 0, 4), Piece("CELL", 4, 8)), 2)
    Divided(cells=((2, 2), (4, 8)), exact=True)
    """
    cells: list[tuple[int, int]] = []
    for piece in pieces:
        if piece.kind == TABS.border:
            tabs = text.count("\t", piece.start, piece.end)
            cells += [(piece.start + unit, piece.start + unit)] * (max(1, tabs // unit) - 1)
        else:
            cells.append(filled(text, piece.start, piece.end))
    while len(cells) > 2 and cells[-1][0] == cells[-1][1]:
        cells.pop()
    if len(cells) == 1:
        cells.append((cells[0][1], cells[0][1]))
    return Divided(tuple(cells), exact=len(cells) == 2)


def tab_unit(gap: str, rows: list[tuple[Piece, ...]], text: str) -> int:
    """How many tabs make one border: as many as the header has between its names, or the fewest in any row."""
    if gap.count("\t"):
        return gap.count("\t")
    counts = [piece.end - piece.start for pieces in rows for piece in pieces if piece.kind == TABS.border]
    return max(1, min(counts, default=1))


def padded(text: str, pieces: tuple[Piece, ...]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The ranges of the left column and those of the right one, a range for each line."""
    left = [(piece.start, piece.end) for piece in pieces if piece.kind == LEFT]
    right = [(piece.start, piece.end) for piece in pieces if piece.kind == RIGHT]
    return left, right


def layout_of(pieces: tuple[Piece, ...]) -> str:
    """What divides the cells of a row: the layout whose border stands first, or ``run`` (nothing that is sure)."""
    return _NAMES.get(pieces[0].kind, "run") if pieces else "run"
