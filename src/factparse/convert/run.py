"""A conversion as a whole: its plan, the engine that carries the plan out, and the output put together at the end."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import IO, Any, Final

import attrs

from factparse.convert import manifest
from factparse.convert.collect import Collector, Seen, collector, database
from factparse.convert.distinct import WriteObjects, objects_written, write_distinct
from factparse.convert.first_pass import first_pass
from factparse.convert.launch import Engine, Run, launched
from factparse.convert.outfiles import STANDARD_OUTPUT, as_output_error, open_output, same_file
from factparse.convert.report import Report, Task
from factparse.convert.settings import CSV, DATABASES, KINDS, Settings
from factparse.convert.shard import done_before
from factparse.convert.split import shards_of, usual_size
from factparse.convert.store import Address, Place, files_in, place_of
from factparse.convert.summary import Summary
from factparse.convert.watch import Running
from factparse.core.errors import FactparseError, SourceError, UsageError
from factparse.core.outfiles import sweep
from factparse.core.plain import one_line
from factparse.core.scratch import scratch_folder, sweep_scratch
from factparse.output.database import need_database
from factparse.selection import nearest
from factparse.sources.files import Input, find
from factparse.sources.mojibake import repair
from factparse.sources.remote import is_address, whole_address

OnFailure = Callable[[FactparseError], None]

_LOG: Final = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())  # who wants to read it says so; nothing goes to the terminal by itself


@attrs.frozen
class Progress:
    """How far a run is: the bytes read of its inputs, those that there are (0 if unknown), and the counts so far.

    ``before`` are the bytes, and ``shards_before`` the shards, that an earlier run has done. None of them ever goes
    back.
    """

    done: int
    total: int
    records: int = 0
    pages: int = 0
    failed: int = 0
    shards: int = 0
    of_shards: int = 0
    before: int = 0
    shards_before: int = 0


# A name that ends so does not mean a folder, and no such file can be written: it is refused.
_OTHER_FILES = (
    ".json",
    ".ndjson",
    ".tsv",
    ".db",
    ".sqlite3",
    ".txt",
    ".html",
    ".xml",
    ".arrow",
    ".gz",
    ".zst",
    ".bz2",
    ".xz",
)

OnProgress = Callable[[Progress], None]


def convert(
    inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    engine: Engine = "local",
    workers: int = 0,
    scheduler: str | None = None,
    resume: bool = True,
    on_progress: OnProgress | None = None,
    on_failure: OnFailure | None = None,
    **options: Any,  # noqa: ANN401 (see Settings)
) -> Summary:
    """Write every comparison page found in ``inputs`` to ``output``; return the counts.

    ``inputs`` are files, folders, patterns and addresses (see :func:`factparse.read`). ``output`` is a file
    (``.jsonl``, ``.jsonl.gz``, ``.jsonl.zst``, ``.parquet``, ``.csv``, ``.csv.gz``, ``.duckdb``, ``.sqlite``),
    ``-`` for standard output, or a folder, which gets a file
    for every shard and a manifest: a run that was broken off goes on there, or begins anew without ``resume``. File and
    folder may be addresses, too. A file appears under its name only when it is complete.

    ``workers`` processes do the work, each under guard; with 0 it is done in this process, and a record that kills it
    ends the run. ``engine`` may also be ``"dask"`` or ``"ray"``, on the cluster at ``scheduler`` or on one that is
    started here.

    ``options`` are ``text_key``, ``url_key``, ``form``, ``emit`` (``"pages"``, ``"rows"`` or ``"facts"``), ``kind`` (of
    the files in a folder), ``once`` (pages of the same text are kept once), ``distinct`` (facts that say the same are),
    ``resolve`` (rows in doubt are settled by what other pages show), ``editions`` (those that print each cell are
    written), ``prose`` (the figures of natural prose are among the facts), ``full`` (JSON leaves nothing out),
    ``repair`` (wrongly decoded text is mended),
    ``type``, ``field``, ``country``, ``min_confidence`` (only what is asked for is read), ``books``, ``shard_bytes``,
    ``max_record_bytes``, ``record_seconds``, ``memory`` and ``attempts``:
    :class:`factparse.convert.settings.Settings` describes them. What cannot be converted is counted, passed to
    ``on_failure`` and written to the quarantine; the rest goes on.

    ``on_progress`` is told several times a second how far the run is. Whatever it or ``on_failure`` raises stops the
    run and its processes, and comes out of here. The logger ``factparse.convert`` is told of the start, the shards and
    the end (``INFO``), and of failures and of workers that die (``WARNING``).

    Raises :class:`~factparse.SourceError` if an input does not exist,
    :class:`~factparse.OutputError` if the output cannot be written, and
    :class:`~factparse.UsageError` if the output is one of the inputs, or was begun in another way, or if an input that
    can be read only once is to be read twice.
    """
    target = os.fspath(output)
    named = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    if any(os.fspath(path) != "-" and same_file(path, target) for path in named):
        raise UsageError("output-is-input", f"the output {target} is also an input; name another one")
    with as_output_error(target):
        kind = _kind(target, options.get("kind"))
    settings = _settings(options, kind)
    found = _found(named, target, settings)
    entries = [entry for entry in found if isinstance(entry, Input)]
    job = _Job(settings, entries, on_progress, on_failure)
    for entry in found:
        if isinstance(entry, SourceError):
            job.fail(entry)
    # What can be read only once (standard input, a pipe) cannot be given to a process that may die over it.
    lasting = all(entry.lasting for entry in entries)
    _need_lasting(settings, lasting)
    sweep_scratch()
    run = launched(engine, workers if lasting else 0, scheduler)
    _LOG.info("begins: %d inputs in %d shards", len(entries), len(job.shards))
    if kind is None:
        _to_folder(place_of(target), job, run, resume=resume)
    elif kind in (*CSV, *DATABASES):
        _gathered(target, job, run, shared=scheduler is not None, resume=resume)
    else:
        _to_file(target, job, run, shared=scheduler is not None)
    done = job.summary
    _LOG.info("ends: %d pages of %d records, %d failures", done.pages, done.records, done.failed)
    return done


def _settings(options: dict[str, Any], kind: str | None) -> Settings:
    """The settings that the caller's ``options`` make, for a file of a ``kind`` or a folder."""
    names = [field.name for field in attrs.fields(Settings)]
    for name in options:
        if name not in names:
            raise UsageError("no-such-option", f"convert has no option {name!r}{nearest(name, names)}")
    given = {name: value for name, value in options.items() if name != "emit" or value is not None}
    given["kind"] = kind or options.get("kind", ".jsonl")
    if given["kind"] in CSV:
        given.setdefault("emit", "facts")
    settings = Settings(**given)
    if settings.repair:
        repair("")  # what is not installed is told before anything is begun
    if settings.kind in DATABASES:
        if kind is None:
            raise UsageError("other-kind", f"a database is one file; name an output that ends in {settings.kind}")
        need_database(settings.kind)
    return settings


def _need_lasting(settings: Settings, lasting: bool) -> None:
    """Raise :class:`~factparse.UsageError` (``read-once``) if inputs are to be read twice that cannot be."""
    if settings.resolve and not lasting:
        message = "inputs are read twice to resolve, and standard input and pipes can be read once"
        raise UsageError("read-once", f"{message}; write them to a file")


def quarantine_of(output: str | os.PathLike[str]) -> Place | None:
    """The place of the records that could not be converted to ``output``; ``None`` if none were kept."""
    target = os.fspath(output)
    if target == STANDARD_OUTPUT:
        return None
    place = place_of(target) / "quarantine" if _kind(target, None) is None else place_of(f"{target}.quarantine")
    return place if place.exists() else None


class _Job:
    """The shards of a run, its counts so far, and whom to tell of them."""

    def __init__(
        self, settings: Settings, entries: list[Input], on_progress: OnProgress | None, on_failure: OnFailure | None
    ) -> None:
        self.settings = settings
        size = settings.shard_bytes or usual_size(sum(entry.size for entry in entries))
        self.shards = shards_of(entries, size, settings.reading)
        self.summary = Summary(inputs=len(entries), shards=len(self.shards))
        self._total = sum(entry.size for entry in entries) * (2 if settings.resolve else 1)
        self._read = self._before = 0
        self._told = Progress(0, 0)
        self._on_progress, self._on_failure = on_progress, on_failure

    def tasks(self, folder: Place, *, first: bool = False) -> list[Task]:
        """The tasks of the run, or of its first pass: each shard, to be converted into ``folder``."""
        return [Task(shard, folder, self.settings, first) for shard in self.shards]

    def passed(self, size: int, *, before: bool = False) -> None:
        """Tell that so many bytes have been read in the first of two passes, perhaps by a run ``before``."""
        self._read += size
        self._before += size if before else 0
        self.note(Running())

    def fail(self, error: FactparseError) -> None:
        """Count an input that cannot be read, and tell of it."""
        self.summary.fail(error)
        self._tell(error)

    def _tell(self, error: FactparseError) -> None:
        _LOG.warning("%s", one_line(str(error)))
        if self._on_failure is not None:
            self._on_failure(error)

    def take(self, report: Report) -> None:
        """Count a shard that is done, and tell of it and of its failures."""
        self.summary.add(report)
        self._read += report.size
        self.note(Running())
        _LOG.info("shard %d is done: %d pages of %d records", report.shard, report.pages, report.records)
        for failure in report.failures:
            self._tell(failure.error())
        # A report keeps the first failures only; the others are in the quarantine.
        if (more := report.failed - len(report.failures)) > 0:
            message = f"{more:,} more records could not be converted; see the quarantine"
            self._tell(FactparseError("more-failures", message, source=f"part-{report.shard:05d}"))

    def resumed(self, reports: Sequence[Report]) -> None:
        """Count the shards that an earlier run has done; their failures are told again."""
        self.summary.before = len(reports)
        self._before += sum(report.size for report in reports)
        if reports:
            _LOG.info("%d of %d shards were done before", len(reports), len(self.shards))
        for report in reports:
            self.take(report)

    def note(self, running: Running) -> None:
        """Tell how far the run is, with ``running`` for the shards at work."""
        if self._on_progress is not None:
            done = self.summary
            now = Progress(
                self._read + running.size,
                self._total,
                done.records + running.records,
                done.pages + running.pages,
                done.failed + running.failed,
                done.done,
                done.shards,
                self._before,
                done.before,
            )
            # A shard that is done is not at work any more, and its report may still be on its way.
            self._told = Progress(*map(max, attrs.astuple(self._told), attrs.astuple(now)))
            self._on_progress(self._told)


def _kind(target: str, wanted: str | None) -> str | None:
    """The kind of a file to write, by its name; ``None`` if it is a folder.

    Raises :class:`~factparse.UsageError` (``other-kind``) if the name says another kind than is ``wanted``, or one that
    cannot be written.
    """
    if target == STANDARD_OUTPUT:
        return wanted or ".jsonl"
    if target.endswith(("/", os.sep)) or place_of(target).is_dir():
        return None
    kind = next((kind for kind in KINDS if target.lower().endswith(kind)), None)
    if kind is None and Path(target).suffix.lower() in _OTHER_FILES:
        raise UsageError(
            "other-kind",
            f"the output {target} is by its name neither a folder nor a file that ends in {', '.join(KINDS)}",
        )
    if kind is not None and wanted not in (None, kind):
        raise UsageError(
            "other-kind", f"the output {target} is by its name no {wanted} file; change the name or the kind"
        )
    return kind


def _found(named: list[str | os.PathLike[str]], target: str, settings: Settings) -> list[Input | SourceError]:
    """The inputs, less those that lie in the output: no run reads what it writes."""
    found = list(find(named, form=settings.form))
    place = place_of(target)
    with as_output_error(target):
        output = whole_address(target) if isinstance(place, Address) else os.path.realpath(place)
    # An input in a store can only lie in an output in a store, and so for this machine.
    path_of = _stored_path if isinstance(place, Address) else _path_under(cache(os.path.realpath))
    folder = os.path.join(output, "")

    def is_written(entry: Input) -> bool:
        path = path_of(entry.place or "")
        return path == output or path.startswith(folder)

    return [entry for entry in found if isinstance(entry, SourceError) or not is_written(entry)]


def _stored_path(place: str) -> str:
    return whole_address(place) if is_address(place) else ""


def _path_under(resolved: Callable[[str], str]) -> Callable[[str], str]:
    """A function that resolves the places of inputs. ``resolved`` remembers folders, for many inputs lie in one."""

    def path_of(place: str) -> str:
        if not place or is_address(place):
            return ""
        folder, name = os.path.split(place)
        return os.path.realpath(place) if os.path.islink(place) else os.path.join(resolved(folder), name)

    return path_of


def _resolved(folder: Place, job: _Job, run: Run) -> None:
    """Do the first pass, if there are two. Nothing is counted and no failure told: the second pass meets all again."""
    if job.settings.resolve:
        first_pass(job.tasks(folder, first=True), run, lambda running: job.note(Running(running.size)), job.passed)


def _to_folder(folder: Place, job: _Job, run: Run, *, resume: bool) -> None:
    """Convert into a folder: a file for each shard. The shards that an earlier run has done are not done again."""
    with manifest.locked(folder):
        terms = manifest.terms_of(job.settings, job.shards)
        complete = manifest.begin(folder, terms, resume=resume)
        if not complete:
            _resolved(folder, job, run)
        tasks = job.tasks(folder)
        reports = _reports(tasks, job, run, complete)
        if job.settings.once:
            _once(tasks, reports, job)
        if job.settings.distinct:
            job.summary.distinct = manifest.distinct_before(folder) if complete else write_distinct(tasks, _final)
        manifest.finish(folder, terms, job.summary)


def _reports(tasks: Sequence[Task], job: _Job, run: Run, complete: bool | None) -> dict[int, Report]:
    """The reports of all shards. Those that an earlier run has done are not done again; ``None`` if there was none."""
    reports: dict[int, Report] = {}
    # The reports are listed once, so that shards without one cost no look into the folder.
    told: set[str] = set()
    if tasks and complete is not None:
        with as_output_error(tasks[0].folder):
            told = {path.name for path in files_in(tasks[0].report.parent)}
    for task in tasks:
        report = done_before(task, complete=bool(complete)) if task.report.name in told else None
        if report is not None:
            reports[report.shard] = report
    job.resumed([*reports.values()])
    # Closed at once, whatever stops the run: else its processes would live as long as the traceback.
    with closing(run([task for task in tasks if task.shard.number not in reports], job.note)) as found:
        for report in found:
            reports[report.shard] = report
            job.take(report)
    return reports


def _once(tasks: Sequence[Task], reports: dict[int, Report], job: _Job) -> None:
    """Write the files of the shards again, without pages that stand in an earlier shard.

    That waits for all shards, for they end in any order and the first page of a text is the one to keep.
    """
    seen = Seen()
    for task in tasks:
        report = reports[task.shard.number]
        kept = seen.kept(report)
        job.summary.repeated += report.repeated
        if task.output.exists():
            with open_output(task.final) as file, collector(file, job.settings) as files:
                files.add(task.output, kept)


@contextmanager
def _final(task: Task) -> Iterator[WriteObjects]:
    with open_output(task.final) as file, objects_written(file, task.settings) as write:
        yield write


def _to_file(target: str, job: _Job, run: Run, *, shared: bool) -> None:
    """Convert into one file, to which the files of the shards are added in the order of the inputs."""
    with ExitStack() as stack:
        folder = stack.enter_context(_staging(target, shared=shared))
        stream = stack.enter_context(_stream(target))
        _resolved(folder, job, run)
        tasks = job.tasks(folder)
        reports = _in_order(stack.enter_context(closing(run(tasks, job.note))))
        if job.settings.distinct:
            for report in reports:
                job.take(report)
            write = stack.enter_context(objects_written(stream, job.settings))
            job.summary.distinct = write_distinct(tasks, lambda _: nullcontext(write))
        else:
            files = stack.enter_context(collector(stream, job.settings))
            seen = Seen()
            for report in reports:
                _append(tasks[report.shard], report, seen, files, job)
        if target != STANDARD_OUTPUT:
            _keep_quarantine(folder / "quarantine", place_of(f"{target}.quarantine"))


def _gathered(target: str, job: _Job, run: Run, *, shared: bool, resume: bool) -> None:
    """Convert into one file that is made of all shards when they are done. Until then a run that is broken off goes on.

    The shards lie in a folder beside the target, as in a folder that is the output.
    """
    with _staging(target, shared=shared, kept=True) as folder:
        complete = _begun(folder, manifest.terms_of(job.settings, job.shards), resume=resume)
        _resolved(folder, job, run)
        tasks = job.tasks(folder)
        reports = _reports(tasks, job, run, complete)
        if job.settings.distinct:
            with _stream(target) as stream, objects_written(stream, job.settings) as write:
                job.summary.distinct = write_distinct(tasks, lambda _: nullcontext(write))
        elif job.settings.kind in DATABASES:
            _to_database(target, folder, tasks, reports, job)
        else:
            with _stream(target) as stream, collector(stream, job.settings) as files:
                _collect(files, tasks, reports, job)
        if target != STANDARD_OUTPUT:
            _keep_quarantine(folder / "quarantine", place_of(f"{target}.quarantine"))


def _begun(folder: Place, terms: dict[str, Any], *, resume: bool) -> bool | None:
    """Begin in the folder of the shards, or go on there; what a run with other options or inputs left is removed."""
    try:
        return manifest.begin(folder, terms, resume=resume)
    except UsageError:
        manifest.clear(folder)
        return manifest.begin(folder, terms)


def _collect(files: Collector, tasks: Sequence[Task], reports: dict[int, Report], job: _Job) -> None:
    seen = Seen()
    for task in tasks:
        report = reports[task.shard.number]
        kept = seen.kept(report)
        job.summary.repeated += report.repeated
        with as_output_error(task.output):
            files.add(task.output, kept)


def _to_database(target: str, folder: Place, tasks: Sequence[Task], reports: dict[int, Report], job: _Job) -> None:
    """Make the database on this machine; it takes its name, or is brought to its place, when it is complete."""
    place = place_of(target) if target != STANDARD_OUTPUT else None
    with scratch_folder(folder if isinstance(folder, Path) else None) as inside:
        made = inside / f"all{job.settings.kind}"
        with database(made, job.settings) as files:
            _collect(files, tasks, reports, job)
        with as_output_error(target):
            if isinstance(place, Path) and isinstance(folder, Path):
                with made.open("r+b") as file:
                    os.fsync(file.fileno())  # before it has its name: after a power cut no file is there in part
                made.replace(place)
                return
        with _stream(target) as stream, made.open("rb") as file:
            shutil.copyfileobj(file, stream, 1 << 20)


def _in_order(reports: Iterable[Report]) -> Iterator[Report]:
    """The reports in the order of their shards. They come in any; each waits until all before it are in."""
    waiting: dict[int, Report] = {}
    following = 0
    for report in reports:
        waiting[report.shard] = report
        while following in waiting:
            yield waiting.pop(following)
            following += 1


def _append(task: Task, report: Report, seen: Seen, files: Collector, job: _Job) -> None:
    kept = seen.kept(report)
    with as_output_error(task.output):
        files.add(task.output, kept)
        task.output.unlink()
    job.take(report)


@contextmanager
def _staging(target: str, *, shared: bool, kept: bool = False) -> Iterator[Place]:
    """The folder that holds the shards' files until they are put together; it is removed when the run ends.

    If it is to be ``kept``, it stays where a run is broken off, and the next run finds it so.

    It lies beside the target. If that is an address, it does so only where several machines must see it (``shared``),
    and is a temporary folder of this machine otherwise, as it is for standard output.
    """
    path = place_of(target)
    if target == STANDARD_OUTPUT or (isinstance(path, Address) and not shared):
        with scratch_folder() as inside:
            yield inside
        return
    folder = path.parent / f".{path.name}.parts"
    with as_output_error(target):
        folder.mkdir(exist_ok=True)
    with manifest.locked(folder):
        done = False
        try:
            if not kept:
                manifest.clear(folder)  # what a run that was killed left there
            if isinstance(path, Path):
                sweep(path)
                sweep(Path(f"{path}.quarantine"))
            yield folder
            done = True
        finally:
            if done or not kept or not files_in(folder / ".done"):
                manifest.discard(folder)


@contextmanager
def _stream(target: str) -> Iterator[IO[bytes]]:
    if target == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with open_output(place_of(target)) as stream:
        yield stream


def _keep_quarantine(folder: Place, target: Place) -> None:
    """Put the quarantined records of all shards into one file beside the output; without any there is none."""
    files = files_in(folder)
    if not files:
        target.unlink(missing_ok=True)
        return
    with open_output(target) as stream:
        for path in files:
            with path.open("rb") as file:
                shutil.copyfileobj(file, stream, 1 << 20)
