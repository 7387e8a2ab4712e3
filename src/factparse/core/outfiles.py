"""Writes a file on this machine that is complete or does not exist, and reports why it cannot be written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from factparse.core.errors import OutputError


@contextmanager
def complete_file(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose file gets the name ``path`` only when it is complete.

    Until then it is a temporary file beside ``path``, which is removed if the work stops early. An existing file is
    replaced, not changed. A process that has it open or mapped goes on reading the old file.
    Raises :class:`~factparse.OutputError` if it cannot be written.
    """
    import tempfile  # it takes as long to import as a page to parse, and most processes write no such file

    with as_output_error(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with as_output_error(path):
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())  # before it gets its name, so that a power cut leaves no incomplete file
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Remove the temporary files that killed processes left beside ``path``.

    Nobody else may write to ``path`` at the same time.
    """
    ours = re.compile(rf"\.{re.escape(path.name)}\.\w{{8}}\.part")  # as :func:`complete_file` names them
    with suppress(OSError):
        for left in path.parent.iterdir():
            if ours.fullmatch(left.name):
                left.unlink(missing_ok=True)


@contextmanager
def as_output_error(path: object) -> Iterator[None]:
    """Raise an ``OSError`` about a file that cannot be written as an :class:`~factparse.OutputError` (``unwritable``).

    A pipe that nobody reads any more (``| head``) is no error of the output. ``BrokenPipeError`` stays as it is.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else str(error)
        if isinstance(error, FileNotFoundError):
            reason += "; make the folder first, or name another one"
        raise OutputError("unwritable", f"the output cannot be written: {reason}", source=str(path)) from error


def _umask() -> int:
    """The mask of this process for new files. ``mkstemp`` makes private files, but the final file must be like others.

    The system gives the mask only to a process that sets one.
    """
    mask = os.umask(0)
    os.umask(mask)
    return mask
