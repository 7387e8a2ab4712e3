"""Makes the bytes of a book from cells. The same cells, in any order, give the same bytes."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Final

import attrs

from factparse.book.folding import folded
from factparse.book.format import COUNT, ENTRY, HASH_BYTES, LONGEST, Head, framed
from factparse.book.pieces import WIDTH, kept_of
from factparse.core.errors import BookError, UsageError

_MANY: Final = 0xFFFF  # the number of sets of editions that two bytes can tell apart
_MOST_FIELDS: Final = 0xFFFF
_MOST_HASH_BYTES: Final = 64


@attrs.frozen
class KnownCell:
    """A cell that editions print: its country (GEC code), its canonical field, its text, and the editions' names."""

    country: str
    field: str
    text: str
    editions: tuple[str, ...] = ()


def cell_hash(cell: bytes, size: int) -> bytes:
    """The hash of a folded cell."""
    return blake2b(cell, digest_size=size).digest()


class BookMaker:
    """Collects known cells, and writes a book of them. A hash has ``hash_bytes`` bytes, 1 to 64.

    Raises :class:`~factparse.UsageError` (``bad-hash-bytes``) for another number.

    >>> maker = BookMaker()
    >>> maker.add(KnownCell("KE", "Area", "total: 580,367 sq km", ("2015", "2016")))
    >>> maker.add(KnownCell("KE", "Area", "total:580,367 sq km", ("2014",)))
    >>> maker.cells, sorted(maker.editions)
    (1, ['2014', '2015', '2016'])
    """

    def __init__(self, hash_bytes: int = HASH_BYTES) -> None:
        if not 1 <= hash_bytes <= _MOST_HASH_BYTES:
            raise UsageError("bad-hash-bytes", f"a hash has 1 to {_MOST_HASH_BYTES} bytes, not {hash_bytes}")
        self._hash_bytes = hash_bytes
        self._cells: dict[tuple[str, str], dict[tuple[int, bytes], frozenset[str]]] = {}
        self._pieces: dict[tuple[str, str], set[int]] = {}
        self.editions: set[str] = set()
        self.cells = 0

    def add(self, cell: KnownCell, *, pieces: bool = True) -> None:
        """Add a cell. A cell that is there already gets more editions. Empty and very long cells are left out.

        Without ``pieces``, the pieces of its text are not added. This saves hashes if the pieces are there already.
        """
        text = folded(cell.text)
        if 0 < len(text) <= LONGEST:
            known = (len(text), cell_hash(text, self._hash_bytes))
            self.put(cell.country, cell.field, known, frozenset(cell.editions), kept_of(text) if pieces else ())

    def put(
        self, country: str, field: str, known: tuple[int, bytes], editions: frozenset[str], kept: Iterable[int]
    ) -> None:
        """Add a cell of another book, of which only the hashes are known."""
        key = (country, field)
        some = self._cells.setdefault(key, {})
        before = some.get(known)
        self.cells += before is None
        some[known] = editions if before is None else before | editions
        self._pieces.setdefault(key, set()).update(kept)
        self.editions |= editions

    def book(self) -> bytes:
        """The bytes of the book.

        Raises :class:`~factparse.BookError` (``book-too-large``) if there is more than the format can number.
        """
        editions = sorted(self.editions)
        fields = sorted({field for _, field in self._cells})
        if len(fields) > _MOST_FIELDS:
            message = f"a book has up to {_MOST_FIELDS:,} fields, these cells have {len(fields):,}; make several books"
            raise BookError("book-too-large", message)
        sets = sorted({_mask(found, editions) for some in self._cells.values() for found in some.values()})
        set_bytes = 2 if len(sets) <= _MANY else 4
        numbers = {mask: number for number, mask in enumerate(sets)}
        blocks, countries, at = [], {}, 0
        for country in sorted({country for country, _ in self._cells}):
            named = [(number, field) for number, field in enumerate(fields) if (country, field) in self._cells]
            block = self._block(country, named, editions, numbers, set_bytes)
            countries[country] = (at, len(block))
            blocks.append(block)
            at += len(block)
        size = -(-len(editions) // 8)
        body = b"".join([*(mask.to_bytes(size, "little") for mask in sets), *blocks])
        pieces = sum(map(len, self._pieces.values()))
        head = Head(tuple(editions), tuple(fields), countries, len(sets), self.cells, pieces)
        return framed(head, body, self._hash_bytes, set_bytes)

    def _block(
        self,
        country: str,
        named: list[tuple[int, str]],
        editions: list[str],
        numbers: Mapping[int, int],
        set_bytes: int,
    ) -> bytes:
        """The known cells of a country."""
        index, known = [COUNT.pack(len(named))], []
        for number, field in named:
            cells = sorted(self._cells[country, field].items())
            pieces = sorted(self._pieces[country, field])
            index.append(ENTRY.pack(number, len(cells), len(pieces)))
            known += [
                _packed("H", [length for (length, _), _ in cells]),
                _packed("H" if set_bytes == 2 else "I", [numbers[_mask(found, editions)] for _, found in cells]),
                b"".join([each for (_, each), _ in cells]),
                b"".join([each.to_bytes(WIDTH, "little") for each in pieces]),
            ]
        return b"".join([*index, *known])


def _mask(found: frozenset[str], editions: list[str]) -> int:
    return sum(1 << number for number, edition in enumerate(editions) if edition in found)


def _packed(code: str, numbers: list[int]) -> bytes:
    made = array(code, numbers)
    if sys.byteorder == "big":
        made.byteswap()
    return made.tobytes()
