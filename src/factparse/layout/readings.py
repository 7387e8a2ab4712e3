"""Decides which of the proposed marks are structure, and where pages start.

The evidence is the page's own: the way its other labels are set off, the topic they stand under, what has been seen
already, a title or header that names two countries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Final, NamedTuple

import attrs

from factparse.core.trie import trie_pattern
from factparse.core.words import forms
from factparse.layout.headers import header_marks, unnamed_header
from factparse.layout.index import label_lines
from factparse.layout.marks import (
    CAPITAL_VERSUS,
    GLUED,
    HEADER,
    JOINED,
    LABEL,
    LINE,
    RULE,
    SOURCE,
    SPACED,
    TABLED,
    TITLE,
    TOPIC,
    Mark,
    line_marks,
    title_marks,
)
from factparse.layout.noise import with_noise
from factparse.layout.streams import streamed_marks
from factparse.vocabulary import label_as_printed

# The manner of the Factbook: its dates in brackets, its units, shares of GDP.
_UNITS = trie_pattern(forms("units", "idiom"))
_IDIOM = re.compile(rf"\(\d{{4}}(?: est\.)?\)|\b(?:sq )?km\b|% of GDP|/1,000 population|\bNA\b|\d {_UNITS}\b")
_START = attrgetter("start")

_LOOKED_AT = 8
"""How many of the Factbook's idioms are looked at: pages of other sites have the same one over and over."""

_OWN_LABELS = 3
"""How many labels of several words tell a page of the Factbook by themselves."""

_WIDEST = 50_000
"""How far above a table its header may be: padded columns are as wide as their widest cell."""

_MODERN = 2001
"""Comparison pages were made from editions of the web's time; labels last printed before it are common words."""

_LOOK_BACK = 6
"""How many lines before a table its header is looked for when the title does not name the countries."""


@attrs.define
class PageMarks:
    """The marks that make one page, in reading order. ``start`` is where it starts in the text."""

    start: int
    end: int
    names: tuple[str, str] | None
    marks: list[Mark]


def chosen_pages(text: str) -> list[PageMarks]:
    """The comparison pages of ``text``; an empty list if it has none."""
    titles = title_marks(text)
    if not titles:
        if not _labelled(text):
            return []
        titles = title_marks(text, CAPITAL_VERSUS)
    # Of marks that start at the same place the first one here is taken: the sort is stable.
    marks = sorted([*titles, *line_marks(text), *streamed_marks(text, titles)], key=_START)
    pages = [_chosen(text, page) for page in _segments(text, _without_shadowed(marks))]
    return [page for page in pages if page is not None]


def _labelled(text: str) -> bool:
    """Tell, fast, whether lines start with labels that a page without a title could be known by.

    Words that many pages of the web have on a line of their own (``Background``) count only under two country names.
    """
    seen = set()
    for match in label_lines().finditer(text):
        name = match["label"]
        if name in seen or label_as_printed(name).last_edition < _MODERN:
            continue
        seen.add(name)
        start = match.start("label")
        known = " " in name or match["table"] is not None or len(seen) >= _OWN_LABELS
        if known or _header_before(text, max(0, start - _WIDEST), start) is not None:
            return True
    return False


def _without_shadowed(marks: list[Mark]) -> list[Mark]:
    """Drop marks that start inside another one already taken: no character belongs to two."""
    kept: list[Mark] = []
    taken = -1
    for mark in marks:
        if mark.start >= taken:
            kept.append(mark)
            taken = mark.end
    return kept


def _segments(text: str, marks: list[Mark]) -> list[PageMarks]:
    """Cut the marks into pages: a title starts one, unless it repeats the title of a page that has no rows yet."""
    pages: list[PageMarks] = []
    current = PageMarks(0, len(text), None, [])
    rows = False
    for mark in marks:
        if mark.kind == TITLE:
            names = (text[mark.spots[0] : mark.spots[1]], text[mark.spots[2] : mark.spots[3]])
            if rows or names != current.names:
                current.end = mark.start
                pages.append(current)
                current = PageMarks(mark.start, len(text), names, [])
                rows = False
        rows = rows or mark.kind == LABEL
        current.marks.append(mark)
    pages.append(current)
    return [page for page in pages if page.marks]


def _chosen(text: str, page: PageMarks) -> PageMarks | None:
    headers = _headers(text, page)
    page.marks = _without_cells(_without_shadowed(sorted([*headers, *page.marks], key=_START)))
    if not _is_page(text, page):
        return None
    if page.names is None:
        page.start = min(mark.start for mark in page.marks)
    page.marks = with_noise(text, page.marks, page.end)
    return page


def _headers(text: str, page: PageMarks) -> list[Mark]:
    """The page's headers: by the title's names; where that finds none, by the vocabulary before each table."""
    if page.names is not None:
        found = header_marks(text, page.start, page.end, *page.names)
        titles = {mark.start for mark in page.marks if mark.kind == TITLE}
        found = [mark for mark in found if mark.start not in titles]
        if found:
            return found
    first = _first_header(text, page)
    if first is None:
        return []
    a, a_end, b, b_end = first.spots
    return [first, *header_marks(text, first.end, page.end, text[a:a_end], text[b:b_end])]


def _first_header(text: str, page: PageMarks) -> Mark | None:
    """The header before the first row, told by the vocabulary."""
    floor = page.start
    for mark in page.marks:
        if mark.kind == LABEL:
            return _header_before(text, floor, mark.start)
        if mark.kind != RULE:
            floor = max(floor, mark.end)
    return None


def _header_before(text: str, floor: int, end: int) -> Mark | None:
    """The header in the last lines before ``end``, not reaching above ``floor``."""
    starts: list[int] = []
    at = end
    while at > floor and len(starts) < _LOOK_BACK:
        at = text.rfind("\n", floor, at - 1) + 1 if at - 1 > floor else floor
        at = max(at, floor)
        starts.append(at)
    for start in starts:
        header = unnamed_header(text, start, end)
        if header is not None:
            return header
    return None


class Evidence(NamedTuple):
    """A kind of evidence: for what it speaks, what it is worth, up to how often, and why."""

    of: str
    name: str
    weight: float
    most: int
    why: str


_NEVER = -1000.0  # outweighs all else

EVIDENCE: Final = (
    Evidence("row", "label", 1.0, 1, "the line starts with a label of the Factbook"),
    Evidence("row", "several words", 4.0, 1, "no line of a cell starts with several words of a label by chance"),
    Evidence("row", "other form", -2.0, 1, "the page sets most of its labels off in another way"),
    Evidence(
        "row", "other topic", -2.0, 1, "the field stands under another heading; a table or a glued value outdoes it"
    ),
    Evidence("row", "loose", _NEVER, 1, "a space behind it, as in any sentence, on a page that sets labels off"),
    Evidence("row", "repeated", _NEVER, 1, "a field stands once under a header"),
    Evidence("page", "title", 2.0, 1, "two names of the vocabulary with `vs.` between them"),
    Evidence("page", "header", 2.0, 1, "the two names above a table"),
    Evidence("page", "source line", 2.0, 1, "no other site prints `Source: CIA Factbook`"),
    Evidence("page", "topics", 1.0, 2, "headings of the Factbook; other sites have the first of them too"),
    Evidence("page", "own labels", 1.0, 4, "labels of several words, or of prose under a header, are its own"),
    Evidence("page", "common labels", 0.3, 1000, "`Population` and `Capital` stand in any comparison of countries"),
    Evidence("page", "nothing to read", _NEVER, 1, "no label, nor a heading with a header or source line"),
    Evidence("page", "no names", _NEVER, 1, "neither title nor header, and few labels: the Factbook itself, or a list"),
    Evidence("page", "not the manner", _NEVER, 1, "nothing on it is written as only the Factbook writes it"),
    Evidence("page", "needed", -3.0, 1, "a title and a header, or several labels: one of these alone makes no page"),
)
"""What makes a line a row, and marks a page: where the sum of what is there is not negative, it is one."""

_WEIGHTS: Final = {(each.of, each.name): (each.weight, each.most) for each in EVIDENCE}


def weigh(of: str, found: Mapping[str, float]) -> float:
    """Sum the weights of what was found for a ``row`` or a ``page``, each as often as it was found, or may count.

    >>> weigh("row", {"label": 1, "other topic": 1}), weigh("row", {"label": 1, "several words": 1, "other topic": 1})
    (-1.0, 3.0)
    """
    total = 0.0
    for name, times in found.items():
        if times:
            weight, most = _WEIGHTS[of, name]
            total += weight * min(times, most)
    return total


def _without_cells(marks: list[Mark]) -> list[Mark]:
    """Drop the label marks that are the beginning of a cell's line, by the way the page sets its labels off."""
    foreign, loose = _foreign_forms(marks)
    kept: list[Mark] = []
    topic: str | None = None
    seen: set[str] = set()
    for mark in marks:
        label = mark.label
        if label is None:
            if mark.kind in (TOPIC, HEADER, TITLE):
                topic = mark.topic if mark.kind == TOPIC else None if mark.kind == TITLE else topic
                seen = set()
        else:
            name, form = label.text, mark.form
            elsewhere = topic is not None and form not in _OUTDOES and topic not in label.topics
            if not _is_row(" " in name, form in foreign, elsewhere, loose and form == SPACED, name in seen):
                continue
            seen.add(name)
        kept.append(mark)
    return kept


@cache
def _is_row(several: bool, other_form: bool, other_topic: bool, loose: bool, repeated: bool) -> bool:
    """Tell whether a line that starts with a label is a row; a page has many, and few kinds of them."""
    found = {
        "label": 1,
        "several words": several,
        "other form": other_form,
        "other topic": other_topic,
        "loose": loose,
        "repeated": repeated,
    }
    return weigh("row", found) >= 0.0


_OUTDOES = TABLED | {GLUED}
_MANY_LINES = 3  # times as many labels on lines of their own as glued ones: a small letter behind one goes on a word


def _foreign_forms(marks: list[Mark]) -> tuple[frozenset[str], bool]:
    """The forms that are not the page's way to set labels off, and whether a space behind a label tells nothing.

    The labels of several words tell: they are rows without doubt.
    """
    labelled = [(mark.form, mark.label.text) for mark in marks if mark.label is not None]
    ways = Counter([form for form, name in labelled if " " in name] or [form for form, _ in labelled])
    table, glued, line = sum(ways[form] for form in TABLED), ways[GLUED] + ways[JOINED], ways[LINE]
    loose = ways[SPACED] == 0 or ways[SPACED] < max(line, glued, table)
    if table > max(line, glued):
        return frozenset({LINE, GLUED, JOINED}), loose
    return frozenset({JOINED} if line > _MANY_LINES * glued else ()), loose


def _is_page(text: str, page: PageMarks) -> bool:
    """Tell whether the marks are those of a comparison page of the Factbook.

    Other sites compare countries too, with rows called ``Population`` and ``Capital``. So a title, a header and common
    words are not enough: the page must also have the Factbook's own headings, several of its labels, or its manner.
    """
    labels = {mark.label.text: mark.label for mark in page.marks if mark.label is not None}
    topics = {mark.topic for mark in page.marks if mark.kind == TOPIC}
    kinds = {mark.kind for mark in page.marks}
    headed, sourced = HEADER in kinds, SOURCE in kinds
    distinctive = sum(" " in label for label in labels)
    prose = sum(label.prose for label in labels.values()) if headed else 0
    glued = headed and any(mark.form in (GLUED, JOINED) for mark in page.marks if mark.label is not None)
    own = sourced or (topics and headed) or prose or glued or distinctive >= _OWN_LABELS
    nothing = not labels and not (topics and (headed or sourced))
    found: dict[str, float] = {
        "needed": 1,
        "title": page.names is not None,
        "header": headed,
        "source line": sourced,
        "topics": len(topics),
        "own labels": distinctive + prose,
        "common labels": len(labels) - distinctive,
        "nothing to read": nothing,
        "no names": page.names is None and not headed and distinctive < _OWN_LABELS,
        "not the manner": not (own or nothing) and not _has_idioms(text, page, likely=bool(headed and distinctive)),
    }
    return weigh("page", found) >= 0.0


def _has_idioms(text: str, page: PageMarks, *, likely: bool) -> bool:
    """Tell whether the page writes dates and units as the Factbook does: in two ways, or in one where it is likely."""
    first = islice(_IDIOM.finditer(text, page.start, page.end), _LOOKED_AT)
    return len({match[0] for match in first}) >= (1 if likely else 2)
