"""The chance that a country has a field at all, told for the two countries of a page.

Two public editions tell who had a field (:mod:`factparse.columns.priors`). An edition that shows a field in neither
country says nothing about a row that is printed all the same. Where both editions speak and differ, the one nearer to
the page's own year counts for more: a change may have come in any year between them alike.
"""

from __future__ import annotations

import re

from factparse.columns import priors
from factparse.columns.weights import Weights
from factparse.vocabulary import Country

_YEARS = tuple(re.compile(rf"{century}\d\d(?=\)| est)") for century in (19, 20))  # found fast by their first letters
_SAMPLE = 20_000  # characters of a page whose years are read
_SOME = 0.8  # what a country that is not known has of the fields
_TYPICAL = 0.7  # how many it is taken to have where nothing else is known
_NEVER = 0.002  # no chance is nearer to 0 or to 1 than this
_AT_ONCE = 0.1  # even editions of one year differ


Kept = tuple[tuple[float, float], ...]
Had = tuple[bool, ...] | None
Known = tuple[int | None, int | None] | None
"""Which editions show each of the two countries with a field, as bits; ``None`` if none shows the field at all."""


class Presence:
    """The chances that the two countries of one page have a field; ``year`` is that of the page's edition."""

    def __init__(self, countries: tuple[Country | None, Country | None], year: int | None, weights: Weights) -> None:
        self._names = tuple(country.name if country is not None else "" for country in countries)
        self._year = year
        self._weights = weights
        self._numbers = (priors.number(self._names[0]), priors.number(self._names[1]))
        self._kept = tuple(self._chances_kept(name) for name in self._names)
        self._unknown = (self._chance_unknown(self._names[0]), self._chance_unknown(self._names[1]))

    def known(self, field: str) -> Known:
        """What the editions know of ``field`` in both countries. Fields with one answer have the same chances."""
        having = priors.holders(field)
        if not having:
            return None
        one, two = self._numbers
        return having[one] if one is not None else None, having[two] if two is not None else None

    def chances(self, field: str) -> tuple[float, float]:
        """The probabilities that the first country has ``field``, and that the second has."""
        return self._case(priors.fields_had(self._names[0], field), priors.fields_had(self._names[1], field))

    def _case(self, a: Had, b: Had) -> tuple[float, float]:
        shares = self._shares([in_a or in_b for in_a, in_b in zip(a or b or (), b or a or (), strict=True)])
        if not any(shares):
            return self._unknown
        return _chance(self._kept[0], a, shares), _chance(self._kept[1], b, shares)

    def _shares(self, speaks: list[bool]) -> list[float]:
        """The share with which each edition counts; those that say nothing of the field get none."""
        if all(speaks) and speaks and self._year is not None:
            first, last = priors.editions()
            late = min(max((self._year - first) / (last - first), 0.0), 1.0)
            return [1.0 - late, late]
        many = speaks.count(True) or 1
        return [speak / many for speak in speaks]

    def _chance_unknown(self, name: str) -> float:
        """The chance that the country has a field of which nothing is known: by how many fields it has at all."""
        few, all_of_them = self._weights.presence_unknown
        return few + (all_of_them - few) * (max(priors.coverage(name)) or _TYPICAL)

    def _chances_kept(self, name: str) -> Kept:
        """For each edition the chance that the country has a field that it lacked there, and that of one that it had.

        A country that had few of all fields seldom gets more. The nearer the page to the edition, the less has changed.
        """
        known, absent = self._weights.presence_known, self._weights.presence_absent
        first, last = priors.editions()
        found = []
        for edition, covered in zip(priors.editions(), priors.coverage(name), strict=True):
            years = abs(self._year - edition) if self._year is not None else (last - first) / 2
            # How much of the time between the editions lies between this one and the page.
            since = min(max(years / (last - first), _AT_ONCE), 1.0)
            if covered:
                lost = 1.0 - known[0] - (known[1] - known[0]) * covered
                found.append((since * (absent[0] + (absent[1] - absent[0]) * covered), 1.0 - since * lost))
            else:
                found.append((0.5, 0.5))
        return tuple(found)


def _chance(kept: Kept, had: Had, shares: list[float]) -> float:
    if had is None:
        return _SOME
    chance = 0.0
    for each, share, (without, having) in zip(had, shares, kept, strict=True):
        chance += share * (having if each else without)
    return min(max(chance, _NEVER), 1.0 - _NEVER)


def page_year(text: str, start: int, end: int) -> int | None:
    """The year of a page's edition, told by the years behind its figures; ``None`` if it prints none.

    >>> page_year("11% (2012)9% (2014 est.)8% (2013 est.)7.9% (2014 est.)", 0, 54)
    2014
    """
    stop = min(end, start + _SAMPLE)
    years = [year for century in _YEARS for year in sorted(map(int, century.findall(text, start, stop)))]
    # One of the latest; of more than ten years not the last, so that a single stray one does not decide.
    return years[len(years) * 9 // 10] if years else None
