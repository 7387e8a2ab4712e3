"""The cells that a book knows of one country and field, and the ways to read a run of text as known cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from factparse.book.making import cell_hash
from factparse.book.pieces import BEGINS, EDGE, ENDS, WIDTH, edge_hash, piece_hash

WHOLE: Final = -1
"""Where the second cell begins in a run that is a cell of the first country alone."""


class KnownCells:
    """The cells known of one country and field, and their pieces.

    Cells stand in the order of ``lengths``. ``hashes`` has their hashes, one after the other. ``numbers`` has the
    numbers of their sets of editions in ``sets``, in which an edition is a bit. ``kept`` are the pieces and edges as a
    book has them. They are unpacked when they are first needed, which is never if all cells are known as a whole.
    """

    def __init__(
        self,
        hash_bytes: int,
        lengths: Sequence[int],
        hashes: bytes,
        numbers: Sequence[int],
        sets: Sequence[int],
        kept: bytes | memoryview,
    ) -> None:
        self.hash_bytes = hash_bytes
        self._lengths, self._hashes, self._numbers, self._sets = lengths, hashes, numbers, sets
        self.kept = kept
        self.last = dict(zip(lengths, range(len(lengths)), strict=True))
        """The index of the last cell of each length."""

    def __bool__(self) -> bool:
        return bool(self.last)

    def __iter__(self) -> Iterator[tuple[int, bytes, int]]:
        """The cells: length, hash, editions."""
        size, first = self.hash_bytes, 0
        for length, last in self.last.items():
            for index in range(first, last + 1):
                each = self._hashes[index * size : (index + 1) * size]
                yield length, each, self._sets[self._numbers[index]]
            first = last + 1

    @cached_property
    def pieces(self) -> frozenset[int]:
        """The hashes of pieces and edges, with their flags."""
        kept = bytes(self.kept)
        return frozenset([int.from_bytes(kept[at : at + WIDTH], "little") for at in range(0, len(kept), WIDTH)])

    def editions(self, cell: bytes) -> int | None:
        """The editions that print the folded ``cell``, a bit each. ``None`` if the cell is not known."""
        last = self.last.get(len(cell))
        if last is None:
            return None
        # Backwards from the last cell of that length. A cell of another length with an equal hash is no answer.
        size, hashes = self.hash_bytes, self._hashes
        found, end = cell_hash(cell, size), (last + 1) * size
        while (at := hashes.rfind(found, 0, end)) >= 0:
            index, beside = divmod(at, size)
            if not beside:
                return self._sets[self._numbers[index]] if self._lengths[index] == len(cell) else None
            end = at + size - 1
        return None

    def piece(self, piece: bytes) -> int | None:
        """Whether a folded piece begins and ends cells (a bit each). ``None`` if the piece is not known."""
        found, pieces = piece_hash(piece), self.pieces
        flags = [flag for flag in (0, ENDS, BEGINS, BEGINS | ENDS) if found | flag in pieces]
        if not flags:
            return None
        return (BEGINS if max(flags) >= BEGINS else 0) | (ENDS if any(flag & ENDS for flag in flags) else 0)

    def begins(self, digits: bytes) -> bool:
        """Whether a cell begins as this folded text does, its digits alike."""
        return edge_hash(digits[:EDGE], BEGINS) in self.pieces

    def ends(self, digits: bytes) -> bool:
        """Whether a cell ends as this folded text does, its digits alike."""
        return edge_hash(digits[-EDGE:], ENDS) in self.pieces


NOTHING: Final = KnownCells(1, (), b"", (), (), b"")
"""The cells of a country and field without known cells."""


class Known(NamedTuple):
    """A way to read a run as known cells: where the second begins in the folded form, and the editions of each.

    A run of one cell has the ``at`` :data:`WHOLE` if the cell is the first country's, and 0 if it is the second's.
    Editions of ``None`` say that the cell on that side is not known, or that there is none.
    """

    at: int
    first: int | None
    second: int | None


def two_known(run: bytes, a: KnownCells, b: KnownCells) -> list[Known]:
    """The ways to read a folded run as a known cell of each country.

    A missing cell is not known. So a run that may also be one cell is not among them.
    """
    size, found, others = len(run), [], b.last
    for length in a.last:
        if size - length in others:
            first = a.editions(run[:length])
            if first is not None:
                second = b.editions(run[length:])
                if second is not None:
                    found.append(Known(length, first, second))
    return found


def one_known(run: bytes, a: KnownCells, b: KnownCells) -> list[Known]:
    """The ways to read a folded run as one known cell, of the first country or of the second."""
    first, second = a.editions(run), b.editions(run)
    return [
        *([Known(WHOLE, first, None)] if first is not None else ()),
        *([Known(0, None, second)] if second is not None else ()),
    ]


def side_known(run: bytes, a: KnownCells, b: KnownCells) -> list[Known]:
    """The ways in which a folded run begins with a known cell of the first country, or ends with one of the second."""
    size = len(run)
    begun = [(length, a.editions(run[:length])) for length in a.last if length < size]
    ended = [(length, b.editions(run[size - length :])) for length in b.last if length < size]
    return [
        *(Known(length, first, None) for length, first in begun if first is not None),
        *(Known(size - length, None, second) for length, second in ended if second is not None),
    ]
