"""Opens compressed files as streams. The suffix tells the format. Files are unpacked part by part."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from functools import partial
from typing import IO, TYPE_CHECKING, Final, Protocol, cast

from factparse.core.errors import UsageError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# The errors of reading a broken file, in any format.
BROKEN: Final = (OSError, EOFError, zlib.error, lzma.LZMAError)

# Packed bytes to unpack at a time. There are few, because the unpacked bytes are held in memory: a hostile file unpacks
# to a thousand times as much and more. Also, a damaged part loses all its bytes.
_PART = {".gz": 1 << 13, ".zst": 1 << 10}
_BLOCK = 1 << 16
# One message for both. Libraries notice the one or the other, but the output must not depend on the library.
_DAMAGED = "the packed data is cut off or damaged"
_GZIP = zlib.MAX_WBITS | 16  # 16: gzip, with its header and checksum


def opened(stream: IO[bytes], suffix: str) -> IO[bytes]:
    """A stream of the content of ``stream``, unpacked as ``suffix`` (``.gz``, ...) says. It reads all members.

    Reading it raises one of :data:`BROKEN` where the file is cut off or damaged. Raises ``KeyError`` for any other
    suffix, and :class:`~factparse.UsageError` (``zstd-missing``) if ``.zst`` lacks its package.
    """
    return OPENERS[suffix](stream)


def pieces(stream: IO[bytes]) -> Callable[[], bytes]:
    """A function that gives the next bytes of ``stream`` with each call, and ``b""`` at the end.

    Nobody else may read the stream after that. Unpacked bytes go past its buffer, which saves a second copy.
    """
    raw = getattr(stream, "raw", None)
    if isinstance(raw, _Members):
        return raw.next
    return partial(cast("io.BufferedReader", stream).read1, _BLOCK)


class _Unpacker(Protocol):
    """An object that unpacks one member of a file part by part, like those of ``zlib``."""

    def decompress(self, data: bytes, /) -> bytes:
        """Unpack ``data``, the next part."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""

    @property
    def unused_data(self) -> bytes:
        """The data after the end of the member."""


class _Members(io.RawIOBase):
    """The unpacked members of a file as one raw stream.

    If the file ends within a member, or has no member, reading raises ``EOFError``. All bytes before that place have
    been given by then.
    """

    def __init__(self, stream: IO[bytes], suffix: str, new: Callable[[], _Unpacker], broken: type[Exception]) -> None:
        self._stream, self._suffix, self._new, self._broken = stream, suffix, new, broken
        self._member = new()
        self._begun = False  # whether a member has begun and not ended
        self._empty = True
        self._packed = self._plain = b""
        self._at = 0  # packed bytes that were read
        self._given = 0  # unpacked bytes that were given

    def readable(self) -> bool:
        return True

    def next(self) -> bytes:
        """The next unpacked bytes, as many as come at once. ``b""`` at the end."""
        plain = b""
        while not plain and (self._at < len(self._packed) or self._fill()):
            plain = self._unpack()
        return plain

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        if self._given == len(self._plain):
            self._plain, self._given = self.next(), 0
        count = min(len(view), len(self._plain) - self._given)
        view[:count] = memoryview(self._plain)[self._given : self._given + count]
        self._given += count
        return count

    def _unpack(self) -> bytes:
        """The unpacked bytes of the next part, perhaps none."""
        if not self._begun and self._suffix == ".gz" and self._packed[self._at] == 0:
            self._at += 1  # zeros between members fill up the blocks of tapes
            return b""
        part = self._packed[self._at : self._at + _PART[self._suffix]]
        try:
            plain = self._member.decompress(part)
        except self._broken as error:
            raise OSError(_DAMAGED) from error
        self._at += len(part)
        self._begun = True
        if self._member.eof:
            self._at -= len(self._member.unused_data)  # this belongs to the next member
            self._member, self._begun = self._new(), False
        return plain

    def _fill(self) -> bool:
        """Read the next packed bytes. Return whether there are any."""
        self._packed, self._at = self._stream.read(_BLOCK), 0
        if not self._packed and (self._begun or self._empty):
            raise EOFError(_DAMAGED)
        self._empty = False
        return bool(self._packed)


def _gzip(stream: IO[bytes]) -> IO[bytes]:
    """A stream of unpacked gzip. ISA-L unpacks it three times as fast, if it is installed; otherwise zlib does."""
    try:
        from isal.igzip_lib import IsalError
        from isal.isal_zlib import decompressobj
    except ImportError:
        return _buffered(_Members(stream, ".gz", lambda: zlib.decompressobj(_GZIP), zlib.error))
    return _buffered(_Members(stream, ".gz", lambda: decompressobj(_GZIP), cast(type[Exception], IsalError)))


def _buffered(raw: io.RawIOBase) -> IO[bytes]:
    return io.BufferedReader(raw, 1 << 17)


def _xz(stream: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", lzma.LZMAFile(stream))


def _zstandard(stream: IO[bytes]) -> IO[bytes]:
    try:
        from zstandard import ZstdDecompressor, ZstdError
    except ImportError as error:
        raise UsageError("zstd-missing", "Zstandard needs a package: pip install 'factparse[zstd]'") from error
    return _buffered(_Members(stream, ".zst", ZstdDecompressor().decompressobj, ZstdError))


OPENERS: Final[dict[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    ".gz": _gzip,
    ".bz2": lambda stream: cast("IO[bytes]", bz2.BZ2File(stream)),
    ".xz": _xz,
    ".zst": _zstandard,
}
