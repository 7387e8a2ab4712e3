"""The file of a book, byte for byte: what :mod:`~factparse.book.making` writes and :class:`~factparse.Book` maps.

All numbers are little-endian. A file is

- 24 bytes: the magic number, the version of the format, how many bytes a hash has, and the number of a set of editions,
  the CRC-32 of all else in the file, the size of the head, the size of all behind these 24 bytes;
- the head, JSON: ``editions`` in order, ``fields``, ``countries`` (GEC code to where its block stands and its size),
  ``sets``: how many sets of editions there are, ``cells`` and ``pieces``: how many of them;
- the sets, each as many bytes as it takes to have a bit an edition, the first edition the lowest;
- a block a country: the number of its fields, an index (field, cells, pieces), then what is known of each field: the
  lengths of its cells (16 bits each), the numbers of their sets, their hashes, then what is kept of their pieces.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

import attrs
import msgspec

from factparse.core.errors import BookError

# As in PNG: the first byte is no text, and a program that changes line ends breaks the last one.
MAGIC: Final = b"\x89FPBOOK\n"
VERSION: Final = 1
LONGEST: Final = 0xFFFF
"""The bytes of the longest folded cell that is kept. One cell of the Factbook is longer."""

HASH_BYTES: Final = 6
PREAMBLE: Final = struct.Struct("<8sHBBIII")  # magic, version, bytes of a hash and of a set's number, CRC-32, two sizes
_MOST_BYTES: Final = 0xFFFF_FFFF
_DAMAGED: Final = "the book is cut off or was changed; get it or build it again"
COUNT: Final = struct.Struct("<H")
ENTRY: Final = struct.Struct("<HII")  # a field's number, how many cells, how many pieces


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The head of a book."""

    editions: tuple[str, ...]
    fields: tuple[str, ...]
    countries: dict[str, tuple[int, int]]
    sets: int
    cells: int
    pieces: int


@attrs.frozen
class BookLayout:
    """The head of a book, the version of its format, how wide its numbers are, and where the blocks begin."""

    head: Head
    version: int
    hash_bytes: int
    set_bytes: int
    sets_at: int
    blocks_at: int

    @property
    def mask_bytes(self) -> int:
        """Bytes of a set of editions."""
        return -(-len(self.head.editions) // 8)


def framed(head: Head, body: bytes, hash_bytes: int, set_bytes: int) -> bytes:
    """The bytes of a book: preamble, head, and ``body``, the sets and blocks.

    Raises :class:`~factparse.BookError` (``book-too-large``) if its size does not fit into the preamble.
    """
    printed = msgspec.json.encode(head)
    rest = printed + body
    if len(rest) > _MOST_BYTES:
        raise BookError("book-too-large", f"a book has up to {_MOST_BYTES:,} bytes; make several books of the cells")
    widths, sizes = (hash_bytes, set_bytes), (len(printed), len(rest))
    return PREAMBLE.pack(MAGIC, VERSION, *widths, _checksum(VERSION, widths, sizes, rest), *sizes) + rest


def _checksum(version: int, widths: tuple[int, int], sizes: tuple[int, int], rest: bytes | memoryview) -> int:
    """The CRC-32 of the preamble, as if its own place in it were zero, and of the ``rest`` of the file."""
    return zlib.crc32(rest, zlib.crc32(PREAMBLE.pack(MAGIC, version, *widths, 0, *sizes)))


def read_layout(data: memoryview, name: str) -> BookLayout:
    """Read the beginning of the book ``name``, and check all of it.

    Raises :class:`~factparse.BookError`: ``not-a-book``, ``book-newer`` or ``book-damaged``.
    """
    if bytes(data[: len(MAGIC)]) != MAGIC:
        raise BookError("not-a-book", "this is no book; factparse book build makes one", source=name)
    if len(data) < PREAMBLE.size:
        raise BookError("book-damaged", _DAMAGED, source=name)
    _, version, hash_bytes, set_bytes, crc, head_size, size = PREAMBLE.unpack_from(data)
    if version > VERSION:
        message = f"the book has format {version}, this version reads up to {VERSION}; upgrade factparse"
        raise BookError("book-newer", message, source=name)
    rest = data[PREAMBLE.size :]
    if len(rest) != size or _checksum(version, (hash_bytes, set_bytes), (head_size, size), rest) != crc:
        raise BookError("book-damaged", _DAMAGED, source=name)
    try:
        head = msgspec.json.decode(rest[:head_size], type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:  # written by something else than this module
        message = f"the head of the book is damaged ({error}); get it or build it again"
        raise BookError("book-damaged", message, source=name) from error
    sets_at = PREAMBLE.size + head_size
    blocks_at = sets_at + head.sets * -(-len(head.editions) // 8)
    return BookLayout(head, version, hash_bytes, set_bytes, sets_at, blocks_at)
