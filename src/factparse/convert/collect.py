"""Puts the files of shards together, or drops pages that an earlier shard has."""

from __future__ import annotations

import gzip
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, cast

from factparse.convert.headed import header, pass_header, records
from factparse.convert.outfiles import packed_lines, zstandard
from factparse.convert.report import Report
from factparse.convert.settings import CSV, Settings
from factparse.convert.store import Place

if TYPE_CHECKING:
    from factparse.output.database import DatabaseTables


class Seen:
    """The pages seen so far, by the digests of their texts. The first page with a text is kept."""

    def __init__(self) -> None:
        self._digests: set[str] = set()

    def kept(self, report: Report) -> list[bool] | None:
        """For each line of a shard whether it is kept, or ``None`` if all are. This also sets ``report.repeated``.

        Shards must be asked about in the order of the inputs.
        """
        kept: list[bool] = []
        report.repeated = 0
        for digest, lines in report.keys:
            new = digest not in self._digests
            self._digests.add(digest)
            kept += [new] * lines
            report.repeated += not new
        return kept if report.repeated else None


class Collector(Protocol):
    """Takes the files of shards, in the order of the shards."""

    def add(self, path: Place, kept: Sequence[bool] | None = None) -> None:
        """Add the rows of the file at ``path``: all of them, or those for which ``kept`` is true."""


@contextmanager
def collector(stream: IO[bytes], settings: Settings) -> Iterator[Collector]:
    """The collector that puts files of shards into one ``stream``, in the format that the settings say."""
    if settings.kind != ".parquet":
        stream.write(header(settings))
        yield _Lines(stream, settings)
        return
    from factparse.output.parquet import ParquetRows

    with ParquetRows(stream, settings.emit, editions=settings.editions) as rows:
        yield _Groups(rows)


class _Lines:
    """Collects files of lines. Files that follow each other are one file, also if they are packed.

    Each file begins with the header, if there is one. The header is dropped here.
    """

    def __init__(self, stream: IO[bytes], settings: Settings) -> None:
        self._stream, self._settings, self._kind = stream, settings, settings.kind

    def add(self, path: Place, kept: Sequence[bool] | None = None) -> None:
        with path.open("rb") as file:
            pass_header(file, self._settings)
            if kept is None:
                shutil.copyfileobj(file, self._stream, 1 << 20)
                return
            # To leave lines out, the file must be unpacked and packed again.
            lines: Iterable[bytes] = _unpacked(file, self._kind)
            with packed_lines(self._stream, self._kind) as write:
                told = records(lines) if self._kind in CSV else lines
                write(line.decode().removesuffix("\n") for line, keep in zip(told, kept, strict=True) if keep)


class _Groups:
    def __init__(self, rows: Any) -> None:  # noqa: ANN401 (its module needs an optional package)
        self._rows = rows

    def add(self, path: Place, kept: Sequence[bool] | None = None) -> None:
        from factparse.output.parquet import groups

        at = 0
        with path.open("rb") as file:
            for table in groups(file):
                chosen = table if kept is None else table.filter(_mask(kept[at : at + table.num_rows]))
                at += table.num_rows
                self._rows.add(chosen)


def _mask(kept: Sequence[bool]) -> Any:  # noqa: ANN401 (pyarrow has no types)
    import pyarrow

    return pyarrow.array(kept)


def _unpacked(file: IO[bytes], kind: str) -> IO[bytes]:
    if kind.endswith(".gz"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if kind.endswith(".zst"):
        reader = zstandard().ZstdDecompressor().stream_reader(file, read_across_frames=True)
        return io.BufferedReader(reader)
    return file


@contextmanager
def database(path: Path, settings: Settings) -> Iterator[Collector]:
    """The collector that fills the tables of a database at ``path`` from files of shards, in one transaction."""
    from factparse.output.database import open_database

    with open_database(path, settings.kind) as tables:
        yield _Tables(tables)


class _Tables:
    def __init__(self, tables: DatabaseTables) -> None:
        self._tables = tables

    def add(self, path: Place, kept: Sequence[bool] | None = None) -> None:
        with path.open("rb") as file:
            for line, keep in zip(file, kept or repeat(True), strict=False):
                if keep:
                    self._tables.add(line)
