"""Country pages that are still HTML. The template marks the labels, so all between two of them is a cell.

The CIA's own marks tell a page of the Factbook. Headings, which any page may have over its text, do not: there the same
evidence decides as for plain text (:data:`factparse.layout.evidence.EVIDENCE`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

import attrs

from factparse.columns.cells import joined, trim
from factparse.columns.country import CountryTable, owned_by, told_of
from factparse.columns.cut_end import CUT
from factparse.columns.rows import entry_name
from factparse.columns.table import Row, Section, new_row
from factparse.core.spans import Span
from factparse.layout.country.cells import is_caption
from factparse.layout.country.choice import evidence_of
from factparse.layout.country.headings import heading_of, topic_of
from factparse.layout.country.heads import COLON, HEADING
from factparse.layout.country.template import ASIDE, FIELD, HEADED, Part
from factparse.layout.evidence import weigh
from factparse.layout.html import HtmlPage
from factparse.layout.marks import LABEL, TOPIC, Mark
from factparse.vocabulary import label_of_words, topic_named

_FEWEST: Final = 3  # labels that the vocabulary knows
_LONGEST: Final = 1024  # characters in which a label ends; else its element was never closed, and holds the page

_LABELS: Final = (FIELD, HEADED)
_LINE = re.compile(r"[^\n]++")

Range = tuple[int, int]


class _Field(NamedTuple):
    """A field of the page: how its label is marked, where it and its body stand, and the topic of the heading above."""

    kind: str
    label: Range
    body: tuple[Range, ...]
    topic: str | None


def country_markup(page: HtmlPage) -> CountryTable | None:
    """The table of a rendered country page; ``None`` if it marks no labels.

    All rows have confidence 1, but the last one of a page that is cut off.
    """
    if sum(part.kind in _LABELS for part in page.parts) < _FEWEST:
        return None
    reader = _Reader(page)
    fields = reader.fields()
    if not reader.is_page(fields):
        return None
    rows = [reader.row(field) for field in fields]
    cut = rows[-1].cells[0].span if page.cut else None
    if cut is not None:
        rows[-1] = attrs.evolve(rows[-1], confidence=CUT)
    sections = tuple(_sections(rows))
    name, told, where = told_of(reader.named(), sections)
    return CountryTable(name, owned_by(sections, name), Span((0, len(page.text))), told, where, cut=cut)


def _sections(rows: list[Row]) -> Iterator[Section]:
    """Yield the sections: rows that stand under one topic, in the page's order."""
    for topic, some in groupby(rows, key=lambda row: row.topic):
        found = tuple(some)
        yield Section(topic, found, Span((found[0].span.start, found[-1].span.end)))


class _Reader:
    """Goes through the fields of a page. What stands beside its text is left out."""

    def __init__(self, page: HtmlPage) -> None:
        self.text = page.text
        self._names: list[tuple[str, Range, bool]] = []
        self._seen = [(low, high) for low, high in (trim(self.text, *each) for each in _seen(page)) if low < high]
        self._starts = [start for start, _ in self._seen]
        self._parts = [part for part in page.parts if part.kind in _LABELS]

    def visible(self, start: int, end: int) -> Iterator[Range]:
        """Yield the trimmed ranges of ``text[start:end]`` that are seen, without those that are blank."""
        for number in range(max(bisect_right(self._starts, start) - 1, 0), len(self._seen)):
            low, high = self._seen[number]
            if low >= end:
                break
            low, high = trim(self.text, max(low, start), min(high, end))
            if low < high:
                yield low, high

    def said(self, place: Range) -> str:
        """The words that stand at ``place``."""
        return " ".join(self.text[slice(*place)].split())

    def fields(self) -> list[_Field]:
        """The fields in the page's order: those whose label is known, or ends in a colon.

        Any other heading ends the cell above it.
        """
        marked = [(part, self._label(part)) for part in self._parts]
        labels = [(part, label) for part, label in marked if label is not None]
        starts = [part.start for part, label in marked if label is not None or part.kind == HEADED]
        found: list[_Field] = []
        topic = self._above(labels[0][0].start if labels else 0)
        for part, label in labels:
            following = bisect_right(starts, part.start)
            stop = starts[following] if following < len(starts) else len(self.text)
            body, headed = self._cut(self.visible(part.end, stop))
            found.append(_Field(part.kind, label, body, topic))
            topic = headed or topic
        return found

    def _above(self, end: int) -> str | None:
        """The topic of the heading right above the first label, at ``end``. All names in headings there are noted."""
        for low, high in self.visible(0, end):
            for line in _LINE.finditer(self.text, low, high):
                self._heading(*trim(self.text, *line.span()))
        return self._cut(self.visible(0, end))[1]

    def _label(self, part: Part) -> Range | None:
        last = part.start + _LONGEST
        start, end = next(self.visible(part.start, min(part.end, last)), (last, last))
        words = self.text[start:end]
        bare = words.rstrip(": \xa0\n\t")
        if end == last or not bare or (label_of_words(bare) is None and bare == words):
            return None
        return start, start + len(bare)

    def _cut(self, body: Iterator[Range]) -> tuple[tuple[Range, ...], str | None]:
        """The ranges of a body without what stands behind its cell, and the topic of the next section.

        That is the heading of that section, or the caption of a picture.
        """
        kept = list(body)
        topic: str | None = None
        while kept:
            start, end = kept[-1]
            line = max(self.text.rfind("\n", start, end) + 1, start)
            found = self._heading(*trim(self.text, line, end))
            if found is None and not is_caption(self.text[line:end]):
                break
            topic = topic or found
            low, high = trim(self.text, start, line)
            kept[-1:] = [(low, high)] if low < high else []
        return tuple(kept), topic or None

    def _heading(self, start: int, end: int) -> str | None:
        """The topic that the line ``text[start:end]`` heads, empty if only a country; ``None`` if it is no heading."""
        line = self.text[start:end]
        if (topic := topic_named(line.rstrip(" :"))) is not None:
            return topic
        found = heading_of(line)
        if found is None:
            return None
        place = (start + found.name[0], start + found.name[1])
        self._names.append((entry_name(self.text[slice(*place)]), place, found.alone))
        return None if found.alone else topic_of(found, line) or ""

    def named(self) -> tuple[str | None, Span | None]:
        """The country that most headings name, and where the first of them does.

        A heading that is nothing but a name counts if there are no others, and all such name one country: a list of
        countries stands in menus.
        """
        names = Counter(name for name, _, alone in self._names if not alone)
        lone = Counter(name for name, _, _ in self._names)
        if not names and len(lone) == 1:
            names = lone
        if not names:
            return None, None
        best = max(sorted(names), key=names.__getitem__)
        return best, next(Span(place) for name, place, _ in self._names if name == best)

    def is_page(self, fields: list[_Field]) -> bool:
        """Whether enough labels are the Factbook's: those that it marks itself, or else what the page says in all."""
        known = [(field, label) for field in fields if (label := label_of_words(self.said(field.label))) is not None]
        if len({label.text for field, label in known if field.kind == FIELD}) >= _FEWEST:
            return True
        if len({label.text for _, label in known}) < _FEWEST:
            return False
        marks = [Mark(HEADING, 0, 0, 0) for _, _, alone in self._names[:1] if not alone]
        for field, label in known:
            if field.topic is not None and all(mark.topic != field.topic for mark in marks):
                marks.append(Mark(TOPIC, *field.label[:1] * 3, topic=field.topic))
            marks.append(Mark(LABEL, field.label[0], *field.label, COLON, label))
        return weigh("country", evidence_of(self.text, marks, len(self.text))) >= 0.0

    def row(self, place: _Field) -> Row:
        """The row of a field; its country is not told yet."""
        printed = self.said(place.label)
        label = label_of_words(printed)
        field = label.field if label is not None else None
        topic = place.topic or (label.topic if label is not None else None)
        end = place.body[-1][1] if place.body else place.label[1]
        cell = joined(self.text, None, place.body, end)
        return new_row(printed, field, topic, (cell,), 1.0, "html", Span((place.label[0], end)), None)


def _seen(page: HtmlPage) -> Iterator[Range]:
    """Yield the ranges of the text that lie outside all asides."""
    at = 0
    for part in page.parts:
        if part.kind == ASIDE and part.end > at:
            if part.start > at:
                yield at, part.start
            at = part.end
    if at < len(page.text):
        yield at, len(page.text)
