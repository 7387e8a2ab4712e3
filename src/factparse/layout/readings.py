"""Decides which of the proposed marks are structure, and where pages start.

The evidence is the page's own: the way its other labels are set off, the topic they stand under, what has been seen
already, a title or header that names two countries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Final, NamedTuple

import attrs

from factparse.core.trie import trie_pattern
from factparse.core.words import forms
from factparse.layout.headers import glued_header, header_marks, unnamed_header
from factparse.layout.index import any_label, label_lines, other_word
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
    TABLE,
    TITLE,
    TOPIC,
    Mark,
    line_marks,
    title_marks,
)
from factparse.vocabulary import label_as_printed, topic_headings

# The manner of the Factbook: its dates in brackets, its units, shares of GDP.
_UNITS = trie_pattern(forms("units", "idiom"))
_IDIOM = re.compile(rf"\(\d{{4}}(?: est\.)?\)|\b(?:sq )?km\b|% of GDP|/1,000 population|\bNA\b|\d {_UNITS}\b")
_START = attrgetter("start")

_NEEDED = 3.0
"""How much evidence makes a comparison page: a title and a header, or several labels of the Factbook alone."""

_OWN_LABELS = 3
"""How many labels of several words tell a page of the Factbook by themselves."""

_WIDEST = 50_000
"""How far above a table its header may be: padded columns are as wide as their widest cell."""

_MODERN = 2001
"""Comparison pages were made from editions of the web's time; labels last printed before it are common words."""

_LOOK_BACK = 6
"""How many lines before a table its header is looked for when the title does not name the countries."""


@attrs.define
class PagePlan:
    """The marks that make one page, in reading order. ``start`` is where it starts in the text."""

    start: int
    end: int
    names: tuple[str, str] | None
    marks: list[Mark]


def chosen_pages(text: str) -> list[PagePlan]:
    """Return the comparison pages of ``text``; an empty list if it has none."""
    titles = title_marks(text)
    if not titles:
        if not _labelled(text):
            return []
        titles = title_marks(text, CAPITAL_VERSUS)
    # Of marks that start at the same place the first one here is taken: the sort is stable.
    marks = sorted([*titles, *line_marks(text), *_streamed(text, titles)], key=_START)
    plans = [_settle_page(text, plan) for plan in _segments(text, _without_shadowed(marks))]
    return [plan for plan in plans if plan is not None]


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


def _segments(text: str, marks: list[Mark]) -> list[PagePlan]:
    """Cut the marks into pages: a title starts one, unless it repeats the title of a page that has no rows yet."""
    plans: list[PagePlan] = []
    current = PagePlan(0, len(text), None, [])
    rows = False
    for mark in marks:
        if mark.kind == TITLE:
            names = (text[mark.spots[0] : mark.spots[1]], text[mark.spots[2] : mark.spots[3]])
            if rows or names != current.names:
                current.end = mark.start
                plans.append(current)
                current = PagePlan(mark.start, len(text), names, [])
                rows = False
        rows = rows or mark.kind == LABEL
        current.marks.append(mark)
    plans.append(current)
    return [plan for plan in plans if plan.marks]


def _settle_page(text: str, plan: PagePlan) -> PagePlan | None:
    headers = _headers(text, plan)
    plan.marks = _kept_labels(_without_shadowed(sorted([*headers, *plan.marks], key=_START)))
    if _evidence(text, plan) < _NEEDED:
        return None
    if plan.names is None:
        plan.start = min(mark.start for mark in plan.marks)
    return plan


def _headers(text: str, plan: PagePlan) -> list[Mark]:
    """Return the page's headers: by the title's names; where that finds none, by the vocabulary before each table."""
    if plan.names is not None:
        found = header_marks(text, plan.start, plan.end, *plan.names)
        titles = {mark.start for mark in plan.marks if mark.kind == TITLE}
        found = [mark for mark in found if mark.start not in titles]
        if found:
            return found
    first = _first_header(text, plan)
    if first is None:
        return []
    a, a_end, b, b_end = first.spots
    return [first, *header_marks(text, first.end, plan.end, text[a:a_end], text[b:b_end])]


def _first_header(text: str, plan: PagePlan) -> Mark | None:
    """Return the header before the first row, told by the vocabulary."""
    floor = plan.start
    for mark in plan.marks:
        if mark.kind == LABEL:
            return _header_before(text, floor, mark.start)
        if mark.kind != RULE:
            floor = max(floor, mark.end)
    return None


def _header_before(text: str, floor: int, end: int) -> Mark | None:
    """Return the header in the last lines before ``end``, not reaching above ``floor``."""
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


def _kept_labels(marks: list[Mark]) -> list[Mark]:
    """Drop the label marks that are the beginning of a cell's line, by the way the page sets its labels off."""
    labelled = [mark for mark in marks if mark.label is not None]
    forms = Counter([mark.form for mark in labelled if mark.label and " " in mark.label.text])
    if not forms:
        forms = Counter([mark.form for mark in labelled])
    allowed = _allowed_forms(forms)
    kept: list[Mark] = []
    topic: str | None = None
    seen: set[str] = set()
    for mark in marks:
        if mark.kind in (TOPIC, HEADER, TITLE):
            topic = mark.topic if mark.kind == TOPIC else None if mark.kind == TITLE else topic
            seen = set()
        elif mark.kind == LABEL and not _is_row(mark, allowed, topic, seen):
            continue
        if mark.kind == LABEL and mark.label is not None:
            seen.add(mark.label.text)
        kept.append(mark)
    return kept


def _allowed_forms(forms: Counter[str]) -> dict[str, bool]:
    """Return the forms that are labels on this page, and whether one-word labels may have them."""
    glued = forms[GLUED] + forms[JOINED]
    spaced = forms[SPACED] > 0 and forms[SPACED] >= max(forms[LINE], glued, forms[TABLE])
    tabled = forms[TABLE] > max(forms[LINE], glued, 0)
    lined = forms[LINE] > 3 * glued
    allowed = {TABLE: True, LINE: not tabled, GLUED: not tabled, JOINED: not (tabled or lined)}
    if spaced:
        allowed[SPACED] = True
    return allowed


def _is_row(mark: Mark, allowed: dict[str, bool], topic: str | None, seen: set[str]) -> bool:
    label = mark.label
    if label is None or mark.form not in allowed or label.text in seen:
        return False
    if " " in label.text:
        return True
    return allowed[mark.form] and (topic is None or topic in label.topics or mark.form in (TABLE, GLUED))


class Evidence(NamedTuple):
    """One kind of evidence for a comparison page of the Factbook: what it is worth, up to how often, and why."""

    name: str
    weight: float
    most: int
    why: str


EVIDENCE: Final = (
    Evidence("title", 2.0, 1, "two names of the vocabulary with `vs.` between them"),
    Evidence("header", 2.0, 1, "the two names above a table"),
    Evidence("source line", 2.0, 1, "no other site prints `Source: CIA Factbook`"),
    Evidence("topics", 1.0, 2, "headings of the Factbook; other sites have the first of them too"),
    Evidence("own labels", 1.0, 4, "labels of several words, or of prose under a header, are the Factbook's own"),
    Evidence("common labels", 0.3, 1000, "`Population` and `Capital` stand in any comparison of countries"),
)
"""What makes a page, and how much it weighs; :data:`_NEEDED` is the sum that is asked for."""


def _evidence(text: str, plan: PagePlan) -> float:
    """Weigh how strongly the marks speak for a comparison page of the Factbook; 0 if there is nothing to read.

    Other sites compare countries too, with rows called ``Population`` and ``Capital``. So a title, a header and common
    words are not enough: the page must also have the Factbook's own headings, several of its labels, or its manner.
    """
    labels = {mark.label.text: mark.label for mark in plan.marks if mark.kind == LABEL and mark.label}
    topics = {mark.topic for mark in plan.marks if mark.kind == TOPIC}
    kinds = {mark.kind for mark in plan.marks}
    headed = HEADER in kinds
    distinctive = sum(" " in label for label in labels)
    prose = sum(label.prose for label in labels.values()) if headed else 0
    counts = {
        "title": plan.names is not None,
        "header": headed,
        "source line": SOURCE in kinds,
        "topics": len(topics),
        "own labels": distinctive + prose,
        "common labels": len(labels) - distinctive,
    }
    if not labels and not (topics and (headed or SOURCE in kinds)):
        return 0.0
    if not (counts["title"] or headed) and distinctive < _OWN_LABELS:
        return 0.0
    if not _is_the_factbooks(text, plan, counts, distinctive, prose):
        return 0.0
    return sum(each.weight * min(counts[each.name], each.most) for each in EVIDENCE)


def _is_the_factbooks(text: str, plan: PagePlan, counts: Mapping[str, int], distinctive: int, prose: int) -> bool:
    """Tell whether anything on the page is the Factbook's own: a heading, several labels, or its manner of writing."""
    headed = bool(counts["header"])
    glued = headed and any(mark.form in (GLUED, JOINED) for mark in plan.marks if mark.kind == LABEL)
    if counts["source line"] or (counts["topics"] and headed) or prose or glued or distinctive >= _OWN_LABELS:
        return True
    idioms = {match[0] for match in _first(_IDIOM, text, plan.start, plan.end, 8)}
    return len(idioms) >= 2 or bool(idioms and headed and distinctive)


def _first(pattern: re.Pattern[str], text: str, start: int, end: int, count: int) -> Iterable[re.Match[str]]:
    for found, match in enumerate(pattern.finditer(text, start, end)):
        if found >= count:
            return
        yield match


def _streamed(text: str, titles: list[Mark]) -> list[Mark]:
    """Return the marks of pages whose line breaks are lost: everything after the title is one line."""
    found: list[Mark] = []
    done = 0
    for title in titles:
        if title.form != GLUED or title.start < done:
            continue
        stop = text.find("\n", title.end)
        stop = len(text) if stop < 0 else stop
        a, b = text[title.spots[0] : title.spots[1]], text[title.spots[2] : title.spots[3]]
        found += _stream_marks(text, title.end, stop, a, b)
        done = stop
    return found


def _stream_marks(text: str, start: int, end: int, a: str, b: str) -> list[Mark]:
    heads = list(_stream_headers(text, start, end, a, b))
    if not heads:
        return []
    found = heads
    for match in any_label().finditer(text, min(mark.end for mark in heads), end):
        label = label_as_printed(match[0])
        stop = match.end()
        before = text[match.start() - 1]
        quoted = before in "'\"\u2019" and text[match.start() - 2] in " (\n"
        if before in " (-" or quoted or not _glued_value(text, stop):
            continue
        if " " not in label.text and (before in "/'\"\u2019" or other_word().match(text, stop)):
            continue
        found.append(Mark(LABEL, match.start(), match.start(), stop, GLUED, label))
    tail = text.rfind("Source:", start, end)
    if tail >= 0 and "Factbook" in text[tail:end]:
        found.append(Mark(SOURCE, tail, tail, end))
    return found


def _glued_value(text: str, at: int) -> bool:
    """Tell whether a cell can start at ``at``, right behind a label: prose that has the words goes on otherwise."""
    after = text[at : at + 1]
    return after not in " ,;:)'" and (after != "-" or text[at + 1 : at + 2].isdigit() or text[at + 1 : at + 2] == "$")


def _stream_headers(text: str, start: int, end: int, a: str, b: str) -> Iterable[Mark]:
    """Yield the topic and header marks of a stream: a topic heading with the two names glued behind it."""
    topics = sorted(topic_headings(), key=len, reverse=True)
    for pair in {a + b, b + a}:
        at = text.find(pair, start, end)
        while at >= 0:
            header = glued_header(text, at, a, b)
            heading = next((topic for topic in topics if text.endswith(topic, start, at)), None)
            if header is not None and heading is not None:
                yield Mark(TOPIC, at - len(heading), at - len(heading), at, GLUED, None, topic_headings()[heading])
                yield header
            at = text.find(pair, at + len(pair), end)
