"""Writes files that are complete or do not exist."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from factparse.convert.store import Address, Place
from factparse.core.errors import UsageError
from factparse.core.outfiles import as_output_error, complete_file

__all__ = ["STANDARD_OUTPUT", "WriteLines", "as_output_error", "open_output", "packed_lines", "same_file", "zstandard"]

STANDARD_OUTPUT = "-"

WriteLines = Callable[[Iterable[str]], None]


def same_file(one: str | os.PathLike[str], other: str | os.PathLike[str]) -> bool:
    """Whether both paths lead to the same file. False if one of them leads to no file."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


@contextmanager
def open_output(path: Place) -> Iterator[IO[bytes]]:
    """A stream to a file that gets the name ``path`` only when it is complete.

    Until then it is a temporary file beside ``path``, or on this machine if ``path`` is an address. It is removed if
    the work stops early. Raises :class:`~factparse.OutputError` if it cannot be written.
    """
    if isinstance(path, Address):
        with as_output_error(path), path.writing() as stream:
            yield stream
        return
    with complete_file(path) as file:
        yield file


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
        with gzip.GzipFile(
            "", "wb", fileobj=stream, mtime=0
        ) as packed:  # without name and time, so that the bytes are always the same
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
