"""Decides which of the proposed marks are structure, and where pages start.

A line by itself seldom tells: ``Climate`` may be a label or a word of a cell. So the evidence is the page's: how its
other labels are set off, which topic they stand under, what has been seen already, and whether a title or header names
two countries. :data:`~factparse.layout.evidence.EVIDENCE` lists it all, with weights.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import repeat
from operator import attrgetter

from factparse.layout.any_case import any_case_marks
from factparse.layout.evidence import weigh
from factparse.layout.headers import header_marks, unnamed_header
from factparse.layout.index import telling_lines
from factparse.layout.marks import (
    CAPITAL_VERSUS,
    GLUED,
    HEADER,
    JOINED,
    LABEL,
    LINE,
    RULE,
    SPACED,
    TABLED,
    TITLE,
    TOPIC,
    Mark,
    PageMarks,
    line_marks,
    title_marks,
)
from factparse.layout.noise import with_noise, without_cut_label
from factparse.layout.recognition import OWN_LABELS, is_page
from factparse.layout.strange_rows import with_lost_label, with_strange_rows
from factparse.layout.streams import streamed_marks
from factparse.vocabulary import label_as_printed

_START = attrgetter("start")

_WIDEST = 50_000
"""How many characters above a table its header may start: padded columns are as wide as their widest cell."""

_MODERN = 2001
"""Comparison pages were made from editions since the web: labels last printed before this year are common words."""

_LOOK_BACK = 6
"""In how many lines above a table its header is looked for, when no title names the countries."""


def chosen_pages(text: str) -> list[PageMarks]:
    """The comparison pages of ``text`` in reading order; an empty list if it has none."""
    titles = title_marks(text)
    if not titles:
        # A text without title and labels is told to be no page here, before its lines are laid out, which costs more.
        if not labelled(text, telling_lines(text)):
            return []
        titles = title_marks(text, CAPITAL_VERSUS)
    # Of marks that start at the same place the first one here is taken: the sort is stable.
    marks = sorted([*titles, *line_marks(text), *streamed_marks(text, titles)], key=_START)
    pages = [_chosen(text, page) for page in _segments(text, _without_shadowed(marks))]
    return [page for page in pages if page is not None]


def labelled(text: str, found: Iterable[re.Match[str]]) -> bool:
    """Whether a comparison page without a title is possible where lines begin as was ``found``; a fast look.

    ``found`` is what :func:`~factparse.layout.index.telling_lines` finds in ``text``.

    Words that many web pages have on a line of their own (``Background``) count only under two country names.
    """
    seen = set()
    for match in found:
        name = match["label"]
        if name is None or name in seen or label_as_printed(name).last_edition < _MODERN:
            continue
        seen.add(name)
        start = match.start("label") - 1  # a line break was put before the text
        known = " " in name or match["table"] is not None or len(seen) >= OWN_LABELS
        if known or _header_before(text, max(0, start - _WIDEST), start) is not None:
            return True
    return False


def _without_shadowed(marks: list[Mark]) -> list[Mark]:
    """The ``marks`` without those that start inside one taken before: no character belongs to two."""
    kept: list[Mark] = []
    taken = -1
    for mark in marks:
        if mark.start >= taken:
            kept.append(mark)
            taken = mark.end
    return kept


def _segments(text: str, marks: list[Mark]) -> list[PageMarks]:
    """The marks, cut into pages: a title starts one, unless it repeats the title of a page that has no rows yet.

    Scraped text may hold the title twice, once for the web page and once above the table.
    """
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
    """The page with its headers added and its false labels dropped; ``None`` if it is no comparison page."""
    # Headers come first: where two marks start together, the stable sort keeps them, and they drop the other.
    headers = _headers(text, page)
    if headers and page.names is not None and all(mark.label is None for mark in page.marks):
        page.marks += any_case_marks(text, headers[0].end, page.end)
    page.marks = _without_cells(_without_shadowed(sorted([*headers, *page.marks], key=_START)))
    if not is_page(text, page):
        return None
    if page.names is None:
        page.start = min(mark.start for mark in page.marks)
    page.marks = with_strange_rows(text, with_lost_label(text, page.marks, page.end), page.end)
    if page.end == len(text):
        page.marks = without_cut_label(text, page.marks)
    page.marks = with_noise(text, page.marks, page.end)
    return page


def _headers(text: str, page: PageMarks) -> list[Mark]:
    """The headers of the page: those that repeat the names of the title, or else those the vocabulary knows.

    Only the first header is told by the vocabulary. The others name the same two countries.
    """
    if page.names is not None:
        found = header_marks(text, page.start, page.end, *page.names)
        # A title too has the two names on a line.
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
    """The header above the first row, told by the vocabulary; ``None`` if there is no row, or no header above it."""
    floor = page.start
    for mark in page.marks:
        if mark.kind == LABEL:
            return _header_before(text, floor, mark.start)
        if mark.kind != RULE:  # a rule may stand between a header and its table, any other mark ends the search
            floor = max(floor, mark.end)
    return None


def _header_before(text: str, floor: int, end: int) -> Mark | None:
    """The nearest header in the last six lines before ``end``, from ``floor`` on; ``None`` if there is none.

    Two names may stand on two lines, so each line is tried as the first one of a header.
    """
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


def _without_cells(marks: list[Mark]) -> list[Mark]:
    """The ``marks`` without those labels that only begin a line of a cell."""
    foreign, loose = _foreign_forms(marks)
    # Only a space behind a label asks for its topic, and not where it tells nothing.
    beneath = repeat(frozenset[str]()) if loose else _topics_beneath(marks)
    kept: list[Mark] = []
    topic: str | None = None
    above: frozenset[str] = frozenset()
    seen: set[str] = set()
    for mark, below in zip(marks, beneath, strict=False):
        label = mark.label
        if label is None:
            if mark.kind in (TOPIC, HEADER, TITLE):
                # A header goes on under the topic before it, a title ends it; under each, fields begin anew.
                topic = mark.topic if mark.kind == TOPIC else None if mark.kind == TITLE else topic
                above, seen = frozenset(), set()
        else:
            name, form, topics = label.text, mark.form, label.topics
            elsewhere = form == SPACED and topic not in (None, *topics) and topics.isdisjoint(above | below)
            if not _is_row(" " in name, form in foreign, elsewhere, loose and form == SPACED, name in seen):
                continue
            seen.add(name)
            above = topics
        kept.append(mark)
    return kept


def _topics_beneath(marks: list[Mark]) -> list[frozenset[str]]:
    """Of each mark, the topics of the next label of several words below it, under the same heading."""
    found: list[frozenset[str]] = []
    topics: frozenset[str] = frozenset()
    for mark in reversed(marks):
        found.append(topics)
        if mark.label is None:
            topics = frozenset() if mark.kind in (TOPIC, TITLE) else topics
        elif " " in mark.label.text:
            topics = mark.label.topics
    return found[::-1]


@cache
def _is_row(several: bool, other_form: bool, other_topic: bool, loose: bool, repeated: bool) -> bool:
    """Whether a line that starts with a label is a row. A page has many lines, but few kinds, so answers are kept."""
    found = {
        "label": 1,
        "several words": several,
        "other form": other_form,
        "other topic": other_topic,
        "loose": loose,
        "repeated": repeated,
    }
    return weigh("row", found) >= 0.0


# If a page has over three times as many labels on lines of their own as glued ones, a small letter right behind a label
# is taken to go on a word.
_MANY_LINES = 3


def _foreign_forms(marks: list[Mark]) -> tuple[frozenset[str], bool]:
    """The forms in which the page does not set labels off, and whether a space behind a label tells nothing on it.

    Its labels of several words show how it does, since they are rows without doubt. A page without such labels is
    judged by all it has.
    """
    labelled = [(mark.form, mark.label.text) for mark in marks if mark.label is not None]
    ways = Counter([form for form, name in labelled if " " in name] or [form for form, _ in labelled])
    table, glued, line = sum(ways[form] for form in TABLED), ways[GLUED] + ways[JOINED], ways[LINE]
    loose = ways[SPACED] == 0 or ways[SPACED] < max(line, glued, table)
    if table > max(line, glued):
        return frozenset({LINE, GLUED, JOINED}), loose
    return frozenset({JOINED} if line > _MANY_LINES * glued else ()), loose
