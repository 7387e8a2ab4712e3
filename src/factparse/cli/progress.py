"""The progress of a run on standard error: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    import rich.progress

    from factparse.convert.job import Progress
    from factparse.convert.summary import Summary

_EVERY = 5.0  # seconds between two plain lines
_SMOOTH = 0.1  # seconds between two drawings of the bar


class Reporter(Protocol):
    """An object that gets the progress and the failures of a run."""

    def progress(self, progress: Progress) -> None:
        """Show how far the run is, unless something has just been shown."""

    def say(self, line: str) -> None:
        """Print one line."""


@contextmanager
def reporter(*, quiet: bool, as_json: bool = False) -> Iterator[Reporter]:
    """A reporter that suits standard error: JSON if asked for, a bar on a terminal, lines elsewhere.

    The bar is removed when the run ends.
    """
    if as_json:
        yield _Json(quiet=quiet)
        return
    if quiet or not sys.stderr.isatty():
        yield _Lines(quiet=quiet)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        yield _Bar(bar)


class _Lines:
    def __init__(self, *, quiet: bool) -> None:
        self._quiet, self._resumed = quiet, False
        self._started = self._said = time.monotonic()

    def progress(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.before and not self._resumed:
            self._resumed, self._started = True, now
            if not self._quiet:
                self.say(resumed_line(progress))
        if self._quiet or now - self._said < _EVERY:
            return
        self._said = now
        self._tell(progress, now - self._started)

    def _tell(self, progress: Progress, seconds: float) -> None:
        left, speed = _seconds_left(progress, seconds), (progress.done - progress.before) / 1e6 / seconds
        self.say(
            f"{progress.done / 1e6:.1f} of {progress.total / 1e6:.1f} MB, {speed:.1f} MB/s, "
            f"{progress.shards:,} of {progress.of_shards:,} shards, {progress.pages:,} pages, "
            f"{progress.failed:,} failures{'' if left is None else f', {left:,.0f} s left'}"
        )

    def say(self, line: str) -> None:
        click.echo(line, err=True)


class _Json(_Lines):
    """Prints the same as lines of JSON, for programs that read logs."""

    def _tell(self, progress: Progress, seconds: float) -> None:
        event = {
            "event": "progress",
            "bytes": progress.done,
            "of_bytes": progress.total,
            "shards": progress.shards,
            "of_shards": progress.of_shards,
            "records": progress.records,
            "pages": progress.pages,
            "failures": progress.failed,
            "seconds": round(seconds, 1),
            "seconds_left": _seconds_left(progress, seconds),
        }
        click.echo(json.dumps(event), err=True)

    def say(self, line: str) -> None:
        click.echo(json.dumps({"event": "message", "text": line}), err=True)


def _seconds_left(progress: Progress, seconds: float) -> float | None:
    """The time for the rest at the speed of this run. ``None`` if the speed is not known yet.

    >>> from factparse.convert.job import Progress
    >>> _seconds_left(Progress(60, 100, before=50), 10.0), _seconds_left(Progress(50, 100, before=50), 10.0)
    (40.0, None)
    """
    done = progress.done - progress.before
    if done <= 0 or not progress.total:
        return None
    return round(max(progress.total - progress.done, 0) * seconds / done, 1)


def resumed_line(progress: Progress) -> str:
    """The words about the shards of an earlier run.

    >>> from factparse.convert.job import Progress
    >>> resumed_line(Progress(50, 100, of_shards=8, before=50, shards_before=3))
    '3 of 8 shards done before'
    """
    return f"{progress.shards_before:,} of {progress.of_shards:,} shards done before"


class _Bar:
    def __init__(self, bar: rich.progress.Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("converting", total=None)
        self._drawn, self._resumed = 0.0, False

    def progress(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.before and not self._resumed:
            self._resumed = True
            self.say(resumed_line(progress))
            # The work of an earlier run does not count for the speed of this one.
            self._bar.reset(self._task, completed=progress.before, total=progress.total or None)
        if now - self._drawn < _SMOOTH:
            return
        self._drawn = now
        failed = f", {progress.failed:,} failures" if progress.failed else ""
        self._bar.update(
            self._task,
            completed=progress.done,
            total=progress.total or None,
            description=f"{progress.shards:,}/{progress.of_shards:,} shards, {progress.pages:,} pages{failed}",
        )

    def say(self, line: str) -> None:
        from rich.text import Text

        self._bar.console.print(Text(line))  # rich replaces :names: of emoji in a str


def summary_lines(summary: Summary, aside: object = None) -> list[str]:
    """The summary of a run as lines: the counts, and where failed records were put ``aside``, if any were.

    >>> from factparse.convert.summary import Summary
    >>> summary_lines(Summary(inputs=2, records=3, pages=2, others=1, rows=40, low=3))[0]
    'inputs             2'
    """
    counts = [
        ("inputs", summary.inputs),
        ("shards", summary.shards),
        *([("  done before", summary.before)] if summary.before else []),
        ("records", summary.records),
        ("pages", summary.pages),
        *([("  left out", summary.repeated)] if summary.repeated else []),
        ("not pages", summary.others),
        ("rows", summary.rows),
        ("  confidence < 0.9", summary.low),
        ("facts", summary.facts.total()),
        *([("  distinct", summary.distinct)] if summary.distinct else []),
        *((f"  {name}", count) for name, count in summary.facts.most_common()),
        ("failures", summary.failed),
    ]
    width = max(len(name) for name, _ in counts)
    where = [f"{'put aside in':<{width}} {aside}"] if aside is not None else []
    return [*(f"{name:<{width}} {count:,}" for name, count in counts), *where]


def summary_json(summary: Summary, aside: object = None) -> str:
    """The summary of a run as a JSON object on one line, with ``aside`` as ``quarantine``."""
    counts = {
        "event": "summary",
        **{
            name: getattr(summary, name)
            for name in ("inputs", "shards", "before", "records", "pages", "repeated", "others")
        },
        **{name: getattr(summary, name) for name in ("rows", "low", "distinct", "failed")},
        "facts": dict(sorted(summary.facts.items())),
        "quarantine": str(aside) if aside is not None else None,
    }
    return json.dumps(counts)
