"""Reads files at addresses with a scheme (``s3://...``), through fsspec. It needs the extra ``remote``."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, cast

from factparse.core.errors import SourceError, UsageError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK = 1 << 20  # bytes in the buffer of a remote file

Question = Callable[[Any, str], object]

# A scheme. Another one may stand before it, through which it is read: simplecache::s3://...
_SCHEME = re.compile(r"(?>(?:[a-z]++::)*)[a-z][a-z0-9+.-]++://", re.IGNORECASE)


def is_address(place: str) -> bool:
    """Whether ``place`` is an address. An existing file of this machine is none, whatever its name.

    >>> is_address("s3://bucket/dump.jsonl.gz"), is_address("dump.jsonl.gz"), is_address("a::b.txt")
    (True, False, False)
    """
    return _SCHEME.match(place) is not None and not os.path.lexists(place)


def open_address(address: str) -> IO[bytes]:
    """The file at ``address``, opened for reading. All errors of its file system come as ``OSError``.

    Files of most stores can only read and seek. A buffer adds all else that readers need.
    """
    return io.BufferedReader(_Remote(asked(address, lambda system, path: system.open(path, "rb"))), _BLOCK)


class _Remote(io.RawIOBase):
    """A file of any file system as a raw stream of Python's, for ``io.BufferedReader`` to read."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401 (of any package)
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        with _as_system_errors():
            part = self._file.read(len(view))
        view[: len(part)] = part
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def size_of(address: str) -> int:
    """The size of the file at ``address`` in bytes. 0 if its file system does not tell."""
    return int(asked(address, lambda system, path: system.info(path).get("size")) or 0)


def whole_address(address: str) -> str:
    """The ``address`` in the form that :func:`listed` gives, so that both can be compared."""
    return str(asked(address, lambda system, path: system.unstrip_protocol(path)))


def listed(address: str) -> list[str]:
    """The addresses of the files that ``address`` (a file, a folder or a pattern) stands for, sorted.

    Raises :class:`~factparse.SourceError` (``unreadable``) if the file system cannot be reached.
    """

    def found(system: Any, path: str) -> list[str]:  # noqa: ANN401 (a file system of any package)
        if system.isfile(path):
            return [address]
        paths = system.glob(path) if re.search(r"[*?\[]", path) else system.find(path) if system.exists(path) else []
        return [str(system.unstrip_protocol(one)) for one in sorted(paths) if system.isfile(one)]

    try:
        return cast("list[str]", asked(address, found))
    except OSError as error:
        raise SourceError("unreadable", f"cannot be reached: {str(error).lower()}", source=address) from error


def asked(address: str, question: Question) -> Any:  # noqa: ANN401 (whatever was asked for)
    """The result of ``question``, which is called with the file system of ``address`` and the path in it.

    Raises ``OSError`` for whatever goes wrong there, and :class:`~factparse.UsageError` (``remote-missing``) if a
    package that the address needs is not installed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError("remote-missing", "addresses need fsspec: pip install 'factparse[remote]'") from error
    try:
        with _as_system_errors():
            return question(*url_to_fs(address))
    except ImportError as error:
        raise UsageError("remote-missing", f"{address} needs another package: {error}") from error


@contextmanager
def _as_system_errors() -> Iterator[None]:
    try:
        yield
    except (OSError, ImportError):
        raise
    except Exception as error:  # every file system has its own errors
        raise OSError(f"{type(error).__name__}: {error}") from error
