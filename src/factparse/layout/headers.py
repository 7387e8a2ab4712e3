"""Finds column headers: the two country names above a table, in every shape that text extractors leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from factparse.layout.index import LEAD, LEADING, noise_line, noise_phrases
from factparse.layout.marks import BEGINNING, GLUED, HEADER, LINE, Mark
from factparse.layout.tables import MARKS
from factparse.vocabulary import EDITION, country_at, country_named, name_begins

_LEAD = re.compile(LEAD)
# What a table has above its labels: Field | Togo | Peru
_LABELS = re.compile(
    rf"{LEAD}(?i:attribute|category|country|field|indicator|item|statistic|topic)s?[ \xa0*_:]*+[|\t]{LEAD}"
)
_EDITION = f"{EDITION}?"  # Togo (2002) | Togo (2010)
_SPACE = r"&nbsp;|&#160;"  # left as they were written
_GAP = re.compile(rf"{_EDITION}(?>(?:[\s\xa0*{re.escape(MARKS)}]|{_SPACE})*)")
_TAIL = re.compile(rf"{_EDITION}(?>(?:[ \t\xa0*\r{re.escape(MARKS)}]|{_SPACE})*)")
_PROSE = frozenset(" ,;.')-")  # what follows a name in a sentence
_GAPS = frozenset(" (\t\n\r\xa0" + MARKS)
_RULED = " \t\r\n|-=+:\xa0![]()"
"""What may stand between a header and its first row: blank lines, rules, images (``![]()``)."""

_MOST_WORDS = 60
"""Two names, with the rules and images under them, have no more words than this."""

_WIDEST_GAP = 50_000
"""The most padding between two column names. Padded columns are as wide as their widest cell; more is no header."""


def header_marks(text: str, start: int, end: int, a: str, b: str) -> list[Mark]:
    """The headers between ``start`` and ``end`` that name ``a`` and ``b`` and nothing else, in reading order.

    The columns may stand in the other order than in the title. They then do so in every header of the page, so one
    order is tried after the other, and never both.
    """
    return list(_in_order(text, start, end, a, b)) or list(_in_order(text, start, end, b, a))


def _in_order(text: str, start: int, end: int, first: str, second: str) -> Iterator[Mark]:
    size = len(first)
    at = text.find(first, start, end)
    while at >= 0:
        stop = at + size
        # A name in prose is followed by a space and a word: two characters rule it out, without a pattern.
        prose = text[stop : stop + 1] in _PROSE and text[stop + 1 : stop + 2] not in _GAPS
        mark = None if prose and not text.startswith(second, stop + 1) else _header(text, at, first, second, end)
        if mark is not None:
            yield mark
        at = text.find(first, stop if mark is None else mark.end, end)


def _header(text: str, at: int, first: str, second: str, end: int) -> Mark | None:
    """The header whose ``first`` name stands at ``at``, if both names fill their lines; else ``None``."""
    stop = at + len(first)
    gap = _GAP.match(text, stop, end)
    if gap is None or gap.end() - stop > _WIDEST_GAP or not text.startswith(second, gap.end()):
        return None
    last = gap.end() + len(second)
    # This is asked first: a line has one end, and perhaps a thousand places whose beginning would be looked for.
    stopped = _line_end(text, last, end)
    if stopped is None:
        return None
    line = text.rfind("\n", 0, at) + 1
    lead = _LEAD.match(text, line)
    if lead is None or (lead.end() < at and not _LABELS.fullmatch(text, line, at)):
        return None
    return Mark(HEADER, line, at, stopped, LINE, spots=(at, stop, gap.end(), last))


def _line_end(text: str, at: int, end: int) -> int | None:
    """Where a header ends whose names end at ``at``: with its line, or before a line of noise that is glued to it.

    ``None`` if something else stands in its line.
    """
    tail = _TAIL.match(text, at, end)
    stop = tail.end() if tail is not None else at
    if stop == end or text[stop] == "\n":
        return min(stop + 1, end)
    noise = noise_line().match(text, stop, end)
    return stop if noise is not None and (noise.end() == end or text[noise.end()] == "\n") else None


def glued_header(text: str, at: int, a: str, b: str) -> Mark | None:
    """The header at ``at`` whose names are glued to each other, in either order; ``None`` if there is none.

    It is for pages whose line breaks are lost, so anything may stand before and behind it.
    """
    for first, second in ((a, b), (b, a)):
        middle = at + len(first)
        if text.startswith(first, at) and text.startswith(second, middle):
            end = middle + len(second)
            return Mark(HEADER, at, at, end, GLUED, spots=(at, middle, middle, end))
    return None


def unnamed_header(text: str, start: int, end: int) -> Mark | None:
    """The header that fills the lines from ``start`` to ``end``, told by the vocabulary alone; ``None`` if none does.

    It is for pages whose title is lost, or whose header writes a name in another way than the title. Only two country
    names may stand there, with nothing, white space, an edition or bars between them, a word for the labels before
    them, and rules below.

    >>> unnamed_header("| Chad | Mali |\\n", 0, 16).spots
    (2, 6, 9, 13)
    >>> unnamed_header("| Field | Chad | Mali |\\n", 0, 24).spots
    (10, 14, 17, 21)
    >>> unnamed_header("ChadMali\\n", 0, 9).spots
    (0, 4, 4, 8)
    >>> unnamed_header("Chad and Mali\\n", 0, 14) is None
    True
    """
    if end - start > _WIDEST_GAP or len(text[start:end].split()) > _MOST_WORDS:
        return None
    above = _LABELS.match(text, start, end)
    at = above.end() if above is not None else end - len(text[start:end].lstrip(LEADING + "\r\n"))
    # Glued names may be cut in several ways (one name can begin another), so each end of the first is tried.
    for stop in _name_ends(text, at, end):
        gap = _GAP.match(text, stop, end)
        if gap is None or gap.end() - stop > _WIDEST_GAP:
            continue
        for last in _name_ends(text, gap.end(), end):
            if _is_repeated(text[at:stop], gap[0], text[gap.end() : last]):
                continue
            stopped = _line_end(text, last, end)
            if stopped is not None and not _noise_lines().sub("", text[stopped:end]).strip(_RULED):
                return Mark(HEADER, start, at, stopped, LINE, spots=(at, stop, gap.end(), last))
    return None


def _is_repeated(first: str, gap: str, second: str) -> bool:
    """Whether the second line only repeats the name of the first, as a page's own title and heading do.

    Two editions of one country, side by side, stand in one line, or have their years behind the names.
    """
    return "\n" in gap and not any(map(str.isdigit, gap)) and country_named(first) is country_named(second)


@cache
def _noise_lines() -> re.Pattern[str]:
    return re.compile(rf"(?m)^{noise_phrases()}$")


def _name_ends(text: str, at: int, end: int) -> list[int]:
    """The ends of all country names that start at ``at``: the longest as printed first, then all others by length."""
    if at >= end or not text[at].isalpha():
        return []
    ends = []
    found = country_at(text, at)
    if found is None and not name_begins(text[at : at + BEGINNING]):
        return []  # as most lines: nothing is looked up for each of their ends
    if found is not None and found[1] <= end:
        ends.append(found[1])
    for size in range(min(end - at, 60), 2, -1):
        stop = at + size
        if text[stop - 1].isspace() or text[stop : stop + 1].islower() or stop in ends:
            continue
        if country_named(text[at:stop]) is not None:
            ends.append(stop)
    return ends
