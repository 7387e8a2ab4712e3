"""Reads Parquet: each row is a record, with its text in a column. It needs the extra ``parquet``."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from factparse.core.errors import SourceError, UsageError
from factparse.sources.cells import keys_of, record_of_cell
from factparse.sources.record import (
    DATE_KEYS,
    TEXT_KEYS,
    URL_KEYS,
    WHOLE,
    Extent,
    Options,
    Outcome,
    Record,
    first_of,
    too_large,
)

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

SUFFIXES: tuple[str, ...] = (".parquet",)

_BATCH = 256  # rows held at a time: texts of a crawl are some kilobytes each


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield a record for each row of ``extent``, which counts row groups.

    A row without text gives a :class:`~factparse.SourceError` in its place. A file that is not Parquet, or has no
    column of text, gives one in all. Raises :class:`~factparse.UsageError` (``parquet-missing``) if pyarrow is not
    installed.
    """
    with _seekable(stream) as plain:
        yield from _records(plain, name, options, extent)


def _records(stream: IO[bytes], name: str, options: Options, extent: Extent) -> Iterator[Outcome]:
    file = _opened(stream, name)
    if isinstance(file, SourceError):
        yield file
        return
    names = file.schema_arrow.names
    cells = keys_of(names, options)
    text = cells.text if cells is not None else first_of(TEXT_KEYS, options.text_key, names)
    if text is None:
        if extent.start:
            return  # the first part has told it: one error for the file, not one for each part
        known = ", ".join(names[:8]) or "none"
        wanted = options.text_key or TEXT_KEYS[0]
        message = f"the file has no column {wanted!r} (its columns: {known}); see --text-key"
        yield SourceError("missing-key", message, source=name)
        return
    url, when = first_of(URL_KEYS, options.url_key, names), first_of(DATE_KEYS, None, names)
    columns = [column for column in (text, url, when) if column is not None]
    columns += [column for column in (cells.named() if cells is not None else ()) if column not in columns]
    groups = range(extent.start, file.num_row_groups if extent.end is None else extent.end)
    number = extent.first
    for batch in _batches(file, groups, columns, name):
        if isinstance(batch, SourceError):
            yield batch
            return
        for row in batch.to_pylist():
            cell = record_of_cell(row, cells, name, number) if cells is not None else None
            yield cell or _record(row, (text, url, when), name, number, options)
            number += 1


def split(path: Path, size: int) -> list[Extent]:
    """The parts of the file ``path``, each of whole row groups and of ``size`` bytes or a little more.

    Bytes are counted before compression, as Parquet's metadata gives them.
    """
    with path.open("rb") as stream:
        file = _opened(stream, str(path))
        if isinstance(file, SourceError):
            return [WHOLE]  # reading it will tell why
        extents: list[Extent] = []
        start = first = rows = held = 0
        for group in range(file.num_row_groups):
            held += file.metadata.row_group(group).total_byte_size
            rows += file.metadata.row_group(group).num_rows
            if held >= size or group == file.num_row_groups - 1:
                extents.append(Extent(start, group + 1, first))
                start, first, held = group + 1, rows, 0
        return extents or [WHOLE]


def _opened(stream: IO[bytes], name: str) -> ParquetFile | SourceError:
    """The Parquet file in ``stream``, or an error if it is none."""
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise UsageError("parquet-missing", "Parquet needs pyarrow: pip install 'factparse[parquet]'") from error
    try:
        return ParquetFile(stream, pre_buffer=False, memory_map=False)
    except (pyarrow.ArrowException, OSError) as error:
        return SourceError("unreadable", f"cannot be read as Parquet: {_short(error)}", source=name)


@contextmanager
def _seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give ``stream`` if one can go to any place in it, else a temporary file of what it holds.

    Parquet is read from its end, which a packed stream cannot be.
    """
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file, 1 << 20)
        file.seek(0)
        yield cast("IO[bytes]", file)


def _batches(file: ParquetFile, groups: range, columns: list[str], name: str) -> Iterator[Any]:
    """Yield the rows in batches; at a broken row group, an error, and no more."""
    import pyarrow

    try:
        for group in groups:
            yield from file.iter_batches(_BATCH, row_groups=[group], columns=columns, use_threads=False)
    except (pyarrow.ArrowException, OSError) as error:
        yield SourceError("unreadable", f"cannot be read further: {_short(error)}", source=name)


def _record(
    row: dict[str, Any], keys: tuple[str, str | None, str | None], name: str, number: int, options: Options
) -> Outcome:
    """The record of a row, or an error if it has no text; ``keys`` are the columns of text, address and date."""
    text = row[keys[0]]
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    if not isinstance(text, str):
        return SourceError("bad-record", f"the column {keys[0]!r} holds no text", source=name, line=number + 1)
    if len(text) > options.max_record_bytes:
        return too_large(name, options.max_record_bytes, line=number + 1)
    url = row[keys[1]] if keys[1] else None
    when = row[keys[2]] if keys[2] else None
    return Record(
        text,
        name,
        number=number,
        line=number + 1,
        url=url if isinstance(url, str) else None,
        date=when.isoformat() if isinstance(when, date) else when if isinstance(when, str) else None,
    )


def _short(error: Exception) -> str:
    # Arrow's messages go on for several lines, of which the first says what it is.
    return str(error).partition("\n")[0].lower()
