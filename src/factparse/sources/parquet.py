"""Parquet: one record a row, its text in a column (the extra ``parquet``)."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from factparse.core.errors import SourceError, UsageError
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
    """Yield a record for each row; ``extent`` counts row groups.

    A file that is no Parquet, or has no column of text, is one :class:`~factparse.SourceError`; so is a row
    without one. Raises :class:`~factparse.UsageError` (``parquet-missing``) if pyarrow is not installed.
    """
    with _seekable(stream) as plain:
        yield from _records(plain, name, options, extent)


def _records(stream: IO[bytes], name: str, options: Options, extent: Extent) -> Iterator[Outcome]:
    file = _opened(stream, name)
    if isinstance(file, SourceError):
        yield file
        return
    names = file.schema_arrow.names
    text = first_of(TEXT_KEYS, options.text_key, names)
    if text is None:
        if extent.start:
            return  # the part before it has told
        known = ", ".join(names[:8]) or "none"
        wanted = options.text_key or TEXT_KEYS[0]
        message = f"the file has no column {wanted!r} (its columns: {known}); see --text-key"
        yield SourceError("missing-key", message, source=name)
        return
    url, when = first_of(URL_KEYS, options.url_key, names), first_of(DATE_KEYS, None, names)
    columns = [column for column in (text, url, when) if column is not None]
    groups = range(extent.start, file.num_row_groups if extent.end is None else extent.end)
    number = extent.first
    for batch in _batches(file, groups, columns, name):
        if isinstance(batch, SourceError):
            yield batch
            return
        for row in batch.to_pylist():
            yield _record(row, (text, url, when), name, number, options)
            number += 1


def split(path: Path, size: int) -> list[Extent]:
    """Return parts of about ``size`` bytes of the file that each hold whole row groups."""
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
    """Give ``stream``, or a file of what it holds: Parquet is read from its end, which packed streams cannot be."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file, 1 << 20)
        file.seek(0)
        yield cast("IO[bytes]", file)


def _batches(file: ParquetFile, groups: range, columns: list[str], name: str) -> Iterator[Any]:
    import pyarrow

    try:
        for group in groups:
            yield from file.iter_batches(_BATCH, row_groups=[group], columns=columns, use_threads=False)
    except (pyarrow.ArrowException, OSError) as error:
        yield SourceError("unreadable", f"cannot be read further: {_short(error)}", source=name)


def _record(
    row: dict[str, Any], keys: tuple[str, str | None, str | None], name: str, number: int, options: Options
) -> Outcome:
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
    return str(error).partition("\n")[0].lower()
