"""Converts shards on this machine: one by one in this process, or in several guarded processes."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack

from factparse.convert.guard import Guard, Stopped
from factparse.convert.report import Report, Task
from factparse.convert.shard import run_shard
from factparse.convert.watch import Running, Watch

OnRunning = Callable[[Running], None]

_EVERY = 0.2  # seconds between two reports of progress


def inline(tasks: Sequence[Task], note: OnRunning) -> Generator[Report, None, None]:
    """The reports of ``tasks``, which are converted in this process. A record that kills the process ends the run."""
    watch = _Noted(note)
    for task in tasks:
        yield run_shard(task, watch)


class _Noted(Watch):
    def __init__(self, note: OnRunning) -> None:
        super().__init__()
        self._note = note

    def note(self, running: tuple[int, int, int, int]) -> None:
        super().note(running)
        self._note(Running(*running))


def supervised(tasks: Sequence[Task], note: OnRunning, workers: int) -> Generator[Report, None, None]:
    """The reports of ``tasks``, which several processes convert. Reports come when shards are done, in any order.

    If the caller stops (Ctrl-C), or a shard cannot be written, the processes are ended. Finished shards stay.
    """
    stop = threading.Event()
    todo: queue.SimpleQueue[Task] = queue.SimpleQueue()
    done: queue.SimpleQueue[Report | BaseException] = queue.SimpleQueue()
    for task in tasks:
        todo.put(task)
    with ExitStack() as stack:
        guards = [stack.enter_context(Guard(stop)) for _ in range(min(workers, len(tasks)))]
        # Each guard has a thread, which only waits for its process. The process does the work.
        threads = [threading.Thread(target=_work, args=(guard, todo, done), daemon=True) for guard in guards]
        for thread in threads:
            thread.start()
        try:
            for _ in tasks:
                yield _next(done, guards, note)
        finally:
            stop.set()
            for thread in threads:  # each ends the process of its guard before it ends
                thread.join()


def _next(done: queue.SimpleQueue[Report | BaseException], guards: Sequence[Guard], note: OnRunning) -> Report:
    while True:
        try:
            found = done.get(timeout=_EVERY)
        except queue.Empty:
            note(sum((guard.running for guard in guards), Running()))
            continue
        if isinstance(found, BaseException):
            raise found
        return found


def _work(guard: Guard, todo: queue.SimpleQueue[Task], done: queue.SimpleQueue[Report | BaseException]) -> None:
    try:
        while True:
            done.put(guard.run(todo.get_nowait()))
    except (queue.Empty, Stopped):
        return
    except BaseException as error:  # the code that waits for the reports raises it
        done.put(error)
    finally:
        guard.end()
