"""Finds the editions of a page by its cells: the books know which editions print a cell word for word.

Reading a page does not need this. So a page makes its :class:`PageEditions` when somebody first asks for them, and
outputs that do not show editions cost no time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import attrs

from factparse.book.folding import squeezed, ways
from factparse.book.known import NOTHING, KnownCells
from factparse.book.packaged import shelf_of
from factparse.book.sets import numbers
from factparse.book.shelf import Shelf
from factparse.columns.table import Cell, Row, Section
from factparse.core.errors import UsageError
from factparse.vocabulary import country_named

_SURE: Final = 0.9  # the share of a page's cells that its own edition must print


@attrs.frozen
class KnownEdition:
    """An edition that a page may be of: it prints ``cells`` of the ``of`` cells that can be looked up.

    Those are the cells that hold text and have a country.
    """

    edition: str
    cells: int
    of: int


# A class of its own: to know its editions a cell needs its field and the books, and every cell of every page would
# have to carry them. Cells are made by the thousand, and hardly ever asked.
@attrs.frozen(weakref_slot=False)
class PrintedCell(Cell):
    """A cell of a page with its row's ``label`` and ``field``, and the ``editions`` that print it, in order.

    It has no editions if it is not known word for word, or has no country.
    """

    label: str
    field: str
    editions: tuple[str, ...]


class PageEditions:
    """The editions of the cells of one page, as its books know them. The first question looks them up."""

    def __init__(self, sections: Sequence[Section], shelf: Shelf | None) -> None:
        self._rows = [row for section in sections for row in section.rows]
        self._shelf = shelf_of(shelf)

    @cached_property
    def cells(self) -> tuple[PrintedCell, ...]:
        """The cells that hold text, in reading order."""
        return tuple(
            PrintedCell(cell.country, cell.text, cell.span, row.label, row.name, self._shelf.named(mask))
            for row, cell, mask in self._masks
        )

    @cached_property
    def known(self) -> tuple[KnownEdition, ...]:
        """The editions that print more than half of the cells, the best first. Equal ones stand in order of years."""
        named = [mask for _, cell, mask in self._masks if cell.country is not None]
        counts: Counter[int] = Counter()
        for mask in named:
            counts.update(numbers(mask))
        found = [
            KnownEdition(self._shelf.editions[number], cells, len(named))
            for number, cells in counts.items()
            if 2 * cells > len(named)
        ]
        return tuple(sorted(found, key=lambda each: (-each.cells, each.edition)))

    @cached_property
    def edition(self) -> str | None:
        """The edition that the page is of: it prints nine in ten of the cells or more, and no other prints as many."""
        best, *others = self.known or (None,)
        if best is None or best.cells < _SURE * best.of or (others and others[0].cells == best.cells):
            return None
        return best.edition

    def of(self, part: Cell | Row) -> tuple[str, ...]:
        """The editions that print a cell of the page, or all cells of one of its rows.

        Raises :class:`~factparse.UsageError` (``not-of-this-page``) if the page has no such cell.
        """
        masks = [self._mask(cell) for cell in (part.cells if isinstance(part, Row) else (part,)) if cell.text]
        if not masks:
            return ()
        common = masks[0]
        for mask in masks[1:]:
            common &= mask
        return self._shelf.named(common)

    def at(self, place: int) -> tuple[str, ...]:
        """The editions that print the cell in which ``place``, an offset into the page's text, lies."""
        starts, found = self._places
        index = bisect_right(starts, place) - 1
        return self._shelf.named(found[index][1]) if index >= 0 and place < found[index][0] else ()

    def _mask(self, cell: Cell) -> int:
        mask = self._by_place.get(cell.span)
        if mask is None:
            message = f"the cell {cell.text[:40]!r} is not of this page; ask the page that it came from"
            raise UsageError("not-of-this-page", message)
        return mask

    @cached_property
    def _masks(self) -> list[tuple[Row, Cell, int]]:
        """The cells that hold text, each with its row and its editions, a bit each."""
        return [
            (row, cell, editions_of(known_of(self._shelf, cell.country, row.name), cell.text) or 0)
            for row in self._rows
            for cell in row.cells
            if cell.text
        ]

    @cached_property
    def _by_place(self) -> dict[tuple[int, ...], int]:
        return {cell.span: mask for _, cell, mask in self._masks}

    @cached_property
    def _places(self) -> tuple[list[int], list[tuple[int, int]]]:
        """The start of each range of a cell, in order, and the end of each with the editions of the cell."""
        ranges = sorted(
            (start, end, mask)
            for _, cell, mask in self._masks
            for start, end in zip(cell.span[::2], cell.span[1::2], strict=True)
        )
        return [start for start, _, _ in ranges], [(end, mask) for _, end, mask in ranges]


def known_of(shelf: Shelf, country: str | None, field: str) -> KnownCells:
    """The cells that the books know of a country, by any of its names, in a field."""
    found = country_named(country) if country is not None and shelf else None
    return shelf.cells(found.gec, field) if found is not None and found.gec else NOTHING


def editions_of(known: KnownCells, text: str) -> int | None:
    """The editions that print the whole cell ``text``, a bit each. ``None`` if it is not known.

    A rank may be glued to digits behind it: each way to read it is tried.
    """
    if not known:
        return None
    found = (known.editions(squeezed(way)) for way in ways(text))
    return next((mask for mask in found if mask is not None), None)
