"""The work of a run, its progress, and the functions that are told of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import attrs

from factparse.convert.report import Report, Task
from factparse.convert.settings import Settings
from factparse.convert.split import shards_of, usual_size
from factparse.convert.store import Place
from factparse.convert.summary import Summary
from factparse.convert.watch import Running
from factparse.core.errors import FactparseError
from factparse.core.plain import one_line
from factparse.sources.files import Input

# Users know this name, so it stays even though the logger is used in several modules.
LOG: Final = logging.getLogger("factparse.convert.run")
LOG.addHandler(logging.NullHandler())  # nothing goes to the terminal unless the caller sets up logging


_Told = TypeVar("_Told")


@attrs.frozen
class Progress:
    """How far a run is: the bytes read of its inputs, the bytes in all (0 if unknown), and the counts so far.

    ``before`` are the bytes, and ``shards_before`` the shards, that an earlier run has done. No number ever goes back.
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


OnProgress = Callable[[Progress], None]
OnFailure = Callable[[FactparseError], None]


class Job:
    """The shards of a run, its counts so far, and the functions that are told of them."""

    def __init__(
        self, settings: Settings, entries: list[Input], on_progress: OnProgress | None, on_failure: OnFailure | None
    ) -> None:
        self.settings = settings
        self.inputs = len(entries)
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
        """Report bytes that were read in the first of two passes, perhaps by a run ``before``."""
        self._read += size
        self._before += size if before else 0
        self.note(Running())

    def fail(self, error: FactparseError) -> None:
        """Count and report an input that cannot be read."""
        self.summary.fail(error)
        self._tell(error)

    def _tell(self, error: FactparseError) -> None:
        LOG.warning("%s", one_line(str(error)))
        if self._on_failure is not None:
            _called(self._on_failure, error)

    def take(self, report: Report) -> None:
        """Count and report a finished shard and its failures."""
        self.summary.add(report)
        self._read += report.size
        self.note(Running())
        LOG.info("shard %d is done: %d pages of %d records", report.shard, report.pages, report.records)
        for failure in report.failures:
            self._tell(failure.error())
        # A report keeps the first failures only; the others are in the quarantine.
        if (more := report.failed - len(report.failures)) > 0:
            message = f"{more:,} more records could not be converted; see the quarantine"
            self._tell(FactparseError("more-failures", message, source=f"part-{report.shard:05d}"))

    def resumed(self, reports: Sequence[Report]) -> None:
        """Count the shards that an earlier run has done, and report their failures again."""
        self.summary.before = len(reports)
        self._before += sum(report.size for report in reports)
        if reports:
            LOG.info("%d of %d shards were done before", len(reports), len(self.shards))
        for report in reports:
            self.take(report)

    def note(self, running: Running) -> None:
        """Report how far the run is. ``running`` has the sums of the shards at work."""
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
            # The report of a finished shard may still be on its way.
            self._told = Progress(*map(max, attrs.astuple(self._told), attrs.astuple(now)))
            _called(self._on_progress, self._told)


class CallerStopsError(BaseException):
    """Whatever a callback ``raised`` to stop the run.

    It is no fault of a disk or in a shard, and no ``Exception``: else it might be told as one on its way out.
    """

    def __init__(self, raised: Exception) -> None:
        super().__init__(raised)
        self.raised = raised


def _called(callback: Callable[[_Told], None], told: _Told) -> None:
    try:
        callback(told)
    except Exception as error:
        raise CallerStopsError(error) from error
