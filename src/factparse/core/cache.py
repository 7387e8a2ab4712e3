"""Finds the folder in which built grammars are kept from one run to the next.

Lark takes ten times as long to build a grammar as to load it. The kept grammars are loaded by ``pickle``, which can run
any code. So nobody but the user may be able to write to the folder. Without such a folder, nothing is kept.
"""

from __future__ import annotations

import os
import stat
import sys
from functools import cache
from pathlib import Path
from typing import Final

VARIABLE: Final = "FACTPARSE_CACHE"
"""The environment variable that names another folder. If it is set but empty, nothing is kept."""

_OTHERS = stat.S_IWGRP | stat.S_IWOTH


@cache
def cache_folder() -> Path | None:
    """The folder for built grammars. It is made if it is missing. ``None`` if no folder belongs to the user alone.

    ``FACTPARSE_CACHE`` names it. Otherwise it is ``factparse`` in the system's folder for caches. This raises no error,
    because kept grammars only save time.
    """
    named = os.environ.get(VARIABLE)
    if named == "":
        return None
    try:
        folder = Path(named) if named else _system_folder() / "factparse"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if is_own(folder) else None
    except (OSError, RuntimeError):  # no home folder, or one that cannot be written to
        return None


def _system_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def is_own(folder: Path) -> bool:
    """Whether ``folder`` belongs to the user and nobody else may write to it. Raises ``OSError`` if it is missing."""
    if sys.platform == "win32":
        return True  # there, the inherited rights close a user's folders to others
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS
