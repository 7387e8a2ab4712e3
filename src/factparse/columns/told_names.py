"""The two countries of a page that has lost title and header, told by the names in its cells."""

from __future__ import annotations

from collections import Counter
from typing import Final

from factparse.columns.stage import Table
from factparse.vocabulary import Country, find_countries, shared_words

_ROWS: Final = 2.0
"""A country is told by so many rows at least: each counts by the share of its cell's names that are this country's."""

_LEAD: Final = 3.0
"""A country that is told has so many times the rows of any other."""

_DEPENDENT: Final = 0.4
"""Cells of a territory name the country it belongs to more often; so many rows that name it leave both in doubt."""

_OWN: Final = {"Country name": 2.0, "Nationality": 2.0}
"""Fields whose cells name their own country by their nature, and how many rows each counts for."""

_OF_OTHERS: Final = frozenset(
    {
        "Area - comparative",
        "Diplomatic representation from the US",
        "Diplomatic representation in the US",
        "Disputes - international",
        "Ethnic groups",
        "Exchange rates",
        "Exports - partners",
        "Imports - partners",
        "Land boundaries",
        "Languages",
        "Location",
        "Map references",
        "Maritime claims",
        "Refugees and internally displaced persons",
    }
)
"""Fields whose cells name other countries by their nature."""


def told_names(table: Table) -> tuple[str, str] | None:
    """The names of the countries that the first cells are about, and the second ones; ``None`` if not both are told."""
    votes: tuple[Counter[Country], Counter[Country]] = (Counter(), Counter())
    for section in table.sections:
        for row in section.rows:
            if len(row.cells) == len(votes) and row.field not in _OF_OTHERS:
                for counted, cell in zip(votes, row.cells, strict=True):
                    counted.update(_shares(cell.text, _OWN.get(row.name, 1.0)))
    first, second = map(_told, votes)
    return (first.name, second.name) if first is not None and second is not None and first != second else None


def _shares(text: str, worth: float) -> dict[Country, float]:
    """Which part of all names in ``text`` each country has, times ``worth``; the world and the like have none."""
    named: Counter[Country] = Counter()
    for mention in find_countries(text):
        if mention.country.kind in ("country", "territory") and text[mention.start : mention.end] not in shared_words():
            named[mention.country] += 1
    return {country: worth * count / named.total() for country, count in named.items()}


def _told(votes: Counter[Country]) -> Country | None:
    if not votes:
        return None
    (first, rows), *others = votes.most_common()
    if rows < _ROWS or any(count * _LEAD > rows for _, count in others):
        return None
    dependent = any(other.kind == "territory" and count > _DEPENDENT for other, count in others)
    return None if dependent and first.kind == "country" else first
