"""Keeps each fact once: decides which facts are the same, counts them, and writes the files that remain.

The work is done in two steps, so that memory does not grow with the dump. Each shard writes a fact when it first meets
it. A second file, the *tally*, has a line of numbers for each fact. When all shards are done, a database on disk
combines their tallies. It tells which line of which shard has a fact first, and how often the fact was met in all.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import msgspec

from factparse.convert.headed import headed_lines
from factparse.convert.outfiles import as_output_error
from factparse.convert.report import Task
from factparse.convert.settings import CSV, Settings
from factparse.core.errors import OutputError
from factparse.core.facts import AnyFact
from factparse.core.written import fact_fields
from factparse.output.csv_lines import csv_records
from factparse.output.json import Emit, encoded, fact_editions, json_lines
from factparse.output.tables import fact_rows
from factparse.page import Page

_WHERE: Final = frozenset({"topic", "span", "confidence"})  # the place of a fact is not part of what it says
_DIGEST: Final = 16
_MEMORY: Final = 64 * 1024  # KB that the database may hold
_BATCH: Final = 1000
# An open file needs no name on POSIX, and then nothing is left of it if this process is killed.
_NAMELESS: Final = os.name == "posix"

WriteObjects = Callable[[Sequence[dict[str, Any]]], None]


class FactSighting(NamedTuple):
    """A fact as one page has it: the digest of what it says, its confidence, the editions of its cell, its line."""

    digest: bytes
    confidence: float
    editions: tuple[str, ...]
    line: bytes


class Tallied(NamedTuple):
    """A fact of a shard: its line, how often it was met, its confidence and its editions."""

    digest: bytes
    line: int
    times: int
    confidence: float
    editions: tuple[str, ...]


def fact_sightings(page: Page, _emit: Emit, *, columns: bool, full: bool = False) -> list[FactSighting]:
    """The facts of ``page``. Their lines are JSON (``full`` or not), or have the ``columns`` of a table."""
    lines: list[bytes]
    if columns:
        lines = [encoded(row) for row in fact_rows(page)]
    else:
        lines = [line.encode() for line in json_lines(page, "facts", full=full)]
    return [
        FactSighting(_digest(fact), fact.confidence, editions, line)
        for fact, editions, line in zip(page.facts(), fact_editions(page), lines, strict=True)
    ]


def _digest(fact: AnyFact) -> bytes:
    """A digest of all that a fact says, and of its text without regard to line breaks. Equal facts have the same."""
    values = _said(fact.__class__)(fact)  # type: ignore[arg-type]  # a class is hashable
    said = [" ".join(value.split()) if isinstance(value, str) else value for value in values]
    return blake2b(encoded(said), digest_size=_DIGEST).digest()


@cache
def _said(kind: type) -> Callable[[AnyFact], tuple[object, ...]]:
    return attrgetter(*(name for name in fact_fields(kind) if name not in _WHERE))


class ShardFacts:
    """The facts of one shard, each written once, and the tally of them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._found: dict[bytes, Tallied] = {}

    def write(self, facts: Sequence[FactSighting]) -> None:
        """Count ``facts`` in, and write those that are new."""
        for fact in facts:
            known = self._found.get(fact.digest)
            if known is None:
                self._found[fact.digest] = Tallied(fact.digest, len(self._found), 1, fact.confidence, fact.editions)
                self._stream.write(fact.line + b"\n")
            else:
                both = known.editions if known.editions == fact.editions else _union(known.editions, fact.editions)
                best = max(known.confidence, fact.confidence)
                self._found[fact.digest] = Tallied(fact.digest, known.line, known.times + 1, best, both)

    def tally(self) -> bytes:
        """The tally of all facts so far, as bytes for its file."""
        return msgspec.msgpack.encode(list(self._found.values()))


def _union(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))


def write_distinct(tasks: Sequence[Task], written: Callable[[Task], Any]) -> int:
    """Write each fact that ``tasks`` found once, in the shard that met it first. Return the number of facts.

    ``written`` gives, for a task, a context with the function that takes its facts. A fact is as the first page has it,
    with the number of its ``sightings``, its ``editions``, and the highest confidence of all pages.
    Raises :class:`~factparse.OutputError` (``unwritable``) if there is no room for the database, in ``TMPDIR``.
    """
    with as_output_error(tempfile.gettempdir()):
        handle, name = tempfile.mkstemp(prefix="factparse-")
        os.close(handle)
    with _Tallies(Path(name)) as tallies:
        for task in tasks:
            with as_output_error(task.tally):
                tallies.add(task.shard.number, task.tally.read_bytes())
        for task in tasks:
            with written(task) as write, as_output_error(task.output), task.output.open("rb") as lines:
                batch: list[dict[str, Any]] = []
                for fact in _completed(lines, tallies.firsts(task.shard.number)):
                    batch.append(fact)
                    if len(batch) == _BATCH:
                        write(batch)
                        batch = []
                write(batch)
        return tallies.count()


def _completed(lines: IO[bytes], firsts: Iterator[tuple[int, int, float, str]]) -> Iterator[dict[str, Any]]:
    """The facts that the ``lines`` of a shard have first."""
    numbered = enumerate(lines)
    for at, count, confidence, editions in firsts:
        line = next(line for number, line in numbered if number == at)
        fact: dict[str, Any] = msgspec.json.decode(line)
        begun = {"source": fact.pop("source"), "sightings": count, "editions": msgspec.json.decode(editions)}
        yield {**begun, **fact, "confidence": confidence}


class _Tallies:
    """The tallies of all shards, in a database on disk that needs little memory. Its file is removed at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with _as_output_error():
            self._base = sqlite3.connect(path, isolation_level=None)
            self._base.create_function("either", 2, _either, deterministic=True)
            # A run that is stopped makes it again, so it needs no protection against a crash.
            for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_MEMORY}"):
                self._base.execute(f"PRAGMA {setting}")
            self._base.execute(
                "CREATE TABLE facts (digest BLOB PRIMARY KEY, shard, line, times, confidence, editions) WITHOUT ROWID"
            )
        if _NAMELESS:
            path.unlink()

    def __enter__(self) -> _Tallies:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        self._path.unlink(missing_ok=True)

    def add(self, shard: int, tally: bytes) -> None:
        """Add a shard's tally. Shards come in the order of the inputs, so that the first line stays the first."""
        found = msgspec.msgpack.decode(tally, type=list[Tallied])
        with _as_output_error():
            self._base.execute("BEGIN")
            self._base.executemany(
                "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET "
                "times = times + excluded.times, confidence = max(confidence, excluded.confidence), "
                "editions = either(editions, excluded.editions)",
                # In the order of the digests, in which they are stored.
                (
                    (each.digest, shard, each.line, each.times, each.confidence, encoded(each.editions).decode())
                    for each in sorted(found)
                ),
            )
            self._base.execute("COMMIT")

    def firsts(self, shard: int) -> Iterator[tuple[int, int, float, str]]:
        """The facts first met in a shard, in its order: line, sightings, confidence, editions."""
        with _as_output_error():
            self._base.execute("CREATE INDEX IF NOT EXISTS places ON facts (shard, line)")
            yield from self._base.execute(
                "SELECT line, times, confidence, editions FROM facts WHERE shard = ? ORDER BY line", (shard,)
            )

    def count(self) -> int:
        """The number of facts."""
        (count,) = self._base.execute("SELECT count(*) FROM facts").fetchone()
        return int(count)


def _either(one: str, other: str) -> str:
    if one == other:
        return one
    return encoded(_union(msgspec.json.decode(one), msgspec.json.decode(other))).decode()


@contextmanager
def _as_output_error() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        message = f"the facts cannot be counted in TMPDIR ({tempfile.gettempdir()}): {error}; make room there"
        raise OutputError("unwritable", message) from error


@contextmanager
def objects_written(stream: IO[bytes], settings: Settings) -> Iterator[WriteObjects]:
    """A function that writes distinct facts to ``stream``, in the format that the settings say."""
    if settings.kind == ".parquet":
        from factparse.output.parquet import ParquetRows

        with ParquetRows(stream, "facts", distinct=True) as rows:
            yield lambda facts: rows.write(_tabular(facts))
        return
    with headed_lines(stream, settings) as write:
        if settings.kind in CSV:
            yield lambda facts: write(csv_records(_tabular(facts), "facts", distinct=True))
            return
        yield lambda facts: write(encoded(_plain(fact, settings)).decode() for fact in facts)


def _tabular(facts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**fact, "editions": fact["editions"] or None} for fact in facts]


def _plain(fact: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The object as other lines have it: without its confidence, if that is the default."""
    if settings.full or fact["confidence"] != 1.0:
        return fact
    return {name: value for name, value in fact.items() if name != "confidence"}
