"""What the editions of the Factbook printed of each field: which country had it, and in which order cells say things.

``tools/count_editions.py`` counts it over all cells of the editions. Fields are keyed by their canonical names,
countries by the Factbook's own two-letter (GEC) codes.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from functools import cache, reduce
from importlib import resources
from math import log
from operator import or_
from typing import Any, Final, TypedDict

import msgspec

from factparse.columns.orders import FieldOrders, orders_of
from factparse.columns.structure import BEFORE, LABELS, TEXT, YEAR

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
        self._codes: Sequence[str] = table["countries"]
        self._held: dict[str, tuple[int, Mapping[str, int]]] = {}
        self._there: dict[str, int] = {}
        self._shares: dict[tuple[str, int], float] = {}
        self._orders: dict[tuple[str, int], FieldOrders | None] = {}

    def holders(self, field: str) -> tuple[int, Mapping[str, int]]:
        """The editions that show ``field``, and those in which each country has it, by the countries' codes."""
        found = self._held.get(field)
        if found is None:
            codes = self._codes
            rows = {int(bits, 16): some for bits, some in self._fields.get(field, {}).get("held", {}).items()}
            shown = reduce(or_, rows, 0)
            found = self._held[field] = (shown, {codes[at]: bits for bits, some in rows.items() for at in some})
        return found

    def there(self, country: str) -> int:
        """The editions that have ``country`` at all."""
        found = self._there.get(country)
        if found is None:
            found = reduce(or_, (self.holders(field)[1].get(country, 0) for field in self._fields), 0)
            self._there[country] = found
        return found

    def share(self, country: str, edition: int) -> float:
        """How many of the fields that an edition shows ``country`` has in it: a share."""
        key = (country, edition)
        found = self._shares.get(key)
        if found is None:
            rows = [held for shown, held in map(self.holders, self._fields) if shown >> edition & 1]
            having = sum([held.get(country, 0) >> edition & 1 for held in rows])
            found = self._shares[key] = having / max(1, len(rows))
        return found

    def orders(self, field: str, edition: int) -> FieldOrders | None:
        """How cells of ``field`` are printed: as in an edition and those about it, as in any, or in no known way.

        ``None`` says that no edition has the field.
        """
        key = (field, edition)
        if key not in self._orders:
            row = self._fields.get(field)
            self._orders[key] = self._counted(row, edition) if row is not None else None
        return self._orders[key]

    def _counted(self, row: Mapping[str, Any], edition: int) -> FieldOrders:
        labels = tuple(row["labels"])
        near = [0.5 ** (abs(year - self.years[edition]) / _HALF) + _ANY for year in self.years]
        strings = [(tuple(marks), counts) for marks, counts in row["strings"]]
        nearly = [(marks, sum([count * near[at] for at, count in counts])) for marks, counts in strings]
        ever = [(marks, float(sum([count for _, count in counts]))) for marks, counts in strings]
        # Any order of the field's sub-labels, as a page of no known edition may have it.
        single = [((mark,), 1.0) for mark in range(LABELS + len(labels))]
        free = [*single, ((TEXT, YEAR), 1.0), ((TEXT, YEAR, BEFORE), 1.0)]
        ways = ((_NEAR, nearly), (_EVER, ever), (_FREE, free))
        return FieldOrders(labels, tuple((log(share), orders_of(len(labels), way)) for share, way in ways))


def _year(edition: str) -> float:
    """When an edition appeared: ``2021-07`` is 2021.5; a year alone is its middle."""
    year, _, month = edition.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else int(year) + 0.5


class _Field(TypedDict):
    held: dict[str, tuple[int, ...]]
    labels: tuple[str, ...]
    strings: tuple[tuple[tuple[int, ...], tuple[tuple[int, int], ...]], ...]


class _Table(TypedDict):
    editions: tuple[str, ...]
    countries: tuple[str, ...]
    fields: dict[str, _Field]


@cache
def packaged_editions() -> Editions:
    """The counts of the package data, read once.

    They are read as tuples: there are 45,000, and the collector of garbage would go through lists again and again.
    """
    data = (resources.files("factparse.columns") / FILE).read_bytes()
    return Editions(msgspec.json.decode(gzip.decompress(data), type=_Table))
