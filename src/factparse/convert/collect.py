"""The files of the shards, put together: into one, or without what was there before."""

from __future__ import annotations

import gzip
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Protocol, cast

from factparse.convert.outfiles import packed_lines, zstandard
from factparse.convert.report import Report
from factparse.convert.settings import Settings
from factparse.convert.store import Place


class Seen:
    """Which pages have been seen: of each text the first one counts."""

    def __init__(self) -> None:
        self._digests: set[str] = set()

    def kept(self, report: Report) -> list[bool] | None:
        """Which lines of a shard to keep, ``None`` for all; its report is told how many pages are left out."""
        kept: list[bool] = []
        report.repeated = 0
        for digest, lines in report.keys:
            new = digest not in self._digests
            self._digests.add(digest)
            kept += [new] * lines
            report.repeated += not new
        return kept if report.repeated else None


class Collector(Protocol):
    """Takes the files of shards, in order."""

    def add(self, path: Place, kept: Sequence[bool] | None = None) -> None:
        """Append what the file holds, or those of its lines that are ``kept``."""


@contextmanager
def collector(stream: IO[bytes], settings: Settings) -> Iterator[Collector]:
    """What writes the files of shards into one ``stream``."""
    if settings.kind != ".parquet":
        yield _Lines(stream, settings.kind)
        return
    from factparse.output.parquet import ParquetRows

    with ParquetRows(stream, settings.emit) as rows:
        yield _Groups(rows)


class _Lines:
    """Files of lines, packed or not, are one file when they stand one after the other."""

    def __init__(self, stream: IO[bytes], kind: str) -> None:
        self._stream, self._kind = stream, kind

    def add(self, path: Place, kept: Sequence[bool] | None = None) -> None:
        with path.open("rb") as file:
            if kept is None:
                shutil.copyfileobj(file, self._stream, 1 << 20)
                return
            lines: Iterable[bytes] = _unpacked(file, self._kind)
            with packed_lines(self._stream, self._kind) as write:
                write(line.decode().rstrip("\n") for line, keep in zip(lines, kept, strict=True) if keep)


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
