"""Pages, sections and rows as the layout tree has them: the cells of a row are not told apart yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from factparse.core.spans import Span
from factparse.layout.pieces import Piece, pieces
from factparse.layout.strange_rows import lost_label
from factparse.vocabulary import EDITION, Label, country_named, label_in_row, topic_named

if TYPE_CHECKING:
    from lark import Token, Tree

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
EDITION_BEHIND = re.compile(EDITION)


@attrs.define
class RawRow:
    """A row as the layout found it. Nothing changes it. It is not frozen: that would take three times as long.

    ``pieces`` are its body. ``marked`` says that a bar stands before the label, ``spaced`` that only a space stands
    behind it: then a space may be all that divides the cells, too.
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

    @property
    def label_end(self) -> int:
        """Where the body begins."""
        return self.pieces[0].start if self.pieces else self.end

    @property
    def lost(self) -> bool:
        """Whether the page has lost the label; the heading and the first cell told it."""
        return bool(self.pieces) and self.pieces[0].start == self.start


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
    """A page of the tree: the names of its title with the years behind them, its sections."""

    names: tuple[str, str] | None
    editions: tuple[int | None, int | None]
    sections: tuple[RawSection, ...]
    span: Span


def raw_pages(text: str, tree: Tree[Token]) -> Iterator[RawPage]:
    """The pages of the layout tree of ``text``."""
    return (_page(text, page) for page in tree.children if not isinstance(page, str) and page.data == "page")


def _page(text: str, tree: Tree[Token]) -> RawPage:
    names: tuple[str, str] | None = None
    editions: tuple[int | None, int | None] = (None, None)
    columns: tuple[int, int] | None = None
    sections = []
    for child in tree.children:
        if isinstance(child, str):
            continue
        if child.data == "title":
            names, editions = _names(child), _title_editions(child)
        else:
            section, columns = _section(text, child, columns)
            sections += by_topic(section)
    return RawPage(names, editions, tuple(sections), tree_span(tree))


def _section(
    text: str, tree: Tree[Token], columns: tuple[int, int] | None
) -> tuple[RawSection, tuple[int, int] | None]:
    """Read a section; ``columns`` are where the header in force pads its columns to, and come back for the next one."""
    topic: str | None = None
    header: RawHeader | None = None
    rows = []
    for child in tree.children:
        if isinstance(child, str):
            continue
        rule = str(child.data)  # the name of a rule is a token, which is slow to compare
        if rule == "row":
            rows.append(_row(text, child.children, columns, topic))  # type: ignore[arg-type]  # a row has tokens only
        elif rule == "header":
            header = _header(child)
            columns = _columns(header)
        elif rule == "topic":
            topic = topic_named(_parts(child)["TOPIC"])
    return RawSection(topic, header, tuple(rows), tree_span(tree)), columns


def tree_span(tree: Tree[Token]) -> Span:
    """From where the first leaf starts to where the last one ends."""
    first: Tree[Token] | Token = tree
    last: Tree[Token] | Token = tree
    while not isinstance(first, str):
        first = first.children[0]
    while not isinstance(last, str):
        last = last.children[-1]
    return Span((first.start_pos, last.end_pos))  # type: ignore[arg-type]  # the lexer sets them


def by_topic(section: RawSection) -> list[RawSection]:
    """Give rows whose heading is lost the topic their labels tell; cut the section where they change topic."""
    if not section.rows:
        return [section]
    # A label may stand under several topics: the heading's, or the commonest on the page, is taken where it is one.
    main = section.topic or _topic_of(section.rows)
    groups: list[tuple[str, list[RawRow]]] = []
    for row in section.rows:
        label = row.label
        topic = main if main in label.topics or not label.known else label.topic
        if not groups or groups[-1][0] != topic:
            groups.append((topic, []))
        groups[-1][1].append(row)
    starts = [section.span.start, *(rows[0].start for _, rows in groups[1:]), section.span.end]
    return [
        RawSection(topic, section.header, tuple(rows), Span(edges))
        for (topic, rows), edges in zip(groups, pairwise(starts), strict=True)
    ]


def _topic_of(rows: tuple[RawRow, ...]) -> str:
    """The topic that most of the rows' labels stand under: the heading is lost."""
    votes: Counter[str] = Counter()
    for row in rows:
        votes.update(row.label.topics)
        votes[row.label.topic] += 1  # the label's main topic counts twice
    return max(sorted(votes), key=votes.__getitem__)


def _row(text: str, tokens: list[Token], columns: tuple[int, int] | None, topic: str | None) -> RawRow:
    first, body = tokens[0], tokens[-1]
    marked = first.type == "MARK"
    label = tokens[marked]
    start: int = label.start_pos  # type: ignore[assignment]  # the lexer sets both
    end: int = body.end_pos  # type: ignore[assignment]
    cut = () if body is label else pieces(text, body.type, body.start_pos, end, columns)  # type: ignore[arg-type]
    bar, spaced = marked and "|" in first.value, body.type == "SPACED"
    # A label of no width is lost; the heading and the first cell told it.
    named = label_in_row(label.value) if label.value else lost_label(topic, text, start, end)
    return RawRow(named, start, end, bar, spaced, cut)  # type: ignore[arg-type]


def _parts(tree: Tree[Token]) -> dict[str, str]:
    """The text of each kind of token in a title, topic or header; of two names the second."""
    return {token.type: token.value for token in tree.children}  # type: ignore[union-attr]  # they have tokens only


def _names(tree: Tree[Token]) -> tuple[str, str]:
    a, b = (token.value for token in tree.children if token.type == "NAME")  # type: ignore[union-attr]
    return a, b


def _title_editions(tree: Tree[Token]) -> tuple[int | None, int | None]:
    """The years right behind the names of a title; other years in its line tell no edition."""
    parts = _parts(tree)
    behind = (EDITION_BEHIND.match(parts["VERSUS"]), EDITION_BEHIND.match(parts.get("TAIL", "")))
    first, second = (edition_in(found[0]) if found else None for found in behind)
    return first, second


def _header(tree: Tree[Token]) -> RawHeader:
    parts = _parts(tree)
    gap, tail = parts.get("GAP", ""), parts.get("TAIL", "")
    return RawHeader(_names(tree), (edition_in(gap), edition_in(tail)), parts.get("LEAD", ""), gap, tail)


def _columns(header: RawHeader) -> tuple[int, int] | None:
    """Where the two columns start within a line, if the header pads its names with spaces."""
    if len(header.gap) < 2 or header.gap.strip(" \xa0"):
        return None
    first = len(header.lead.rpartition("\n")[2])
    return first, first + len(header.names[0]) + len(header.gap)


def edition_in(text: str) -> int | None:
    """The first year in ``text``, which stands behind a name; ``None`` if there is none."""
    year = _YEAR.search(text)
    return int(year[0]) if year else None


def entry_name(printed: str) -> str:
    """The Factbook's entry name of a country as a page prints it; the printed name if it is unknown.

    >>> entry_name("The Bahamas")
    'Bahamas, The'
    """
    country = country_named(printed)
    return country.name if country is not None else " ".join(printed.split())
