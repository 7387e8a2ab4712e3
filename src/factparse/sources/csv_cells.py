"""Reads CSV and TSV. A row is a record: a cell of a table of cells, or a text in a column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO

from factparse.core.errors import SourceError
from factparse.sources.cells import keys_of, record_of_cell
from factparse.sources.record import TEXT_KEYS, WHOLE, Extent, Options, Outcome, Record, first_of

SUFFIXES: tuple[str, ...] = (".csv", ".tsv")

_SAMPLE = 4096  # characters in which the separator is looked for


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield a record for each row after the first, which names the columns.

    A row that is too short, or has more than 131,072 characters in a column, gives a :class:`~factparse.SourceError` in
    its place. A table without a column of text gives one for the whole table.
    """
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        yield from _records(lines, name, options)
    finally:
        lines.detach()  # the caller closes the stream


def _records(lines: IO[str], name: str, options: Options) -> Iterator[Outcome]:
    first = lines.readline(_SAMPLE)
    divider = max("\t;,", key=first.count)
    columns = [column.strip() for column in next(csv.reader([first], delimiter=divider), [])]
    keys = keys_of(columns, options)
    text = first_of(TEXT_KEYS, options.text_key, columns)
    if keys is None and text is None:
        known = ", ".join(columns[:8]) or "none"
        message = f"the table has no column of text (its columns: {known}); see --text-key, --country-key, --field-key"
        yield SourceError("missing-key", message, source=name)
        return
    for number, row in enumerate(_rows(lines, divider, name), 1):
        if isinstance(row, SourceError):
            yield row
        elif row:
            found = dict(zip(columns, row, strict=False))
            cell = record_of_cell(found, keys, name, number) if keys is not None else None
            yield cell or _of_text(found, text, name, number)


def _rows(lines: IO[str], divider: str, name: str) -> Iterator[list[str] | SourceError]:
    reader = csv.reader(lines, delimiter=divider)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield SourceError("bad-record", f"the row cannot be read: {error}", source=name, line=reader.line_num + 1)
            continue
        if row is None:
            return
        yield row


def _of_text(row: dict[str, str], column: str | None, name: str, number: int) -> Outcome:
    said = row.get(column) if column is not None else None
    if said is None:
        return SourceError("bad-record", "the row has no text, or lacks columns", source=name, line=number + 1)
    return Record(said, name, number, number + 1)
