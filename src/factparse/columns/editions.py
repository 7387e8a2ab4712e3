"""What the editions of the Factbook printed of each field: which country had it, how its cells begin and go on.

``tools/count_editions.py`` counts it over all cells of the editions. Fields are keyed by their canonical names,
countries by the Factbook's own two-letter (GEC) codes.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, reduce
from math import log
from operator import or_
from pathlib import Path
from typing import Any, Final, TypedDict

import msgspec

from factparse.columns.orders import Counted, FieldOrders, Orders
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
        self._shares: dict[tuple[str, int], float] = {}
        self._orders: dict[tuple[str, int], FieldOrders | None] = {}
        self._counted: dict[str, tuple[Counted, Orders, Orders]] = {}
        self._near: dict[int, list[float]] = {}

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
        return reduce(or_, self._having.get(country, ()), 0)

    def share(self, country: str, edition: int) -> float:
        """How many of the fields that an edition shows ``country`` has in it: a share."""
        key = (country, edition)
        found = self._shares.get(key)
        if found is None:
            having = self._having.get(country, {}).items()
            many = sum([fields for bits, fields in having if bits >> edition & 1])
            found = self._shares[key] = many / max(1, self._fields_shown[edition])
        return found

    @cached_property
    def _having(self) -> Mapping[str, Mapping[int, int]]:
        """For each country how many fields it has in the same editions."""
        found: dict[str, dict[int, int]] = {}
        for field in self._fields:
            for country, bits in self.holders(field)[1].items():
                own = found.setdefault(country, {})
                own[bits] = own.get(bits, 0) + 1
        return found

    @cached_property
    def _fields_shown(self) -> Sequence[int]:
        """How many fields each edition shows."""
        shown = [self.holders(field)[0] for field in self._fields]
        return [sum([bits >> edition & 1 for bits in shown]) for edition in range(len(self.names))]

    def first_figures(self, field: str) -> Sequence[float]:
        """How many cells of ``field`` begin with a figure of each size (:mod:`factparse.columns.first_figures`).

        It is empty for a field that no edition has.
        """
        row = self._fields.get(field)
        return row["sizes"] if row is not None else ()

    def orders(self, field: str, edition: int) -> FieldOrders | None:
        """How cells of ``field`` are printed: as in an edition and those about it, as in any, or in no known way.

        ``None`` says that no edition has the field.
        """
        key = (field, edition)
        if key not in self._orders:
            self._orders[key] = self._orders_of(field, edition)
        return self._orders[key]

    def _orders_of(self, field: str, edition: int) -> FieldOrders | None:
        row = self._fields.get(field)
        if row is None:
            return None
        ways = self._counted.get(field)
        if ways is None:
            ways = self._counted[field] = _ways(row, len(self.years))
        strings, ever, free = ways
        near = self._near.get(edition)
        if near is None:
            near = [0.5 ** (abs(year - self.years[edition]) / _HALF) + _ANY for year in self.years]
            self._near[edition] = near
        nearly = Orders(strings, near)
        return FieldOrders(tuple(row["labels"]), ((log(_NEAR), nearly), (log(_EVER), ever), (log(_FREE), free)))


def _ways(row: Mapping[str, Any], editions: int) -> tuple[Counted, Orders, Orders]:
    """What all editions print of a field, and the orders that are the same near all of them: of any, and of none."""
    strings = Counted(editions, ((tuple(marks), counts) for marks, counts in row["strings"]))
    # Any order of the field's sub-labels, as a page of no known edition may have it.
    single = [(mark,) for mark in range(LABELS + len(row["labels"]))]
    free = Counted(1, ((marks, ((0, 1.0),)) for marks in (*single, (TEXT, YEAR), (TEXT, YEAR, BEFORE))))
    return strings, Orders(strings, [1.0] * editions), Orders(free, [1.0])


def _year(edition: str) -> float:
    """When an edition appeared: ``2021-07`` is 2021.5; a year alone is its middle."""
    year, _, month = edition.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else int(year) + 0.5


class _Field(TypedDict):
    held: dict[str, tuple[int, ...]]
    labels: tuple[str, ...]
    sizes: tuple[int, ...]
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
    data = (Path(__file__).parent / FILE).read_bytes()
    return Editions(msgspec.json.decode(gzip.decompress(data), type=_Table))
