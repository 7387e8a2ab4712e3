"""What a book knows of one country and field, and the ways in which a run of text may be cells that it knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from factparse.book.making import cell_hash
from factparse.book.pieces import BEGINS, EDGE, ENDS, edge_hash, piece_hash

WHOLE: Final = -1


class KnownCells(NamedTuple):
    """The cells known of one country and field: from length to hash to the editions, a bit each; and their pieces."""

    hash_bytes: int
    by_length: Mapping[int, Mapping[bytes, int]]
    pieces: frozenset[int]

    def editions(self, cell: bytes) -> int | None:
        """The editions that print the folded ``cell``, a bit each; ``None`` if none is known to."""
        some = self.by_length.get(len(cell))
        return some.get(cell_hash(cell, self.hash_bytes)) if some else None

    def piece(self, piece: bytes) -> int | None:
        """Whether a folded piece is known: ``None``, or whether it begins and ends cells (a bit each)."""
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


NOTHING: Final = KnownCells(1, {}, frozenset())
"""What is known where nothing is."""


class Known(NamedTuple):
    """A way in which a run is known cells: where the second begins in its folded form, and the editions of each.

    A run that is one cell has ``at`` :data:`WHOLE` or 0: the first country's, or the second's. ``None`` for editions
    says that the cell on that side is not known (or that there is none).
    """

    at: int
    first: int | None
    second: int | None


def two_known(run: bytes, a: KnownCells, b: KnownCells) -> list[Known]:
    """The ways in which a folded run is a known cell of each country.

    A cell that is not there is not known. So a run that may be one cell too is not told here.
    """
    size, found = len(run), []
    lengths, others = a.by_length, b.by_length
    for length, some in lengths.items():
        rest = others.get(size - length)
        if rest:
            first = some.get(cell_hash(run[:length], a.hash_bytes))
            if first is not None:
                second = rest.get(cell_hash(run[length:], b.hash_bytes))
                if second is not None:
                    found.append(Known(length, first, second))
    return found


def one_known(run: bytes, a: KnownCells, b: KnownCells) -> list[Known]:
    """The ways in which a folded run is one known cell, of the first country or of the second."""
    first, second = a.editions(run), b.editions(run)
    return [
        *([Known(WHOLE, first, None)] if first is not None else ()),
        *([Known(0, None, second)] if second is not None else ()),
    ]


def side_known(run: bytes, a: KnownCells, b: KnownCells) -> list[Known]:
    """The ways in which a folded run begins with a known cell of the first country, or ends with one of the second."""
    size, found = len(run), []
    for length, some in a.by_length.items():
        if length < size and (first := some.get(cell_hash(run[:length], a.hash_bytes))) is not None:
            found.append(Known(length, first, None))
    for length, some in b.by_length.items():
        if length < size and (second := some.get(cell_hash(run[size - length :], b.hash_bytes))) is not None:
            found.append(Known(size - length, None, second))
    return found
