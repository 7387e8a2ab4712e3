"""As-of dates: ``(2012)``, ``(July 2021 est.)``, ``(mid-year 2021)``, ``(as of 2 March 2024)``, ``(FY12/13)``."""

from __future__ import annotations

import re

import attrs

from factparse.language.plans import lexicon

_YEAR = re.compile(
    r"(?<!\d)(1[6-9]|20)(\d\d)(?:[-/–](\d\d)(?!\d))?(?!\d)|FY\s?(\d\d)(\d\d)?(?:[-/](\d\d)?(\d\d))?", re.IGNORECASE
)
_ESTIMATED = re.compile(r"\best(?:\.|imated?|imates)?(?![a-z])|\bprojected\b", re.IGNORECASE)


@attrs.frozen
class AsOf:
    """When a figure holds: ``date`` as printed, the last ``year`` in it, and whether it calls itself an estimate."""

    date: str
    year: int | None
    estimated: bool = False


def last_year(text: str) -> int | None:
    """Return the last calendar year in ``text``, the later one of a span or of a fiscal year.

    >>> last_year("January 2015-August 2023"), last_year("2000-01"), last_year("FY12/13"), last_year("no")
    (2023, 2001, 2013, None)
    """
    year: int | None = None
    for match in _YEAR.finditer(text):
        century, two, to, fiscal, fiscal_rest, _, fiscal_to = match.groups()
        if century:
            year = int(century + two)
            if to and int(to) > int(two):
                year = int(century + to)
        elif fiscal_rest and not fiscal_to:
            year = int(fiscal + fiscal_rest)
        else:
            short = int(fiscal_to or fiscal_rest or fiscal)
            year = short + (1900 if short > 50 else 2000)
    return year


def read_as_of(printed: str) -> AsOf:
    """Return what an as-of bracket says, with or without its parentheses.

    >>> read_as_of("(2020 est.)")
    AsOf(date='2020 est.', year=2020, estimated=True)
    """
    date = printed.strip().removeprefix("(").removesuffix(")").strip()
    return AsOf(date, last_year(date), _ESTIMATED.search(date) is not None)


def is_as_of(text: str) -> bool:
    """Return whether ``text``, without parentheses, is a date and nothing else.

    >>> is_as_of("as of 13 December 2022"), is_as_of("since the war of 1990")
    (True, False)
    """
    match = lexicon("lexical.lark").pattern.match(f"({text})")
    return match is not None and match.lastgroup == "AS_OF" and match.end() == len(text) + 2
