"""Decides which of the proposed marks are structure, and where pages start.

A line by itself seldom tells: ``Climate`` may be a label or a word of a cell. So the evidence is the page's: how its
other labels are set off, which topic they stand under, what has been seen already, and whether a title or header names
two countries. :data:`EVIDENCE` lists it all, with weights.
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

# How the Factbook writes and other sites do not: dates in brackets, its units, shares of GDP.
_UNITS = trie_pattern(forms("units", "idiom"))
_IDIOM = re.compile(rf"\(\d{{4}}(?: est\.)?\)|\b(?:sq )?km\b|% of GDP|/1,000 population|\bNA\b|\d {_UNITS}\b")
_START = attrgetter("start")

_LOOKED_AT = 8
"""How many idioms of a page are looked at: pages of other sites have the same one over and over."""

_OWN_LABELS = 3
"""As many labels of several words tell a page of the Factbook without any other evidence."""

_WIDEST = 50_000
"""How many characters above a table its header may start: padded columns are as wide as their widest cell."""

_MODERN = 2001
"""Comparison pages were made from editions since the web: labels last printed before this year are common words."""

_LOOK_BACK = 6
"""In how many lines above a table its header is looked for, when no title names the countries."""


@attrs.define
class PageMarks:
    """The marks of one page in reading order, where the page starts and ends in the text, and the names in its title.

    ``names`` is ``None`` for a page without a title. ``one`` says that it is the page of one country.
    """

    start: int
    end: int
    names: tuple[str, str] | None
    marks: list[Mark]
    one: bool = False


def chosen_pages(text: str) -> list[PageMarks]:
    """The comparison pages of ``text`` in reading order; an empty list if it has none."""
    titles = title_marks(text)
    if not titles:
        # A text without title and labels is told to be no page here, before its lines are laid out, which costs more.
        if not _labelled(text):
            return []
        titles = title_marks(text, CAPITAL_VERSUS)
    # Of marks that start at the same place the first one here is taken: the sort is stable.
    marks = sorted([*titles, *line_marks(text), *streamed_marks(text, titles)], key=_START)
    pages = [_chosen(text, page) for page in _segments(text, _without_shadowed(marks))]
    return [page for page in pages if page is not None]


def _labelled(text: str) -> bool:
    """Whether lines of ``text`` start with labels that make a page without a title possible; a fast look.

    Words that many web pages have on a line of their own (``Background``) count only under two country names.
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
    page.marks = _without_cells(_without_shadowed(sorted([*headers, *page.marks], key=_START)))
    if not _is_page(text, page):
        return None
    if page.names is None:
        page.start = min(mark.start for mark in page.marks)
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


class Evidence(NamedTuple):
    """A kind of evidence: of what (``row``, ``page``), its name and weight, how often it may count at most, and why."""

    of: str
    name: str
    weight: float
    most: int
    why: str


_NEVER = -1000.0  # outweighs all other evidence together

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
"""What makes a line a row, and marks a page: it is one if the weights of what is found add up to 0 or more."""

_WEIGHTS: Final = {(each.of, each.name): (each.weight, each.most) for each in EVIDENCE}


def weigh(of: str, found: Mapping[str, float]) -> float:
    """The sum of the weights of what was found of a ``row`` or a ``page``; 0 or more means that it is one.

    ``found`` gives how often each kind of evidence was found, by name. It counts as often, but no more than its
    ``most`` in :data:`EVIDENCE`. Raises ``KeyError`` for a name that is not there.

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
    """The ``marks`` without those labels that only begin a line of a cell."""
    foreign, loose = _foreign_forms(marks)
    kept: list[Mark] = []
    topic: str | None = None
    seen: set[str] = set()
    for mark in marks:
        label = mark.label
        if label is None:
            if mark.kind in (TOPIC, HEADER, TITLE):
                # A header goes on under the topic before it, a title ends it; under each, fields begin anew.
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


_OUTDOES = TABLED | {GLUED}  # in these forms a label counts even under a topic that is not its own
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


def _is_page(text: str, page: PageMarks) -> bool:
    """Whether the marks are those of a comparison page of the Factbook.

    Other sites compare countries too, with rows called ``Population`` and ``Capital``. So a title, a header and common
    words are not enough: the page must also have the Factbook's own headings, several of its labels, or its way to
    write dates and units.
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
    """Whether the page writes dates and units as the Factbook does: in two ways, or in one if it is ``likely``.

    ``likely`` says that a header and a label of several words speak for the page already.
    """
    return idioms(text, page.start, page.end) >= (1 if likely else 2)


def idioms(text: str, start: int, end: int) -> int:
    """In how many ways the text from ``start`` to ``end`` writes dates, units and shares as the Factbook does.

    >>> idioms("total: 5 sq km (2021 est.)", 0, 26), idioms("about 5 miles", 0, 13)
    (2, 0)
    """
    first = islice(_IDIOM.finditer(text, start, end), _LOOKED_AT)
    return len({match[0] for match in first})
