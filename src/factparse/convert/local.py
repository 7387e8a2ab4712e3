"""This machine: the shards one after the other in this process, or several at a time in processes under guard."""

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

_EVERY = 0.2  # seconds between two notes of how far the work is


def inline(tasks: Sequence[Task], note: OnRunning) -> Generator[Report, None, None]:
    """The reports of ``tasks``, converted in this process one after the other. A record that kills it ends the run."""
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
    """The reports of ``tasks``, converted in so many processes at a time; they come as shards are done, in any order.

    When the caller goes no further (Ctrl-C), or a shard cannot be written, the processes are ended. What is done stays.
    """
    stop = threading.Event()
    todo: queue.SimpleQueue[Task] = queue.SimpleQueue()
    done: queue.SimpleQueue[Report | BaseException] = queue.SimpleQueue()
    for task in tasks:
        todo.put(task)
    with ExitStack() as stack:
        guards = [stack.enter_context(Guard(stop)) for _ in range(min(workers, len(tasks)))]
        # A thread for each guard: it only waits for its process, which does the work.
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
    except BaseException as error:  # it is raised where the reports are awaited
        done.put(error)
    finally:
        guard.end()
