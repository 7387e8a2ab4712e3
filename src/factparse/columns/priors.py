"""Counts of what is typical of each field, made from two public editions of the Factbook (2015 and 2026).

``tools/train_border_model.py`` writes the file; fields are keyed by their canonical names, countries by the Factbook's
own two-letter (GEC) codes.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from importlib import resources
from typing import Any

import attrs

from factparse.vocabulary import country_named

__all__ = [
    "Sublabel",
    "coverage",
    "editions",
    "fields_had",
    "holders",
    "number",
    "own_names",
    "spread",
    "spread_class",
    "sublabels",
]

_SPREADS = (0.35, 0.8, 1.3)  # where a class of spread ends and the next begins
_UNKNOWN = 4
# Binary digits to numbers.
_BITS = bytes.maketrans(b"01", b"\x00\x01")


@attrs.frozen(slots=True)
class Sublabel:
    """A sub-label of a field: in how many cells it was counted (``uses``), and how many of them it ``opens``."""

    name: str
    uses: int
    opens: int


@cache
def _table() -> dict[str, Any]:
    text = (resources.files("factparse.columns") / "data" / "priors.json").read_text(encoding="ascii")
    table: dict[str, Any] = json.loads(text)
    table["number"] = {code: index for index, code in enumerate(table["countries"])}
    return table


def _row(field: str) -> list[Any] | None:
    row: list[Any] | None = _table()["fields"].get(field)
    return row


def spread(field: str) -> int:
    """The class of how far the lengths of the field's cells spread: 0 (hardly) to 3 (widely), 4 if that is not known.

    >>> spread("Birth rate"), spread("no such field")
    (0, 4)
    """
    row = _row(field)
    return spread_class(row[0]) if row else _UNKNOWN


def spread_class(sd: float) -> int:
    """The class, 0 to 3, of a standard deviation of log lengths."""
    return bisect_right(_SPREADS, sd)


@cache
def sublabels(field: str) -> tuple[Sublabel, ...]:
    """The sub-labels of ``field`` in the order in which cells have them; empty if there are none.

    >>> [label.name for label in sublabels("Area")][:3]
    ['total', 'land', 'water']
    """
    row = _row(field)
    return tuple(Sublabel(*each) for each in row[1]) if row else ()


def own_names(field: str) -> float | None:
    """How much likelier a cell of ``field`` names its own country than another one, in nats.

    It is below 0 where a country is hardly named in its own cell (``Exports - partners``); ``None`` if that is unknown.

    >>> own_names("Background") > 3 > 0 > own_names("Exports - partners")
    True
    """
    row = _row(field)
    return float(row[2]) if row else None


def editions() -> tuple[int, ...]:
    """The years of the editions that were counted.

    >>> editions()
    (2015, 2026)
    """
    return tuple(_table()["editions"])


@cache
def holders(field: str) -> bytes:
    """A byte for each country, at its :func:`number`: which editions show it with ``field``; empty if none does.

    The lowest bit is the first of :func:`editions`.
    """
    row = _row(field)
    if not row:
        return b""
    countries = len(_table()["countries"])
    held = 0
    for index, bits in enumerate(row[3:]):  # a byte a country, the first country lowest
        held |= int.from_bytes(f"{int(bits, 16):0{countries}b}".encode("ascii").translate(_BITS)) << index
    return held.to_bytes(countries, "little")


@cache
def number(country: str) -> int | None:
    """The number of a country, any name of it; ``None`` if the editions do not have it."""
    named = country_named(country)
    found: int | None = _table()["number"].get(named.gec.lower()) if named and named.gec else None
    return found


def fields_had(country: str, field: str) -> tuple[bool, ...] | None:
    """For each of :func:`editions` whether ``country``, any name of it, has ``field`` in it.

    ``None`` says that nothing is known: of the country or of the field.

    >>> fields_had("Norway", "Coastline"), fields_had("Norway", "no such field")
    ((True, True), None)
    """
    own, having = number(country), holders(field)
    if not having or own is None:
        return None
    return tuple([having[own] >> index & 1 == 1 for index in range(len(editions()))])


@cache
def coverage(country: str) -> tuple[float, ...]:
    """For each of :func:`editions` how many of its fields ``country`` has: a share, 0 if it is not in it.

    >>> coverage("Norway")[1] > coverage("Jan Mayen")[1] > 0
    True
    """
    own = number(country)
    if own is None:
        return tuple(0.0 for _ in editions())
    return tuple([sum([bits >> own & 1 for bits in column]) / len(column) for column in _columns()])


@cache
def _columns() -> list[list[int]]:
    """A list for each of :func:`editions`: who has each of the fields that it shows, one bit for a country."""
    rows = list(_table()["fields"].values())
    columns = [[int(row[3 + index], 16) for row in rows] for index in range(len(editions()))]
    return [[bits for bits in column if bits] or [0] for column in columns]
