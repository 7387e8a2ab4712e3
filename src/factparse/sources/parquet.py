"""Reads Parquet: each row is a record, with its text in a column. It needs the extra ``parquet``."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from factparse.core.errors import SourceError, UsageError
from factparse.core.plain import one_line
from factparse.sources.cells import keys_of, record_of_cell, record_of_text
from factparse.sources.record import (
    DATE_KEYS,
    TEXT_KEYS,
    URL_KEYS,
    WHOLE,
    Extent,
    Options,
    Outcome,
    first_of,
)

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

SUFFIXES: tuple[str, ...] = (".parquet",)

_BATCH = 256  # the most rows to hold at a time; texts of a crawl have some kilobytes each
_HELD = 1 << 25  # the most bytes to hold at a time, if rows are large


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield a record for each row of ``extent``, which counts row groups.

    A row without text gives a :class:`~factparse.SourceError` in its place, and so does a row group that cannot be
    read. A file that is not Parquet, has no column of text, or has two of that name gives one for the file. Raises
    :class:`~factparse.UsageError` (``parquet-missing``) if pyarrow is not installed.
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
    fault = _fault_of(text, names, name, options)
    if fault is not None:
        if not extent.start:  # only the first part reports it, so that the file has one error
            yield fault
        return
    url, when = first_of(URL_KEYS, options.url_key, names), first_of(DATE_KEYS, None, names)
    keys = (cast("str", text), url, when)
    wanted = (*keys, *(cells.named() if cells is not None else ()))
    number = extent.first
    for group in range(extent.start, file.num_row_groups if extent.end is None else extent.end):
        for index, row in enumerate(_rows(file, group, wanted, name, number), number):
            if isinstance(row, SourceError):
                yield row
                continue
            cell = record_of_cell(row, cells, name, index) if cells is not None else None
            yield cell or record_of_text(row, keys, name, index, options)
        number += file.metadata.row_group(group).num_rows


def _fault_of(text: str | None, names: list[str], name: str, options: Options) -> SourceError | None:
    """Why no column of ``names`` can be read as the ``text``. ``None`` if one can."""
    if text is None:
        known = one_line(", ".join(names[:8])) or "none"
        wanted = options.text_key or TEXT_KEYS[0]
        message = f"the file has no column {wanted!r} (its columns: {known}); see --text-key"
        return SourceError("missing-key", message, source=name)
    if names.count(text) > 1:
        message = f"the file has {names.count(text)} columns {text!r}, and nothing shows which one is meant; rename one"
        return SourceError("bad-record", message, source=name)
    return None


def split(path: Path, size: int, options: Options) -> list[Extent]:
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
        file = ParquetFile(stream, pre_buffer=False, memory_map=False)
        len(file.schema_arrow.names)  # a name that is not UTF-8 raises only when it is asked for
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        return SourceError("unreadable", f"cannot be read as Parquet: {_short(error)}", source=name)
    return file


@contextmanager
def _seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """``stream`` itself if it can seek, or a temporary file with its content.

    Parquet is read from its end, and a packed stream cannot seek.
    """
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file, 1 << 20)
        file.seek(0)
        yield cast("IO[bytes]", file)


def _rows(
    file: ParquetFile, group: int, keys: Iterable[str | None], name: str, number: int
) -> Iterator[dict[str, Any] | SourceError]:
    """Yield the rows of a row group. Its first row has the ``number``. A broken place gives an error and ends it."""
    import pyarrow

    told = file.metadata.row_group(group)
    fits = _HELD * max(told.num_rows, 1) // max(told.total_byte_size, 1)
    columns = [key for key in dict.fromkeys(keys) if key is not None and file.schema_arrow.names.count(key) == 1]
    done = number
    try:
        for batch in file.iter_batches(
            max(1, min(_BATCH, fits)), row_groups=[group], columns=columns, use_threads=False
        ):
            for values in zip(*batch.columns, strict=True):
                yield {column: _value(value) for column, value in zip(columns, values, strict=True)}
                done += 1
    except (pyarrow.ArrowException, OSError, MemoryError) as error:
        message = f"rows {done + 1:,} to {number + told.num_rows:,} cannot be read: {_short(error)}"
        yield SourceError("unreadable", message, source=name, line=done + 1)


def _value(scalar: Any) -> Any:  # noqa: ANN401 (any value of Arrow's, as Python has it)
    """The value of a cell. Text that is not UTF-8 gives bytes. A time that Python cannot hold gives ``None``."""
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        return scalar.as_buffer().to_pybytes() if hasattr(scalar, "as_buffer") else None


def _short(error: Exception) -> str:
    # Arrow's messages have several lines. The first says what is wrong.
    return str(error).partition("\n")[0].lower()
