"""Units as the Factbook prints them, in SI units: ``180 sq km`` are 180,000,000 m². Needs the optional ``pint``."""

from __future__ import annotations

from functools import cache
from typing import Any

from factparse.core.errors import UsageError

# How pint writes what the Factbook prints. Money, counts and rates of people have no SI unit and are left out.
_PINT = {
    "%": "percent",
    "sq km": "kilometer**2",
    "km2": "kilometer**2",
    "sq m": "meter**2",
    "m2": "meter**2",
    "sq mi": "mile**2",
    "sq nm": "nautical_mile**2",
    "ha": "hectare",
    "hectares": "hectare",
    "km": "kilometer",
    "kilometers": "kilometer",
    "m": "meter",
    "meters": "meter",
    "cm": "centimeter",
    "mm": "millimeter",
    "nm": "nautical_mile",
    "nautical miles": "nautical_mile",
    "ft": "foot",
    "feet": "foot",
    "miles": "mile",
    "cu m": "meter**3",
    "cubic meters": "meter**3",
    "cu km": "kilometer**3",
    "cu km/yr": "kilometer**3 / year",
    "cu m/yr": "meter**3 / year",
    "cu m/day": "meter**3 / day",
    "bbl": "oil_barrel",
    "barrels": "oil_barrel",
    "bbl/day": "oil_barrel / day",
    "barrels per day": "oil_barrel / day",
    "liters": "liter",
    "liters of pure alcohol": "liter",
    "kg": "kilogram",
    "tons": "metric_ton",
    "metric tons": "metric_ton",
    "metric tonnes": "metric_ton",
    "metric tonnes of CO2": "metric_ton",
    "Mt": "metric_ton",
    "megatons": "megametric_ton",
    "kt": "kilometric_ton",
    "kW": "kilowatt",
    "MW": "megawatt",
    "GW": "gigawatt",
    "kWh": "kilowatt * hour",
    "MWh": "megawatt * hour",
    "GWh": "gigawatt * hour",
    "degrees": "degree",
    "micrograms per cubic meter": "microgram / meter**3",
}


def to_si(value: float, unit: str | None) -> tuple[float, str] | None:
    """``value`` in SI base units and the unit it then has; ``None`` for a unit that SI has nothing for.

    Raises :class:`~factparse.UsageError` (``units-missing``) if ``pint`` is not installed.

    >>> to_si(180, "sq km"), to_si(5, "births/1,000 population")
    ((180000000.0, 'm**2'), None)
    """
    found = _factor(unit) if unit in _PINT else None
    return (value * found[0], found[1]) if found else None


@cache
def _factor(unit: str) -> tuple[float, str]:
    """How many SI base units one ``unit`` has, and what they are."""
    one = _registry().Quantity(1.0, _PINT[unit]).to_base_units()
    return float(one.magnitude), f"{one.units:~C}" or "1"


@cache
def _registry() -> Any:  # noqa: ANN401 (pint is optional)
    try:
        from pint import UnitRegistry
    except ImportError as error:
        raise UsageError("units-missing", "SI units need pint: pip install 'factparse[units]'") from error
    return UnitRegistry()
