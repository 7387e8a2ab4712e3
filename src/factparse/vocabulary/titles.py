"""Reads the two entries of a comparison page, from its title or from its glued column header."""

from __future__ import annotations

import re
from typing import Final

import attrs

from factparse.vocabulary.countries import Country, country_named, names_at

_LONGEST: Final = 320  # characters; no title is longer
EDITION: Final = r"(?:[ \xa0]*+\([^()\n\d]{0,12}(?:19|20)\d\d[^)\n]{0,12}\)|[ \xa0]++(?:19|20)\d\d(?!\d))"
"""The pattern of the edition that a header or title prints behind a name, where it compares two of one country."""

_EDITION: Final = re.compile(rf"\s*+(?>{EDITION}?)\s*+")
_AT_END: Final = re.compile(rf"{EDITION}\s*+\Z")
_LONGEST_EDITION: Final = 40
_VERSUS: Final = re.compile(r"(?<!\S)(?:vs?|versus)\.?(?!\S)", re.IGNORECASE)
_COMPARE: Final = re.compile(r"\b(?:compar(?:e|ed|ing|isons?)|between|differences?)\b", re.IGNORECASE)
_AND: Final = re.compile(r"\s(?:and|with|to|&)\s", re.IGNORECASE)

# Where a name may start and end: at the edge of a word, or in glued text where a small letter meets a capital.
_START: Final = re.compile(r"(?<!\w)\w|(?<=[^\W_A-Z])[A-Z]")
_END: Final = re.compile(r"\w(?!\w)|[^\W_A-Z](?=[A-Z])|[).]")


@attrs.frozen(slots=True)
class Title:
    """The two sides of a title: names as printed, their ranges in the text, and entries (``None`` if unknown)."""

    names: tuple[str, str]
    spans: tuple[tuple[int, int], tuple[int, int]]
    countries: tuple[Country | None, Country | None]


def split_glued(text: str) -> tuple[Country, Country] | None:
    """The two entries whose names are the whole of ``text``, with nothing or white space between; ``None`` if none are.

    Each name may be followed by its edition in brackets. If the text can be read in several ways, the one with the
    longest first name is taken.

    >>> [c.short for c in split_glued("Congo, Republic of theKorea, North")]
    ['Republic of the Congo', 'North Korea']
    >>> [c.short for c in split_glued("NigerNigeria")]
    ['Niger', 'Nigeria']
    >>> split_glued("Nigeria") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    text = text.strip()
    for first, border in names_at(text):
        start = _after(text, border)
        for second, end in names_at(text, start):
            if _after(text, end) == len(text):
                return first, second
    return None


def _after(text: str, at: int) -> int:
    """The place behind an edition in brackets and white space at ``at``; ``at`` if there is neither."""
    found = _EDITION.match(text, at)
    return found.end() if found else at


def split_title(text: str) -> Title | None:
    """The two sides of the title line ``text``, or ``None`` if it is not one.

    A title joins two names by ``vs.``, ``vs``, ``v.`` or ``versus``, or by ``and`` beside a word like ``compare``.
    Words around a known name (``Compare``, `` - economy comparison (2024)``) are left out. A side of a ``vs`` title
    that names nothing known is given as it stands, with ``None`` for its entry. With ``and`` both sides must be known.
    So must they if ``text`` is too long for a title: it may only start with one, glued to what follows.

    >>> split_title("Trinidad and Tobago vs. Cote d'Ivoire - economy (2024)").names
    ('Trinidad and Tobago', "Cote d'Ivoire")
    >>> [c.alpha3 for c in split_title("Compare Bosnia and Herzegovina and Chad").countries]
    ['BIH', 'TCD']
    >>> split_title("Cats vs. dogs").countries
    (None, None)
    >>> split_title("Chad and Mali") is None
    True
    """
    glued = len(text) > _LONGEST
    text = text[:_LONGEST]
    versus = _VERSUS.search(text)
    if versus:
        title = _title(text, _left(text, versus.start()), _right(text, versus.end()))
        return None if title and glued and None in title.countries else title
    if not _COMPARE.search(text):
        return None
    # Names may contain "and", so each "and" is tried. The reading with the longest names wins.
    readings = (_title(text, _left(text, j.start()), _right(text, j.end())) for j in _AND.finditer(text))
    return max((t for t in readings if t and _is_pair(t)), key=lambda t: sum(map(len, t.names)), default=None)


def _is_pair(title: Title) -> bool:
    """Whether both sides are known and differ: ``Bosnia and Herzegovina`` is one entry and no pair."""
    return None not in title.countries and title.countries[0] is not title.countries[1]


def _title(text: str, left: tuple[int, int], right: tuple[int, int]) -> Title | None:
    """The title with these two ranges for its sides. ``None`` if one is empty."""
    names = text[slice(*left)], text[slice(*right)]
    if not all(names):
        return None
    return Title(names, (left, right), (country_named(names[0]), country_named(names[1])))


def _left(text: str, end: int) -> tuple[int, int]:
    """The range of the longest known name that ends at ``end``; if there is none, of all that stands before it."""
    end = without_edition(text, 0, end)
    begin = len(text) - len(text.lstrip())
    starts = (begin + found.start() for found in _START.finditer(text[begin:end]))
    return next(((at, end) for at in starts if country_named(text[at:end])), (begin, end))


def without_edition(text: str, start: int, end: int) -> int:
    """The end of the text between ``start`` and ``end``, without an edition and white space at its end.

    >>> without_edition("Norway (2004) ", 0, 14), without_edition("Norway 2004", 0, 11)
    (6, 6)
    """
    found = _AT_END.search(text, max(start, end - _LONGEST_EDITION), end)
    return start + len(text[start : found.start() if found else end].rstrip())


def _right(text: str, start: int) -> tuple[int, int]:
    """The range of the longest known name that starts at ``start``; if there is none, of all that stands behind it."""
    start += len(text[start:]) - len(text[start:].lstrip())
    end = len(text.rstrip())
    ends = [start + found.end() for found in _END.finditer(text[start:end])]
    return next(((start, at) for at in reversed(ends) if country_named(text[start:at])), (start, end))
