"""Parquet files of the output, a row group at a time (the extra ``parquet``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from factparse.output.arrow import arrow_schema, arrow_table

if TYPE_CHECKING:
    import pyarrow

# Lines of JSON are held until a row group is full: so many of them, or so many characters.
_ROWS = 10_000
_CHARACTERS = 16 * 1024 * 1024


class ParquetLines:
    """Writes lines of JSON as the rows of a Parquet file."""

    def __init__(self, stream: IO[bytes], emit: str) -> None:
        from pyarrow.parquet import ParquetWriter

        self._emit = emit
        self._writer = ParquetWriter(stream, arrow_schema(emit), compression="zstd")
        self._lines: list[str] = []
        self._held = 0

    def write(self, line: str) -> None:
        """Add one row."""
        self._lines.append(line)
        self._held += len(line)
        if len(self._lines) >= _ROWS or self._held >= _CHARACTERS:
            self._flush()

    def add(self, table: pyarrow.Table) -> None:
        """Add the rows of a table as a row group."""
        self._flush()
        if table.num_rows:
            self._writer.write_table(table)

    def close(self) -> None:
        """Write what is held, and the end of the file; the stream stays open."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._lines:
            self._writer.write_table(arrow_table(self._lines, self._emit))
        self._lines, self._held = [], 0


def groups(stream: IO[bytes]) -> Iterator[Any]:
    """Yield the tables of a file, one for each row group."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(stream) as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, use_threads=False)
