"""The pieces of a cell, its beginning and its end, which a book knows beside the whole cell.

Each is a hash. If a cell was changed in one place, the pieces around this place are still known. The last characters of
a cell show where it ends, because they change least from one edition to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final, NamedTuple

LEAST: Final = 4
"""The length of the shortest useful piece, in bytes."""

EDGE: Final = 10
"""The number of bytes that are kept of both ends of a cell, with all digits alike."""

WIDTH: Final = 5
"""The bytes for a piece or an edge: 38 bits of its hash, then whether it begins and ends a cell."""

# Behind a semicolon or colon, a bracket with a date, and a full stop. A folded text has no white space, so the next
# sentence is glued to it.
_BOUND = re.compile(rb"[;:]|(?<=\d\d\d\d)\)|(?<=est\.)\)|(?<=[a-z)])\.(?=[A-Z])")
_DIGITS: Final = bytes(48 if 48 <= code <= 57 else code for code in range(256))
BEGINS, ENDS = 2, 1
_FLAGS: Final = BEGINS | ENDS  # the last bits of a hash: whether the piece begins a cell, and whether it ends one


class Piece(NamedTuple):
    """A piece of a folded cell: a sub-label, a value with the next sub-label, a clause, a sentence, a year's entry."""

    start: int
    end: int


def pieces(cell: bytes) -> Iterator[Piece]:
    """The pieces of a folded cell, or of several in a row: they end where no layout is needed to tell.

    >>> [b"total:5km(2019)land:3km"[a:b] for a, b in pieces(b"total:5km(2019)land:3km")]
    [b'total:', b'5km(2019)', b'land:', b'3km']
    """
    at = 0
    for bound in _BOUND.finditer(cell):
        yield Piece(at, bound.end())
        at = bound.end()
    if at < len(cell):
        yield Piece(at, len(cell))


def alike(cell: bytes) -> bytes:
    """A folded text with zeros for all digits. Figures change from one edition to the next more often than words."""
    return cell.translate(_DIGITS)


def piece_hash(piece: bytes) -> int:
    """The hash of a piece, its two last bits clear."""
    return int.from_bytes(blake2b(piece, digest_size=WIDTH).digest(), "little") & ~_FLAGS


def edge_hash(edge: bytes, flag: int) -> int:
    """The hash of the first (:data:`BEGINS`) or last (:data:`ENDS`) bytes of a cell, its digits alike."""
    return int.from_bytes(blake2b(edge, digest_size=WIDTH, person=b"edge").digest(), "little") & ~_FLAGS | flag


def kept_of(cell: bytes) -> Iterator[int]:
    """All hashes that are kept of a folded cell beside its own.

    A cell that is one piece does not give that piece, which is the known cell.
    """
    found = list(pieces(cell))
    for start, end in found if len(found) > 1 else ():
        if end - start >= LEAST:
            yield piece_hash(cell[start:end]) | (BEGINS if not start else 0) | (ENDS if end == len(cell) else 0)
    digits = alike(cell)
    yield edge_hash(digits[:EDGE], BEGINS)
    yield edge_hash(digits[-EDGE:], ENDS)
