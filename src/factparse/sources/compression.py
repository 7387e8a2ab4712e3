"""Compressed files as streams: by the suffix, a block at a time."""

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

# What reading a broken file raises, whatever it is packed with.
BROKEN: Final = (OSError, EOFError, zlib.error, lzma.LZMAError)

# So little goes in at a time because what comes out is held in memory (a thousandfold and more, in a file made to
# hurt), and because what comes out of a part that is damaged is lost.
_PART = {".gz": 1 << 13, ".zst": 1 << 10}
_BLOCK = 1 << 16
# Which of the two it is depends on who unpacks it, and the output must not.
_DAMAGED = "the packed data is cut off or damaged"
_GZIP = zlib.MAX_WBITS | 16


def opened(stream: IO[bytes], suffix: str) -> IO[bytes]:
    """Return ``stream`` unpacked as ``suffix`` (``.gz``, ...) says; all members of a file are read, one after another.

    Reading it raises one of :data:`BROKEN` where the file is cut off or not what it should be.
    """
    return OPENERS[suffix](stream)


def pieces(stream: IO[bytes]) -> Callable[[], bytes]:
    """Return a function that gives what comes next in ``stream``, which nobody else reads; nothing at the end.

    What is unpacked is not copied into the buffer of the stream and out of it again.
    """
    raw = getattr(stream, "raw", None)
    if isinstance(raw, _Members):
        return raw.next
    return partial(cast("io.BufferedReader", stream).read1, _BLOCK)


class _Unpacker(Protocol):
    """What unpacks one member of a file, a part at a time."""

    def decompress(self, data: bytes, /) -> bytes:
        """Unpack ``data``."""

    @property
    def eof(self) -> bool:
        """Whether the member is whole."""

    @property
    def unused_data(self) -> bytes:
        """What stands behind its end."""


class _Members(io.RawIOBase):
    """The members of a file, one behind the other; at the end it is told whether the last of them is whole."""

    def __init__(self, stream: IO[bytes], suffix: str, new: Callable[[], _Unpacker], broken: type[Exception]) -> None:
        self._stream, self._suffix, self._new, self._broken = stream, suffix, new, broken
        self._member = new()
        self._begun = False
        self._packed = self._plain = b""
        self._at = 0  # in what is packed
        self._given = 0  # of what is plain

    def readable(self) -> bool:
        return True

    def next(self) -> bytes:
        """The next unpacked bytes, as many as come at once; nothing at the end."""
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
        if not self._begun and self._suffix == ".gz" and self._packed[self._at] == 0:
            self._at += 1  # zeros fill up files on tapes
            return b""
        part = self._packed[self._at : self._at + _PART[self._suffix]]
        try:
            plain = self._member.decompress(part)
        except self._broken as error:
            raise OSError(_DAMAGED) from error
        self._at += len(part)
        self._begun = True
        if self._member.eof:
            self._at -= len(self._member.unused_data)
            self._member, self._begun = self._new(), False
        return plain

    def _fill(self) -> bool:
        self._packed, self._at = self._stream.read(_BLOCK), 0
        if not self._packed and self._begun:
            raise EOFError(_DAMAGED)
        return bool(self._packed)


def _gzip(stream: IO[bytes]) -> IO[bytes]:
    """ISA-L, where it is installed, does the same three times as fast."""
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
