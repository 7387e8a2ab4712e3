"""Tables as CSV (RFC 4180, with line feeds): a header, and a record for each row. Formulas are made harmless."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from factparse.output.json import Emit, PageLike
from factparse.output.tables import Column, columns, fact_rows, list_text, row_rows
from factparse.sources.decode import without_surrogates

# A spreadsheet takes text that begins like this for a formula. An apostrophe before it makes it text. Text that has
# an apostrophe there already gets another one, so that a reader can always take off the first. Wide signs (U+FF1D)
# count too.
_FORMULA: Final = re.compile(r"'*+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_END: Final = "\r\n"  # the csv module quotes values that hold one of the two


def csv_header(emit: Emit, *, editions: bool = False, distinct: bool = False) -> str:
    """The first line of a table, without its line end.

    >>> csv_header("facts")[:41]
    'type,subject,subject_code,subject_gec,top'
    """
    return ",".join(column.name for column in _columns(emit, editions, distinct))


def csv_lines(page: PageLike, emit: Emit, *, editions: bool = False) -> list[str]:
    """The records for ``page`` in the table of its rows or facts, without line ends. Text may hold line breaks."""
    rows = row_rows(page, editions=editions) if emit == "rows" else fact_rows(page, editions=editions)
    return csv_records(rows, emit, editions=editions)


def csv_records(
    rows: Iterable[dict[str, Any]], emit: Emit, *, editions: bool = False, distinct: bool = False
) -> list[str]:
    """The records that hold ``rows``, each a dictionary by column."""
    found: list[str] = []
    writer = csv.writer(_Sink(found.append), lineterminator=_END)
    shown = _columns(emit, editions, distinct)
    for row in rows:
        writer.writerow([_written(row.get(column.name)) for column in shown])
    return found


def _columns(emit: Emit, editions: bool, distinct: bool) -> Sequence[Column]:
    return columns("rows" if emit == "rows" else "facts", editions=editions, distinct=distinct)


class _Sink:
    """A file for the csv module, which passes on one record with each call."""

    def __init__(self, take: Callable[[str], None]) -> None:
        self._take = take

    def write(self, record: str) -> None:
        """Take a record without its line end."""
        self._take(record.removesuffix(_END))


def _written(value: object) -> object:
    if isinstance(value, str):
        return defused(without_surrogates(value)[0])
    if isinstance(value, list | tuple):
        return list_text(value)
    return str(value).lower() if isinstance(value, bool) else value


def defused(text: str) -> str:
    """``text`` with an apostrophe before it if a spreadsheet would take it for a formula.

    >>> defused("=1+1"), defused("'=1+1"), defused("- none"), defused("'s-Gravenhage"), defused("5 km")
    ("'=1+1", "''=1+1", "'- none", "'s-Gravenhage", '5 km')
    """
    return f"'{text}" if _FORMULA.match(text) else text
