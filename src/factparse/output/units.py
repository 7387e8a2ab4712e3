"""Amounts in the Factbook's units, turned into SI units: ``180 sq km`` are 180,000,000 m². It needs ``pint``."""

from __future__ import annotations

from functools import cache
from typing import Any

from factparse.core.errors import UsageError
from factparse.core.words import mapping


@cache
def _pint() -> dict[str, str]:
    """A mapping from printed units to those of pint. Money, counts and rates of people have no SI unit."""
    return {form: pint for form, pint in mapping("units", "pint").items() if pint}


def to_si(value: float, unit: str | None) -> tuple[float, str] | None:
    """``value`` in SI base units, and the name of these units. ``None`` if SI has no such unit.

    Raises :class:`~factparse.UsageError` (``units-missing``) if ``pint`` is not installed.

    >>> to_si(180, "sq km"), to_si(5, "births/1,000 population")
    ((180000000.0, 'm**2'), None)
    """
    found = _factor(unit) if unit in _pint() else None
    return (value * found[0], found[1]) if found else None


@cache
def _factor(unit: str) -> tuple[float, str]:
    """The number of SI base units in one ``unit``, and what they are; ``1`` for a plain ratio."""
    one = _registry().Quantity(1.0, _pint()[unit]).to_base_units()
    return float(one.magnitude), f"{one.units:~C}" or "1"


@cache
def _registry() -> Any:  # noqa: ANN401 (pint is optional)
    try:
        from pint import UnitRegistry
    except ImportError as error:
        raise UsageError("units-missing", "SI units need pint: pip install 'factparse[units]'") from error
    return UnitRegistry()
