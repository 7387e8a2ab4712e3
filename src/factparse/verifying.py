"""Checks whether a page is true to its source: which cells the editions print, which were changed, and where.

A book holds no text, so a changed cell cannot be compared with the original. But a book holds the hashes of pieces of
cells. If a cell is not known as a whole, but most of its pieces are, then its other pieces were changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

import attrs

from factparse.book.folding import squeezed, ways
from factparse.book.known import KnownCells
from factparse.book.packaged import shelf_of
from factparse.book.pieces import BEGINS, ENDS, LEAST, Piece, pieces
from factparse.columns.table import Cell
from factparse.core.spans import Span
from factparse.known import KnownEdition, PageEditions, PrintedCell, editions_of, known_of
from factparse.selection import need_pages

if TYPE_CHECKING:
    from factparse.book.shelf import Shelf

Status = Literal["verbatim", "changed", "unknown"]

ENOUGH: Final = 0.5
"""A cell that is not known as a whole counts as changed if this share of it is known. docs/book.md has the measures."""


class PageLike(Protocol):
    """The parts of a page that :func:`verify` needs."""

    @property
    def countries(self) -> tuple[str, ...]:
        """The entry names of the countries, in column order."""

    @property
    def shelf(self) -> Shelf | None:
        """The books, if not the packaged one."""

    def looked_up(self) -> PageEditions:
        """The editions of the page and its cells."""


@attrs.frozen
class VerifiedCell:
    """A cell of a page, compared with what the editions print.

    It is ``verbatim`` if ``editions`` print all of it. It is ``changed`` if it is not known as a whole, but at least
    half of its pieces are; ``changed`` then has the spans that are not known, in the page's text. Otherwise it is
    ``unknown``. An empty span says that something is missing there. If all pieces of a changed cell are known, there is
    no span.
    """

    country: str | None
    label: str
    field: str
    status: Status
    editions: tuple[str, ...]
    span: Span
    changed: tuple[Span, ...] = ()


@attrs.frozen
class Verification:
    """The result for a page: its ``cells`` that hold text, and the editions that print most of them."""

    countries: tuple[str, ...]
    known: tuple[KnownEdition, ...]
    cells: tuple[VerifiedCell, ...]

    def count(self, status: Status) -> int:
        """How many of the cells are ``verbatim``, ``changed`` or ``unknown``."""
        return sum(cell.status == status for cell in self.cells)

    @property
    def verbatim(self) -> bool:
        """Whether there are cells, and one edition prints all of them."""
        return any(each.cells == each.of == len(self.cells) for each in self.known)


def verify(page: PageLike, *, enough: float = ENOUGH) -> Verification:
    """Compare the cells of ``page`` with the editions, by the books that the page was read with.

    A cell that no edition prints counts as changed if the share ``enough`` of it is known in pieces. Raises
    :class:`~factparse.UsageError` (``not-a-page``) if ``page`` is no page.

    >>> import factparse
    >>> from factparse.book import KnownCell
    >>> printed = ["oil 40%; cotton 20%; cattle 9% (2012)", "gold 62%; cotton 15%; fish 4% (2012)"]
    >>> known = [KnownCell(code, "Exports", text, ("2013",)) for code, text in zip(["CD", "ML"], printed)]
    >>> text = "Chad vs. Mali\\nEconomy\\nChad | Mali\\nExports | " + " | ".join(printed).replace("20%", "25%") + "\\n"
    >>> page = factparse.parse(text, books=[factparse.Book.build(known)])
    >>> for cell in factparse.verify(page).cells:
    ...     cell.country, cell.status, cell.editions, [span.cut(text) for span in cell.changed]
    ('Chad', 'changed', (), ['cotton 25%;'])
    ('Mali', 'verbatim', ('2013',), [])
    """
    need_pages("verify", page)
    looked = page.looked_up()
    shelf = shelf_of(page.shelf)
    cells = tuple(_verified(cell, page.countries, shelf, enough) for cell in looked.cells)
    return Verification(page.countries, looked.known, cells)


def _verified(cell: PrintedCell, countries: Sequence[str], shelf: Shelf, enough: float) -> VerifiedCell:
    # A cell without a country is compared with the cells of both countries. The nearer one counts.
    names = countries if cell.country is None else (cell.country,)
    some = [_compared(cell, known_of(shelf, name, cell.field), enough) for name in names]
    found = max(some, key=lambda each: each.share, default=_UNKNOWN)
    editions = shelf.named(found.editions)
    return VerifiedCell(cell.country, cell.label, cell.field, found.status, editions, cell.span, found.changed)


class _Compared(NamedTuple):
    """How much of a cell is known, the editions that print all of it (a bit each), and the spans that are not known."""

    status: Status
    share: float
    editions: int = 0
    changed: tuple[Span, ...] = ()


_UNKNOWN: Final = _Compared("unknown", 0.0)
_VERBATIM: Final = 2.0  # more than a cell that is known only in pieces


def _compared(cell: Cell, known: KnownCells, enough: float) -> _Compared:
    editions = editions_of(known, cell.text)
    if editions is not None:
        return _Compared("verbatim", _VERBATIM, editions)
    way = ways(cell.text)[-1]  # the longest rank that may stand there: nothing follows a cell's last one
    body = squeezed(way)
    if not body or not known:
        return _UNKNOWN
    told = [_told(body, piece, known) for piece in pieces(body)]
    share = sum(each.end - each.start for each in told if each.flags is not None) / len(body)
    if share < enough:
        return _UNKNOWN
    places = [at for at, character in enumerate(way) if squeezed(character)]
    spans = (
        cell.span.part(places[start], places[end - 1] + 1) if start < end else _nothing(cell.span, bool(start))
        for start, end in _not_known(told, len(body))
    )
    return _Compared("changed", share, changed=tuple(spans))


class _Told(NamedTuple):
    """A piece of a folded cell; ``flags`` as :meth:`KnownCells.piece` has them, ``None`` if not known."""

    start: int
    end: int
    flags: int | None


def _told(body: bytes, piece: Piece, known: KnownCells) -> _Told:
    start, end = piece
    return _Told(start, end, known.piece(body[start:end]) if end - start >= LEAST else None)


def _not_known(told: Sequence[_Told], size: int) -> list[tuple[int, int]]:
    """The ranges of a folded cell of ``size`` bytes that were changed, empty ones where something is missing.

    Of pieces that are too short to be kept nothing is known: they were changed if nothing else was.
    """
    long = [(each.start, each.end) for each in told if each.flags is None and each.end - each.start >= LEAST]
    first, last = told[0].flags, told[-1].flags
    before = [(0, 0)] if first is not None and not first & BEGINS else []
    behind = [(size, size)] if last is not None and not last & ENDS else []
    found = [*before, *_touching(long), *behind]
    return found or _touching((each.start, each.end) for each in told if each.flags is None)


def _touching(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges, those that touch put together."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        if found and found[-1][1] == start:
            start, _ = found.pop()
        found.append((start, end))
    return found


def _nothing(span: Span, behind: bool) -> Span:
    """The empty span at the beginning or the end of a cell."""
    at = span.end if behind else span.start
    return Span((at, at))
