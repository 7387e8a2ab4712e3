"""Reads as-of dates: ``(2012)``, ``(July 2021 est.)``, ``(mid-year 2021)``, ``(as of 2 March 2024)``, ``(FY12/13)``."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from functools import cache, lru_cache
from typing import Final

import attrs

from factparse.core.words import mapping
from factparse.language.plans import CELL, rules, terminal

_KEPT: Final = 8192
_TURN: Final = 50  # a fiscal year of two digits up to FY50 is of this century, a later one of the last
_SHEET_ZERO: Final = datetime.date(1899, 12, 30)  # the day from which spreadsheets count


@attrs.frozen
class AsOf:
    """The date a figure holds for: as printed, without brackets, and the last ``year`` in it, ``None`` if it has none.

    ``estimated`` says whether the date calls the figure an estimate (``2020 est.``). ``start`` and ``end`` are the
    first and the last day of what is printed (``2020-01-01``, ``2020-12-31``), ``None`` if it has no year. ``period``
    are the years or the fiscal year that it spans, as printed (``2010-15``, ``FY94/95``), if it does.
    """

    date: str
    year: int | None
    estimated: bool = False
    start: str | None = None
    end: str | None = None
    period: str | None = None


ESTIMATE: Final = AsOf("", None, estimated=True)
"""The date of a figure that is called an estimate and has none: ``1,100 (est.)``."""


@lru_cache(_KEPT)
def read_as_of(printed: str) -> AsOf:
    """Read an as-of date, with or without its parentheses.

    Its year is the last one printed; of a span (``2000-01``, ``FY12/13``) it is the later one.

    >>> read_as_of("(2020 est.)")
    AsOf(date='2020 est.', year=2020, estimated=True, start='2020-01-01', end='2020-12-31', period=None)
    >>> [read_as_of(date).year for date in ("January 2015-August 2023", "2000-01", "FY12/13", "no date")]
    [2023, 2001, 2013, None]
    >>> [read_as_of(date).start for date in ("13 May 2016", "mid-2021", "yearend 2002", "2nd half 1990", "2015/16")]
    ['2016-05-13', '2021-05-01', '2002-12-31', '1990-07-01', '2015-01-01']
    """
    date = printed.strip().removeprefix("(")
    if date.count("(") < date.count(")"):  # not those of 1991 (est)
        date = date.removesuffix(")")
    date = date.strip()
    read = _Reading()
    for token in rules(CELL, "date").pattern.finditer(date):
        read.token(token)
    first, last = read.days()
    found = terminal(CELL, "PERIOD").search(date) if read.year is not None else None
    return AsOf(date, read.year, read.estimated, first, last, found[0] if found else None)


def is_as_of(text: str) -> bool:
    """Whether ``text``, given without parentheses, is an as-of date and nothing else.

    >>> is_as_of("as of 13 December 2022"), is_as_of("since the war of 1990")
    (True, False)
    """
    return terminal(CELL, "AS_OF").fullmatch(f"({text})") is not None


class _Reading:
    """What the tokens of a date told so far: years, and the months, days and parts that wait for theirs."""

    def __init__(self) -> None:
        self.year: int | None = None
        self.estimated = False
        self._spans: list[tuple[datetime.date, datetime.date]] = []
        self._months: list[int] = []
        self._numbers: list[int] = []  # days of a month
        self._parts: list[str] = []

    def token(self, token: re.Match[str]) -> None:
        """Take one token of the rule ``date``."""
        kind, text = token.lastgroup, token[0]
        if kind == "ESTIMATE":
            self.estimated = True
        elif kind == "MONTH":
            self._months.append(int(_months()[text.lower()]))
        elif kind == "DAY_OF_MONTH":
            self._numbers.append(int(text))
        elif kind == "SEASON":
            self._parts.append(mapping("seasons", "part")[text.lower()])
        elif kind == "SHEET_NUMBER":
            day = _SHEET_ZERO + datetime.timedelta(int(text))
            self.year = day.year
            self._spans.append((day, day))
        else:
            self._years(*(_fiscal(token) if kind == "FISCAL_YEAR" else _plain(token)))

    def _years(self, first: int, last: int) -> None:
        """Take the year printed, or the two that a span goes from and to, with the months and days before them."""
        self.year = last
        months, numbers, parts = self._months or [0], self._numbers or [0], self._parts or [""]
        self._spans.append(
            (_edges(first, months[0], numbers[0], parts[0])[0], _edges(last, months[-1], numbers[-1], parts[-1])[1])
        )
        self._months, self._numbers, self._parts = [], [], []

    def days(self) -> tuple[str, str] | tuple[None, None]:
        """Return the first and the last day of all that was told, in ISO 8601."""
        if not self._spans:
            return None, None
        days = [day for span in self._spans for day in span]  # the later of two may be printed first
        return min(days).isoformat(), max(days).isoformat()


@cache
def _months() -> dict[str, str]:
    return {form.lower(): number for form, number in mapping("months", "number").items()}


def _plain(token: re.Match[str]) -> tuple[int, int]:
    """The first and last year of ``1994``, ``2000-01``, ``1999/00``."""
    century, two, until = token["century"], token["two"], token["until"]
    first = int(century + two)
    if not until:
        return first, first
    # Only a larger number is the end of a span within the century, and 00 that of one over its end.
    if until > two:
        return first, int(century + until)
    return first, first + 1 if (two, until) == ("99", "00") else first


def _fiscal(token: re.Match[str]) -> tuple[int, int]:
    """The years that a fiscal year touches: ``FY93``, ``FY2010``, ``FY12/13``, ``FY8889``."""
    short, rest, last = token["first"], token["rest"], token["last"]
    if rest and short in ("19", "20"):
        first = int(short + rest)
    else:
        first, last = _century(int(short)), last or rest
    return first, _century(int(last)) if last else first


def _century(short: int) -> int:
    return short + (1900 if short > _TURN else 2000)


def _edges(year: int, month: int, number: int, part: str) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a year, of a month (not 0) or day of it, or of a ``part`` of either (``2/3``)."""
    if not month:
        return _part_of_year(year, part)
    last = monthrange(year, month)[1]
    if number and number <= last:
        return datetime.date(year, month, number), datetime.date(year, month, number)
    first, until = _bounds(part, last)
    return datetime.date(year, month, first), datetime.date(year, month, until)


def _part_of_year(year: int, part: str) -> tuple[datetime.date, datetime.date]:
    if part in ("first", "last"):
        day = datetime.date(year, 1, 1) if part == "first" else datetime.date(year, 12, 31)
        return day, day
    first, until = _bounds(part, 12)
    return datetime.date(year, first, 1), datetime.date(year, until, monthrange(year, until)[1])


def _bounds(part: str, size: int) -> tuple[int, int]:
    """The first and last of ``size`` months or days that a part covers: ``2/3`` of 12 are 5 to 8."""
    if part in ("first", "last"):
        return (1, 1) if part == "first" else (size, size)
    which, _, parts = part.partition("/")
    if not parts:
        return 1, size
    return (int(which) - 1) * size // int(parts) + 1, int(which) * size // int(parts)
