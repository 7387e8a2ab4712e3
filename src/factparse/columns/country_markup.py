"""Country pages that are still HTML. The template marks the labels, so all between two of them is a cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from factparse.columns.cells import joined, trim
from factparse.columns.country import CountryTable, owned_by, told_of
from factparse.columns.rows import entry_name
from factparse.columns.table import Row, Section, new_row
from factparse.core.spans import Span
from factparse.layout.country.cells import is_caption
from factparse.layout.country.headings import heading_of, topic_of
from factparse.layout.country.template import ASIDE, FIELD, Part
from factparse.layout.html import HtmlPage
from factparse.vocabulary import label_of_words, topic_named

_FEWEST: Final = 3  # labels that the vocabulary knows
_LONGEST: Final = 1024  # characters in which a label ends; else its element was never closed, and holds the page

Range = tuple[int, int]


class _Field(NamedTuple):
    """A field of the page: where its label and its body stand, and the topic of the heading above it, if one is new."""

    label: Range
    body: tuple[Range, ...]
    topic: str | None


def country_markup(page: HtmlPage) -> CountryTable | None:
    """The table of a rendered country page, all of its rows with confidence 1; ``None`` if it marks no labels."""
    if sum(part.kind == FIELD for part in page.parts) < _FEWEST:
        return None
    reader = _Reader(page)
    fields = reader.fields()
    if len({text for field in fields if label_of_words(text := reader.said(field.label)) is not None}) < _FEWEST:
        return None
    rows = [reader.row(field) for field in fields]
    sections = tuple(_sections(rows))
    name, told, where = told_of(reader.named(), sections)
    return CountryTable(name, owned_by(sections, name), Span((0, len(page.text))), told, where)


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
        self._parts = [part for part in page.parts if part.kind == FIELD]

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
        """The fields in the page's order: those whose label is known, or ends in a colon."""
        labels = [(part, label) for part in self._parts if (label := self._label(part)) is not None]
        found: list[_Field] = []
        above = self._cut(self.visible(0, labels[0][0].start if labels else 0))
        topic = above[1]
        for number, (part, label) in enumerate(labels):
            stop = labels[number + 1][0].start if number + 1 < len(labels) else len(self.text)
            body, following = self._cut(self.visible(part.end, stop))
            found.append(_Field(label, body, topic))
            topic = following or topic
        return found

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
        """The country that most headings name, and where the first of them does."""
        names = Counter(name for name, _, alone in self._names if not alone)
        if not names:
            return None, None
        best = max(sorted(names), key=names.__getitem__)
        return best, next(Span(place) for name, place, _ in self._names if name == best)

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
