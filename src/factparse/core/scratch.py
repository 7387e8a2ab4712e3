"""Temporary files and folders that name their process, so that those of killed processes can be found."""

from __future__ import annotations

import os
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

# Windows has no signal that only asks whether a process exists. Its number means Ctrl-C there. So nothing is removed.
_CAN_ASK: Final = os.name == "posix"


def scratch_prefix() -> str:
    """The beginning of the names of this process's temporary files and folders.

    >>> scratch_prefix().startswith("factparse-")
    True
    """
    return f"factparse-{_host()}-{os.getpid()}-"


@contextmanager
def scratch_folder(inside: Path | None = None) -> Iterator[Path]:
    """A temporary folder in ``TMPDIR``, or ``inside`` another folder. It is removed at the end."""
    with tempfile.TemporaryDirectory(prefix=scratch_prefix(), dir=inside) as name:
        yield Path(name)


def sweep_scratch() -> None:
    """Remove files that processes of this machine left in ``TMPDIR`` when they were killed."""
    ours = re.compile(rf"factparse-{re.escape(_host())}-(\d+)-\w+")
    with suppress(OSError):
        for left in Path(tempfile.gettempdir()).iterdir():
            found = ours.fullmatch(left.name)
            if found is not None and not _runs(int(found[1])):
                _remove(left)


def _host() -> str:
    # Containers may share a folder, but each counts its own processes.
    return re.sub(r"\W", "_", socket.gethostname())


def _runs(process: int) -> bool:
    if not _CAN_ASK:
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it belongs to somebody else, or its process is not known
        return True
    return True


def _remove(left: Path) -> None:
    with suppress(OSError):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()
