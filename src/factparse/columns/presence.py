"""Which fields a country has at all: how likely each of a page's two countries has the field of a row.

Two public editions tell who had a field (:mod:`factparse.columns.priors`). An edition that shows a field in neither
country says nothing about a row that is printed all the same. Where both editions speak and differ, the one nearer to
the page's own year counts for more: a change may have come in any year between them alike.
"""

from __future__ import annotations

import re

from factparse.columns import priors
from factparse.columns.weights import Weights
from factparse.vocabulary import Country

_YEAR = re.compile(r"(?:19|20)\d\d(?=\)| est)")
_SAMPLE = 20_000
_LEAST, _MOST = 0.02, 0.98
_NEVER = 0.002
_AT_ONCE = 0.1  # even editions of one year differ


class Presence:
    """The chances that the two countries of one page have a field; ``year`` is that of the page's edition."""

    def __init__(self, countries: tuple[Country | None, Country | None], year: int | None, weights: Weights) -> None:
        self._names = tuple(country.name if country is not None else "" for country in countries)
        self._year = year
        self._weights = weights
        self._known: dict[str, tuple[float, float]] = {}

    def chances(self, field: str) -> tuple[float, float]:
        """Return how likely the first country has ``field``, and the second."""
        known = self._known.get(field)
        if known is None:
            known = self._known[field] = self._chances(field)
        return known

    def _chances(self, field: str) -> tuple[float, float]:
        a, b = (priors.fields_had(name, field) for name in self._names)
        speaks = [in_a or in_b for in_a, in_b in zip(a or b or (), b or a or (), strict=True)]
        shares = self._shares(speaks)
        return self._chance(self._names[0], a, shares, field), self._chance(self._names[1], b, shares, field)

    def _shares(self, speaks: list[bool]) -> list[float]:
        """Return how much each edition counts."""
        if speaks.count(True) < 2 or self._year is None:
            return [speak / max(1, speaks.count(True)) for speak in speaks]
        first, last = priors.editions()
        late = min(max((self._year - first) / (last - first), 0.0), 1.0)
        return [1.0 - late, late]

    def _chance(self, name: str, had: tuple[bool, ...] | None, shares: list[float], field: str) -> float:
        if had is None or not any(shares):
            share = priors.share(field)
            return min(max(share if share is not None else self._weights.presence_unknown, _LEAST), _MOST)
        covered = priors.coverage(name)
        chance = sum(
            share * self.kept(*each)
            for *each, share in zip(had, covered, priors.editions(), shares, strict=True)
        )
        return min(max(chance, _NEVER), 1.0 - _NEVER)

    def kept(self, had: bool, covered: float, edition: int) -> float:
        """Return how likely a country has a field that it had, or had not, in ``edition``.

        ``covered`` is the share of all fields that it had: where there are few, others seldom come. The nearer the
        page is to the edition, the less has changed.
        """
        weights = self._weights
        if not covered:
            return 0.5
        first, last = priors.editions()
        years = abs(self._year - edition) if self._year is not None else (last - first) / 2
        since = min(max(years / (last - first), _AT_ONCE), 1.0)
        known, absent = weights.presence_known, weights.presence_absent
        if had:
            return 1.0 - since * (1.0 - known[0] - (known[1] - known[0]) * covered)
        return since * (absent[0] + (absent[1] - absent[0]) * covered)


def page_year(text: str, start: int, end: int) -> int | None:
    """Return the year of a page's edition, told from the years behind its figures; ``None`` if it prints none.

    >>> page_year("11% (2012)9% (2014 est.)8% (2013 est.)7.9% (2014 est.)", 0, 54)
    2014
    """
    years = sorted(map(int, _YEAR.findall(text, start, min(end, start + _SAMPLE))))
    return years[len(years) * 9 // 10] if years else None
