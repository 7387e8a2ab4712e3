"""Finds the lines that may be structure: titles, topic headings, field labels, source lines, rules.

This pass only proposes. Whether a line that starts like a label is one depends on the rest of the page, which
:mod:`factparse.layout.settle` weighs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from factparse.layout.index import lines
from factparse.vocabulary import Label, country_at, country_named, label_as_printed, topic_named

# Kinds of marks.
TITLE, TOPIC, HEADER, LABEL, SOURCE, RULE = "title", "topic", "header", "label", "source", "rule"

# Forms of a label: what follows it. A bar, tab or wide space; the line's end; a space; a value; a small letter.
TABLE, LINE, SPACED, GLUED, JOINED = "table", "line", "spaced", "glued", "joined"

LONGEST_TITLE = 200
"""A line longer than this is a title only if it starts with one (a page whose line breaks are lost)."""

_VERSUS = (re.compile(r" v(?:s?\.?|ersus)[ \t\xa0]++"), re.compile(r" V[Ss]\.?[ \t\xa0]++"))
_WORD_START = re.compile(r"(?<=[\s#*\[(>|:a-z])(?=[A-Z\u00c0-\u00de])")


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
    spots: tuple[int, int, int, int] = (0, 0, 0, 0)


def line_marks(text: str) -> list[Mark]:
    """Return the topic, label, source and rule marks of ``text``, in order."""
    found: list[Mark] = []
    for match in lines().finditer(text):
        kind = match.lastgroup
        start = match.start()
        if kind == TOPIC:
            at, end = match.span(TOPIC)
            found.append(Mark(TOPIC, start, at, end, LINE, topic=topic_named(match[TOPIC])))
        elif kind in (SOURCE, RULE):
            found.append(Mark(str(kind), start, start, match.end()))
        else:
            at, end = match.span(LABEL)
            found.append(Mark(LABEL, start, at, end, str(kind), label_as_printed(match[LABEL])))
    return found


def title_marks(text: str) -> Iterator[Mark]:
    """Yield the titles ``A vs. B`` of ``text`` whose both sides are names of the vocabulary, as printed."""
    for versus in sorted(_versus(text), key=lambda match: match.start()):
        middle = versus.start()
        while middle > 0 and text[middle - 1] in " \t\xa0":
            middle -= 1
        start = text.rfind("\n", 0, middle) + 1
        right = country_at(text, versus.end())
        at = None if right is None else _left_name(text, max(start, middle - LONGEST_TITLE), middle)
        if at is None or right is None:
            continue
        end = right[1]
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        fills = at - start <= LONGEST_TITLE and stop - end <= LONGEST_TITLE
        spots = (at, middle, versus.end(), end)
        if fills and stop - start <= LONGEST_TITLE and not _prose(text, start, at, end, stop):
            yield Mark(TITLE, start, at, stop, LINE, spots=spots)
        elif at - start <= 1 or not fills:
            yield Mark(TITLE, at, at, end, GLUED, spots=spots)


def _versus(text: str) -> Iterator[re.Match[str]]:
    """Yield every ``vs.`` between spaces. Each pattern starts with its own letters, which makes a search fast."""
    for pattern in _VERSUS:
        yield from pattern.finditer(text)


def _left_name(text: str, start: int, end: int) -> int | None:
    """Return where the country name that ends at ``end`` starts: the longest one, searched from ``start``."""
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
