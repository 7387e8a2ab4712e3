"""Derived facts: what the facts of a cell say together and none of them says alone (a sum, a difference).

A module of this package that has ``derive(facts)`` is found by being there; none comes with the library. It is given
the facts that were read of one cell, and returns more, made with :func:`derived`, which come behind them. Its
``FIELDS`` names the fields whose cells it is asked about; without it, it is asked about all.

A figure that is printed still belongs to exactly one fact that is not derived. So whoever counts figures leaves out
the facts whose ``derived`` is true.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final, TypeVar

import attrs

from factparse.core.facts import AnyFact, Dated, Fact
from factparse.core.spans import join

Derive = Callable[[Sequence[AnyFact]], Iterable[AnyFact]]
FactType = TypeVar("FactType", bound=Fact)

_CARRIED: Final = tuple(field.name for field in attrs.fields(Fact))
_DATE: Final = tuple(field.name for field in attrs.fields(Dated) if field.name not in _CARRIED)


def derived(
    kind: type[FactType],
    facts: Sequence[Fact],
    /,  # facts have fields of these names
    **own: Any,  # noqa: ANN401 (any field of the fact)
) -> FactType:
    """Return a fact of class ``kind`` that sums up ``facts``, one or more of one cell in reading order.

    Its span is theirs together, and its text what that span cuts. What all facts carry (subject, field, confidence) is
    that of the first. The date is theirs if they have the same one. ``own`` are the fields of its own; they may set
    another date.

    >>> from factparse.core.facts import Quantity
    >>> from factparse.extract import extract
    >>> land, water = extract("Area", "land: 170 sq km (2019); water: 10 sq km (2019)", subject="Aruba")
    >>> total = derived(Quantity, [land, water], path=("total",), value=land.value + water.value, unit="sq km")
    >>> total.value, total.year, total.text, total.derived
    (180, 2019, '170 sq km (2019)10 sq km (2019)', True)
    """
    first = facts[0]
    common = {name: getattr(first, name) for name in _CARRIED}
    text, span = "".join(fact.text for fact in facts), join(fact.span for fact in facts)
    return kind(**{**common, **_common_date(kind, facts), **own, "text": text, "span": span, "derived": True})


def _common_date(kind: type[Fact], facts: Sequence[Fact]) -> dict[str, Any]:
    """The fields of the date that all ``facts`` have; none if they differ in it, or ``kind`` has no date."""
    if not issubclass(kind, Dated):
        return {}
    dates = {tuple(getattr(fact, name, None) for name in _DATE) for fact in facts}
    return dict(zip(_DATE, dates.pop(), strict=True)) if len(dates) == 1 and isinstance(facts[0], Dated) else {}


def derivers(field: str) -> tuple[Derive, ...]:
    """Return the functions that derive facts from the cells of a canonical ``field``, in the order of their modules."""
    found = _found()  # mostly there is none, and each cell asks
    return tuple([derive for fields, derive in found if fields is None or field in fields]) if found else ()


@cache
def _found() -> list[tuple[frozenset[str] | None, Derive]]:
    loaded = [import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    return [(frozenset(module.FIELDS) if hasattr(module, "FIELDS") else None, module.derive) for module in loaded]
