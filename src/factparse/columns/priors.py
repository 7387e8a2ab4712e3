"""What is typical of fields and countries, counted in two public editions of the Factbook (2015 and 2026).

Of each field: how far the lengths of its cells spread, and how often a cell names its own country. Of each country:
which others its cells name often. Fields are keyed by their canonical names, countries by the Factbook's own codes.
``tools/train_border_model.py`` writes the files.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from pathlib import Path

__all__ = ["name_tells", "own_names", "spread", "spread_class"]

_SPREADS = (0.35, 0.8, 1.3)  # where a class of spread ends and the next begins
_UNKNOWN = 4
_USUAL = 4.0  # nats: what the name of a country usually tells


@cache
def _table() -> dict[str, tuple[float, float]]:
    text = (Path(__file__).parent / "data" / "priors.json").read_text(encoding="ascii")
    return {field: (sd, own) for field, (sd, own) in json.loads(text).items()}


def spread(field: str) -> int:
    """The class of how far the lengths of the field's cells spread: 0 (hardly) to 3 (widely), 4 if that is not known.

    >>> spread("Birth rate"), spread("no such field")
    (0, 4)
    """
    row = _table().get(field)
    return spread_class(row[0]) if row is not None else _UNKNOWN


def spread_class(sd: float) -> int:
    """The class, 0 to 3, of a standard deviation of log lengths."""
    return bisect_right(_SPREADS, sd)


def own_names(field: str) -> float | None:
    """How much likelier a cell of ``field`` names its own country than another one, in nats.

    It is below 0 where a country is hardly named in its own cell (``Exports - partners``); ``None`` if that is unknown.

    >>> own_names("Background") > 3 > 0 > own_names("Exports - partners")
    True
    """
    row = _table().get(field)
    return row[1] if row is not None else None


@cache
def _others() -> dict[str, dict[str, float]]:
    text = (Path(__file__).parent / "data" / "named_others.json").read_text(encoding="ascii")
    found: dict[str, dict[str, float]] = json.loads(text)
    return found


def name_tells(named: str, other: str) -> float:
    """How much it tells, 0 to 1, that a cell names the country ``named``: that it is no cell of ``other``.

    Cells of a country often name its neighbours, and an island's the country that it belongs to.

    >>> name_tells("SF", "LT") < 0.2 < name_tells("LT", "SF"), name_tells("SF", "CH")
    (True, 1.0)
    """
    return min(_others().get(other.lower(), {}).get(named.lower(), _USUAL) / _USUAL, 1.0)
