"""Reads a figure from its characters, and the words around it: name and qualifier before it, unit and rest behind it.

The rules are ``figure``, ``before`` and ``behind`` of ``grammars/cell.lark``. What magnitudes and currencies mean
stands in the tables of ``grammars/words/``. Each distinct text is read once: figures and words come again and again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple
from unicodedata import numeric

from factparse.core.frozen import Frozen
from factparse.core.words import forms, mapping
from factparse.core.written import MOST_EXACT
from factparse.language.plans import CELL, Plan, Range, Rules, rules, terminal

_KEPT: Final = 8192
_LONGEST: Final = 80  # characters of a figure with its range; what is longer has no value
_MOST_DIGITS: Final = 24  # no figure counts anything with more digits than this
# Words that no name ends with.
_JOINING: Final = frozenset({"of", "the", "and", "on", "in", "for", "or", "out", "with"})
_APPROX: Final = {"<": "less than", ">": "more than", "~": "about", "≈": "about"}


class Figure(Frozen, frozen=True):
    """A figure as numbers: either its ``value``, or ``low`` and ``high`` of a range. All are ``None`` if none is given.

    Magnitudes are multiplied out. ``unit`` is ``%``, the ISO code of a currency (``USD``) or ``None``: units in words
    are not part of a figure. ``qualifier`` says what a sign before it means (``<``: ``less than``), and ``scaled``
    whether a magnitude such as ``million`` is printed with it.
    """

    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    unit: str | None = None
    qualifier: str | None = None
    scaled: bool = False


NO_FIGURE: Final = Figure(None)

has_digit: Final = re.compile(r"\d").search
"""Whether a text, or the part of it between two places, holds a digit; a match if so, else ``None``."""


class _Amount(NamedTuple):
    """Which tokens of a figure are the parts of an amount; -1 for a part that is not printed."""

    currency: int
    number: int
    fraction: int
    magnitude: int
    percent: int


class _Recipe(NamedTuple):
    """The plan of a figure, flat: the token of its approximate sign or -1, its amounts.

    There are two amounts in a range, else one, each with whether it is negative. A minus stands before the figure
    (``-$5``), behind its currency (``$-5``), or behind ``to``; all mean the same.
    """

    approx: int
    amounts: tuple[tuple[_Amount, bool], ...]


@lru_cache(512)
def _recipe(shape: str) -> _Recipe | None:
    """The flat plan of a figure with these tokens; ``None`` if no rule takes them, as with ``NA``."""
    plan = rules(CELL, "figure").plan(shape)
    if plan is None:
        return None
    found = {part.kind: part for part in plan.parts if part.kind != "amount"}
    before = (
        "sign" in found and _holds(found["sign"], "minus"),
        "far" in found and _holds(found["far"], "to", "minus"),
    )
    amounts = (_amount(part) for part in plan.parts if part.kind == "amount")
    signed = tuple((amount, inner or outer) for (amount, inner), outer in zip(amounts, before, strict=False))
    return _Recipe(found["approx"].first if "approx" in found else -1, signed)


def _holds(plan: Plan, *kinds: str) -> bool:
    """Whether the parts of ``plan`` are of all these ``kinds``."""
    return {part.kind for part in plan.parts}.issuperset(kinds)


def _amount(plan: Plan) -> tuple[_Amount, bool]:
    at = {part.kind: part.first for part in plan.parts}
    places = (at.get(kind, -1) for kind in ("currency", "number", "fraction", "magnitude", "percent"))
    return _Amount(*places), "minus" in at


@cache
def _figures() -> tuple[Rules, dict[str, str], dict[str, int]]:
    powers = {form: int(power) for form, power in mapping("magnitudes", "power").items()}
    return rules(CELL, "figure"), mapping("currencies", "code"), powers


def number(printed: str, power: int = 0) -> float | int | None:
    """The number that ``printed`` digits are, times ten to the ``power``: an ``int`` if it is whole, else a ``float``.

    ``None`` stands for what is no number at all, or has more digits than any figure, or is too large (:func:`exact`).

    >>> number("1,234"), number("1.27", 6), number("-2.1"), number("−5"), number("90,071,992,547,409,931")
    (1234, 1270000, -2.1, -5, None)
    """
    digits = printed.replace(",", "").replace("−", "-")  # thousands, and the true minus sign, which int() refuses
    if len(digits) > _MOST_DIGITS:
        return None
    if digits.isdecimal():
        return exact(int(digits) * int(10**power))
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    if not digits.strip("-."):
        return None
    # Whole numbers are made without a float, so that 1.27 million is 1270000 to the last digit.
    if len(part) <= power:
        return exact(int(whole + part) * int(10 ** (power - len(part)))) if part or whole.strip("-") else 0
    return float(f"{digits}e{power}")


def exact(whole: int) -> int | None:
    """``whole`` if every output can hold just this number, else ``None``: the digits are in the text of the fact.

    >>> exact(2**53), exact(-(2**53) - 1)
    (9007199254740992, None)
    """
    return whole if -MOST_EXACT <= whole <= MOST_EXACT else None


_ZEROS: Final = bytes(48 if 48 <= code <= 57 else code for code in range(256))


@cache
def _hint() -> re.Pattern[bytes]:
    """What the end of a number that may be too large looks like, each of its digits a zero.

    That is sixteen digits, or four before a magnitude, with decimals or without. The pattern begins with plain digits,
    because a search for these is many times as fast as one for a choice.
    """
    power = "|".join(mapping("magnitudes", "power"))
    return re.compile(rf"000(?<=[0,]000)(?:0{{12}}|(?:,000){{4}}|(?:\.0++)?\s?(?:{power}))".encode())


@cache
def _large() -> re.Pattern[str]:
    """Numbers of sixteen digits, or of four before a magnitude."""
    power = "|".join(mapping("magnitudes", "power"))
    part = rf"(?:\.\d+)?(?:\s?(?P<{{}}>{power})\b)"
    long, short = r"(?:\d{1,3}(?:,\d{3}){5,}(?!\d)|\d{16,})", r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{4,})"
    return re.compile(rf"(?<![\d.,])(?:{long}{part.format('one')}?|{short}{part.format('other')})")


def too_large(text: str, start: int, end: int) -> Iterator[Range]:
    """Where in ``text[start:end]`` a number stands that is too large to be read (:func:`exact`).

    >>> list(too_large("12 km, 12345678901234567 km, 9,500 trillion km", 0, 46))
    [(7, 24), (29, 43)]
    """
    # Hardly any page has one, and a pattern that looks for them takes as long as all its columns.
    zeros = text[start:end].encode("ascii", "replace").translate(_ZEROS)
    if _hint().search(zeros) is None:
        return
    _, _, powers = _figures()
    for found in _large().finditer(text, start, end):
        power = found["one"] or found["other"]
        digits = found[0].removesuffix(power).rstrip() if power else found[0]
        if number(digits, powers[power] if power else 0) is None:
            yield found.span()


@lru_cache(_KEPT)
def read_figure(printed: str) -> Figure:
    """Read a ``FIGURE``, ``MISSING`` or ``NO_MONEY`` of the grammar: its numbers and its unit.

    What has no number (``NA``, ``$NA``) gives a figure without a value, but with its unit. A magnitude behind a range
    counts for both ends (``2.5-3.0 million``), unless that would make the first the larger (``500,000-1 million``).

    >>> read_figure("-$1.5 bn").value, read_figure("50%-60%").high, read_figure("<1%").qualifier
    (-1500000000, 60, 'less than')
    >>> read_figure("- 9").value, read_figure("minus 3.5%").value, read_figure("17 1/2").value, read_figure("5½%").value
    (-9, -3.5, 17.5, 5.5)
    >>> read_figure("2.5-3.0 million").low, read_figure("500,000-1 million").low, read_figure("15-20,000").low
    (2500000, 500000, 15000)
    """
    if printed.replace(",", "").replace(".", "", 1).isdecimal():
        return Figure(number(printed))  # digits and no more: two in three
    known, codes, powers = _figures()
    shape, spans = known.cut(printed, 0, len(printed)) if len(printed) < _LONGEST else ("", [])
    recipe = _recipe(shape)
    if recipe is None:
        return Figure(None, unit="%" if printed.endswith("%") else codes.get(printed[0]))

    amount, negative = recipe.amounts[0]
    first, power = _digits(printed, spans, amount, powers)
    value = _signed(_whole(number(first, power), printed, spans, amount, power), negative=negative)
    unit = _unit(printed, spans, amount, codes)
    qualifier = _APPROX[printed[slice(*spans[recipe.approx])]] if recipe.approx >= 0 else None
    if len(recipe.amounts) == 1:
        return Figure(value, None, None, unit, qualifier, power > 0)
    amount, negative = recipe.amounts[1]
    last, last_power = _digits(printed, spans, amount, powers)
    low, high = _range(value, first, last, power, last_power)
    high = _signed(_whole(high, printed, spans, amount, last_power), negative=negative)
    if negative and low is not None and high is not None and high < low:
        low, high = high, low  # -2.4% to -5.0%
    # A range prints its unit at either end: $1.5-2 billion, 50-60%.
    unit = unit or _unit(printed, spans, amount, codes)
    return Figure(None, low, high, unit, qualifier, max(power, last_power) > 0)


def _digits(printed: str, spans: list[Range], amount: _Amount, powers: dict[str, int]) -> tuple[str, int]:
    """The digits of an amount as printed, and the power of ten to multiply them by."""
    power = powers[printed[slice(*spans[amount.magnitude])]] if amount.magnitude >= 0 else 0
    return printed[slice(*spans[amount.number])], power


def _signed(value: float | None, *, negative: bool) -> float | int | None:
    return -value if negative and value else value


def _whole(value: float | None, printed: str, spans: list[Range], amount: _Amount, power: int) -> float | int | None:
    """The ``value`` of the digits with the fraction behind them: 17 and ``1/2``, 5 and ``½``."""
    if amount.fraction < 0 or value is None:
        return value
    fraction = printed[slice(*spans[amount.fraction])]
    over, _, under = fraction.partition("/")
    if not under:
        part = numeric(fraction)
    elif int(under):
        part = int(over) / int(under)
    else:
        return value
    whole = value + part * 10**power
    return int(whole) if whole == int(whole) else whole


def _unit(printed: str, spans: list[Range], amount: _Amount, codes: dict[str, str]) -> str | None:
    if amount.currency >= 0:
        return codes[printed[slice(*spans[amount.currency])]]
    return "%" if amount.percent >= 0 else None


def _range(
    low: float | None, first: str, last: str, power: int, last_power: int
) -> tuple[float | int | None, float | int | None]:
    """The two ends of a range, where what is printed once, at the far end, may hold for both.

    ``first`` and ``last`` are the digits of the two ends, ``power`` and ``last_power`` their magnitudes.
    """
    high = number(last, last_power)
    if last_power and not power:
        scaled = number(first, last_power)
        low = scaled if scaled is not None and high is not None and scaled <= high else low
    elif "," not in first and "," in last and low and high and low * 1000 <= high:
        low *= 1000  # 15-20,000: the thousands are printed once
    return low, high


def positive(figure: Figure) -> Figure:
    """Return ``figure`` without its minus: a dash before a part of a whole begins an entry, and is no minus.

    >>> positive(read_figure("- 90%")).value
    90
    """
    return figure._replace(value=-figure.value) if figure.value is not None and figure.value < 0 else figure


class Before(NamedTuple):
    """The words before a figure: the name of what it counts, and its qualifier (``at least``), each as printed.

    ``name`` is empty, and ``qualifier`` is ``None``, where there is none.
    """

    name: str
    qualifier: str | None


@lru_cache(_KEPT)
def read_before(words: str) -> Before:
    """Divide the ``words`` before a figure into name and qualifier.

    What joins the name to the one before it (``and``, ``of which``) or to its figure (``accounts for``) is left off,
    and so is a final ``of``.

    >>> read_before("Belgium about"), read_before("at least")[:], read_before("of which gas -").name
    (Before(name='Belgium', qualifier='about'), ('', 'at least'), 'gas')
    >>> read_before("mining accounts for almost")
    Before(name='mining', qualifier='almost')
    """
    found = terminal(CELL, "QUALIFIER").search(words)
    name = (words[: found.start()] if found else words).strip(' -–—:,"/?')
    joint = terminal(CELL, "JOINT").match(name)
    name = name[joint.end() :] if joint else name
    # Few names end with the last word of a verb, so most are not searched.
    if name[name.rfind(" ") + 1 :] in _verb_ends() and (verb := terminal(CELL, "VERB").search(name)):
        name = name[: verb.start()].rstrip(" -–—")
    return Before(name.removesuffix(" of"), found[0].strip() if found else None)


def unjoined(name: str) -> str:
    """Return a name without the small words at its end that join it to its figure.

    >>> unjoined("Beta's segment of the"), unjoined("of")
    ("Beta's segment", '')
    """
    while name and name[name.rfind(" ") + 1 :] in _JOINING:
        name = name[: max(0, name.rfind(" "))]
    return name


@cache
def _verb_ends() -> frozenset[str]:
    return frozenset(form.rpartition(" ")[2] for form in forms("verbs"))


class Behind(NamedTuple):
    """The words behind a figure: its unit, or what it is a part of, and the rest, which is a remark or a name."""

    unit: str | None
    of: str | None
    rest: str
    size: int  # characters before ``rest``


@lru_cache(_KEPT)
def read_behind(words: str) -> Behind:
    """Divide the ``words`` right behind a figure: into a unit and the rest, or what the figure is a part of.

    A unit in capitals that are not its usual ones is given with these (``12 NM``: ``nm``).

    >>> read_behind("of GDP"), read_behind("KM of coast")[::2], read_behind("deaths/1,000 live births").unit
    (Behind(unit=None, of='GDP', rest='', size=6), ('km', 'of coast'), 'deaths/1,000 live births')
    """
    unit = terminal(CELL, "UNIT").match(words)
    if unit is not None:
        printed = unit[0].strip(" -")
        return Behind(
            mapping("units", "usual").get(printed) or printed, None, words[unit.end() :].strip(" .-"), unit.end()
        )
    part = terminal(CELL, "PART_OF").match(words)
    if part is not None:
        return Behind(None, words[part.end() :], "", len(words))
    return Behind(None, None, words.removeprefix("-"), 0)


class Rest(NamedTuple):
    """The words behind a figure that are no unit: the name of what it counts or is of, and a remark.

    ``kind`` says that the name tells only of which kind that is (``electrified``). What is not there is empty, or
    ``None``.
    """

    name: str
    kind: bool
    remark: str | None


@lru_cache(_KEPT)
def read_rest(rest: str) -> Rest:
    """Divide the words behind the unit of a figure into what it counts and a remark.

    What joins the name to the figure (``of``, ``on``, ``in``, ``are``) is left off.

    >>> read_rest("depth or to the edge"), read_rest("high-speed"), read_rest("on canals").name
    (Rest(name='depth', kind=False, remark='or to the edge'), Rest(name='high-speed', kind=True, remark=None), 'canals')
    """
    head = terminal(CELL, "REST_HEAD").match(rest)
    name = rest[head.end() :] if head else rest
    found = terminal(CELL, "REMARK").search(name)
    remark = name[found.start() :].strip() if found else None
    name = name[: found.start()].rstrip() if found else name
    # What is said of the count does not name it: "12 are paved", "40 in use".
    told = head is not None and (head["verb"] or head["kind"]) is not None
    return Rest(name, told or terminal(CELL, "KIND").match(name) is not None, remark)
