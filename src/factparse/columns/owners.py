"""Whose text is it: own names and demonyms of the two countries within a row."""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

from factparse.vocabulary import country_named


@attrs.frozen
class Mentions:
    """Where a row names the first country (``a``) and the second (``b``): offsets, in order."""

    a: tuple[int, ...]
    b: tuple[int, ...]


@lru_cache(maxsize=1024)
def _own_words(name: str, other: str) -> re.Pattern[str] | None:
    """Return a pattern of the words that mean ``name`` and not ``other``; ``None`` if there are none."""
    country, stranger = country_named(name), country_named(other)
    if country is None or country == stranger:
        return None
    words = {*country.names, *country.demonyms, *country.adjectives} - {country.alpha2, country.alpha3}
    if stranger is not None:
        words -= {*stranger.names, *stranger.demonyms, *stranger.adjectives}
    words = {word for word in words if len(word) > 2 and word[:1].isupper() and ", " not in word}
    if not words:
        return None
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(r"(?<![A-Z\-])(?:" + "|".join(map(re.escape, longest)) + r")(?![a-z]{2})")


def mentions(run: str, a: str, b: str) -> Mentions:
    """Return where ``run`` names the countries ``a`` and ``b``; of the same country twice, nowhere.

    >>> mentions("Chadians and a Malian", "Chad", "Mali")
    Mentions(a=(0,), b=(15,))
    """
    first, second = _own_words(a, b), _own_words(b, a)
    return Mentions(
        tuple(match.start() for match in first.finditer(run)) if first else (),
        tuple(match.start() for match in second.finditer(run)) if second else (),
    )
