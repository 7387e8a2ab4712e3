"""Where the output goes: a file that is complete or not there, or standard output."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from factparse.errors import OutputError

STANDARD_OUTPUT = "-"

WriteLine = Callable[[str], None]


def same_file(one: str | os.PathLike[str], other: str | os.PathLike[str]) -> bool:
    """Return whether both paths lead to one file that exists."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


@contextmanager
def open_output(target: str) -> Iterator[WriteLine]:
    """Give a function that writes one line to ``target``; the file takes its name only when all is written.

    Until then it is a temporary file beside it, which is removed if the work is broken off.
    Raises :class:`~factparse.errors.OutputError` if it cannot be written.
    """
    if target == STANDARD_OUTPUT:
        stream = sys.stdout.buffer
        yield lambda line: _write(stream, line)
        stream.flush()
        return
    path = Path(target)
    if path.is_dir():
        raise OutputError("unwritable", "the output is a folder; name a file in it", source=target)
    with _as_output_error(target):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)

    def write(line: str) -> None:
        with _as_output_error(target):
            _write(file, line)

    try:
        with os.fdopen(handle, "wb") as file:
            yield write
            with _as_output_error(target):
                file.flush()
        with _as_output_error(target):
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _write(stream: IO[bytes], line: str) -> None:
    stream.write(line.encode() + b"\n")


@contextmanager
def _as_output_error(target: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError("unwritable", f"the output cannot be written: {reason}", source=target) from error


def _umask() -> int:
    """The mode that a newly made file would have; ``mkstemp`` makes private ones."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
