"""Pages of one country: the rows of the layout tree, each with its one cell, and what tells whose they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Literal

import attrs

from factparse.book.known import NOTHING
from factparse.columns.cells import joined
from factparse.columns.cut_end import CUT, is_unfinished
from factparse.columns.lost_labels import DOUBTED, begins_unlabelled, cell_end, is_prose, mixed
from factparse.columns.rows import RawRow, RawSection, by_topic, entry_name, tree_span
from factparse.columns.table import Cell, Row, Section, new_row
from factparse.core.frozen import changer
from factparse.core.spans import Span
from factparse.layout.country.cells import cell_lines
from factparse.layout.pieces import Piece
from factparse.vocabulary import (
    Country,
    country_at,
    country_named,
    find_countries,
    label_of_words,
    shared_words,
    topic_named,
)
from factparse.vocabulary.addresses import country_of_address

if TYPE_CHECKING:
    from lark import Token, Tree

    from factparse.book.shelf import Shelf

Told = Literal["heading", "text", "source"]

SURE: Final = 0.99
"""The confidence of a cell behind a label that fills its line or has a colon."""

_given_to = changer(Cell, "country")
_with_owner = changer(Row, "cells", "confidence")
_SHORT_FORM = re.compile(r"conventional short form:[ \t\n\xa0]*+")
_IN_LIST = re.compile(r", [A-Z]")  # several names: islands that are one entry


@attrs.frozen
class CountryTable:
    """The sections of a country page, its country (``None`` if the page does not tell), and what told it, and where.

    ``unread`` are the places of values whose labels are lost: they stand behind the cells of other fields. If the page
    ends in the middle, ``cut`` is the place of its last cell.
    """

    country: str | None
    sections: tuple[Section, ...]
    span: Span
    told: Told | None = None
    where: Span | None = None
    unread: tuple[Span, ...] = ()
    cut: Span | None = None


def country_tables(
    text: str, tree: Tree[Token], shelf: Shelf | None = None, addresses: tuple[str | None, ...] = ()
) -> Iterator[CountryTable]:
    """Yield the table of each country page in the layout tree of ``text``.

    Where labels are lost, the cells are looked up on the ``shelf``: as those of the country that the page names, or
    else one of its ``addresses``.
    """
    for page in tree.children:
        if not isinstance(page, str) and page.data == "country":
            yield _table(text, page, shelf, addresses)


def _table(text: str, tree: Tree[Token], shelf: Shelf | None, addresses: tuple[str | None, ...]) -> CountryTable:
    parts = list(_inner(tree, "section"))
    sections = [each for part in parts for each in _sections(text, part)]
    lost = any(begins_unlabelled(part.children) for part in parts)
    lost = lost or mixed(row for section in sections for row in section.rows)
    name, told, where = told_of(_headed(tree), sections)
    whole = owned_by(sections, name)
    if not lost:
        return _with_cut_end(text, CountryTable(name, whole, tree_span(tree), told, where))
    country = country_named(name) if name is not None else next(filter(None, map(country_of_address, addresses)), None)
    cut = tuple(attrs.evolve(each, rows=tuple(_cut(row, shelf, country) for row in each.rows)) for each in whole)
    return CountryTable(name, cut, tree_span(tree), told, where, tuple(_unread(_cells(whole), _cells(cut))))


def _with_cut_end(text: str, table: CountryTable) -> CountryTable:
    """The table with an honest confidence of its last row, if the text is cut off there."""
    section = table.sections[-1] if table.sections else None
    if section is None or text[section.span.end :].strip():
        return table
    *rows, last = section.rows
    (cell,) = last.cells
    if not cell.text or not is_unfinished(cell.text):
        return table
    doubted = attrs.evolve(section, rows=(*rows, attrs.evolve(last, confidence=CUT)))
    return attrs.evolve(table, sections=(*table.sections[:-1], doubted), cut=cell.span)


def _cells(sections: Iterable[Section]) -> Iterator[Cell]:
    return (row.cells[0] for section in sections for row in section.rows)


def _cut(row: Row, shelf: Shelf | None, country: Country | None) -> Row:
    """The row of a page that has lost labels, without what stands behind its cell."""
    (cell,) = row.cells
    if len(cell.span) > 2 or not cell.text:
        return attrs.evolve(row, confidence=DOUBTED)
    known = shelf.cells(country.gec.upper(), row.name) if shelf and country is not None else NOTHING
    end = cell_end(cell.text, known, prose=is_prose(row.name))
    cut = attrs.evolve(cell, text=cell.text[: end.at], span=Span((cell.span.start, cell.span.start + end.at)))
    return attrs.evolve(row, cells=(cut,), confidence=end.confidence)


def _unread(whole: Iterable[Cell], cut: Iterable[Cell]) -> Iterator[Span]:
    """Yield the places that were cut off the cells."""
    for one, part in zip(whole, cut, strict=True):
        rest = one.text[len(part.text) :].lstrip()
        if rest:
            yield Span((one.span.end - len(rest), one.span.end))


def told_of(
    headed: tuple[str | None, Span | None], sections: Iterable[Section]
) -> tuple[str | None, Told | None, Span | None]:
    """The country of a page, what told it, and where: its headings (``headed``), or else its cells."""
    if headed[0] is not None:
        return headed[0], "heading", headed[1]
    name, where = _named_in(sections)
    return name, "text" if name is not None else None, where


def _inner(tree: Tree[Token], rule: str) -> Iterator[Tree[Token]]:
    return (each for each in tree.children if not isinstance(each, str) and each.data == rule)


def _sections(text: str, tree: Tree[Token]) -> Iterator[Section]:
    """Yield the sections under one heading: one, or one for each topic that the labels tell where it is lost."""
    topic: str | None = None
    rows = []
    for child in tree.children:
        if isinstance(child, str):
            continue
        if child.data == "row":
            rows.append(_raw(child.children))  # type: ignore[arg-type]  # a row has tokens only
        else:
            named = [topic_named(each) for each in child.children if isinstance(each, str) and each.type == "TOPIC"]
            topic = named[0] if named else topic
    for section in by_topic(RawSection(topic, None, tuple(rows), tree_span(tree))):
        if section.rows:
            yield Section(section.topic, tuple(_row(text, row, section.topic) for row in section.rows), section.span)


def _raw(tokens: list[Token]) -> RawRow:
    label = tokens[tokens[0].type == "MARK"]
    end = tokens[-1].end_pos
    found = label_of_words(label)
    assert found is not None  # it is by its words that the layout found it
    body = Piece("BODY", label.end_pos, end)  # type: ignore[arg-type]  # the lexer sets them
    return RawRow(found, label.start_pos, end, False, False, (body,))  # type: ignore[arg-type]


def _row(text: str, raw: RawRow, topic: str | None) -> Row:
    _, start, end = raw.pieces[0]
    printed = text[raw.start : start]
    ranges = cell_lines(text, printed, start, end)
    cell = joined(text, None, ranges, end)
    label = " ".join(printed.split())
    body = text[start:end].rstrip()
    layout = "pipes" if "|" in body and len(ranges) != 1 else "lines" if "\n" in body else "key"
    return new_row(label, raw.label.field, topic, (cell,), SURE, layout, raw.span, None)


def _headed(tree: Tree[Token]) -> tuple[str | None, Span | None]:
    """The country that most headings of the page name, and where the first of them does."""
    names: Counter[str] = Counter()
    places: dict[str, Span] = {}
    for heading in tree.find_data("heading"):
        token: Token = next(each for each in heading.children if isinstance(each, str) and each.type == "NAME")
        name = entry_name(token)
        names[name] += 1
        places.setdefault(name, Span((token.start_pos, token.end_pos)))  # type: ignore[arg-type]  # the lexer sets them
    if not names:
        return None, None
    best = max(sorted(names), key=names.__getitem__)
    return best, places[best]


def _named_in(sections: Iterable[Section]) -> tuple[str | None, Span | None]:
    """The country that the page's own cells name: its short form, or else its people."""
    cells = {row.field: row.cells[0] for section in sections for row in section.rows}
    name = cells.get("Country name")
    form = _SHORT_FORM.search(name.text) if name is not None else None
    found = country_at(name.text, form.end()) if name is not None and form is not None else None
    if name is not None and found is not None and _IN_LIST.match(name.text, found[1]) is None:
        return found[0].name, name.span
    people = cells.get("Nationality")
    mention = next(find_countries(people.text), None) if people is not None else None
    if people is None or mention is None or people.text[mention.start : mention.end] in shared_words():
        return None, None
    return mention.country.name, people.span


def owned_by(sections: Iterable[Section], country: str | None, confidence: float | None = None) -> tuple[Section, ...]:
    """The ``sections`` with all their cells given to ``country``, and with another ``confidence`` if one is given."""
    return tuple(
        attrs.evolve(section, rows=tuple(_owned(row, country, confidence) for row in section.rows))
        for section in sections
    )


def _owned(row: Row, country: str | None, confidence: float | None) -> Row:
    if confidence is None and all(cell.country == country for cell in row.cells):
        return row
    cells = tuple(_given_to(cell, country) for cell in row.cells)
    return _with_owner(row, cells, row.confidence if confidence is None else confidence)
