"""Numbers read whole: sign, thousands, magnitude, range, qualifier, unit."""

from __future__ import annotations

import attrs

from factparse.language.tree import Value

MAGNITUDES = {"thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12}
CURRENCIES = {
    "$": "USD",
    "US$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "NZ$": "NZD",
    "A$": "AUD",
    "C$": "CAD",
    "HK$": "HKD",
}
_LONGEST = 24  # digits beyond which nothing is a count of anything


@attrs.frozen
class Number:
    """A number, whole. ``value`` is ``None`` for ``NA`` and for a range, which has ``low`` and ``high``.

    ``unit`` is ``%``, a currency code (``USD``) or as printed; ``qualifier`` the words before the figure, as printed.
    """

    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    qualifier: str | None = None
    unit: str | None = None
    magnitude: bool = False


def number(printed: str, power: int = 0) -> float | int | None:
    """Return the value of digits as printed times ten to the ``power``: an ``int`` where it is whole.

    ``None`` where it is no number at all, or has more digits than any figure.

    >>> number("1,234"), number("1.27", 6), number("-2.1"), number("−5")
    (1234, 1270000, -2.1, -5)
    """
    digits = printed.replace(",", "").replace("−", "-")
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    if not digits.strip("-.") or len(digits) > _LONGEST:
        return None
    if len(part) <= power:
        return int(whole + part) * 10 ** (power - len(part)) if part or whole.strip("-") else 0
    return float(f"{digits}e{power}")


def read_number(node: Value, cell: str) -> Number:
    """Return what a ``quantity``, ``money``, ``share`` or ``missing`` node of the tree of ``cell`` says.

    A magnitude behind a range counts for both ends, unless the first end is the larger number (``500,000-1 million``).

    >>> from factparse.language import parse
    >>> def first(cell):
    ...     return read_number(next(parse(cell).find("quantity", "money", "share", "missing")), cell)
    >>> first("at least 1.27 million")
    Number(value=1270000, low=None, high=None, qualifier='at least', unit=None, magnitude=True)
    >>> first("2.5-3.0 million").low, first("500,000-1 million").low, first("50%-60%").high
    (2500000, 500000, 60)
    >>> first("-$5 bn").value, first("$-5 bn").unit
    (-5000000000, 'USD')
    """
    found: list[tuple[str, int]] = []
    qualifiers: list[str] = []
    unit: str | None = "%" if node.kind == "share" else None
    negative = False
    for leaf in node.children:
        printed = leaf.text(cell).strip()
        if leaf.kind == "number":
            found.append((printed, 0))
        elif leaf.kind == "magnitude" and found:
            found[-1] = (found[-1][0], MAGNITUDES[printed])
        elif leaf.kind == "qualifier":
            qualifiers.append(printed)
        elif leaf.kind == "currency" and unit is None:
            negative = printed.startswith("-")
            unit = CURRENCIES.get(printed.lstrip("-"), printed)
        elif leaf.kind == "unit":
            unit = f"{unit}/{printed}" if unit else printed
    qualifier = " ".join(qualifiers) or None
    magnitude = any(power for _, power in found)
    if len(found) == 2:
        low, high = _ends(found)
        return Number(None, low, high, qualifier, unit, magnitude)
    value = number(*found[0]) if found else None
    return Number(-value if negative and value else value, None, None, qualifier, unit, magnitude)


def _ends(found: list[tuple[str, int]]) -> tuple[float | int | None, float | int | None]:
    (first, first_power), (last, last_power) = found
    low, high = number(first, first_power), number(last, last_power)
    if last_power and not first_power:
        bare = number(last)
        if low is not None and bare is not None and low <= bare:
            low = number(first, last_power)
    return low, high
