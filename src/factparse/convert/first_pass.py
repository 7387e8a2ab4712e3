"""The first of two passes over the inputs. It makes a book of the cells that pages show beyond doubt."""

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
    """Collect the sightings of all shards, and write a book of the believed ones, unless the book exists.

    ``tasks`` are those of the first pass. Shards of an earlier run are not done again. ``note`` gets how far the shards
    at work are. ``passed`` gets the size of each finished shard, and whether an earlier run did it.
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
