"""Figures read whole from their characters, and the words that follow them: unit, of what, remark."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from factparse.language import AsOf, number, read_as_of
from factparse.language.numbers import CURRENCIES, MAGNITUDES

_KEPT = 8192
_LONGEST = 80  # characters of a figure, range and all
_SHORT = 20  # digits of which nobody need ask whether they are too many
_END = re.compile(
    r"(?P<sign>[-−–+])?\s?(?P<currency>[A-Z]{0,2}[$€£¥])?\s?(?P<inner>[-−])?(?P<digits>[\d,]*\.?\d+)"
    r"\s?(?P<magnitude>thousand|million|billion|trillion|bn|mn)?\s?(?P<percent>%|percent)?"
)
_QUALIFIER = re.compile(
    r"(?:^|(?<=\s))(?:(?:at (?:least|most)|as (?:many|few|much) as|about|almost|around|approx(?:imately|\.)"
    r"|an? ?estimated|estimated|more than|fewer than|less than|not? more than|nearly|over|only|roughly|some"
    r"|up to|under|close to|circa|ca\.|well over|greater than|below|above|slightly|somewhat|just)\s*+)++$",
    re.IGNORECASE,
)
_SIGNS = {"<": "less than", ">": "more than", "~": "about", "≈": "about"}
_UNIT = re.compile(
    r"sq (?:k?m|mi|nm)\b|cu k?m(?:/(?:yr|day))?\b|(?:cubic|square) (?:kilo)?met(?:er|re)s?\b(?: per \w+)?|acre-feet\b"
    r"|(?:k|c|m)?m\b(?!-|/)|km/h|nm\b|ha\b|hectares?\b|k?(?:ilo)?meters?\b|feet\b|miles\b|nautical miles\b"
    r"|metric tonn?e?s?(?: of CO2)?\b|(?:gross |deadweight )?tonn?e?s?\b(?: of CO2)?|mt-km\b|Mt\b|megatons\b|kg\b"
    r"|GRT\b|DWT\b|(?:G|M|k)Wh?\b|bbl(?:/day)?\b|barrels(?: per day)?\b"
    r"|(?:continuous |consecutive )?years?(?: of age| old)?\b|months?\b"
    r"|days?\b|hours?\b|hrs?\b|persons?\b|people\b|inhabitants\b|degrees?(?: [CF])?\b|liters(?: of pure alcohol)?\b"
    r"|micrograms per cubic meter\b|TEUs?\b|seats?\b|votes?\b|children born(?: per |/)woman\b"
    r"|[A-Za-z][\w() ]{0,28}?(?:/[\d,]*+| per [\d,]+)\s?[A-Za-z]+(?:(?<=live) births| ?population)?"
)
_JOINT = re.compile(r"^(?:and|or|includes?|including|of which|plus|also|mostly|mainly)(?: |$)")
_OF = re.compile(r"of (?:the )?")


class Figure(NamedTuple):
    """A number, whole: value or range, unit (``%``, a currency, or none), the qualifier that a sign gives."""

    value: float | int | None
    low: float | int | None
    high: float | int | None
    unit: str | None
    qualifier: str | None


_figure = tuple.__new__  # in half the time of calling the class


@lru_cache(_KEPT)
def read_figure(printed: str) -> Figure:
    """Return what a FIGURE or MISSING of ``figures.lark`` says.

    >>> read_figure("-$1.5 bn"), read_figure("50%-60%")[1:4], read_figure("<1%").qualifier, read_figure("NA%").unit
    (Figure(value=-1500000000, low=None, high=None, unit='USD', qualifier=None), (50, 60, '%'), 'less than', '%')
    """
    plain = _plain_figure(printed)
    if plain is not None:
        return plain
    ends = list(_END.finditer(printed))[:2] if len(printed) < _LONGEST else []
    if not ends:
        return Figure(None, None, None, "%" if printed.endswith("%") else CURRENCIES.get(printed[0]), None)
    first, last = ends[0], ends[-1]
    currency = first["currency"] or last["currency"]
    percent = first["percent"] or last["percent"]
    unit = CURRENCIES.get(currency, currency) if currency else "%" if percent else None
    qualifier = _SIGNS.get(printed[0])
    magnitude = first["magnitude"] or ""
    value = number(first["digits"], MAGNITUDES.get(magnitude, 0))
    if (first["sign"] or "+") != "+" or first["inner"]:
        value = -value if value else value
    if first is last:
        return Figure(value, None, None, unit, qualifier)
    high = number(last["digits"], MAGNITUDES.get(last["magnitude"] or "", 0))
    if last["magnitude"] and not magnitude:
        scaled = number(first["digits"], MAGNITUDES[last["magnitude"]])
        value = scaled if scaled is not None and high is not None and scaled <= high else value
    elif "," not in first["digits"] and "," in last["digits"] and value and high and value * 1000 <= high:
        value *= 1000  # 15-20,000
    return Figure(None, value, high, unit, qualifier)


def _plain_figure(printed: str) -> Figure | None:
    """Return the commonest figures, for which no pattern is needed: digits, dollars, a magnitude, a percent sign."""
    digits, unit = printed, None
    if digits[-1] == "%":
        digits, unit = digits[:-1].rstrip(), "%"
    elif digits[0] == "$":
        digits, unit = digits[1:].lstrip(), "USD"
    bare = digits.replace(",", "")
    if bare.isdecimal() and len(bare) < _SHORT:
        return _figure(Figure, (int(bare), None, None, unit, None))
    digits, _, magnitude = digits.partition(" ")
    bare = digits.replace(",", "")
    power = MAGNITUDES.get(magnitude, 0) if magnitude else 0
    whole, _, part = bare.partition(".")
    if (magnitude and not power) or not (whole + part).isdecimal():
        return None
    value: float | int | None
    if len(bare) >= _SHORT or (len(part) > power and part[-1] == "0"):
        value = number(bare, power)
    elif len(part) <= power:
        value = int(whole + part) * 10 ** (power - len(part))
    else:
        value = float(f"{bare}e{power}" if power else bare)
    return _figure(Figure, (value, None, None, unit, None))


class After(NamedTuple):
    """What the words behind a figure say: its unit, what it is a part of, and the rest, which is a remark or a name."""

    unit: str | None
    of: str | None
    rest: str
    size: int  # characters up to ``rest``


@lru_cache(_KEPT)
def read_after(words: str) -> After:
    """Return what the words right behind a figure say.

    >>> read_after("of GDP"), read_after("km of coast").rest, read_after("deaths/1,000 live births").unit
    (After(unit=None, of='GDP', rest='', size=6), 'of coast', 'deaths/1,000 live births')
    """
    unit = _UNIT.match(words, 1 if words.startswith("-") else 0)
    if unit is not None:
        rest = words[unit.end() :].strip(" .-")
        return After(unit[0].strip(), None, rest, unit.end())
    part = _OF.match(words)
    if part is not None:
        return After(None, words[part.end() :], "", len(words))
    return After(None, None, words, 0)


@lru_cache(_KEPT)
def read_lead(words: str) -> tuple[str, str | None]:
    """Return the words before a figure as a name and a qualifier.

    >>> read_lead("Belgium about"), read_lead("at least"), read_lead("gas -")
    (('Belgium', 'about'), ('', 'at least'), ('gas', None))
    """
    found = _QUALIFIER.search(words)
    qualifier = found[0].strip() if found else None
    name = words[: found.start()] if found else words
    return _JOINT.sub("", name.strip(' -–—:,"/')).removesuffix(" of"), qualifier


@lru_cache(_KEPT)
def read_date(printed: str) -> AsOf:
    """Return what an as-of bracket says; the same few are met again and again."""
    return read_as_of(printed)
