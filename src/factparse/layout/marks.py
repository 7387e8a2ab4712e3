"""Finds the lines that may be structure: titles, topic headings, field labels, source lines, rules.

This pass only proposes. Whether a line that starts like a label is one depends on the rest of the page, which
:mod:`factparse.layout.readings` weighs.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import regex

from factparse.layout.index import lines
from factparse.layout.tables import LAYOUTS
from factparse.vocabulary import Label, country_at, country_named, label_as_printed, topic_named

# Kinds of marks.
TITLE, TOPIC, HEADER, LABEL, SOURCE = "title", "topic", "header", "label", "source"
RULE, NOISE = "rule", "noise"

# Forms of a label: what follows it. The line's end; a space; a value; a small letter; or what a table has there.
LINE, SPACED, GLUED, JOINED = "line", "spaced", "glued", "joined"
TABLED = frozenset(layout.form for layout in LAYOUTS)

LONGEST_TITLE = 200
"""A line longer than this is a title only if it starts with one (a page whose line breaks are lost)."""

# Each starts with its own letter, rare enough to make a search fast; what follows it is looked at before what precedes.
VERSUS = re.compile(r"v(?=[s. \t\xa0]|ersus)(?<= v)(?:s?\.?|ersus)[ \t\xa0]++")
CAPITAL_VERSUS = re.compile(r"V(?=[Ss])(?<= V)[Ss]\.?[ \t\xa0]++")
_WORD_START = regex.compile(r"(?<=[\s#*\[(>|:\p{Ll}])(?=\p{Lu})")


_NO_SPOTS = (0, 0, 0, 0)


class Mark(NamedTuple):
    """A line that may be structure.

    ``start`` is where its line (or glued piece) starts, ``at``-``end`` the heading in it; ``spots`` are where the first
    and the second name of a title or header start and end.
    """

    kind: str
    start: int
    at: int
    end: int
    form: str = LINE
    label: Label | None = None
    topic: str | None = None
    spots: tuple[int, int, int, int] = _NO_SPOTS


_mark = tuple.__new__  # in half the time of calling the class


def line_marks(text: str) -> list[Mark]:
    """The topic, label, source and rule marks of ``text``, in order."""
    found: list[Mark] = []
    for match in lines().finditer("\n" + text):  # so a match starts at the line's own offset, its groups one later
        form = match.lastgroup
        name = match[LABEL]
        if name is not None:
            at, end = match.span(LABEL)
            label = label_as_printed(name)
            found.append(_mark(Mark, (LABEL, match.start(), at - 1, end - 1, form, label, None, _NO_SPOTS)))
        elif form == TOPIC:
            at, end = match.span(TOPIC)
            found.append(Mark(TOPIC, match.start(), at - 1, end - 1, LINE, topic=topic_named(match[TOPIC])))
        else:
            found.append(Mark(form or "", match.start(), match.start(), match.end() - 1))
    return found


def title_marks(text: str, versus: re.Pattern[str] = VERSUS) -> list[Mark]:
    """The titles ``A vs. B`` of ``text`` whose both sides are names of the vocabulary, as printed."""
    return [mark for match in versus.finditer(text) if (mark := _title(text, match)) is not None]


def _title(text: str, versus: re.Match[str]) -> Mark | None:
    middle = versus.start()
    while middle > 0 and text[middle - 1] in " \t\xa0":
        middle -= 1
    right = country_at(text, versus.end())
    if right is None:
        return None
    start = text.rfind("\n", 0, middle) + 1
    at = _left_name(text, max(start, middle - LONGEST_TITLE), middle)
    if at is None:
        return None
    end = right[1]
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    fills = at - start <= LONGEST_TITLE and stop - end <= LONGEST_TITLE
    spots = (at, middle, versus.end(), end)
    if fills and stop - start <= LONGEST_TITLE and not _prose(text, start, at, end, stop):
        return Mark(TITLE, start, at, stop, LINE, spots=spots)
    return Mark(TITLE, at, at, end, GLUED, spots=spots) if at - start <= 1 or not fills else None


def _left_name(text: str, start: int, end: int) -> int | None:
    """Where the country name that ends at ``end`` starts: the longest one, searched from ``start``."""
    at = start
    while at < end:
        if not text[at].isspace() and country_named(text[at:end]) is not None:
            return at
        following = _WORD_START.search(text, at + 1, end)
        if following is None:
            return None
        at = following.start()
    return None


def _prose(text: str, start: int, at: int, end: int, stop: int) -> bool:
    """Tell whether the line is a sentence that merely names two countries."""
    return len(text[start:at].split()) > 6 or len(text[end:stop].split()) > 12
