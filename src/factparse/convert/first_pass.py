"""The first of two passes over the inputs: what all pages show beyond doubt, put together into one book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

from factparse.book.book import Book
from factparse.convert.launch import Run
from factparse.convert.local import OnRunning
from factparse.convert.outfiles import as_output_error, open_output
from factparse.convert.report import Task
from factparse.convert.shard import done_before
from factparse.convert.store import files_in
from factparse.sightings import Witnessed


def first_pass(tasks: Sequence[Task], run: Run, note: OnRunning, passed: Callable[..., None]) -> None:
    """Collect the sightings of all shards, and write the book of those that are believed, if it is not there.

    ``tasks`` are those of the first pass; a shard that an earlier run has done is not done again. ``note`` is told how
    far the shards at work are, ``passed`` the size of each that is done, and whether that was done ``before``.
    """
    if not tasks:
        return
    believed = tasks[0].believed
    if believed.exists():
        passed(sum(task.shard.size for task in tasks), before=True)
        return
    told = {path.name for path in files_in(believed.parent)}
    todo = [task for task in tasks if task.report.name not in told or done_before(task, complete=False) is None]
    passed(sum(task.shard.size for task in tasks) - sum(task.shard.size for task in todo), before=True)
    if todo:
        with closing(run(todo, note)) as found:
            for report in found:
                passed(report.size)
    witnessed = Witnessed()
    for task in tasks:
        with as_output_error(task.output):
            witnessed.pour(Book(task.output.read_bytes(), str(task.output)))
    with open_output(believed) as file:
        file.write(witnessed.book())
