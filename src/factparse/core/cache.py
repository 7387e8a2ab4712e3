"""Where built grammars are kept from one run to the next: a folder that belongs to the user alone.

To build a grammar takes Lark ten times as long as to load it again. What is kept is loaded by ``pickle``; so it is only
written to, and read from, a folder that nobody else can write to. Where there is none, nothing is kept.
"""

from __future__ import annotations

import os
import stat
import sys
from functools import cache
from pathlib import Path
from typing import Final

VARIABLE: Final = "FACTPARSE_CACHE"
"""Names another folder; if it is empty, nothing is kept."""

_OTHERS = stat.S_IWGRP | stat.S_IWOTH


@cache
def cache_folder() -> Path | None:
    """Find, or make, the folder for what is kept; ``None`` if there is none that is the user's own.

    It is ``FACTPARSE_CACHE``, else ``factparse`` in the folder that the system has for caches.
    """
    named = os.environ.get(VARIABLE)
    if named == "":
        return None
    try:
        folder = Path(named) if named else _system_folder() / "factparse"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if is_own(folder) else None
    except (OSError, RuntimeError):  # no home, or one that cannot be written to
        return None


def _system_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def is_own(folder: Path) -> bool:
    """Tell whether ``folder`` is the user's, and nobody else may write to it."""
    if sys.platform == "win32":
        return True  # a user's folders there are closed to others by what they inherit
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS
