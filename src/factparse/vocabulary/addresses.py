"""Reads the entry from the name of a file or an address on the web: ``/geos/kz.html``, ``td-chad.json``."""

from __future__ import annotations

import re
from functools import cache

from factparse.vocabulary.countries import Country, countries, country_named
from factparse.vocabulary.tables import fold

_SUFFIXES = re.compile(r"(?:\.[a-z0-9]{1,7})+$", re.IGNORECASE)
_BETWEEN = re.compile(r"[-_+. ]|%20")
_BEFORE = re.compile(r"(?:print|text|geos|country|page)[-_ ]+(?=.)", re.IGNORECASE)
_INDEX = re.compile(r"index\.\w+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_PARTS = 3  # the number of last parts of a path that are looked at


@cache
def _by_code() -> dict[str, Country]:
    return {entry.gec: entry for entry in reversed(countries()) if entry.gec}


@cache
def _by_words() -> dict[str, Country]:
    """The entries by their names without punctuation, as addresses have them."""
    return {" ".join(_WORD.findall(fold(name))): entry for entry in reversed(countries()) for name in entry.names}


def country_of_code(code: str) -> Country | None:
    """The entry with the GEC code ``code``, in capitals or small letters. ``None`` if there is none.

    >>> country_of_code("cd").short
    'Chad'
    """
    return _by_code().get(code.strip().upper())


def country_of_address(address: str | None) -> Country | None:
    """The entry that the last parts of a path or address name, or its last part by a GEC code; else ``None``.

    A code names no entry where it is a folder: ``st`` and ``in`` are names of folders like others.

    >>> for address in ("https://example.org/geos/kz.html", "pages/td-chad.json", "/countries/saint-lucia/"):
    ...     print(country_of_address(address).short)
    Kazakhstan
    Chad
    Saint Lucia
    >>> country_of_address("notes.txt") is None
    True
    """
    path = (address or "").partition("#")[0].partition("?")[0].split("://")[-1]
    parts = [part for part in re.split(r"[/\\\\]", path) if part and not _INDEX.fullmatch(part)]
    named = next((found for part in reversed(parts[-_PARTS:]) if (found := _of_part(part)) is not None), None)
    return _by_code().get(_stem(parts[-1]).upper(), named) if parts else None


def _of_part(part: str) -> Country | None:
    words = [word for word in _BETWEEN.split(_stem(part)) if word]
    for start in range(len(words)):  # a code or a number may stand before the name
        said = " ".join(words[start:])
        if (found := country_named(said) or _by_words().get(fold(said))) is not None:
            return found
    return None


def _stem(part: str) -> str:
    return _BEFORE.sub("", _SUFFIXES.sub("", part))
