"""Tables that are still HTML. The markup shows labels and cells, so there is nothing to divide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from factparse.columns.cells import cell, trim
from factparse.columns.rows import EDITION_BEHIND, edition_in, entry_name
from factparse.columns.stage import Columns, Table
from factparse.columns.table import Row, Section
from factparse.core.spans import Span
from factparse.layout.html import HtmlPage, HtmlRow
from factparse.vocabulary import Label, country_named, label_named, split_title, topic_named, without_edition

_LONGEST_LABEL = 200
_CELLS = 3
"""A label and one cell a country."""


def markup_table(page: HtmlPage) -> Table | None:
    """The table of a rendered HTML page, all of its rows with confidence 1.

    ``None`` if no row of three cells has a label of the Factbook, or nothing names the two countries.
    """
    rows = list(_outermost(page, [row for row in page.rows if len(row.cells) >= _CELLS]))
    if not any(_label(page, row) for row in rows):
        return None
    columns = _columns(page, rows)
    if columns is None:
        return None
    groups: list[tuple[str, list[Row]]] = []
    for row in rows:
        made = _row(page, row, columns)
        if made is None:
            continue
        if not groups or groups[-1][0] != row.heading:
            groups.append((row.heading, []))
        groups[-1][1].append(made)
    return Table(columns, tuple(_section(heading, found) for heading, found in groups))


def _outermost(page: HtmlPage, rows: list[HtmlRow]) -> Iterator[HtmlRow]:
    """Yield the rows of the comparison: no table within one of its cells, and no row of a layout that it stands in."""
    done = 0
    for row, following in zip(rows, (*rows[1:], None), strict=False):
        start, end = row.cells[0].start, row.cells[-1].end
        if start < done:
            continue
        if _label(page, row) is not None:
            done = end
        elif following is not None and following.cells[0].start < end:
            continue
        yield row


def _label(page: HtmlPage, row: HtmlRow) -> Label | None:
    """The label of the Factbook that the first cell holds. A long cell holds none, and may hold a whole table."""
    cell = row.cells[0]
    return label_named(cell.cut(page.text)) if cell.end - cell.start <= _LONGEST_LABEL else None


def _columns(page: HtmlPage, rows: list[HtmlRow]) -> Columns | None:
    """The two countries by a header row, or by a title; ``None`` if neither names them."""
    for row in rows:
        printed = [" ".join(each.cut(page.text).split()) for each in row.cells[1:_CELLS]]
        first, second = (each[: without_edition(each, 0, len(each))] for each in printed)
        if country_named(first) is not None and country_named(second) is not None:
            editions = (edition_in(printed[0][len(first) :]), edition_in(printed[1][len(second) :]))
            return Columns((first, second), (entry_name(first), entry_name(second)), editions)
    for heading in page.headings:
        title = split_title(heading)
        if title is not None:
            first, second = title.names
            (_, a), (_, b) = title.spans
            behind = (EDITION_BEHIND.match(heading, a), EDITION_BEHIND.match(heading, b))
            one, two = (edition_in(found[0]) if found else None for found in behind)
            return Columns((first, second), (entry_name(first), entry_name(second)), (one, two))
    return None


def _row(page: HtmlPage, row: HtmlRow, columns: Columns) -> Row | None:
    start, end = trim(page.text, row.cells[0].start, row.cells[0].end)
    if start == end:
        return None
    printed = " ".join(page.text[start:end].split())
    label = label_named(printed)
    topic = topic_named(row.heading) or (label.topic if label else None)
    a, b = columns.names
    cells = (cell(page.text, a, *row.cells[1]), cell(page.text, b, *row.cells[2]))
    span = Span((start, row.cells[2].end))
    return Row(printed, label.field if label else None, topic, cells, 1.0, "html", span)


def _section(heading: str, rows: list[Row]) -> Section:
    topic = topic_named(heading)
    if topic is None:
        topic = Counter(row.topic for row in rows).most_common(1)[0][0]
    return Section(topic, tuple(rows), Span((rows[0].span.start, rows[-1].span.end)))
