"""How far a run is, told on standard error: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    import rich.progress

    from factparse.engines.local import Progress
    from factparse.engines.summary import Summary

_EVERY = 5.0  # seconds between two plain lines
_SMOOTH = 0.1  # seconds between two drawings of the bar


class Reporter(Protocol):
    """What a run reports to."""

    def progress(self, progress: Progress) -> None:
        """Take note of how far the run is."""

    def say(self, line: str) -> None:
        """Print one line."""


@contextmanager
def reporter(*, quiet: bool) -> Iterator[Reporter]:
    """Give the reporter that suits standard error; a bar is gone when the run ends."""
    if quiet or not sys.stderr.isatty():
        yield _Lines(quiet=quiet)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        yield _Bar(bar)


class _Lines:
    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._started = self._said = time.monotonic()

    def progress(self, progress: Progress) -> None:
        now = time.monotonic()
        if self._quiet or now - self._said < _EVERY:
            return
        self._said = now
        speed = progress.done / 1e6 / (now - self._started)
        self.say(
            f"{progress.done / 1e6:.1f} of {progress.total / 1e6:.1f} MB, {speed:.1f} MB/s, "
            f"{progress.summary.pages:,} pages, {progress.summary.failed:,} failures"
        )

    def say(self, line: str) -> None:
        click.echo(line, err=True)


class _Bar:
    def __init__(self, bar: rich.progress.Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("converting", total=None)
        self._drawn = 0.0

    def progress(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._drawn < _SMOOTH:
            return
        self._drawn = now
        self._bar.update(
            self._task,
            completed=progress.done,
            total=progress.total or None,
            description=f"{progress.summary.pages:,} pages",
        )

    def say(self, line: str) -> None:
        self._bar.console.print(line, markup=False)


def summary_lines(summary: Summary) -> list[str]:
    """Return the summary of a run as lines: what was read, what was found, what failed.

    >>> from factparse.engines.summary import Summary
    >>> summary_lines(Summary(inputs=2, records=3, pages=2, others=1, rows=40, low=3))[0]
    'inputs             2'
    """
    counts = [
        ("inputs", summary.inputs),
        ("pages", summary.pages),
        ("not pages", summary.others),
        ("rows", summary.rows),
        ("  confidence < 0.9", summary.low),
        ("facts", summary.facts.total()),
        *((f"  {name}", count) for name, count in summary.facts.most_common()),
        ("failures", summary.failed),
    ]
    width = max(len(name) for name, _ in counts)
    return [f"{name:<{width}} {count:,}" for name, count in counts]
