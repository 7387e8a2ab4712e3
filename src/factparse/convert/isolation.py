"""Keeps Python from importing code of the current folder. Dumps lie there, perhaps with files of strangers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SAFE: Final = "PYTHONSAFEPATH"


@contextmanager
def isolated() -> Iterator[None]:
    """Let other libraries start Python processes as ``python -P`` does, as long as this context lasts.

    >>> import subprocess, sys
    >>> with isolated():
    ...     subprocess.check_output([sys.executable, "-c", "import sys; print(sys.flags.safe_path)"], text=True)
    'True\\n'
    """
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE]
        else:
            os.environ[_SAFE] = before
