"""Decides which heads of lines are structure of a country page, where such pages start, and whether they are pages.

What speaks for a page of the Factbook and against it is listed, with weights, in
:data:`factparse.layout.evidence.EVIDENCE`, beside the evidence of comparison pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import Final

import attrs

from factparse.layout.country.cells import BLANKS
from factparse.layout.country.heads import COLON, HEADING, KEY, LONE, head_marks
from factparse.layout.evidence import weigh
from factparse.layout.index import telling_lines
from factparse.layout.marks import LABEL, LINE, NOISE, SOURCE, TOPIC, Mark, PageMarks
from factparse.layout.noise import with_noise
from factparse.layout.recognition import idioms
from factparse.layout.said import alike, said_behind
from factparse.vocabulary import Label, country_named

_FIRST, _LAST = 1990, 2027  # the years of editions
_MANY_IN_ERA = 8  # labels of which one may be of another time than the page
_MANY = 3  # times as many labels with a colon as without show that those without are lines of cells
_SEVERAL = 3  # labels in one line
_SOON = 3  # marks behind a name of which one shows that fields begin anew
_OWN = 3  # labels of several words
_MANY_ROWS = 8  # distinct labels of several words that need no other evidence

_BESIDE: Final = {"beside": 1.0, "not the manner": 0.0, "few own": 0.0}
"""What holds of a page beside one that is a page without doubt."""


@attrs.define
class _Draft:
    """A page in the making: its marks, and the country that it is headed by so far."""

    marks: list[Mark]
    country: object = None


def country_pages(text: str) -> list[PageMarks]:
    """The country pages of ``text`` in reading order, each with its marks; an empty list if it has none."""
    if not likely(text, telling_lines(text)):
        return []
    drafts = [
        _without_repeats(draft) for draft in _segments(text, _without_menus(text, _rows_only(text, head_marks(text))))
    ]
    ends = [*(draft[0].start for draft in drafts[1:]), len(text)]
    found = [(marks, end, evidence_of(text, marks, end)) for marks, end in zip(drafts, ends, strict=False)]
    beside = sum(weigh("country", each) >= 0.0 for _, _, each in found) > 0
    return [
        PageMarks(marks[0].start, end, None, with_noise(text, marks, end), one=True)
        for marks, end, each in found
        if weigh("country", {**each, **_BESIDE} if beside else each) >= 0.0
    ]


def likely(text: str, found: Iterable[re.Match[str]]) -> bool:
    """Whether a country page is possible where lines begin as was ``found``: with enough labels, or with a topic.

    ``found`` is what :func:`~factparse.layout.index.telling_lines` finds in ``text``. One label is enough where its
    line has several colons: all labels of a slide may stand in one line.
    """
    seen: set[str] = set()
    for match in found:
        name = match["label"]
        if name is None or _several_words(name) or len(seen | {name}) >= _OWN:
            return True
        seen.add(name)
        at = match.end() - 1  # a line break was put before the text
        stop = text.find("\n", at)
        if text.count(":", at, stop if stop >= 0 else len(text)) >= _SEVERAL:
            return True
    return False


def _several_words(label: str) -> bool:
    """Whether a label has several words: ``Area - comparative``, and as 1998 printed it, ``Area-comparative``."""
    return " " in label or "-" in label


def _rows_only(text: str, marks: list[Mark]) -> list[Mark]:
    """The marks without labels that only words of a cell look like."""
    end = len(text)
    marks = [_one_sense(text, mark, after) for mark, after in pairwise([*marks, Mark("", end, end, end)])]
    fits = _Fits(marks)
    kept: list[Mark] = []
    topic: str | None = None
    for mark in marks:
        if mark.kind == TOPIC or (mark.kind == HEADING and mark.topic is not None):
            topic = mark.topic
        if mark.label is None or (fits.label(mark, mark.label, topic) and not fits.part(text, mark, kept[-1:])):
            kept.append(mark)
    return kept


def _one_sense(text: str, mark: Mark, after: Mark) -> Mark:
    """A heading that is also a label (``Environment``): it heads what stands right behind it, or labels a value."""
    label = mark.label
    if mark.kind != TOPIC or label is None:
        return mark
    if not text[mark.end : after.start].strip(BLANKS):
        return mark._replace(label=None)
    return mark._replace(kind=LABEL, end=mark.end - (text[mark.end - 1] == ":"), topic=None)


class _Fits:
    """Which labels fit the page: its topics, how it writes most of its labels, and when it was printed."""

    def __init__(self, marks: list[Mark]) -> None:
        labels = [mark for mark in marks if mark.kind == LABEL]
        self._topics = {mark.topic for mark in marks if mark.kind in (TOPIC, HEADING)}
        bare = sum(mark.form == LINE for mark in labels)
        keys = sum(mark.form == KEY for mark in labels)
        alone = [mark.label.field for mark in labels if mark.form == COLON and mark.label is not None]
        self._keys = 2 * keys > len(labels)
        self._alone = frozenset(alone if len(alone) > _MANY * keys else ())
        self._colons = len(labels) - bare > _MANY * bare
        self._years = _era({mark.label.text: mark.label for mark in labels if mark.label is not None}.values())

    def label(self, mark: Mark, label: Label, topic: str | None) -> bool:
        """Whether a line that is ``label`` is one, under the heading ``topic``."""
        if mark.form == LINE and self._colons:
            return False
        if mark.form == KEY and label.field in self._alone:
            return False  # the page sets this label on a line of its own elsewhere: here a cell tells of a part
        if _several_words(label.text) and not label.part:
            return True
        if label.part and mark.form == KEY and not self._keys:
            return False
        if not any(label.first_edition <= year <= label.last_edition for year in self._years):
            return False
        elsewhere = topic in self._topics - label.topics and label.topics & self._topics
        return not (mark.form == LINE and topic is not None and elsewhere)

    def part(self, text: str, mark: Mark, above: list[Mark]) -> bool:
        """Whether a label with its value begins the value of the label right above it, which is empty without it."""
        if self._keys or mark.form != KEY:
            return False
        return any(each.kind == LABEL and not text[each.end : mark.at].strip(BLANKS + ":") for each in above)


def _era(labels: Iterable[Label]) -> list[int]:
    """The years in which all or nearly all of the ``labels`` of several words were printed; all years without any."""
    ranges = [(label.first_edition, label.last_edition) for label in labels if " " in label.text and not label.part]
    counts = {year: sum(first <= year <= last for first, last in ranges) for year in range(_FIRST, _LAST)}
    most = max(counts.values())
    return [year for year, count in counts.items() if count >= most - most // _MANY_IN_ERA]


def _without_menus(text: str, marks: list[Mark]) -> list[Mark]:
    """The marks without menus: several labels with nothing behind them, all of which have a value elsewhere.

    Behind rows a menu is noise, and no part of the last cell.
    """
    items = list(pairwise([*marks, Mark("", len(text), len(text), len(text))]))
    filled = {mark.label.text for mark, after in items if mark.label is not None and _has_value(text, mark, after)}
    kept: list[Mark] = []
    for listed, group in groupby(items, lambda item: _is_listed(text, *item)):
        some = list(group)
        last = max((at for at, (mark, _) in enumerate(some) if mark.label is not None), default=-1)
        names = {mark.label.text for mark, _ in some if mark.label is not None}
        if listed and len(names) > _SEVERAL and names <= filled:
            start, end = some[0][0].start, some[last][1].start
            kept += [Mark(NOISE, start, start, end)] if kept and kept[-1].kind == LABEL else []
            some = some[last + 1 :]
        kept += [mark for mark, _ in some]
    return kept


def _is_listed(text: str, mark: Mark, after: Mark) -> bool:
    return mark.kind == TOPIC or (mark.kind == LABEL and not _has_value(text, mark, after))


def _has_value(text: str, mark: Mark, after: Mark) -> bool:
    return any(map(str.isalnum, text[mark.end : after.start]))


def _segments(text: str, marks: list[Mark]) -> list[list[Mark]]:
    """The marks, cut into pages: one starts at the heading of another country, and at a name above fields anew."""
    drafts: list[_Draft] = []
    current = _Draft([])
    seen: set[str] = set()
    for number, mark in enumerate(marks):
        if mark.kind == HEADING:
            country = country_named(text[slice(*mark.spots[:2])])
            if _begins(text, marks, number, seen, country is not current.country, current.country is None):
                drafts.append(current)
                current, seen = _Draft([], country), set()
            elif not seen or (current.country is None and mark.form != LONE):
                current.country = country
            elif country is not current.country or mark.form == LONE:
                continue  # a name in a cell
        elif mark.kind == LABEL and mark.label is not None:
            seen.add(mark.label.field)
        current.marks.append(mark)
    drafts.append(current)
    return [kept for draft in drafts if (kept := _from_heading(draft.marks))]


def _begins(text: str, marks: list[Mark], number: int, seen: set[str], other: bool, nameless: bool) -> bool:
    """Whether the heading ``marks[number]`` begins a page: the one before has rows, and it names another country.

    A lone name may be a line of a cell, and a heading may be the first that names the country of the rows above it.
    Under both, fields must begin anew; or the name stands as a paragraph of its own above a topic.
    """
    mark = marks[number]
    after = marks[number + 1 : number + 1 + max(_SOON, _SEVERAL)]
    if not seen or not other or not after:
        return False
    if mark.form != LONE and not nameless:
        return True
    if text[mark.end : after[0].start].strip(BLANKS):
        return False
    if after[0].kind == TOPIC and mark.form == LONE and _stands_apart(text, mark.start):
        return True
    labels = [each.label for each in after[:_SOON] if each.label is not None]
    return any(label.field in seen for label in labels) or _in_one_line(text, after)


def _stands_apart(text: str, start: int) -> bool:
    """Whether a blank line stands above the line that begins at ``start``."""
    above = text.rfind("\n", 0, max(start - 1, 0)) + 1
    return not text[above:start].strip(BLANKS)


def _in_one_line(text: str, marks: list[Mark]) -> bool:
    """Whether the first of ``marks`` are labels of which one line holds several: line breaks are lost, as on slides."""
    first = marks[0]
    stop = text.find("\n", first.end)
    several = [mark for mark in marks[:_SEVERAL] if mark.form == KEY and (mark.start < stop or stop < 0)]
    return len(several) == _SEVERAL


def _from_heading(marks: list[Mark]) -> list[Mark]:
    """The marks without the names that stand above the page's own: a menu of all countries, the web page's name."""
    first = next((at for at, mark in enumerate(marks) if mark.kind not in (HEADING, SOURCE)), len(marks))
    names = [mark for mark in marks[:first] if mark.kind == HEADING]
    said = [mark for mark in names if mark.form != LONE] or names
    return [*said[-1:], *marks[first:]]


def _without_repeats(marks: list[Mark]) -> list[Mark]:
    """The marks without labels that were there before, and with one mark for the lines of one field.

    ``Area total: 5`` / ``Area land: 3`` is one row, whose cell stands in both lines. A label that fills its line is a
    row once more under another topic: the Factbook prints some fields in two sections.
    """
    seen: dict[str, int] = {}
    kept: list[Mark] = []
    topics = 0
    for mark in marks:
        topics += mark.kind == TOPIC
        if mark.kind == LABEL and mark.label is not None:
            name = mark.label.text
            if name in seen and (mark.form not in (LINE, COLON) or seen[name] == topics):
                continue
            seen[name] = topics
        kept.append(mark)
    return kept


def evidence_of(text: str, marks: list[Mark], end: int) -> dict[str, float]:
    """What speaks for and against a country page with these ``marks`` that ends at ``end``: names of evidence."""
    labels = {mark.label.text: mark.label for mark in marks if mark.label is not None and mark.kind == LABEL}
    own = sum(map(_several_words, labels))
    headings = [mark for mark in marks if mark.kind == HEADING]
    topics = {mark.topic for mark in marks if mark.kind == TOPIC}
    said = said_behind(text, marks, end)
    headed = len({mark.topic for mark in headings if mark.topic is not None})
    inside = sum(mark.form == KEY and mark.start == mark.at and text[mark.at - 1 : mark.at] == " " for mark in marks)
    slide = inside > _OWN and own >= _OWN - 1
    manner = idioms(text, marks[0].start, end)
    return {
        "needed": 1,
        "own labels": own,
        "common labels": len(labels) - own,
        "topics": len(topics),
        "heading": bool(headings),
        "headed topics": headed,
        "manner": manner,
        "in one line": slide,
        "few own": own < _OWN and not headed and not slide,
        "nameless": not headings and not topics,
        "empty": said.empty,
        "defined": said.defined and not headed,
        "not the manner": manner < 2 and not headed and (own < _MANY_ROWS or alike(text, marks, end)),
    }
