"""Database files of DuckDB (the extra ``duckdb``) and SQLite: pages, rows, cells, facts by type, a view of all facts.

Workers write the values of each page as a line of JSON (:func:`database_lines`). The tables are then filled from these
lines in order. The keys count pages, rows, cells and facts from 1, so the same input always gives the same keys.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, Protocol, get_args

import msgspec

from factparse.core.errors import OutputError, UsageError
from factparse.core.facts import AnyFact, Fact
from factparse.output.json import Emit, PageLike, encoded, page_facts
from factparse.output.tables import (
    PAGE,
    Column,
    Kind,
    Places,
    columns,
    columns_of_type,
    fact_row,
    list_text,
    page_row,
    row_rows,
    sided,
)

_SQL: Final[dict[Kind, dict[str, str]]] = {
    "text": {".duckdb": "VARCHAR", ".sqlite": "TEXT"},
    "integer": {".duckdb": "BIGINT", ".sqlite": "INTEGER"},
    "number": {".duckdb": "DOUBLE", ".sqlite": "REAL"},
    "boolean": {".duckdb": "BOOLEAN", ".sqlite": "BOOLEAN"},
    "text[]": {".duckdb": "VARCHAR[]", ".sqlite": "TEXT"},  # SQLite has no lists: JSON, for its json_each
    "integer[]": {".duckdb": "BIGINT[]", ".sqlite": "TEXT"},
}
_AROUND: Final = frozenset(column.name for column in PAGE)
_BATCH: Final = 5000  # rows of a table that are put in at once


def _key(name: str) -> Column:
    return Column(f"{name}_id", "integer", f"the number of the {name}, from 1")


_PAGES: Final = (
    _key("page"),
    *PAGE,
    Column("kind", "text", "comparison or country"),
    Column("edition_a", "text", "the year that the header of the first column prints, or what a table of cells names"),
    Column("edition_b", "text", "that of the second column"),
    Column("diagnostics", "text[]", "the codes of the remarks on the page"),
)
_CELLS: Final = (
    *(_key(name) for name in ("cell", "row", "page")),
    Column("country", "text", "whose cell it is; empty if nothing tells"),
    Column("side", "text", "a, b, or unknown"),
    Column("text", "text", "the cell as printed"),
    Column("span", "integer[]", "its place in the text of the page"),
    Column("span_start", "integer", "where the first of them begins"),
    Column("span_end", "integer", "where the last of them ends"),
    Column("editions", "text[]", "the editions that print it; on request"),
)
_KEYS: Final = tuple(_key(name) for name in ("fact", "cell", "row", "page"))


@cache
def database_tables() -> dict[str, tuple[Column, ...]]:
    """The tables of a database and their columns. A table of facts has the name of their class.

    >>> [column.name for column in database_tables()["TierRating"]][:7]
    ['fact_id', 'cell_id', 'row_id', 'page_id', 'subject', 'subject_code', 'subject_gec']
    """
    rows = tuple(column for column in columns("rows") if column.name not in _AROUND)
    facts = {kind.__name__: (*_KEYS, *columns_of_type(kind)) for kind in get_args(AnyFact)}
    return {"pages": _PAGES, "rows": (_key("row"), _key("page"), *rows), "cells": _CELLS, **facts}


def database_lines(page: PageLike, _emit: Emit, *, editions: bool = False) -> list[str]:
    """One line for ``page``: the rows that each table gets from it, without their keys."""
    looked = page.looked_up() if editions else None
    rows = [row for section in page.sections for row in section.rows]
    years = (*page.editions, None, None)[:2]
    codes = [remark.code for remark in page.diagnostics] or None
    shown = database_tables()["rows"][2:]  # without the keys
    told: dict[str, Any] = {
        "pages": [[*page_row(page).values(), page.kind, *years, codes]],
        "rows": [_values(row, shown) for row in row_rows(page)],
        "cells": [
            [number, cell.country, side, cell.text, cell.span, cell.span.start, cell.span.end, printed]
            for number, row in enumerate(rows)
            for side, cell in sided(page, row)
            for printed in [(looked.of(cell) or None) if looked is not None else None]
        ],
        "facts": _facts(page, [len(row.cells) for row in rows], editions),
    }
    return [encoded(told).decode()]


def _facts(page: PageLike, cells: Sequence[int], editions: bool) -> list[Any]:
    """The facts of a page, each with its class, the number of its cell and of its row on the page, and its values."""
    places = Places(page)
    before = [0, *accumulate(cells)]
    found = []
    for fact in page_facts(page, editions=editions):
        row, cell = places.number(fact)
        kind: type[Fact] = type(fact)
        shown = columns_of_type(kind)  # type: ignore[arg-type]  # a class is hashable
        found.append([kind.__name__, before[row] + cell, row, _values(fact_row(fact), shown)])
    return found


def _values(row: dict[str, Any], shown: Iterable[Column]) -> list[Any]:
    return [row.get(column.name) for column in shown]


class _Base(Protocol):
    """A database that is being made, in one transaction."""

    kind: str

    def run(self, statement: str) -> None:
        """Carry out a statement that has no values."""

    def put(self, table: str, shown: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
        """Put rows into a table."""

    def close(self, *, done: bool) -> None:
        """End the transaction if all is ``done``, and close the file."""


class DatabaseTables:
    """Fills the tables of a database from lines of :func:`database_lines`."""

    def __init__(self, base: _Base) -> None:
        self._base = base
        self._tables = database_tables()
        self._waiting: dict[str, list[list[Any]]] = {name: [] for name in self._tables}
        self._page = self._row = self._cell = self._fact = 1
        for name, shown in self._tables.items():
            base.run(f'CREATE TABLE "{name}" ({", ".join(_declared(column, base.kind) for column in shown)})')
        base.run(f"CREATE VIEW facts AS {_view(self._tables, base.kind)}")

    def add(self, line: bytes) -> None:
        """Add the page that a line holds."""
        told = msgspec.json.decode(line)
        page, first_row, first_cell = self._page, self._row, self._cell
        self._put("pages", [[page, *values] for values in told["pages"]])
        self._put("rows", [[first_row + at, page, *values] for at, values in enumerate(told["rows"])])
        self._put("cells", [[first_cell + at, first_row + row, page, *v] for at, (row, *v) in enumerate(told["cells"])])
        for at, (kind, cell, row, values) in enumerate(told["facts"]):
            self._put(kind, [[self._fact + at, first_cell + cell, first_row + row, page, *values]])
        self._page += 1
        self._row += len(told["rows"])
        self._cell += len(told["cells"])
        self._fact += len(told["facts"])

    def flush(self) -> None:
        """Write the rows that are still waiting."""
        for name in self._tables:
            self._send(name)

    def _put(self, table: str, rows: list[list[Any]]) -> None:
        held = self._waiting[table]
        held += rows
        if len(held) >= _BATCH:
            self._send(table)

    def _send(self, table: str) -> None:
        rows = self._waiting[table]
        if rows:
            self._base.put(table, self._tables[table], rows)
            rows.clear()


@contextmanager
def open_database(path: Path, kind: str) -> Iterator[DatabaseTables]:
    """The tables of a new database at ``path``, of the ``kind`` ``.duckdb`` or ``.sqlite``, in one transaction.

    If the work stops early, the file holds nothing. Raises :class:`~factparse.UsageError` (``duckdb-missing``) if
    DuckDB is not installed, and :class:`~factparse.OutputError` (``unwritable``) if the file cannot be written.
    """
    base: _Base = _DuckDb(path) if kind == ".duckdb" else _Sqlite(path)
    done = False
    try:
        tables = DatabaseTables(base)
        yield tables
        tables.flush()
        done = True
    finally:
        base.close(done=done)


def need_database(kind: str) -> None:
    """Raise :class:`~factparse.UsageError` (``duckdb-missing``) if databases of ``kind`` cannot be written here."""
    if kind == ".duckdb":
        _duckdb()


def _duckdb() -> Any:  # noqa: ANN401 (the module)
    try:
        import duckdb
    except ImportError as error:
        raise UsageError("duckdb-missing", "DuckDB needs a package: pip install 'factparse[duckdb]'") from error
    return duckdb


def _declared(column: Column, kind: str) -> str:
    return f'"{column.name}" {_SQL[column.kind][kind]}'


def _view(tables: dict[str, tuple[Column, ...]], kind: str) -> str:
    """The facts of all classes, with the columns of the table of facts and the keys behind them."""
    parts = []
    for name in (each.__name__ for each in get_args(AnyFact)):
        own = {column.name for column in tables[name]}
        told = []
        for column in columns("facts"):
            if column.name in _AROUND:
                told.append(f'pages."{column.name}"')
            elif column.name == "type":
                told.append(f"'{name}' AS type")
            elif column.name in own:
                told.append(f'"{name}"."{column.name}"')
            else:
                told.append(f'CAST(NULL AS {_SQL[column.kind][kind]}) AS "{column.name}"')
        told += [f'"{name}".{key.name}' for key in _KEYS]
        parts.append(f'SELECT {", ".join(told)} FROM "{name}" JOIN pages ON pages.page_id = "{name}".page_id')
    return " UNION ALL ".join(parts)


class _Sqlite:
    kind = ".sqlite"

    def __init__(self, path: Path) -> None:
        with _as_output_error(path, sqlite3.Error):
            self._base = sqlite3.connect(path, isolation_level=None)
            # The file has another name until it is complete, so it needs no protection against a crash.
            for setting in ("journal_mode = OFF", "synchronous = OFF"):
                self._base.execute(f"PRAGMA {setting}")
            self._base.execute("BEGIN")
        self._path = path

    def run(self, statement: str) -> None:
        with _as_output_error(self._path, sqlite3.Error):
            self._base.execute(statement)

    def put(self, table: str, shown: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
        plain = ([list_text(value) if isinstance(value, list) else value for value in row] for row in rows)
        with _as_output_error(self._path, sqlite3.Error):
            self._base.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(shown))})', plain)

    def close(self, *, done: bool) -> None:
        with _as_output_error(self._path, sqlite3.Error):
            if done:
                self._base.execute("COMMIT")
            self._base.close()


class _DuckDb:
    kind = ".duckdb"

    def __init__(self, path: Path) -> None:
        duckdb = _duckdb()
        self._path, self._error = path, duckdb.Error
        with _as_output_error(path, duckdb.Error):
            self._base = duckdb.connect(str(path))
            self._base.begin()

    def run(self, statement: str) -> None:
        with _as_output_error(self._path, self._error):
            self._base.execute(statement)

    def put(self, table: str, shown: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows column by column: one statement takes many rows, as a list for each column."""
        lists = ", ".join(f"unnest(${at}::{_SQL[column.kind][self.kind]}[])" for at, column in enumerate(shown, 1))
        values = [list(column) for column in zip(*rows, strict=True)]
        with _as_output_error(self._path, self._error):
            self._base.execute(f'INSERT INTO "{table}" SELECT {lists}', values)

    def close(self, *, done: bool) -> None:
        with _as_output_error(self._path, self._error):
            if done:
                self._base.commit()
            self._base.close()


@contextmanager
def _as_output_error(path: Path, kind: type[Exception]) -> Iterator[None]:
    try:
        yield
    except kind as error:
        message = f"the database cannot be written: {error}; make room, or name another place"
        raise OutputError("unwritable", message, source=str(path)) from error
