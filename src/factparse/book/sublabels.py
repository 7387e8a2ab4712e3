"""The sub-labels of a field in each edition, in their order. They were counted over all cells of that edition."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = "data/sublabels.tsv"
"""Made by ``tools/order_sublabels.py``: field, first and last edition with that order, the sub-labels."""


@cache
def _orders() -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    found: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    text = (Path(__file__).parent / FILE).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        field, first, last, labels = line.split("\t")
        found.setdefault(field, []).append((first, last, tuple(labels.split("|"))))
    return found


@cache
def _newest() -> str:
    return max(last for orders in _orders().values() for _, last, _ in orders)


def sublabels(field: str, edition: str) -> tuple[str, ...]:
    """The sub-labels of a canonical ``field`` in an ``edition``, in the order in which cells print them.

    An edition after the last one that was counted has those of the last one. Empty if the cells have no sub-labels.

    >>> sublabels("Refugees and internally displaced persons", "2021-07")
    ('refugees (country of origin)', 'IDPs', 'stateless persons')
    >>> sublabels("Refugees and internally displaced persons", "2005"), sublabels("Airports", "2005")
    (('refugees (country of origin)', 'IDPs'), ())
    """
    asked = min(edition, _newest())
    return next((labels for first, last, labels in _orders().get(field, ()) if first <= asked <= last), ())
