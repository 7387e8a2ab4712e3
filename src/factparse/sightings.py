"""Collects cells that some pages show beyond doubt. They settle doubtful rows of other pages.

A sighting is a cell of a sure row. A cell is believed if it was seen beside two other countries. A wrong border makes
cells that depend on the other country, so such a cell is seen beside that country only. No row is its own witness, and
neither is a copy of its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from factparse.book.book import Book
from factparse.book.format import HASH_BYTES
from factparse.book.making import BookMaker, KnownCell
from factparse.page import Page
from factparse.vocabulary import country_named

SURE: Final = 0.99
"""The confidence of the rows whose cells are taken."""

WITNESSES: Final = 2
"""The number of other countries that a cell must have been seen beside to be believed."""

_REMEMBERED: Final = 100_000  # cells whose witnesses are remembered, so that most sightings need no hash


def sure_cells(page: Page) -> Iterator[tuple[int, KnownCell]]:
    """The cells of sure rows that hold text and have a country, each with the number of its column.

    >>> from factparse import parse
    >>> page = parse("Aruba vs. Malta\\nGeography\\nAruba | Malta | |\\nArea | 180 sq km | 316 sq km |\\n")
    >>> [(column, cell.country, cell.text) for column, cell in sure_cells(page)]
    [(0, 'AA', '180 sq km'), (1, 'MT', '316 sq km')]
    """
    for column, key in _keys(page, _codes(page)):
        yield column, KnownCell(*key)


_Key = tuple[str, str, str]  # country, field, text; most cells have been seen before, so nothing more is made of them


def _keys(page: Page, codes: Sequence[str]) -> Iterator[tuple[int, _Key]]:
    for section in page.sections:
        for row in section.rows:
            if row.confidence >= SURE and len(row.cells) == len(codes):
                for column, cell in enumerate(row.cells):
                    if cell.text and codes[column] and cell.country is not None:
                        yield column, (codes[column], row.name, cell.text)


def _codes(page: Page) -> list[str]:
    """The GEC codes of the columns' countries. The code is empty for a country without one."""
    entries = [country_named(name) for name in page.countries]
    return [entry.gec if entry is not None else "" for entry in entries]


class Sightings:
    """The cells that some pages show beyond doubt, as hashes, each with the first countries that it was seen beside.

    >>> from factparse import parse
    >>> seen = Sightings()
    >>> for other in ("Malta", "Chad", "Chad"):
    ...     seen.add(parse(f"Aruba vs. {other}\\nGeography\\nAruba | {other} | |\\nCoastline | 68.5 km | 5 km |\\n"))
    >>> Book(seen.book()).editions_of("AA", "Coastline", "68.5 km")
    ('CD', 'MT')
    """

    def __init__(self, hash_bytes: int = HASH_BYTES) -> None:
        self._maker = BookMaker(hash_bytes)
        self._witnesses: dict[_Key, tuple[str, ...]] = {}

    def add(self, page: Page) -> None:
        """Note the cells that ``page`` shows. A page that lacks two different countries shows none."""
        codes = _codes(page)
        if len(codes) != 2 or codes[0] == codes[1]:
            return
        for column, key in _keys(page, codes):
            if other := codes[1 - column]:
                self._put(key, other)

    def _put(self, key: _Key, other: str) -> None:
        known = self._witnesses.get(key, ())
        if len(known) >= WITNESSES or other in known:
            return
        if len(self._witnesses) >= _REMEMBERED:
            self._witnesses.clear()
        self._witnesses[key] = (*known, other)
        self._maker.add(KnownCell(*key, (other,)), pieces=not known)  # of a cell seen before the pieces are there

    def book(self) -> bytes:
        """The bytes of a book of all sightings. Its editions are the other countries."""
        return self._maker.book()


class Witnessed:
    """The sightings of many pages. It believes the cells that have enough witnesses.

    Books of sightings are poured in one after the other; only hashes are held, some 300 bytes for a cell and its
    pieces. The same books, in any order, give the same bytes.

    >>> cells = [KnownCell("AA", "Coastline", "68.5 km", ("MT",)), KnownCell("AA", "Area", "180 sq km", ("MT",))]
    >>> seen = Witnessed()
    >>> for book in (Book.build(cells), Book.build([KnownCell("AA", "Coastline", "68.5 km", ("CD",))])):
    ...     seen.pour(book)
    >>> sorted(Book(seen.book()).keys())
    [('AA', 'Coastline')]
    """

    def __init__(self) -> None:
        self._hash_bytes = HASH_BYTES
        self._cells: dict[tuple[str, str], dict[tuple[int, bytes], frozenset[str]]] = {}
        self._pieces: dict[tuple[str, str], set[int]] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}

    def pour(self, book: Book) -> None:
        """Add the sightings of a book of :class:`Sightings`."""
        self._hash_bytes = book.layout.hash_bytes
        named: dict[int, frozenset[str]] = {}
        for country, field in book.keys():  # noqa: SIM118 (a book is no mapping)
            known = book.cells(country, field)
            into = self._cells.setdefault((country, field), {})
            for length, each, mask in known:
                others = named.get(mask)
                if others is None:
                    others = named[mask] = self._kept(frozenset(book.named(mask)))
                before = into.get((length, each), others)
                into[length, each] = others if before is others else self._kept(before | others)
            self._pieces.setdefault((country, field), set()).update(known.pieces)

    def _kept(self, others: frozenset[str]) -> frozenset[str]:
        """A set of countries, held once. The first few of many countries are enough."""
        some = frozenset(sorted(others)[:WITNESSES])
        return self._sets.setdefault(some, some)

    def book(self) -> bytes:
        """The bytes of a book of the believed cells. It has no editions, because pages do not name them.

        The pieces are those of all cells that were seen in these fields. The input is released on the way, so that it
        is not held twice.
        """
        maker = BookMaker(self._hash_bytes)
        while self._cells:
            (country, field), cells = self._cells.popitem()
            kept = self._pieces.pop((country, field))
            for known, others in cells.items():
                if len(others) >= WITNESSES:
                    maker.put(country, field, known, frozenset(), kept)
                    kept = set()
        return maker.book()
