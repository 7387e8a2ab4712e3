"""Reads the layout tree: pages, sections and rows whose cells are not yet told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from factparse.core.spans import Span
from factparse.layout.marks import SPACED, Mark
from factparse.layout.pieces import Piece, body
from factparse.vocabulary import Label, country_named

if TYPE_CHECKING:
    from lark import Token, Tree

    from factparse.layout.lexer import LineMark
    from factparse.layout.tree import Layout

_YEAR = re.compile(r"\((\d{4})")


@attrs.define
class RawRow:
    """A row as the layout found it. Nobody changes it; it is not frozen, for making it would take three times as long.

    ``pieces`` are its body; ``marked`` says that a bar stands before the label, ``spaced`` that a space is all that
    stands behind it: then a space may be all that divides the cells.
    """

    label: Label
    start: int
    end: int
    marked: bool
    spaced: bool
    pieces: tuple[Piece, ...]

    @property
    def span(self) -> Span:
        """From the label to the end of the body."""
        return Span((self.start, self.end))


@attrs.frozen
class RawHeader:
    """A column header: the names as printed, the years behind them, and the text before, between and behind them."""

    names: tuple[str, str]
    editions: tuple[int | None, int | None]
    lead: str
    gap: str
    tail: str


@attrs.frozen
class RawSection:
    """The rows under one heading; ``topic`` is told from the labels where the heading is lost."""

    topic: str | None
    header: RawHeader | None
    rows: tuple[RawRow, ...]
    span: Span


@attrs.frozen
class RawPage:
    """A page of the tree: the names of its title, its sections."""

    names: tuple[str, str] | None
    sections: tuple[RawSection, ...]
    span: Span


def raw_pages(text: str, layout: Layout) -> Iterator[RawPage]:
    """Yield the pages of the layout of ``text``."""
    at = 0
    for child in layout.tree.children:
        if isinstance(child, str):
            at += len(child)
        else:
            page = _page(text, child, at, layout.marks)
            at = page.span.end
            yield page


def _page(text: str, tree: Tree[Token], start: int, marks: dict[int, LineMark]) -> RawPage:
    names: tuple[str, str] | None = None
    sections = []
    at = start
    for child in tree.children:
        if not isinstance(child, str):
            section = _section(text, child, at, marks)
            sections += _by_topic(section)
            at = section.span.end
            continue
        if child.type == "TITLE":
            names = _names(text, marks[at].mark)
        at += len(child)
    return RawPage(names, tuple(sections), Span((start, at)))


def _section(text: str, tree: Tree[Token], start: int, marks: dict[int, LineMark]) -> RawSection:
    topic: str | None = None
    header: RawHeader | None = None
    rows = []
    at = start
    for token in tree.children:
        kind = token.type  # type: ignore[union-attr]  # a section has tokens only
        first, at = at, at + len(token)  # type: ignore[arg-type]
        if kind == "ROW":
            rows.append(_row(text, marks[first], at))
        elif kind == "HEADER":
            header = _header(text, marks[first].mark, at)
        elif kind == "TOPIC":
            topic = marks[first].mark.topic
    return RawSection(topic, header, tuple(rows), Span((start, at)))


def _by_topic(section: RawSection) -> list[RawSection]:
    """Give a section whose heading is lost the topic its labels tell; cut it where they change topic."""
    if section.topic is not None or not section.rows:
        return [section]
    main = _topic_of(section.rows)
    groups: list[tuple[str, list[RawRow]]] = []
    for row in section.rows:
        topic = main if main in row.label.topics else row.label.topic
        if not groups or groups[-1][0] != topic:
            groups.append((topic, []))
        groups[-1][1].append(row)
    starts = [section.span.start, *(rows[0].start for _, rows in groups[1:]), section.span.end]
    return [
        RawSection(topic, section.header, tuple(rows), Span(edges))
        for (topic, rows), edges in zip(groups, pairwise(starts), strict=True)
    ]


def _topic_of(rows: tuple[RawRow, ...]) -> str:
    """Return the topic that most of the rows' labels stand under: the heading is lost."""
    votes: Counter[str] = Counter()
    for row in rows:
        votes.update(row.label.topics)
        votes[row.label.topic] += 1
    return max(sorted(votes), key=votes.__getitem__)


def _row(text: str, line: LineMark, end: int) -> RawRow:
    mark, offsets = line
    assert mark.label is not None
    marked = text.find("|", mark.start, mark.at) >= 0
    return RawRow(mark.label, mark.at, end, marked, mark.form == SPACED, body(text, mark, end, offsets))


def _names(text: str, mark: Mark) -> tuple[str, str]:
    a, a_end, b, b_end = mark.spots
    return text[a:a_end], text[b:b_end]


def _header(text: str, mark: Mark, end: int) -> RawHeader:
    a, a_end, b, b_end = mark.spots
    gap, tail = text[a_end:b], text[b_end:end]
    return RawHeader(_names(text, mark), (_edition(gap), _edition(tail)), text[mark.start : a], gap, tail)


def _edition(text: str) -> int | None:
    year = _YEAR.search(text)
    return int(year[1]) if year else None


def entry_name(printed: str) -> str:
    """Return the Factbook's entry name of a country as a page prints it; the printed name if it is unknown.

    >>> entry_name("The Bahamas")
    'Bahamas, The'
    """
    country = country_named(printed)
    return country.name if country is not None else " ".join(printed.split())
