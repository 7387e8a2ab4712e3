"""Reads SQLite. Each row of a table is a record: a cell of a table of cells, or a text in a column.

The file is opened for reading only, and nothing is written beside it.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from io import BufferedReader, FileIO
from pathlib import Path
from typing import IO, NamedTuple

import attrs

from factparse.core.errors import SourceError
from factparse.core.plain import one_line
from factparse.sources.cells import Keys, keys_of, record_of_cell, record_of_text
from factparse.sources.record import (
    DATE_KEYS,
    TEXT_KEYS,
    URL_KEYS,
    WHOLE,
    Extent,
    Options,
    Outcome,
    first_of,
    too_large,
)

SUFFIXES: tuple[str, ...] = (".sqlite", ".sqlite3", ".db")

_LOGS = ("-wal", "-journal")  # the files beside a database with changes that are not in it yet
_LAST = (1 << 63) - 1  # the largest number of a row
_FAULTS = (
    sqlite3.Error,
    UnicodeError,
)  # SQLite's messages may quote bytes of a damaged file, which Python cannot decode
_TOLD = 8  # the number of tables, and of columns of each, that a message names


class _Table(NamedTuple):
    """A table or view, and its columns by their names in small letters, because SQL ignores case."""

    name: str
    columns: dict[str, str]
    view: bool


class _Chosen(NamedTuple):
    """The table to read, and the meaning of its columns: ``cells`` for a table of cells, or the columns of text."""

    table: _Table
    cells: Keys | None
    texts: tuple[str, str | None, str | None]

    def wanted(self) -> list[str]:
        """The columns to read, in small letters."""
        named = self.cells.named() if self.cells is not None else ()
        return list(dict.fromkeys(key for key in (*named, *self.texts) if key is not None))


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield a record for each row of ``extent``, which counts row numbers, of one table.

    It is the table or view that ``options.table`` names, or the only table with columns of a cell or of text. A
    :class:`~factparse.SourceError` says that there is no such table, or more than one, or that the file is damaged or
    not SQLite. Another one takes the place of a row without text, or with a text that is too long.
    """
    with _file_of(stream) as path:
        try:
            with closing(_connected(path)) as base:
                yield from _records(base, name, options, extent)
        except _FAULTS as error:
            yield SourceError("unreadable", f"cannot be read as SQLite: {one_line(str(error))}", source=name)


def split(path: Path, size: int, options: Options) -> list[Extent]:
    """The parts of the file ``path``, each of as many rows as stand in about ``size`` bytes of it.

    The rows of a view, or of a table that does not number its rows, are one part.
    """
    try:
        with closing(_connected(str(path))) as base:
            chosen = _chosen(base, str(path), options)
            if isinstance(chosen, SourceError) or not _numbered(base, chosen.table):
                return [WHOLE]  # reading it will tell why
            return _parts(base, _quoted(chosen.table.name), max(1, path.stat().st_size // size))
    except _FAULTS:
        return [WHOLE]


def _parts(base: sqlite3.Connection, table: str, parts: int) -> list[Extent]:
    rows, start, last = base.execute(f"SELECT count(*), min(_rowid_), max(_rowid_) FROM {table}").fetchone()
    step = -(-rows // parts)
    if step in (0, rows) or last == _LAST:
        return [WHOLE]
    extents = []
    for first in range(0, rows, step):
        query = f"SELECT _rowid_ FROM {table} WHERE _rowid_ >= ? ORDER BY _rowid_ LIMIT 1 OFFSET ?"
        (end,) = base.execute(query, (start, step)).fetchone() or (last + 1,)
        extents.append(Extent(start, end, first))
        start = end
    return extents


@contextmanager
def _file_of(stream: IO[bytes]) -> Iterator[str]:
    """The path of the file that ``stream`` reads, or of a copy of a packed or remote file."""
    plain = isinstance(stream, BufferedReader) and isinstance(stream.raw, FileIO) and isinstance(stream.name, str)
    if plain and Path(stream.name).is_file():
        yield stream.name
        return
    with tempfile.NamedTemporaryFile(suffix=SUFFIXES[0]) as file:
        shutil.copyfileobj(stream, file, 1 << 20)
        file.flush()
        yield file.name


def _connected(path: str) -> sqlite3.Connection:
    """The file opened for reading. It is not even locked if no changes wait beside it."""
    waiting = any(log.exists() and log.stat().st_size for log in (Path(path + end) for end in _LOGS))
    address = f"{Path(path).absolute().as_uri()}?mode=ro{'' if waiting else '&immutable=1'}"
    base = sqlite3.connect(address, uri=True, check_same_thread=False)
    base.text_factory = partial(str, encoding="utf-8", errors="replace")
    base.execute("PRAGMA trusted_schema = OFF")  # an untrusted file must not call functions
    return base


def _records(base: sqlite3.Connection, name: str, options: Options, extent: Extent) -> Iterator[Outcome]:
    chosen = _chosen(base, name, options)
    if isinstance(chosen, SourceError):
        if not extent.first:  # only the first part reports it, so that the file has one error
            yield chosen
        return
    wanted = chosen.wanted()
    for number, row in enumerate(_rows(base, chosen.table, wanted, options.max_record_bytes, extent), extent.first):
        found: dict[str, object] = dict(zip(wanted, row, strict=True))
        if any(isinstance(value, str | bytes) and len(value) > options.max_record_bytes for value in row):
            yield too_large(name, options.max_record_bytes, line=number + 1)
            continue
        cell = record_of_cell(found, chosen.cells, name, number) if chosen.cells is not None else None
        yield cell or record_of_text(found, chosen.texts, name, number, options)


def _rows(
    base: sqlite3.Connection, table: _Table, wanted: list[str], limit: int, extent: Extent
) -> Iterator[tuple[object, ...]]:
    """Yield the values of the columns ``wanted``. Longer texts are cut after ``limit`` + 1 characters."""
    values = ", ".join(_bounded(_quoted(table.columns[key]), limit) for key in wanted)
    query = f"SELECT {values} FROM {_quoted(table.name)}"
    if not _numbered(base, table):
        yield from base.execute(query)
    elif extent.end is None:
        yield from base.execute(f"{query} ORDER BY _rowid_")
    else:
        yield from base.execute(
            f"{query} WHERE _rowid_ >= ? AND _rowid_ < ? ORDER BY _rowid_", (extent.start, extent.end)
        )


def _bounded(column: str, limit: int) -> str:
    """SQL for the value of a ``column``. Text longer than ``limit`` is cut. Numbers stay numbers."""
    return f"CASE WHEN typeof({column}) IN ('text', 'blob') THEN substr({column}, 1, {limit + 1}) ELSE {column} END"


def _numbered(base: sqlite3.Connection, table: _Table) -> bool:
    """Whether the rows of the table have numbers, by which a part of them can be found."""
    try:
        base.execute(f"SELECT _rowid_ FROM {_quoted(table.name)} LIMIT 0")
    except _FAULTS:
        return False
    return not table.view


def _chosen(base: sqlite3.Connection, name: str, options: Options) -> _Chosen | SourceError:
    """The table to read, or an error that says why the choice is not clear."""
    tables = _tables(base, views=options.table is not None)
    if options.table is not None:
        tables_named = [table for table in tables if table.name.casefold() == options.table.casefold()]
        if not tables_named:
            known = one_line(", ".join(table.name for table in tables[:_TOLD])) or "none"
            return SourceError(
                "no-such-table",
                f"the file has no table {options.table!r} (its tables: {known}); see --table",
                source=name,
            )
        tables = tables_named
    readable = [chosen for table in tables if (chosen := _read_as(table, options)) is not None]
    readable = [chosen for chosen in readable if chosen.cells is not None] or readable
    if len(readable) == 1:
        return readable[0]
    if readable:
        several = one_line(", ".join(chosen.table.name for chosen in readable[:_TOLD]))
        return SourceError(
            "several-tables", f"several tables can be read ({several}); choose one by its name (--table)", source=name
        )
    known = "; ".join(f"{table.name}: {', '.join([*table.columns.values()][:_TOLD])}" for table in tables[:_TOLD])
    message = f"no table has a column of text (there are {one_line(known) or 'no tables'})"
    return SourceError("missing-key", f"{message}; see --text-key, --country-key, --field-key, --table", source=name)


def _tables(base: sqlite3.Connection, *, views: bool) -> list[_Table]:
    """The tables of the file. Views count only if they are named, because reading one may take very long."""
    query = "SELECT name, type FROM sqlite_master WHERE type IN ('table', ?) AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    named = base.execute(query, ("view" if views else "table",)).fetchall()
    return [_Table(name, _columns(base, name), kind == "view") for name, kind in named]


def _columns(base: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns of a table. A table that SQLite does not understand, such as one of an extension, has none."""
    try:
        return {name.casefold(): name for (name,) in base.execute("SELECT name FROM pragma_table_info(?)", (table,))}
    except _FAULTS:
        return {}


def _read_as(table: _Table, options: Options) -> _Chosen | None:
    """How the rows of the table are read. ``None`` if it has no column of text."""
    keys = ("text_key", "url_key", "country_key", "field_key", "edition_key")
    said = {key: value.casefold() for key in keys if (value := getattr(options, key)) is not None}
    folded = attrs.evolve(options, **said)
    cells = keys_of(table.columns, folded)
    text = cells.text if cells is not None else first_of(TEXT_KEYS, folded.text_key, table.columns)
    if text is None:
        return None
    url, when = first_of(URL_KEYS, folded.url_key, table.columns), first_of(DATE_KEYS, None, table.columns)
    return _Chosen(table, cells, (text, url, when))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
