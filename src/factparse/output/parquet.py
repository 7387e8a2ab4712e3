"""Parquet files of the output, a row group at a time (the extra ``parquet``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Final, Self

from factparse.output.arrow_tables import arrow_schema, arrow_table
from factparse.output.json import Emit

if TYPE_CHECKING:
    import pyarrow

# Tables are held back until they fill a row group: so many rows, or so many bytes.
_ROWS: Final = 10_000
_BYTES: Final = 16 * 1024 * 1024


class ParquetRows:
    """Writes the rows of many pages into a Parquet file. The file is complete when the context ends.

    The stream stays open. If the work stops early, the file is not complete.
    """

    def __init__(self, stream: IO[bytes], emit: Emit, *, editions: bool = False, distinct: bool = False) -> None:
        from pyarrow.parquet import ParquetWriter

        self._emit, self._editions, self._distinct = emit, editions, distinct
        schema = arrow_schema(emit, editions=editions, distinct=distinct)
        self._writer = ParquetWriter(stream, schema, compression="zstd")
        self._tables: list[pyarrow.Table] = []
        self._rows = self._bytes = 0

    def write(self, rows: Sequence[dict[str, Any]]) -> None:
        """Add rows that :func:`~factparse.output.arrow_tables.arrow_rows` made. A full row group is written."""
        table = arrow_table(rows, self._emit, editions=self._editions, distinct=self._distinct)
        self._tables.append(table)
        self._rows += table.num_rows
        self._bytes += table.nbytes
        if self._rows >= _ROWS or self._bytes >= _BYTES:
            self._flush()

    def add(self, table: pyarrow.Table) -> None:
        """Add the rows of a table as a row group. An empty table adds nothing."""
        self._flush()  # rows that came earlier stand first
        if table.num_rows:
            self._writer.write_table(table)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._flush()
                self._writer.close()
        finally:
            # Otherwise it tries to close the file again when it is collected, and prints an error.
            self._writer.is_open = False

    def _flush(self) -> None:
        if self._tables:
            from pyarrow import concat_tables

            self._writer.write_table(concat_tables(self._tables).combine_chunks())
            self._tables, self._rows, self._bytes = [], 0, 0


def groups(stream: IO[bytes]) -> Iterator[Any]:
    """The tables of a file, one for each row group."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(stream) as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, use_threads=False)
