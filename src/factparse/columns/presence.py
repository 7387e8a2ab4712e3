"""The chance that a country has a field at all, told for the two countries of a page.

The editions tell who had a field (:mod:`factparse.columns.editions`). Which of them a page is of, or near, is told by
the years that it prints, and by its rows: an edition in which neither country has a field that the page prints is not
its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from math import exp, log

from factparse.columns.editions import Editions
from factparse.columns.weights import Weights
from factparse.vocabulary import Country

_YEARS = tuple(re.compile(rf"{century}\d\d(?=\)| est)") for century in (19, 20))  # found fast by their first letters
_SAMPLE = 20_000  # characters of a page whose years are read
_NEVER = 0.002  # no chance is nearer to 0 or to 1 than this
_SOME = 0.8  # the chance that a country has a field of which nothing is known

# What speaks against an edition, in nats: each year that it is later than the newest year of the page; that it is
# earlier, at all and by each year; each row that neither country has in it.
_LATER, _EARLY, _EARLIER, _LACKING, _ABSENT = 0.55, 1.5, 0.5, 1.2, 3.0
_COUNTED = 40  # rows of a page that are looked at
_LOSES, _GROWS = 0.9, 0.2  # by how much countries with few fields lose them sooner, and those with many get more
_NEAR = 0.02  # what the edition next to the likeliest counts for, at least
_FAINTEST = 1e-5  # what counts for less, counts for nothing
_FAINT = 0.01  # an edition less likely than this does not count

Prior = tuple[float, float, float]
"""The log-probabilities of two cells, of the first country's only and of the second's only."""

_Known = tuple[int, int, int]  # the editions in which each country has a field, and those that show it


class Presence:
    """The chances that the two countries of one page have a field, by what ``editions`` tell.

    ``year`` is the newest that the page prints, ``fields`` are those of its rows.
    """

    def __init__(
        self,
        countries: tuple[Country | None, Country | None],
        year: int | None,
        fields: Iterable[str],
        editions: Editions,
        weights: Weights,
    ) -> None:
        self._codes = tuple(country.gec.lower() if country is not None else "" for country in countries)
        self._year = year
        self._fields = list(dict.fromkeys(fields))[:_COUNTED]
        self._editions = editions
        self._hi, self._lo = weights.presence_held, weights.presence_lacking
        self._there = tuple(editions.there(code) for code in self._codes)
        self._worths: dict[int, float] = {}
        self._priors: dict[_Known, Prior] = {}

    @cached_property
    def editions(self) -> tuple[tuple[int, float], ...]:
        """The editions that the page may be of, or near, the likeliest first, with the chance of each."""
        years, holders, (one, two) = self._editions.years, self._editions.holders, self._codes
        against = [0.0 if self._year is None else _distance(year - self._year) for year in years]
        having = Counter([(held.get(one, 0) | held.get(two, 0)) for _, held in map(holders, self._fields)])
        lacking = [(editions, _LACKING * many) for editions, many in having.items()]
        for editions, nats in (*lacking, *((there, _ABSENT) for there in self._there)):
            if editions:
                for at in _without(editions, len(against)):
                    against[at] += nats
        least = min(against, default=0.0)
        odds = [(exp(least - each), at) for at, each in enumerate(against) if least - each > log(_FAINT)]
        total = sum([each for each, _ in odds])
        return tuple((at, each / total) for each, at in sorted(odds, reverse=True))

    def prior(self, field: str) -> Prior:
        """The log-probabilities in a row of ``field``: of two cells, of the first country's only, of the second's only.

        They are remembered by what the editions that count know of the field, which is the same for many fields.
        """
        shown, held = self._editions.holders(field)
        one, two = self._codes
        shown &= self._counting
        known = (held.get(one, 0) & shown, held.get(two, 0) & shown, shown)
        found = self._priors.get(known)
        if found is None:
            a, b = self._chance(0, known[0], shown), self._chance(1, known[1], shown)
            found = self._priors[known] = (log(a * b), log(a * (1.0 - b)), log(b * (1.0 - a)))
        return found

    def chances(self, field: str) -> tuple[float, float]:
        """The probabilities that the first country has ``field``, and that the second has."""
        both, one, two = map(exp, self.prior(field))
        return both + one, both + two

    def _chance(self, column: int, held: int, shown: int) -> float:
        kept, got = self._ends[column]
        total = self._worth(shown)
        if not total:
            return _SOME
        having = self._worth(held)
        return min(max((kept * having + got * (total - having)) / total, _NEVER), 1.0 - _NEVER)

    def _worth(self, editions: int) -> float:
        """How much some editions count together; it is remembered, since many fields stand in the same ones."""
        found = self._worths.get(editions)
        if found is None:
            found = self._worths[editions] = sum([weight for bit, weight in self._near if editions & bit])
        return found

    @cached_property
    def _counting(self) -> int:
        """The editions that count at all, a bit each."""
        return sum([bit for bit, _ in self._near])

    @cached_property
    def _ends(self) -> tuple[tuple[float, float], ...]:
        """Of each country the chance that it has a field that it had in an edition, and that of one that it had not.

        A country that has few of all fields loses them sooner, and seldom gets more.
        """
        editions = self.editions
        found = []
        for code, there in zip(self._codes, self._there, strict=True):
            share = self._editions.share(code, editions[0][0]) if there and editions else 1.0
            got = self._lo * (_GROWS + share) if there else _SOME
            found.append((1.0 - (1.0 - self._hi) * (1.0 + _LOSES - share), got))
        return tuple(found)

    @cached_property
    def _near(self) -> list[tuple[int, float]]:
        """How much each edition (its bit) counts: its chance, and a little if it is near the likeliest."""
        years, own = self._editions.years, self.editions
        near = list(_nearby(years, years[own[0][0]] if own else 0.0))
        for at, weight in own:
            near[at] += weight
        return [(1 << at, weight) for at, weight in enumerate(near) if weight > _FAINTEST]


@lru_cache(maxsize=256)
def _nearby(years: tuple[float, ...], first: float) -> tuple[float, ...]:
    """What editions of these years count for beside one of the year ``first``."""
    return tuple([_NEAR * 0.5 ** abs(year - first) for year in years])


@lru_cache(maxsize=4096)
def _without(editions: int, many: int) -> tuple[int, ...]:
    """Those of so many editions that are not among ``editions``, a bit each."""
    return tuple([at for at in range(many) if not editions >> at & 1])


@lru_cache(maxsize=1024)
def _distance(years: float) -> float:
    """What speaks against an edition that appeared so many years after the newest year of a page."""
    whole = int(years + 100) - 100
    return min(_LATER * whole if whole >= 0 else _EARLY - _EARLIER * whole, 8.0)


def page_year(text: str, start: int, end: int) -> int | None:
    """The year of a page's edition, told by the years behind its figures; ``None`` if it prints none.

    >>> page_year("11% (2012)9% (2014 est.)8% (2013 est.)7.9% (2014 est.)", 0, 54)
    2014
    """
    stop = min(end, start + _SAMPLE)
    years = [year for century in _YEARS for year in sorted(map(int, century.findall(text, start, stop)))]
    # One of the latest; of more than ten years not the last, so that a single stray one does not decide.
    return years[len(years) * 9 // 10] if years else None
