"""Names that are not in the vocabulary, but look like one that is.

A field or country that nobody knows is no error: scraped pages have labels of their own. But a person who writes
``Illict drugs`` means another field, and should be told.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from factparse.vocabulary.countries import countries, country_named
from factparse.vocabulary.labels import field_named, fields

_ALIKE: Final = 0.8  # ``Atlantis`` is no misspelling of ``Atlantic Ocean``
_LONGEST: Final = 80  # a longer text is no name, and comparing it would take long


@lru_cache(maxsize=1024)
def field_meant(name: str) -> str | None:
    """The field that ``name`` is a misspelling of. ``None`` if it is a label, or looks like none.

    >>> field_meant("Illict drugs"), field_meant("Illicit drugs"), field_meant("Chocolate")
    ('Illicit drugs', None, None)
    """
    return None if field_named(name) else _meant(name, field_names())


@lru_cache(maxsize=1024)
def country_meant(name: str) -> str | None:
    """The country that ``name`` is a misspelling of. ``None`` if it is a name, or looks like none.

    >>> country_meant("Kenia"), country_meant("Kenya"), country_meant("Atlantis")
    ('Kenya', None, None)
    """
    return None if country_named(name) else _meant(name, country_names())


def closest(name: str, known: Iterable[str], alike: float) -> str | None:
    """The one of ``known`` that is most like ``name``, if it is at least so much ``alike``: 0 (not at all) to 1.

    >>> closest("Mlata", ["Malta", "Aruba"], 0.6), closest("xyz", ["Malta", "Aruba"], 0.6)
    ('Malta', None)
    """
    from difflib import get_close_matches  # only whoever misspells needs it

    return next(iter(get_close_matches(name, list(known), n=1, cutoff=alike)), None)


def _meant(name: str, known: Iterable[str]) -> str | None:
    return closest(name, known, _ALIKE) if len(name) <= _LONGEST else None


@cache
def field_names() -> tuple[str, ...]:
    """The canonical names of all fields."""
    return tuple(field.name for field in fields())


@cache
def country_names() -> tuple[str, ...]:
    """The names of all countries: several of each."""
    return tuple(name for country in countries() for name in country.names)
