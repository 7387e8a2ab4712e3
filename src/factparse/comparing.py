"""Puts two country pages side by side, as a comparison page that can be used like any other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from factparse.columns.table import Cell, Row, Section, new_cell, new_row
from factparse.core.errors import UsageError
from factparse.core.spans import OffsetMap, Span
from factparse.page import Page
from factparse.selection import need_pages

LAYOUT: Final = "compared"
"""The layout of every row on such a page."""

_Pair = tuple[Row | None, Row | None]


def compare(page_a: Page, page_b: Page) -> Page:
    """The comparison page of two country pages: a row for each field that one of them has, in the first page's order.

    Fields that only the second page has come last in their topic. The confidence of a row is the lower one of its two
    cells. The page has a new ``text``, to which its spans refer.

    Raises :class:`~factparse.UsageError`: ``not-a-country-page`` if one of them is no country page, or names no
    country; ``not-a-page`` if one of them is no page at all.

    >>> import factparse
    >>> page = "{} Facts\\nLand use:\\n{}% (2021 est.)\\nNatural hazards:\\nnone\\nLabor force:\\n5 km\\n"
    >>> both = compare(factparse.parse(page.format("Chad", 41)), factparse.parse(page.format("Mali", 42)))
    >>> both.countries, [cell.text for cell in both.rows[0].cells]
    (('Chad', 'Mali'), ['41% (2021 est.)', '42% (2021 est.)'])
    """
    need_pages("compare", page_a, page_b)
    for page in (page_a, page_b):
        if page.kind != "country" or not page.countries:
            said = "names no country" if page.kind == "country" else "is no country page"
            raise UsageError("not-a-country-page", f"the page {said}; compare takes two pages of one country each")
    writer = _Writer((page_a.countries[0], page_b.countries[0]))
    for topic, pairs in groupby(_pairs(page_a.rows, page_b.rows), key=lambda pair: _one(pair).topic):
        writer.section(topic, list(pairs))
    years = tuple(page.editions[0] if page.editions else None for page in (page_a, page_b))
    text = "".join(writer.pieces)
    return Page(
        text=text,
        countries=writer.names,
        sections=tuple(writer.sections),
        editions=years if any(years) else (),
        span=Span((0, len(text))),
        offsets=OffsetMap(()),
    )


def _one(pair: _Pair) -> Row:
    found = pair[0] or pair[1]
    assert found is not None  # a pair has a row of one page at least
    return found


def _pairs(rows_a: tuple[Row, ...], rows_b: tuple[Row, ...]) -> Iterator[_Pair]:
    """Yield pairs of rows with the same field. Rows that only the second page has come last in their topic."""
    waiting = {row.name: row for row in reversed(rows_b)}  # the first of two rows with the same field
    fields = {row.name for row in rows_a}
    alone = [row for row in waiting.values() if row.name not in fields][::-1]
    topics = list(dict.fromkeys(row.topic for row in (*rows_a, *alone)))
    for topic in topics:
        for row in rows_a:
            if row.topic == topic:
                yield row, waiting.pop(row.name, None)
        for row in alone:
            if row.topic == topic:
                yield None, row


class _Writer:
    """Writes the text of the page, and notes where its cells stand."""

    def __init__(self, names: tuple[str, str]) -> None:
        self.names = names
        self.pieces: list[str] = []
        self.sections: list[Section] = []
        self._at = 0
        self._put(f"{names[0]} vs. {names[1]}\n\n")

    def _put(self, text: str) -> Span:
        start = self._at
        self.pieces.append(text)
        self._at += len(text)
        return Span((start, self._at))

    def section(self, topic: str | None, pairs: list[_Pair]) -> None:
        """Write a section: its topic, the names of the columns, and its rows."""
        start = self._at
        self._put(f"{topic}\n\n" if topic is not None else "")
        self._put(f"{self.names[0]}\n{self.names[1]}\n\n")
        rows = tuple(self._row(topic, pair) for pair in pairs)
        self.sections.append(Section(topic, rows, Span((start, self._at))))

    def _row(self, topic: str | None, pair: _Pair) -> Row:
        first = _one(pair)
        start = self._at
        self._put(f"{first.label}\n\n")
        cells = tuple(self._cell(name, row) for name, row in zip(self.names, pair, strict=True))
        sure = min(row.confidence for row in pair if row is not None)
        return new_row(first.label, first.field, topic, cells, sure, LAYOUT, Span((start, self._at)), None)

    def _cell(self, country: str, row: Row | None) -> Cell:
        text = row.cells[0].text if row is not None else ""
        span = self._put(text)
        self._put("\n\n")
        return new_cell(country, text, span)
