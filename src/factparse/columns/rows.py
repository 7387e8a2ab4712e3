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
from factparse.vocabulary import Label, country_named, label_as_printed, topic_named

if TYPE_CHECKING:
    from lark import Token, Tree

_YEAR = re.compile(r"\((\d{4})")


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


def raw_pages(text: str, tree: Tree[Token]) -> Iterator[RawPage]:
    """The pages of the layout tree of ``text``."""
    return (_page(text, page) for page in tree.children if not isinstance(page, str) and page.data == "page")


def _page(text: str, tree: Tree[Token]) -> RawPage:
    names: tuple[str, str] | None = None
    columns: tuple[int, int] | None = None
    sections = []
    for child in tree.children:
        if isinstance(child, str):
            continue
        if child.data == "title":
            names = _names(child)
        else:
            section, columns = _section(text, child, columns)
            sections += by_topic(section)
    return RawPage(names, tuple(sections), tree_span(tree))


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
            rows.append(_row(text, child.children, columns))  # type: ignore[arg-type]  # a row has tokens only
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
    """Give a section whose heading is lost the topic its labels tell; cut it where they change topic."""
    if section.topic is not None or not section.rows:
        return [section]
    # A label may stand under several topics: the commonest on the page is taken wherever it is one of them.
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
    """The topic that most of the rows' labels stand under: the heading is lost."""
    votes: Counter[str] = Counter()
    for row in rows:
        votes.update(row.label.topics)
        votes[row.label.topic] += 1  # the label's main topic counts twice
    return max(sorted(votes), key=votes.__getitem__)


def _row(text: str, tokens: list[Token], columns: tuple[int, int] | None) -> RawRow:
    first, body = tokens[0], tokens[-1]
    marked = first.type == "MARK"
    label = tokens[marked]
    start, end = label.start_pos, body.end_pos
    cut = () if body is label else pieces(text, body.type, body.start_pos, end, columns)  # type: ignore[arg-type]
    bar, spaced = marked and "|" in first.value, body.type == "SPACED"
    return RawRow(label_as_printed(label.value), start, end, bar, spaced, cut)  # type: ignore[arg-type]


def _parts(tree: Tree[Token]) -> dict[str, str]:
    """The text of each kind of token in a title, topic or header; of two names the second."""
    return {token.type: token.value for token in tree.children}  # type: ignore[union-attr]  # they have tokens only


def _names(tree: Tree[Token]) -> tuple[str, str]:
    a, b = (token.value for token in tree.children if token.type == "NAME")  # type: ignore[union-attr]
    return a, b


def _header(tree: Tree[Token]) -> RawHeader:
    parts = _parts(tree)
    gap, tail = parts.get("GAP", ""), parts.get("TAIL", "")
    return RawHeader(_names(tree), (_edition(gap), _edition(tail)), parts.get("LEAD", ""), gap, tail)


def _columns(header: RawHeader) -> tuple[int, int] | None:
    """Where the two columns start within a line, if the header pads its names with spaces."""
    if len(header.gap) < 2 or header.gap.strip(" \xa0"):
        return None
    first = len(header.lead.rpartition("\n")[2])
    return first, first + len(header.names[0]) + len(header.gap)


def _edition(text: str) -> int | None:
    year = _YEAR.search(text)
    return int(year[1]) if year else None


def entry_name(printed: str) -> str:
    """The Factbook's entry name of a country as a page prints it; the printed name if it is unknown.

    >>> entry_name("The Bahamas")
    'Bahamas, The'
    """
    country = country_named(printed)
    return country.name if country is not None else " ".join(printed.split())
