"""Several books used as one: a cell is known if one of the books knows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from factparse.book.book import Book, hash_bytes_of
from factparse.book.known import NOTHING, KnownCells
from factparse.book.sets import names, numbers

_KEPT: Final = 8192  # the number of pairs of country and field whose cells stay put together


class Shelf:
    """The books that a page is read with, in any number. ``editions`` are those of all books, in order.

    Raises :class:`~factparse.BookError` (``books-differ``) if their hashes are not equally long.

    >>> from factparse.book import KnownCell
    >>> one = Book.build([KnownCell("KE", "Airports", "197 (2013)", ("2013",))])
    >>> two = Book.build([KnownCell("KE", "Airports", "197 (2013)", ("2014",))])
    >>> shelf = Shelf([one, two])
    >>> shelf.named(shelf.cells("KE", "Airports").editions(b"197(2013)"))
    ('2013', '2014')
    """

    def __init__(self, books: Iterable[Book] = ()) -> None:
        self.books = tuple(books)
        self.hash_bytes = hash_bytes_of(self.books)
        self.editions: tuple[str, ...] = tuple(sorted({name for book in self.books for name in book.editions}))
        self._bits = [[1 << self.editions.index(name) for name in book.editions] for book in self.books]
        # A single book answers itself, because it keeps the cells that it unpacked.
        self.cells = self.books[0].cells if len(self.books) == 1 else lru_cache(_KEPT)(self._cells)

    def __reduce__(self) -> tuple[Any, ...]:
        return Shelf, (self.books,)

    def __bool__(self) -> bool:
        return bool(self.books)

    def named(self, editions: int) -> tuple[str, ...]:
        """The names of a set of editions, in which each edition is a bit."""
        return names(editions, self.editions)

    def _cells(self, country: str, field: str) -> KnownCells:
        """The cells that all books know of a country (GEC code) and canonical field."""
        found: dict[tuple[int, bytes], int] = {}
        kept: list[bytes] = []
        for book, bits in zip(self.books, self._bits, strict=True):
            known = book.cells(country, field)
            kept.append(bytes(known.kept))
            for length, each, editions in known:
                found[length, each] = found.get((length, each), 0) | _moved(editions, bits)
        if not found:
            return NOTHING
        cells = sorted(found)
        lengths, hashes = [length for length, _ in cells], b"".join([each for _, each in cells])
        editions_of = [found[cell] for cell in cells]
        return KnownCells(self.hash_bytes, lengths, hashes, range(len(cells)), editions_of, b"".join(kept))


def _moved(editions: int, bits: Sequence[int]) -> int:
    """A set of editions of one book, each at the bit that it has among those of all."""
    return sum(bits[number] for number in numbers(editions))
