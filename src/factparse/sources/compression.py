"""Compressed files as streams: by the suffix, a block at a time."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Final, cast

from factparse.errors import UsageError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from zstandard import ZstdDecompressor

# What reading a broken file raises, whatever it is packed with.
BROKEN: Final = (OSError, EOFError, zlib.error, lzma.LZMAError)

# So little goes in at a time because what comes out is held in memory: a thousandfold and more, in a file made to hurt.
_FRAME_PART = 1024


def opened(stream: IO[bytes], suffix: str) -> IO[bytes]:
    """Return ``stream`` unpacked as ``suffix`` (``.gz``, ...) says; all members of a file are read, one after another.

    Reading it raises one of :data:`BROKEN` where the file is cut off or not what it should be.
    """
    return OPENERS[suffix](stream)


class _Frames(io.RawIOBase):
    """The frames of Zstandard, which tell at the end whether the last of them is whole."""

    def __init__(self, stream: IO[bytes], unpacker: ZstdDecompressor, broken: type[Exception]) -> None:
        self._stream, self._unpacker, self._broken = stream, unpacker, broken
        self._frame = unpacker.decompressobj()
        self._begun = False
        self._packed = self._plain = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        while not self._plain:
            if not (self._packed or self._fill()):
                return 0
            part, self._packed = self._packed[:_FRAME_PART], self._packed[_FRAME_PART:]
            try:
                self._plain = self._frame.decompress(part)
            except self._broken as error:
                raise OSError(str(error)) from error
            self._begun = True
            if self._frame.eof:
                self._packed = self._frame.unused_data + self._packed
                self._frame, self._begun = self._unpacker.decompressobj(), False
        count = min(len(view), len(self._plain))
        view[:count] = self._plain[:count]
        self._plain = self._plain[count:]
        return count

    def _fill(self) -> bool:
        self._packed = self._stream.read(1 << 16)
        if not self._packed and self._begun:
            raise EOFError("the file ends within a frame")
        return bool(self._packed)


def _xz(stream: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", lzma.LZMAFile(stream))


def _zstandard(stream: IO[bytes]) -> IO[bytes]:
    try:
        from zstandard import ZstdDecompressor, ZstdError
    except ImportError as error:
        raise UsageError("zstd-missing", "Zstandard needs a package: pip install 'factparse[zstd]'") from error
    return io.BufferedReader(_Frames(stream, ZstdDecompressor(), ZstdError), 1 << 17)


OPENERS: Final[dict[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    ".gz": lambda stream: cast("IO[bytes]", gzip.GzipFile(fileobj=stream, mode="rb")),
    ".bz2": lambda stream: cast("IO[bytes]", bz2.BZ2File(stream)),
    ".xz": _xz,
    ".zst": _zstandard,
}
