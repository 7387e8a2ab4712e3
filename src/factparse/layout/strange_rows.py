"""Finds rows that no label of the Factbook begins: in a table the borders show them, below a header their first cell.

A page has rows of its editor's own (``Happiness index | 4.2 | 4.4 |``), which would be taken for more text of the row
above; and its first row may have lost its label, which heading and cell still tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from factparse.layout.index import LEADING
from factparse.layout.marks import BARS, GLUED, HEADER, LABEL, RULE, TABS, TOPIC, Mark
from factparse.vocabulary import Label, country_named, label_in_row, label_named

_LONGEST = 80
"""How long the label of a row may be."""

_ENOUGH = 16
"""So many rows of one line show how a row of the page is written."""

_CELLS = 2
"""So many borders stand behind the label of a row at least: one before each cell."""

# A bar, but not inside the braces of a spun copy ({a|b|c}), nor an escaped one; a tab.
_BORDER: Final = {BARS: re.compile(r"(?>\{[^{}\n]*+\}|\\.)|(?P<border>\|)"), TABS: re.compile(r"(?P<border>\t)")}
_MARKS: Final = {BARS: "|", TABS: "\t"}


def with_strange_rows(text: str, marks: list[Mark], end: int) -> list[Mark]:
    """Add marks of the rows of a table whose labels no edition has; ``marks`` are those of a page that ends at ``end``.

    A line is such a row if it has as many borders as most rows of the page, and the row above has all of its own.
    """
    forms = Counter(mark.form for mark in marks if mark.form in _BORDER and mark.label is not None)
    if not forms:
        return marks
    form, _ = forms.most_common(1)[0]
    whole = _borders_of_a_row(text, marks, form, end)
    if not whole:
        return marks
    found: list[Mark] = []
    for mark, following in pairwise([*marks, Mark("", end, end, end)]):
        found.append(mark)
        if mark.form == form or mark.kind in (HEADER, RULE):
            # Most rows are one line: then there is nothing more to look at.
            at = text.find("\n", mark.end if mark.label is None else mark.start, following.start)
            if at >= 0 and not text[at : following.start].isspace():
                found += _rows(text, mark, at, following.start, form, whole)
    return found


def _borders_of_a_row(text: str, marks: list[Mark], form: str, end: int) -> int:
    """How many borders stand behind the label of most rows of one line, or on most first lines; 0 if too few."""
    lines: Counter[int] = Counter()
    firsts: Counter[int] = Counter()
    for mark, following in pairwise([*marks, Mark("", end, end, end)]):
        if mark.form == form and mark.label is not None and lines.total() < _ENOUGH:
            line, _, more = text[mark.end : following.start].rstrip().partition("\n")
            (firsts if more else lines)[_count(line, form)] += 1
    most = next((counts.most_common(1)[0][0] for counts in (lines, firsts) if counts), 0)
    return most if most >= _CELLS else 0


def _count(line: str, form: str) -> int:
    if "{" not in line and "\\" not in line:
        return line.count(_MARKS[form])
    return sum(match["border"] is not None for match in _BORDER[form].finditer(line))


def _rows(text: str, mark: Mark, at: int, stop: int, form: str, whole: int) -> Iterator[Mark]:
    """Yield the rows among the lines of ``mark``, a row, a header or a rule, whose first line ends at ``at``."""
    borders = _count(text[mark.end : at], form) if mark.label is not None else whole
    while 0 <= at < stop and borders <= whole:
        start, at = at + 1, text.find("\n", at + 1, stop)
        line = text[start : at if at >= 0 else stop]
        row = line.lstrip(LEADING)
        label = _label(row, form) if borders == whole == _count(row, form) else None
        if label is not None:
            first = start + line.index(label.text)
            yield Mark(LABEL, start, first, first + len(label.text), form, label)
        elif line.strip():
            borders += _count(line, form)


def _label(line: str, form: str) -> Label | None:
    """The label of the row that ``line`` is; ``None`` if it begins with none, or its cells name countries."""
    name, _, cells = line.partition(_MARKS[form])
    name = name.rstrip()
    if not name or len(name) > _LONGEST or not name[0].isalpha():
        return None
    if name[0].islower():
        return label_in_row(name) if label_named(name) is not None else None
    if any(country_named(cell.strip()) is not None for cell in cells.split(_MARKS[form])):
        return None
    return label_in_row(name)


class _First(NamedTuple):
    """What the first row under the heading of ``topic`` holds: a field, and how its cells begin."""

    topic: str
    label: str
    opening: re.Pattern[str]


# Eight words, and the end of a sentence behind them.
_PROSE = r"(?=[A-Z])(?:[\w(][^\s|]*+\s++){8}[^|\t]*?[a-z)\d]\.(?:\s|\Z|(?=[A-Z]))"
_REGION = (
    r"[A-Z][\w ,-]{0,60}?(?:Africa|America|Asia|Australia|Caribbean|Europe|Middle East|Ocean|Oceania|Pacific|Sea)\b"
)

_EMPTY_LABEL: Final = re.compile(r"\|[ \t\xa0]*+(?P<bar>\|)")
_BEFORE: Final = re.compile(r"\|[ \t\xa0]*+")

_FIRST: Final = tuple(
    _First(topic, label, re.compile(opening))
    for topic, label, opening in (
        ("Introduction", "Background", _PROSE),
        ("Geography", "Location", _REGION),
        ("Demographics", "Population", r"\d[\d,.]*+(?: million)? \((?:[A-Z][a-z]++ )?\d{4}(?: est\.)?\)"),
        ("Government", "Country name", r"conventional (?:long|short) form:"),
        ("Economy", "Economic overview", _PROSE),
        ("Telecommunications", "Telephones - fixed lines", r"total(?: subscriptions)?: \d"),
        ("Transportation", "National air transport system", r"number of registered air carriers:"),
        ("Transnational Issues", "Disputes - international", _PROSE),
    )
)
"""The first row of each topic, where its cells can be told without the label."""


def with_lost_label(text: str, marks: list[Mark], end: int) -> list[Mark]:
    """Add the mark, of no width, of a row whose label is lost: right below a heading and its header."""
    found: list[Mark] = []
    topic: str | None = None
    for mark, following in pairwise([*marks, Mark("", end, end, end)]):
        found.append(mark)
        if mark.kind == TOPIC:
            topic = mark.topic
        elif mark.kind in (HEADER, RULE) and topic is not None:
            row = _unlabelled(text, topic, mark.end, following.start)
            found += row
            topic = topic if following.kind == RULE and not row else None
    return found


def _unlabelled(text: str, topic: str, start: int, end: int) -> list[Mark]:
    """The mark of the row without a label that begins behind ``start``; an empty list if there is none."""
    body = text[start:end]
    at = start + len(body) - len(body.lstrip())
    empty = _EMPTY_LABEL.match(text, at, end)
    if empty is not None:  # the cell of the label is there, and empty
        bar = empty.start("bar")
        label = lost_label(topic, text, bar, end)
        return [Mark(LABEL, at, bar, bar, BARS, label)] if label is not None else []
    label = lost_label(topic, text, at, end)
    return [Mark(LABEL, at, at, at, GLUED, label)] if label is not None else []


def lost_label(topic: str | None, text: str, at: int, end: int) -> Label | None:
    """The label of the first row under ``topic``, whose cells, or the bar before them, begin at ``at``.

    ``None`` if they do not look like that.

    >>> lost_label("Demographics", "20,835,401 (July 2020 est.)", 0, 27).text
    'Population'
    """
    before = _BEFORE.match(text, at, end)
    cell = before.end() if before is not None else at
    for first in _FIRST:
        if first.topic == topic and first.opening.match(text, cell, end):
            return label_named(first.label)
    return None
