"""A book: a mapped file. The cells of a country and field are unpacked when they are asked for."""

from __future__ import annotations

import mmap
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import Any, Final, Literal

from factparse.book.folding import folded
from factparse.book.format import COUNT, ENTRY, HASH_BYTES, BookLayout, read_layout
from factparse.book.known import NOTHING, KnownCells
from factparse.book.making import BookMaker, KnownCell
from factparse.book.pieces import WIDTH
from factparse.book.sets import names
from factparse.core.errors import BookError
from factparse.core.outfiles import complete_file

_KEPT: Final = 8192  # the number of pairs of country and field whose cells stay unpacked


class Book:
    """The cells that editions are known to print, as lengths and hashes. A book holds no text.

    A book is read-only. Several threads may use it, and processes that open the same file share its memory.
    """

    def __init__(self, data: bytes | mmap.mmap, name: str = "book") -> None:
        self.name = name
        self._data = memoryview(data)
        self.layout: BookLayout = read_layout(self._data, name)
        self.cells = lru_cache(_KEPT)(self._cells)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the name of the file, or the bytes of a book without one. Pages keep the books they were read with."""
        data = self._data
        return (Book.open, (self.name,)) if isinstance(data.obj, mmap.mmap) else (Book, (data.tobytes(), self.name))

    @classmethod
    def open(cls, path: str | Path) -> Book:
        """Open the book at ``path``.

        Raises :class:`~factparse.BookError`: ``book-missing``, ``not-a-book``, ``book-newer`` or ``book-damaged``.
        """
        try:
            with Path(path).open("rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file cannot be mapped
            data = b""  # type: ignore[assignment]
        except OSError as error:
            raise BookError("book-missing", f"the book cannot be opened: {error.strerror}", source=str(path)) from error
        return cls(data, str(path))

    @classmethod
    def build(cls, cells: Iterable[KnownCell], path: str | Path | None = None) -> Book:
        """Make a book of ``cells``, and write it to ``path`` if one is given. The file appears when it is complete.

        Raises :class:`~factparse.OutputError` if it cannot be written, and :class:`~factparse.BookError`
        (``book-too-large``) if there is more than a book can hold.

        >>> book = Book.build([KnownCell("KE", "Airports", "197 (2013)", ("2013", "2014"))])
        >>> book.editions_of("KE", "Airports", "197 (2013)")
        ('2013', '2014')
        """
        maker = BookMaker()
        for cell in cells:
            maker.add(cell)
        return cls._made(maker, path)

    @classmethod
    def merge(cls, books: Iterable[Book], path: str | Path | None = None) -> Book:
        """Make a book of all that ``books`` know, as if it had been built of the cells of all of them.

        Raises what :meth:`build` does, and :class:`~factparse.BookError` (``books-differ``) if their hashes are not
        equally long: they cannot be compared.

        >>> one = Book.build([KnownCell("KE", "Airports", "197 (2013)", ("2013",))])
        >>> two = Book.build([KnownCell("KE", "Airports", "197 (2013)", ("2014",))])
        >>> Book.merge([one, two]).editions_of("KE", "Airports", "197 (2013)")
        ('2013', '2014')
        """
        some = list(books)
        maker = BookMaker(hash_bytes_of(some))
        for book in some:
            book._pour_into(maker)
        return cls._made(maker, path)

    @classmethod
    def _made(cls, maker: BookMaker, path: str | Path | None) -> Book:
        data = maker.book()
        if path is None:
            return cls(data)
        with complete_file(Path(path)) as file:
            file.write(data)
        return cls.open(path)

    def _pour_into(self, maker: BookMaker) -> None:
        """Add all that is known to what ``maker`` collects."""
        editions = {mask: frozenset(self.named(mask)) for mask in self._sets}
        for country, field in self.keys():
            known = self._cells(country, field)
            kept: Iterable[int] = known.pieces
            for length, each, mask in known:
                maker.put(country, field, (length, each), editions[mask], kept)
                kept = ()  # these are the pieces of all cells of the field

    @property
    def size(self) -> int:
        """The bytes of the book."""
        return len(self._data)

    @property
    def editions(self) -> tuple[str, ...]:
        """The names of all editions of which it has cells, in order."""
        return self.layout.head.editions

    def editions_of(self, country: str, field: str, text: str) -> tuple[str, ...] | None:
        """The editions that print the cell ``text`` of a country (GEC code) and canonical field.

        ``None`` if the cell is not known. Empty if it is known, but not its edition.
        """
        found = self.cells(country, field).editions(folded(text))
        return self.named(found) if found is not None else None

    def editions_with(self, country: str, field: str) -> tuple[str, ...]:
        """The editions in which a country (GEC code) has the canonical ``field`` at all.

        >>> some = [KnownCell("KE", "Airports", "197", ("2013",)), KnownCell("KE", "Airports", "227", ("2010",))]
        >>> Book.build(some).editions_with("KE", "Airports"), Book.build(some).editions_with("KE", "Area")
        (('2010', '2013'), ())
        """
        return self.named(reduce(or_, (editions for _, _, editions in self.cells(country, field)), 0))

    def named(self, mask: int) -> tuple[str, ...]:
        """The names of a set of editions, in which each edition is a bit."""
        return names(mask, self.editions)

    def keys(self) -> Iterator[tuple[str, str]]:
        """Each country and field that has cells."""
        fields = self.layout.head.fields
        for country in self.layout.head.countries:
            for number in self._index(country):
                yield country, fields[number]

    def counts(self) -> dict[str, int]:
        """The number of the book's cells that each edition prints.

        >>> Book.build([KnownCell("KE", "Airports", "197 (2013)", ("2013", "2014"))]).counts()
        {'2013': 1, '2014': 1}
        """
        of_sets: Counter[int] = Counter()
        for country in self.layout.head.countries:
            for at, cells, _ in self._index(country).values():
                of_sets.update(self._set_numbers(at, cells))
        of_editions = dict.fromkeys(self.editions, 0)
        for number, count in of_sets.items():
            for name in self.named(self._sets[number]):
                of_editions[name] += count
        return of_editions

    @cached_property
    def _sets(self) -> list[int]:
        layout = self.layout
        size, start = layout.mask_bytes, layout.sets_at
        return [
            int.from_bytes(self._data[start + size * number : start + size * (number + 1)], "little")
            for number in range(layout.head.sets)
        ]

    @cached_property
    def _fields(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.layout.head.fields)}

    @cached_property
    def _indexes(self) -> dict[str, Mapping[int, tuple[int, int, int]]]:
        return {}

    def _index(self, country: str) -> Mapping[int, tuple[int, int, int]]:
        """The places of the cells of each field of a country, with the numbers of cells and pieces."""
        found = self._indexes.get(country)
        if found is None:
            place = self.layout.head.countries.get(country)
            if place is None:
                return {}
            found = self._indexes[country] = self._read_index(self.layout.blocks_at + place[0])
        return found

    def _read_index(self, start: int) -> dict[int, tuple[int, int, int]]:
        (count,) = COUNT.unpack_from(self._data, start)
        entries = start + COUNT.size
        at = entries + count * ENTRY.size
        found = {}
        width = 2 + self.layout.set_bytes + self.layout.hash_bytes
        for number, cells, pieces in ENTRY.iter_unpack(self._data[entries:at]):
            found[number] = (at, cells, pieces)
            at += cells * width + pieces * WIDTH
        return found

    def _cells(self, country: str, field: str) -> KnownCells:
        """The known cells of a country (GEC code) and canonical field."""
        place = self._index(country).get(self._fields.get(field, -1))
        if place is None:
            return NOTHING
        at, cells, pieces = place
        size = self.layout.hash_bytes
        hashes_at = at + cells * (2 + self.layout.set_bytes)
        pieces_at = hashes_at + cells * size
        return KnownCells(
            size,
            self._numbers("H", at, cells),
            bytes(self._data[hashes_at:pieces_at]),
            self._set_numbers(at, cells),
            self._sets,
            self._data[pieces_at : pieces_at + pieces * WIDTH],
        )

    def _set_numbers(self, at: int, cells: int) -> Sequence[int]:
        """The number of the set of editions of each of the ``cells`` that stand at ``at``."""
        return self._numbers("H" if self.layout.set_bytes == 2 else "I", at + 2 * cells, cells)

    def _numbers(self, code: Literal["H", "I"], at: int, count: int) -> Sequence[int]:
        """The numbers at ``at``. They are read in place if the machine has the byte order of the file, or copied."""
        found = self._data[at : at + count * (2 if code == "H" else 4)]
        if sys.byteorder == "little":
            return found.cast(code)
        swapped = array(code, found.tobytes())
        swapped.byteswap()
        return swapped


def hash_bytes_of(books: Iterable[Book]) -> int:
    """The number of bytes of a hash in ``books``. Without books, the number for a new book.

    Raises :class:`~factparse.BookError` (``books-differ``) if they are not equally long: they cannot be compared.
    """
    sizes = {book.layout.hash_bytes for book in books} or {HASH_BYTES}
    if len(sizes) > 1:
        raise BookError("books-differ", "the books have hashes of several lengths; build them anew from their cells")
    (size,) = sizes
    return size
