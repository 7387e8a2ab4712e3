"""What the editions of the Factbook printed of each field: which country had it, and in which order cells say things.

``tools/count_editions.py`` counts it over all cells of the editions. Fields are keyed by their canonical names,
countries by the Factbook's own two-letter (GEC) codes.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from factparse.columns.structure import BEFORE, LABELS, TEXT, YEAR, Context, orders_of

__all__ = ["FILE", "Editions", "packaged_editions"]

FILE: Final = "data/editions.json.gz"

_HALF: Final = 1.0  # years after which what an edition printed counts for half
_ANY: Final = 0.005  # what any edition counts for
_NEAR, _EVER, _FREE = 0.75, 0.22, 0.03  # how likely a page prints as editions near it, as any, as none


class Editions:
    """The counts of all editions. ``names`` are theirs, in order, ``years`` when each appeared.

    An edition is told by its place in ``names``, several by a number with one bit each.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.names: tuple[str, ...] = tuple(table["editions"])
        self.years = tuple(map(_year, self.names))
        self._fields: Mapping[str, Any] = table["fields"]
        self._numbers = {code: number for number, code in enumerate(table["countries"])}
        self._held: dict[str, tuple[int, dict[str, int]]] = {}
        self._contexts: dict[tuple[str, int], tuple[Context, ...]] = {}
        self._kept: dict[str, int] = {}

    def held(self, country: str, field: str) -> int:
        """The editions in which ``country``, a code, has ``field``."""
        return self.holders(field)[1].get(country, 0)

    def shown(self, field: str) -> int:
        """The editions in which any country has ``field``."""
        return self.holders(field)[0]

    def there(self, country: str) -> int:
        """The editions that have ``country`` at all."""
        found = self._kept.get(country)
        if found is None:
            found = 0
            for field in self._fields:
                found |= self.held(country, field)
            self._kept[country] = found
        return found

    def contexts(self, field: str, edition: int) -> tuple[Context, ...]:
        """In which ways cells of ``field`` are printed: in an edition and those about it, in any, in no known way."""
        key = (field, edition)
        found = self._contexts.get(key)
        if found is None:
            found = self._contexts[key] = self._counted(field, edition)
        return found

    def holders(self, field: str) -> tuple[int, dict[str, int]]:
        found = self._held.get(field)
        if found is None:
            codes = list(self._numbers)
            rows = self._fields.get(field, {}).get("held", {})
            by_country = {codes[number]: int(editions, 16) for editions, some in rows.items() for number in some}
            shown = 0
            for editions in rows:
                shown |= int(editions, 16)
            found = self._held[field] = (shown, by_country)
        return found

    def _counted(self, field: str, edition: int) -> tuple[Context, ...]:
        row = self._fields.get(field)
        if row is None:
            return ()
        labels = tuple(row["labels"])
        near = [0.5 ** (abs(year - self.years[edition]) / _HALF) + _ANY for year in self.years]
        strings = [(tuple(marks), counts) for marks, counts in row["strings"]]
        counted = [(marks, sum([count * near[at] for at, count in counts])) for marks, counts in strings]
        ever = [(marks, float(sum([count for _, count in counts]))) for marks, counts in strings]
        # Any order of the field's labels, as a page of no known edition may have it.
        free = [((mark,), 1.0) for mark in range(LABELS + len(labels))] + [
            ((TEXT, YEAR), 1.0),
            ((TEXT, YEAR, BEFORE), 1.0),
        ]
        return ((_NEAR, orders_of(labels, counted)), (_EVER, orders_of(labels, ever)), (_FREE, orders_of(labels, free)))


def _year(edition: str) -> float:
    """When an edition appeared: ``2021-07`` is 2021.5; a year alone is its middle."""
    year, _, month = edition.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else int(year) + 0.5


@cache
def packaged_editions() -> Editions:
    """The counts of the package data, read once."""
    data = (resources.files("factparse.columns") / FILE).read_bytes()
    return Editions(json.loads(gzip.decompress(data)))
