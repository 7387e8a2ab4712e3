"""Names and demonyms of the two countries, found on the whole page at once: they tell whose a text is."""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import cache, lru_cache

import attrs

from factparse.columns.priors import name_tells
from factparse.vocabulary import countries, country_named

Longer = tuple[tuple[str, int], ...]
NamesByStem = tuple[tuple[str, tuple[str, ...], Longer], ...]
"""The words that mean a country, grouped under the word that all others of the group begin with.

Beside them are the names of other places in which that word stands, and where.
"""

# Names of other places, of which a country's name is the last part or the first.
_WATERS = (
    "Gulf of Guinea",
    "Gulf of Mexico",
    "New Mexico",
    "Papua New Guinea",
    "Bay of Bengal",
    "Sea of Japan",
    "Strait of Malacca",
)
_SEAS = (" Ocean", " Sea", " Channel", " Strait")


@attrs.frozen
class Mentions:
    """Where a page names the first country (``a``) and the second (``b``): offsets, in order.

    ``tells`` says how much the names of each count, 0 to 1: less if the other country's cells name it often.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    tells: tuple[float, float] = (1.0, 1.0)

    def within(self, start: int, end: int) -> Mentions | None:
        """The mentions in a range, at the same offsets; ``None`` if there are none."""
        a, b = self.a, self.b
        a_low, b_low = bisect_left(a, start), bisect_left(b, start)
        a_high, b_high = bisect_left(a, end, a_low), bisect_left(b, end, b_low)
        if a_low == a_high and b_low == b_high:
            return None
        return Mentions(a[a_low:a_high], b[b_low:b_high], self.tells)

    def fit(self, at: int) -> float:
        """How well the names fit a border ``at``, in nats. A name in its own cell speaks for it, else against.

        >>> Mentions((0,), (15,)).fit(12) > Mentions((0,), (15,)).fit(20)
        True
        """
        left_a, left_b = bisect_left(self.a, at), bisect_left(self.b, at)
        a, b = self.tells
        return _side(a * left_a, b * left_b) + _side(b * (len(self.b) - left_b), a * (len(self.a) - left_a))


def _side(own: float, other: float) -> float:
    # Half a name is added to each, so that names of one country alone give no infinite odds.
    return math.log((own + 0.5) / (other + 0.5)) if own or other else 0.0


@lru_cache(maxsize=1024)
def _own_words(name: str, other: str) -> NamesByStem:
    """The words that mean the country ``name`` and not ``other``, so that a shared word tells nothing."""
    country, stranger = country_named(name), country_named(other)
    if country is None or country == stranger:
        return ()
    words = {*country.names, *country.demonyms, *country.adjectives} - {country.alpha2, country.alpha3}
    if stranger is not None:
        words -= {*stranger.names, *stranger.demonyms, *stranger.adjectives}
    words = {word for word in words if len(word) > 2 and word[:1].isupper() and ", " not in word}
    # In order, a word comes before those that it begins: one search for it finds them all.
    stems: dict[str, list[str]] = {}
    for word in sorted(words):
        stem = next((stem for stem in stems if word.startswith(stem)), word)
        stems.setdefault(stem, []).append(word)
    return tuple(
        (stem, tuple(sorted(group, key=len, reverse=True)), _longer(stem, country.alpha3))
        for stem, group in stems.items()
    )


def _found(text: str, words: NamesByStem, start: int, end: int) -> tuple[int, ...]:
    places = []
    for stem, group, longer in words:
        at = text.find(stem, start, end)
        while at >= 0:
            if _stands(text, at, group, longer):
                places.append(at)
            at = text.find(stem, at + len(stem), end)
    return tuple(sorted(places))


@cache
def _names() -> tuple[dict[str, set[str]], str]:
    """The names of all places that may hold a country's name, with the countries that they mean; and each in a line."""
    owners: dict[str, set[str]] = {name: set() for name in _WATERS}
    for country in countries():
        for name in country.names:
            if ", " not in name:
                owners.setdefault(name, set()).add(country.alpha3)
    return owners, "\n".join(("", *owners, ""))


@lru_cache(maxsize=4096)
def _longer(stem: str, country: str) -> Longer:
    """The names of places other than ``country`` (a code) of which ``stem`` is a part, and where in them it stands."""
    owners, lines = _names()
    found: set[str] = set()
    at = lines.find(stem)
    while at >= 0:
        name = lines[lines.rfind("\n", 0, at) + 1 : lines.find("\n", at)]
        if name != stem and owners[name] != {country}:
            found.add(name)
        at = lines.find(stem, at + 1)
    return tuple((name, name.index(stem)) for name in sorted(found))


def _stands(text: str, at: int, words: tuple[str, ...], longer: Longer) -> bool:
    """Tell whether one of ``words`` stands at ``at`` as a name of its own, at most one small letter longer."""
    before = text[at - 1 : at]
    if before == "-" or ("A" <= before <= "Z"):
        return False
    if any(text.startswith(name, at - start) for name, start in longer if start <= at):
        return False
    for word in words:
        if text.startswith(word, at):
            # Two small letters more make another word: Niger is not named in ``Nigeria``.
            behind = text[at + len(word) : at + len(word) + 2]
            more = len(behind) == 2 and behind.isascii() and behind.isalpha() and behind.islower()
            if not more and not _water(text, at + len(word)):
                return True
    return False


def _water(text: str, at: int) -> bool:
    """Tell whether the name that ends at ``at`` goes on as that of a sea: ``Indian Ocean`` is no India."""
    return text.startswith(_SEAS, at)


def mentions(text: str, a: str, b: str, start: int = 0, end: int | None = None) -> Mentions:
    """The places where ``text[start:end]`` names the countries ``a`` and ``b``; none if both are the same country.

    >>> found = mentions("Chadians and a Malian", "Chad", "Mali")
    >>> found.a, found.b
    ((0,), (15,))
    """
    stop = len(text) if end is None else end
    first, second = _found(text, _own_words(a, b), start, stop), _found(text, _own_words(b, a), start, stop)
    return Mentions(first, second, _tells(a, b))


@lru_cache(maxsize=1024)
def _tells(a: str, b: str) -> tuple[float, float]:
    """How much the name of each of two countries tells that a cell is its own, and not the other's."""
    one, two = country_named(a), country_named(b)
    if one is None or two is None or not (one.gec and two.gec):
        return 1.0, 1.0
    return name_tells(one.gec, two.gec), name_tells(two.gec, one.gec)
