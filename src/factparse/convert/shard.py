"""Converts one shard, the unit of work. It is read as a stream, and written to a file that is complete or absent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final

import attrs
import msgspec

from factparse.book.book import Book
from factparse.book.packaged import Books, shelf_named
from factparse.book.shelf import Shelf
from factparse.convert.distinct import ShardFacts, fact_sightings
from factparse.convert.headed import headed_lines
from factparse.convert.outfiles import as_output_error, open_output
from factparse.convert.records import Converted, RowsOf, failed
from factparse.convert.report import Failure, Report, Shard, Stretch, Task
from factparse.convert.settings import CSV, DATABASES, Settings
from factparse.convert.watch import Overdue, Watch, alarm, between, converting, reading, record_of
from factparse.core.errors import FactparseError, SourceError, UsageError
from factparse.extract import extract, extractors
from factparse.output.json import Emit, encoded, json_lines
from factparse.page import Page
from factparse.reading import TOO_MUCH
from factparse.sightings import Sightings
from factparse.sources.mojibake import repair
from factparse.sources.record import Outcome

Converter = Callable[[Outcome, Emit, RowsOf, Books], Converted]
Work = Callable[[Outcome], Converted]
WriteRows = Callable[[Sequence[Any]], None]
Fatal = Mapping[int, Failure]
"""The states (see :class:`Watch`) at which a process died, each with what is said of the record."""

_TOO_LITTLE: Final = "writing the output needs more memory than there is; see --memory and --shard-size"


def run_shard(task: Task, watch: Watch | None = None, fatal: Fatal | None = None) -> Report:
    """The report of a shard, once its rows, its quarantine and this report are written.

    A file gets its name when it is complete, and the report comes last. So a retry is harmless. The records of the
    states in ``fatal`` are put aside unread.

    Raises :class:`~factparse.OutputError` if the output cannot be written, and another
    :class:`~factparse.FactparseError` (``out-of-memory``, ``internal-error``) if writing it fails in any other way.
    """
    stem = task.shard.stem
    try:
        return _run(task, watch or Watch(), fatal or {})
    except (FactparseError, BrokenPipeError):
        raise
    except MemoryError as error:
        raise FactparseError("out-of-memory", _TOO_LITTLE, source=stem) from error
    except Exception as error:
        message = f"the output cannot be written: {type(error).__name__}: {error}; please report it with the inputs"
        raise FactparseError("internal-error", message, source=stem) from error


def _run(task: Task, watch: Watch, fatal: Fatal) -> Report:
    watch.clear()
    report = Report(task.shard.number, task.shard.size)
    work = _work_of(task)
    with as_output_error(task.folder):
        task.output.parent.mkdir(exist_ok=True)
        task.report.parent.mkdir(exist_ok=True)
    with ExitStack() as stack:
        stream = stack.enter_context(open_output(task.output))
        write = stack.enter_context(_written(stream, task))
        aside = None if task.first else _Quarantine(task, stack)
        stack.enter_context(alarm(watch, task.settings.record_seconds))
        for outcome in _outcomes(task.shard, task.settings, watch, report, fatal):
            done = _converted(outcome, work, task.settings, watch, fatal)
            watch.state = between(report.records + 1)
            report.add(done)
            if done.pages and not task.first:
                _load()
            if task.settings.once:
                report.keys += done.keys
            write(done.lines)
            if done.failure is not None and aside is not None:
                aside.put(outcome, done.failure)
    if aside is not None:
        aside.close()
    # The report comes last, when all files that it describes have their names.
    with open_output(task.report) as file:
        file.write(encoded(report))
    return report


@cache
def _load() -> None:
    """Load the tables of all fields, once in a process.

    If they were loaded field by field, memory would grow slowly over hundreds of pages, like a leak.
    """
    for field in extractors():
        extract(field, "total: 5 (2020 est.); transit point for cocaine bound for Europe; dispute with Chad")


def done_before(task: Task, *, complete: bool) -> Report | None:
    """The report of a shard that is done. ``None`` if it is not done, or if its output is gone.

    A ``complete`` run has only its final files, so these are looked for.
    """
    try:
        report = msgspec.json.decode(task.report.read_bytes(), type=Report)
    except (OSError, msgspec.DecodeError):
        return None
    return report if (task.final if complete else task.output).exists() else None


@contextmanager
def _written(stream: IO[bytes], task: Task) -> Iterator[WriteRows]:
    """A function that takes what :func:`_work_of` made of records, and writes it as the task says."""
    if task.first:
        seen = Sightings(shelf_named(task.settings.books).hash_bytes)

        def add(pages: Sequence[Page]) -> None:
            for page in pages:
                seen.add(page)

        yield add
        stream.write(seen.book())
    elif task.settings.distinct:
        facts = ShardFacts(stream)
        yield facts.write
        with open_output(task.tally) as file:
            file.write(facts.tally())
    else:
        with _rows_written(stream, task.settings) as write:
            yield write


@contextmanager
def _rows_written(stream: IO[bytes], settings: Settings) -> Iterator[WriteRows]:
    """A function that writes rows as the settings say."""
    if settings.kind != ".parquet":
        with headed_lines(stream, settings) as write:
            yield write
        return
    from factparse.output.parquet import ParquetRows

    with ParquetRows(stream, settings.emit, editions=settings.editions) as rows:
        yield rows.write


def _work_of(task: Task) -> Work:
    """The function for each record: it reads the pages, and in the last pass makes rows of them."""
    settings, books = task.settings, _books_of(task)
    mended = _repaired if settings.repair else _as_it_is
    if task.first:
        read: Callable[[Outcome, Books], Converted] = _named(settings.reader)
        return lambda outcome: read(mended(outcome), books)
    named = _named(settings.converter)
    asked = {"only": settings.only, "selection": settings.selection}
    convert: Converter = partial(named, **{name: value for name, value in asked.items() if value})
    rows_of = _rows_of(settings)
    return lambda outcome: convert(mended(outcome), settings.emit, rows_of, books)


def _as_it_is(outcome: Outcome) -> Outcome:
    return outcome


def _repaired(outcome: Outcome) -> Outcome:
    """The record with its text mended, and the way back to the old text. It is the same if nothing is to be mended."""
    if isinstance(outcome, SourceError):
        return outcome
    mended = repair(outcome.text)
    if mended.text == outcome.text:
        return outcome
    return attrs.evolve(outcome, text=mended.text, offsets=mended.offsets)


def _books_of(task: Task) -> Shelf:
    """The books that the settings name. In the second of two passes, the book of the first pass is among them."""
    shelf = shelf_named(task.settings.books)
    if task.first or not task.settings.resolve:
        return shelf
    place = task.believed
    # A path is opened and not read, so that all processes of the machine share its memory.
    believed = Book.open(place) if isinstance(place, Path) else Book(place.read_bytes(), str(place))
    return Shelf([*shelf.books, believed])


def _rows_of(settings: Settings) -> RowsOf:
    rows_of = _plain_rows_of(settings)
    return partial(_rows_with_prose, rows_of) if settings.prose else rows_of


def _rows_with_prose(rows_of: RowsOf, page: Page, emit: Emit) -> Sequence[Any]:
    return rows_of(page.with_prose(), emit)


def _plain_rows_of(settings: Settings) -> RowsOf:
    if settings.distinct:
        return partial(fact_sightings, columns=settings.tabular, full=settings.full)
    if settings.kind in CSV:
        from factparse.output.csv_lines import csv_lines

        return partial(csv_lines, editions=settings.editions)
    if settings.kind in DATABASES:
        from factparse.output.database import database_lines

        return partial(database_lines, editions=settings.editions)
    if settings.kind != ".parquet":
        return partial(json_lines, editions=settings.editions, full=settings.full)
    from factparse.output.arrow_tables import arrow_rows

    return partial(arrow_rows, editions=settings.editions)


def _outcomes(shard: Shard, settings: Settings, watch: Watch, report: Report, fatal: Fatal) -> Iterator[Outcome]:
    """The records of the shard, each with ``watch`` set to its state: it is read, then converted."""
    number = before = 0
    for stretch in shard.stretches:
        raw: list[IO[bytes]] = []
        records = stretch.input.records(settings.reading, stretch.extent, opened_as=raw.append)
        while True:
            watch.state = reading(number)
            # A file that killed the process while it was read gives one failure, and is not read further.
            failure = fatal.get(reading(number))
            outcome = _unread(failure, stretch) if failure else next(records, None)
            if outcome is None:
                break
            # The position in the stored file counts packed bytes, as ``size`` does.
            read = raw[0].tell() - stretch.extent.start if raw and not raw[0].closed else stretch.size
            watch.note((before + min(max(read, 0), stretch.size), report.records, report.pages, report.failed))
            watch.state = converting(number)
            yield outcome
            number += 1
            if failure:
                break
        watch.state = between(number)
        before += stretch.size
        watch.note((before, report.records, report.pages, report.failed))


def _unread(failure: Failure, stretch: Stretch) -> SourceError:
    return SourceError(failure.code, failure.message, source=stretch.input.name)


def _converted(outcome: Outcome, work: Work, settings: Settings, watch: Watch, fatal: Fatal) -> Converted:
    failure = fatal.get(watch.state)
    if failure is not None and not isinstance(outcome, SourceError):
        return failed(outcome, failure.code, failure.message)
    try:
        done = work(outcome)
        watch.state = between(record_of(watch.state) + 1)  # no alarm can ring any more
    except Overdue:
        return failed(outcome, *overdue(settings.record_seconds))
    except MemoryError:
        return failed(outcome, *TOO_MUCH)
    return done


def overdue(seconds: float) -> tuple[str, str]:
    """The code and message for a record that takes longer than ``seconds``."""
    return "timeout", f"the record takes longer than {seconds:g} s; see --record-seconds"


class _Quarantine:
    """The file of records that could not be converted. The first such record makes it."""

    def __init__(self, task: Task, stack: ExitStack) -> None:
        self._path, self._stack = task.quarantine, stack
        self._file: IO[bytes] | None = None

    def put(self, outcome: Outcome, failure: FactparseError) -> None:
        """Write a record, with the reason, and with its text if it could be read."""
        if self._file is None:
            with as_output_error(self._path):
                self._path.parent.mkdir(exist_ok=True)
            self._file = self._stack.enter_context(open_output(self._path))
        record = None if isinstance(outcome, SourceError) else outcome
        row = {
            "source": failure.source,
            "record": record and record.number,
            "line": failure.line,
            "url": record and record.url,
            "code": failure.code,
            "message": failure.message,
            "text": record and record.text,
        }
        self._file.write(encoded(row) + b"\n")

    def close(self) -> None:
        """Remove the file of an earlier attempt, if this one wrote nothing."""
        if self._file is None:
            self._path.unlink(missing_ok=True)


def _named(converter: str) -> Any:  # noqa: ANN401 (a function of a module that somebody named)
    module, _, name = converter.partition(":")
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise UsageError("no-such-converter", f"there is no function {converter!r}: {error}") from error
