"""Reads the layout tree: pages, sections and rows whose cells are not yet told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal

import attrs

from factparse.span import Span
from factparse.vocabulary import Label, country_named, label_at, topic_named

if TYPE_CHECKING:
    from lark import Token, Tree

Kind = Literal["run", "pipes", "tabs", "columns", "empty"]

_YEAR = re.compile(r"\((\d{4})")


@attrs.frozen
class RawRow:
    """A row as the layout found it. ``pieces`` are the body's tokens: type, start, end."""

    label: str
    field: str
    topics: frozenset[str]
    kind: Kind
    marked: bool
    label_span: tuple[int, int]
    pieces: tuple[tuple[str, int, int], ...]

    @property
    def span(self) -> Span:
        """From the label to the end of the body."""
        return Span((self.label_span[0], self.pieces[-1][2] if self.pieces else self.label_span[1]))


@attrs.frozen
class RawHeader:
    """A column header: the names as printed, the years behind them, and the text between and behind the names."""

    names: tuple[str, str]
    editions: tuple[int | None, int | None]
    gap: str
    tail: str


@attrs.frozen
class RawSection:
    """The rows under one heading."""

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


def raw_pages(tree: Tree[Token]) -> Iterator[RawPage]:
    """Yield the pages of a layout tree."""
    for page in tree.children:
        if getattr(page, "data", None) == "page":
            yield _page(page)  # type: ignore[arg-type]  # a Tree, by its data


def _page(tree: Tree[Token]) -> RawPage:
    names: tuple[str, str] | None = None
    sections = []
    start, end = _extent(tree)
    for child in tree.children:
        data = getattr(child, "data", None)
        if data == "title":
            names = _names(child)  # type: ignore[arg-type]
        elif data == "section":
            sections.append(_section(child))  # type: ignore[arg-type]
    return RawPage(names, tuple(sections), Span((start, end)))


def _section(tree: Tree[Token]) -> RawSection:
    topic: str | None = None
    header: RawHeader | None = None
    rows = []
    for child in tree.children:
        data = getattr(child, "data", None)
        if data == "row":
            rows.append(_row(child))  # type: ignore[arg-type]
        elif data == "header":
            header = _header(child)  # type: ignore[arg-type]
        elif data == "topic":
            topic = topic_named(child.children[0].strip(" \t|#*=_\xa0\r\n\u200b\u200e\u200f"))  # type: ignore[union-attr]
    start, end = _extent(tree)
    return RawSection(topic or _topic_of(rows), header, tuple(rows), Span((start, end)))


def _topic_of(rows: list[RawRow]) -> str | None:
    """Return the topic that most of the rows' labels stand under: the heading is lost."""
    votes: Counter[str] = Counter()
    for row in rows:
        for topic in row.topics:
            votes[topic] += 1
        known = _label(row.label)
        if known is not None:
            votes[known.topic] += 1
    return max(sorted(votes), key=votes.__getitem__) if votes else None


@cache
def _label(text: str) -> Label | None:
    return label_at(text)


def _row(tree: Tree[Token]) -> RawRow:
    marked = False
    text, start, end = "", 0, 0
    kind: Kind = "empty"
    pieces: tuple[tuple[str, int, int], ...] = ()
    for child in tree.children:
        kinds = getattr(child, "type", None)
        if kinds == "MARK":
            marked = "|" in child
        elif kinds == "LABEL":
            text, start = str(child), child.start_pos  # type: ignore[union-attr]
            end = start + len(text)
        else:
            kind = child.data  # type: ignore[union-attr]
            pieces = tuple((t.type, t.start_pos, t.start_pos + len(t)) for t in child.children)  # type: ignore[union-attr]
    label = _label(text)
    field, topics = (label.field, label.topics) if label else (text, frozenset[str]())
    return RawRow(text, field, topics, kind, marked, (start, end), pieces)


def _names(tree: Tree[Token]) -> tuple[str, str]:
    first, second = (str(token) for token in tree.children if token.type == "NAME")  # type: ignore[union-attr]
    return first, second


def _header(tree: Tree[Token]) -> RawHeader:
    parts = {token.type: str(token) for token in tree.children}  # type: ignore[union-attr]
    gap, tail = parts.get("GAP", ""), parts.get("TAIL", "")
    return RawHeader(_names(tree), (_edition(gap), _edition(tail)), gap, tail)


def _edition(text: str) -> int | None:
    year = _YEAR.search(text)
    return int(year[1]) if year else None


def _extent(tree: Tree[Token]) -> tuple[int, int]:
    tokens = tree.scan_values(lambda _: True)
    first = next(tokens, None)
    if first is None:
        return 0, 0
    last = first
    for last in tokens:  # noqa: B007 (the last one is wanted)
        pass
    return first.start_pos, last.start_pos + len(last)


def entry_name(printed: str) -> str:
    """Return the Factbook's entry name of a country as a page prints it; the printed name if it is unknown.

    >>> entry_name("The Bahamas")
    'Bahamas, The'
    """
    country = country_named(printed)
    return country.name if country is not None else " ".join(printed.split())
