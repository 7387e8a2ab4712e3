"""A few bytes of memory that a process shares with the workers that it starts. They outlive the worker."""

from __future__ import annotations

import mmap
import os
import tempfile
from pathlib import Path
from typing import Final

_FILES_ARE_INHERITED: Final = os.name == "posix"


class Shared:
    """The memory, ``size`` bytes of zeros.

    This is a file without a name, which workers inherit. So nothing is left of it, even if this process is killed.
    On Windows, processes do not inherit open files. There the file has a name, and :meth:`close` removes it.
    """

    def __init__(self, size: int) -> None:
        self._name = ""
        if _FILES_ARE_INHERITED:
            with tempfile.TemporaryFile() as file:
                self._file = os.dup(file.fileno())
        else:
            self._file, self._name = tempfile.mkstemp(prefix="factparse-")
        os.ftruncate(self._file, size)  # an empty file cannot be mapped into memory
        self.memory = mmap.mmap(self._file, size)
        if self._name:
            os.close(self._file)

    @property
    def key(self) -> str:
        """The name of the memory for a worker. :func:`mapped` takes it."""
        return self._name or str(self._file)

    @property
    def inherited(self) -> tuple[int, ...]:
        """The open files that a worker needs."""
        return () if self._name else (self._file,)

    def close(self) -> None:
        """Release the memory. Nobody may hold a view of it any more."""
        self.memory.close()  # a mapped file cannot be removed on Windows
        if self._name:
            Path(self._name).unlink()
        else:
            os.close(self._file)


def mapped(key: str, size: int) -> mmap.mmap:
    """The memory that a process named to its worker by ``key``."""
    if _FILES_ARE_INHERITED:
        return mmap.mmap(int(key), size)
    with Path(key).open("r+b") as file:
        return mmap.mmap(file.fileno(), size)
