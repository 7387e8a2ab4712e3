"""Files that are written: they are complete, or they are not there."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from factparse.convert.store import Address, Place
from factparse.core.errors import OutputError, UsageError

STANDARD_OUTPUT = "-"

WriteLines = Callable[[Iterable[str]], None]


def same_file(one: str | os.PathLike[str], other: str | os.PathLike[str]) -> bool:
    """Whether both paths lead to the same file; false if either leads to none."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


@contextmanager
def open_output(path: Place) -> Iterator[IO[bytes]]:
    """A stream to a file that takes the name ``path`` only when all is written.

    Until then it is a temporary file beside ``path`` (of an address, one on this machine), which is removed if the work
    is broken off. Raises :class:`~factparse.OutputError` if it cannot be written.
    """
    if isinstance(path, Address):
        with as_output_error(path), path.writing() as stream:
            yield stream
        return
    with as_output_error(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with as_output_error(path):
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())  # before it has its name: after a power cut no file is there in part
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def packed_lines(stream: IO[bytes], kind: str) -> Iterator[WriteLines]:
    """A function that writes lines to ``stream``, packed as ``kind`` says. The same lines give the same bytes.

    Raises :class:`~factparse.UsageError` (``zstd-missing``) if that needs a package that is not installed.
    """
    with _packed(stream, kind) as packed:
        yield lambda lines: _write(packed, lines)


def _write(stream: IO[bytes], lines: Iterable[str]) -> None:
    for line in lines:
        stream.write(line.encode() + b"\n")


@contextmanager
def _packed(stream: IO[bytes], kind: str) -> Iterator[IO[bytes]]:
    if kind.endswith(".gz"):
        with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:  # neither name nor time: same bytes
            yield cast("IO[bytes]", packed)
    elif kind.endswith(".zst"):
        with zstandard().ZstdCompressor().stream_writer(stream, closefd=False) as packed:
            yield packed
    else:
        yield stream


def zstandard() -> Any:  # noqa: ANN401 (the module)
    """The module ``zstandard``; :class:`~factparse.UsageError` (``zstd-missing``) if it is not installed."""
    try:
        import zstandard
    except ImportError as error:
        raise UsageError("zstd-missing", "Zstandard needs a package: pip install 'factparse[zstd]'") from error
    return zstandard


@contextmanager
def as_output_error(path: object) -> Iterator[None]:
    """Raise an ``OSError`` about a file that cannot be written as an :class:`~factparse.OutputError` (``unwritable``).

    A pipe that nobody reads any more (``| head``) is no error of the output: ``BrokenPipeError`` passes through.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else str(error)
        raise OutputError("unwritable", f"the output cannot be written: {reason}", source=str(path)) from error


def _umask() -> int:
    """The mask of this process for new files: ``mkstemp`` makes private ones, and the final file is to be as any other.

    The system tells the mask only by setting one.
    """
    mask = os.umask(0)
    os.umask(mask)
    return mask
