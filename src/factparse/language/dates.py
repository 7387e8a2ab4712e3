"""Reads as-of dates: ``(2012)``, ``(July 2021 est.)``, ``(mid-year 2021)``, ``(as of 2 March 2024)``, ``(FY12/13)``."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import attrs

from factparse.language.plans import CELL, rules, terminal

_KEPT: Final = 8192
_TURN: Final = 50  # a fiscal year of two digits up to FY50 is of this century, a later one of the last


@attrs.frozen
class AsOf:
    """The date a figure holds for: as printed, without brackets, and the last ``year`` in it, ``None`` if it has none.

    ``estimated`` says whether the date calls the figure an estimate (``2020 est.``).
    """

    date: str
    year: int | None
    estimated: bool = False


@lru_cache(_KEPT)
def read_as_of(printed: str) -> AsOf:
    """Read an as-of date, with or without its parentheses.

    Its year is the last one printed; of a span (``2000-01``, ``FY12/13``) it is the later one.

    >>> read_as_of("(2020 est.)")
    AsOf(date='2020 est.', year=2020, estimated=True)
    >>> [read_as_of(date).year for date in ("January 2015-August 2023", "2000-01", "FY12/13", "no date")]
    [2023, 2001, 2013, None]
    """
    date = printed.strip().removeprefix("(").removesuffix(")").strip()
    year: int | None = None
    estimated = False
    for token in rules(CELL, "date").pattern.finditer(date):
        if token.lastgroup == "ESTIMATE":
            estimated = True
        elif token.lastgroup == "YEARS":
            # Only a larger number is the end of a span within the century.
            later = token["until"] and token["until"] > token["two"]
            year = int(token["century"] + (token["until"] if later else token["two"]))
        elif token["rest"] and not token["last"]:
            year = int(token["first"] + token["rest"])  # FY2010
        else:
            short = int(token["last"] or token["rest"] or token["first"])
            year = short + (1900 if short > _TURN else 2000)
    return AsOf(date, year, estimated)


def is_as_of(text: str) -> bool:
    """Whether ``text``, given without parentheses, is an as-of date and nothing else.

    >>> is_as_of("as of 13 December 2022"), is_as_of("since the war of 1990")
    (True, False)
    """
    return terminal(CELL, "AS_OF").fullmatch(f"({text})") is not None
