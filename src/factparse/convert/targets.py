"""Writes the output of a run: a folder with a file for each shard, or one file made of these."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

from factparse.convert import manifest
from factparse.convert.collect import Collector, Seen, collector, database
from factparse.convert.distinct import WriteObjects, objects_written, write_distinct
from factparse.convert.first_pass import first_pass
from factparse.convert.job import Job
from factparse.convert.launch import Run
from factparse.convert.outfiles import STANDARD_OUTPUT, as_output_error, open_output
from factparse.convert.report import Report, Task
from factparse.convert.settings import DATABASES
from factparse.convert.shard import done_before
from factparse.convert.store import Address, Place, files_in, place_of
from factparse.convert.watch import Running
from factparse.core.errors import UsageError
from factparse.core.outfiles import sweep
from factparse.core.scratch import scratch_folder


def _resolved(folder: Place, job: Job, run: Run) -> None:
    """Do the first pass, if there are two. It counts and reports nothing, because the second pass does."""
    if job.settings.resolve:
        first_pass(job.tasks(folder, first=True), run, lambda running: job.note(Running(running.size)), job.passed)


def to_folder(folder: Place, job: Job, run: Run, *, resume: bool) -> None:
    """Convert into a folder, with a file for each shard. Shards of an earlier run are not done again."""
    with manifest.locked(folder):
        terms = manifest.terms_of(job.settings, job.shards)
        complete = manifest.begin(folder, terms, resume=resume)
        try:
            _fill(folder, job, run, complete)
        except BaseException:
            manifest.sweep(folder)  # what processes were writing when they were ended
            raise
        manifest.finish(folder, terms, job.summary)


def _fill(folder: Place, job: Job, run: Run, complete: bool | None) -> None:
    if not complete:
        _resolved(folder, job, run)
    tasks = job.tasks(folder)
    reports = _reports(tasks, job, run, complete)
    if job.settings.once:
        _once(tasks, reports, job)
    if job.settings.distinct:
        job.summary.distinct = manifest.distinct_before(folder) if complete else write_distinct(tasks, _final)


def _reports(tasks: Sequence[Task], job: Job, run: Run, complete: bool | None) -> dict[int, Report]:
    """The reports of all shards. Those of an earlier run are not done again. ``complete`` is ``None`` without one."""
    reports: dict[int, Report] = {}
    # The reports are listed once, so that shards without a report need no look into the folder.
    told: set[str] = set()
    if tasks and complete is not None:
        with as_output_error(tasks[0].folder):
            told = {path.name for path in files_in(tasks[0].report.parent)}
    for task in tasks:
        report = done_before(task, complete=bool(complete)) if task.report.name in told else None
        if report is not None:
            reports[report.shard] = report
    job.resumed([*reports.values()])
    # This is closed at once, whatever stops the run. Otherwise its processes would live as long as the traceback.
    with closing(run([task for task in tasks if task.shard.number not in reports], job.note)) as found:
        for report in found:
            reports[report.shard] = report
            job.take(report)
    return reports


def _once(tasks: Sequence[Task], reports: dict[int, Report], job: Job) -> None:
    """Write the files of the shards again, without pages that stand in an earlier shard.

    This waits for all shards. They end in any order, and the first page with a text is the one to keep.
    """
    for task, kept in _kept(tasks, reports, job):
        if task.output.exists():
            with open_output(task.final) as file, collector(file, job.settings) as files:
                files.add(task.output, kept)


def _kept(tasks: Sequence[Task], reports: dict[int, Report], job: Job) -> Iterator[tuple[Task, list[bool] | None]]:
    """Each shard with the lines to keep, or ``None`` for all. Pages with the same text are counted on the way."""
    seen = Seen()
    for task in tasks:
        report = reports[task.shard.number]
        kept = seen.kept(report)
        job.summary.repeated += report.repeated
        yield task, kept


@contextmanager
def _final(task: Task) -> Iterator[WriteObjects]:
    with open_output(task.final) as file, objects_written(file, task.settings) as write:
        yield write


def to_file(target: str, job: Job, run: Run, *, shared: bool) -> None:
    """Convert into one file. The files of the shards are added to it in the order of the inputs."""
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


def gathered(target: str, job: Job, run: Run, *, shared: bool, resume: bool) -> None:
    """Convert into one file that is made when all shards are done. Before that, a stopped run can go on.

    The shards lie in a folder beside the target. This folder is like that of an output that is a folder.
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
    """Begin in the folder of the shards, or go on there. Files of a run with other options or inputs are removed."""
    try:
        return manifest.begin(folder, terms, resume=resume)
    except UsageError:
        manifest.clear(folder)
        return manifest.begin(folder, terms)


def _collect(files: Collector, tasks: Sequence[Task], reports: dict[int, Report], job: Job) -> None:
    for task, kept in _kept(tasks, reports, job):
        with as_output_error(task.output):
            files.add(task.output, kept)


def _to_database(target: str, folder: Place, tasks: Sequence[Task], reports: dict[int, Report], job: Job) -> None:
    """Make the database on this machine. It gets its name, or is brought to its place, when it is complete."""
    place = place_of(target) if target != STANDARD_OUTPUT else None
    # DuckDB opens no file whose name is not UTF-8: such a database is made elsewhere, and brought to its place.
    beside = folder if isinstance(folder, Path) and _is_utf8(folder) else None
    with scratch_folder(beside) as inside:
        made = inside / f"all{job.settings.kind}"
        with database(made, job.settings) as files:
            _collect(files, tasks, reports, job)
        with as_output_error(target):
            if isinstance(place, Path) and beside is not None:
                with made.open("r+b") as file:
                    os.fsync(file.fileno())  # before it gets its name, so that a power cut leaves no incomplete file
                made.replace(place)
                return
        with _stream(target) as stream, made.open("rb") as file:
            shutil.copyfileobj(file, stream, 1 << 20)


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _in_order(reports: Iterable[Report]) -> Iterator[Report]:
    """The reports in the order of their shards. A report that comes early waits for those before it."""
    waiting: dict[int, Report] = {}
    following = 0
    for report in reports:
        waiting[report.shard] = report
        while following in waiting:
            yield waiting.pop(following)
            following += 1


def _append(task: Task, report: Report, seen: Seen, files: Collector, job: Job) -> None:
    kept = seen.kept(report)
    with as_output_error(task.output):
        files.add(task.output, kept)
        task.output.unlink()
    job.take(report)


@contextmanager
def _staging(target: str, *, shared: bool, kept: bool = False) -> Iterator[Place]:
    """The folder that holds the shards' files until they are put together. It is removed when the run ends.

    If it is ``kept``, it stays when the run is stopped, and the next run finds it.

    It lies beside the target. If the target is an address and one machine does the work, or if the output is standard
    output, it is a temporary folder on this machine. If several machines must see it (``shared``), it lies beside the
    address.
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
                manifest.clear(folder)  # files of a run that was killed
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
    """Put the quarantined records of all shards into one file beside the output. No records give no file."""
    files = files_in(folder)
    if not files:
        target.unlink(missing_ok=True)
        return
    with open_output(target) as stream:
        for path in files:
            with path.open("rb") as file:
                shutil.copyfileobj(file, stream, 1 << 20)
