"""Guards a worker process. A record that kills or hangs the process is found and put aside, and the rest goes on.

The worker writes the number of each record into shared memory before it touches the record (:class:`Watch`). So the
record at work is known as soon as the process is gone. Bisection would need a dozen runs. The record is tried again,
because other causes can kill a process too. A record that was at work at ``attempts`` deaths goes into quarantine.
"""

from __future__ import annotations

import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from types import TracebackType
from typing import IO, Final, Self, cast

from factparse.convert.report import Failure, Report, Task
from factparse.convert.shard import overdue
from factparse.convert.shared import Shared
from factparse.convert.watch import SIZE, Running, Watch
from factparse.core.errors import FactparseError

_LOG: Final = logging.getLogger(__name__)
_LOOK: Final = 0.2  # seconds between two looks at the process
_DEATHS: Final = 20  # if one shard has more deaths, at records not yet put aside, its records are not to blame
_BESIDES: Final = 120.0  # seconds for work without a record: a start, a write to a slow disk
_GRACE: Final = 5.0  # seconds beyond twice the limit: so long a worker may take to stop a slow record itself


class Stopped(Exception):  # noqa: N818 (no error)
    """The caller stopped the run."""


class _DeathError(Exception):
    """The worker process is gone. ``failure`` is that of the record at work. ``how`` says what happened."""

    def __init__(self, failure: tuple[str, str], how: str) -> None:
        super().__init__(failure, how)
        self.failure, self.how = Failure(*failure), how


class Guard:
    """A worker process that converts shards one after the other. When it dies, a new one is started."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._shared = Shared(SIZE)
        self._watch = Watch(memoryview(self._shared.memory))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()
        self._watch.release()
        self._shared.close()

    @property
    def running(self) -> Running:
        """How far the shard at work is. All numbers are 0 between shards."""
        return self._watch.running

    def run(self, task: Task) -> Report:
        """The report of a shard. The shard is converted whatever its records do to the worker.

        Raises :class:`Stopped` if the run is stopped, :class:`~factparse.OutputError` if the output cannot be
        written, and :class:`~factparse.FactparseError` (``worker-died``) if workers die at every turn, or ``attempts``
        times at one place where no record is at work that could be put aside.
        """
        fatal: dict[int, Failure] = {}
        deaths: Counter[int] = Counter()
        while True:
            try:
                return self._ask(task, fatal)
            except _DeathError as died:
                state = self._watch.state  # shared memory outlives the process that wrote to it
                deaths[state] += 1
                _LOG.warning(
                    "a worker of %s died (%s), for the %d. time there", task.shard.stem, died.how, deaths[state]
                )
                lasting = deaths[state] >= task.settings.attempts
                # There is no record to put aside, or putting it aside did not help: the shard cannot be done.
                if lasting and (state < 0 or state in fatal):
                    raise _ended(task, died, deaths[state]) from died
                if lasting:
                    fatal[state] = died.failure
                loose = sum(count for at, count in deaths.items() if at not in fatal)
                if loose > _DEATHS:
                    raise _ended(task, died, loose) from died
            finally:
                self._watch.note((0, 0, 0, 0))

    def _ask(self, task: Task, fatal: dict[int, Failure]) -> Report:
        if self._stop.is_set():
            raise Stopped
        process = self._process or self._begin()
        self._watch.clear()
        try:
            pickle.dump((task, fatal), cast("IO[bytes]", process.stdin))
            cast("IO[bytes]", process.stdin).flush()
        except OSError:
            answer = None
        else:
            answer = self._awaited(task.settings.record_seconds)
        if answer is None:
            self.end()
            how = _end_of(process.returncode)
            raise _DeathError(("worker-died", f"the record kills its process ({how})"), how)
        if isinstance(answer, BaseException):
            raise answer
        return cast("Report", answer)

    def _awaited(self, seconds: float) -> object:
        """The answer of the process, or ``None`` if it is gone. End it if it hangs, or if the run is stopped."""
        seen, since = (-1, -1), time.monotonic()
        while True:
            with suppress(queue.Empty):
                return self._answers.get(timeout=_LOOK)
            if self._stop.is_set():
                self.end()
                raise Stopped
            state = (self._watch.state, self._watch.running.size)
            # The worker's own alarm comes much earlier. This is for a record that does not even react to signals.
            if state != seen:
                seen, since = state, time.monotonic()
                continue
            limit = 2 * seconds + _GRACE
            limit = limit if state[0] >= 0 else max(limit, _BESIDES)
            if time.monotonic() - since > limit:
                self.end()
                raise _DeathError(overdue(seconds), f"no progress in {limit:g} s")

    def _begin(self) -> subprocess.Popen[bytes]:
        # -P: Python must not import from the current folder, unless this process does so too.
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "factparse.convert.worker", self._shared.key],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
            pass_fds=self._shared.inherited,
        )
        self._answers = queue.SimpleQueue()
        listening = (cast("IO[bytes]", self._process.stdout), self._answers)
        threading.Thread(target=_listen, args=listening, daemon=True).start()
        return self._process

    def end(self) -> None:
        """End the process, if there is one. :meth:`run` starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        with suppress(OSError):  # nobody is left to read what was still to be sent
            cast("IO[bytes]", process.stdin).close()


def _listen(stream: IO[bytes], answers: queue.SimpleQueue[object]) -> None:
    """Pass on the answers that a process gives, and ``None`` when it is gone.

    A thread does so because on Windows there is no waiting for a pipe with a limit of time.
    """
    with stream:
        while True:
            try:
                answers.put(pickle.load(stream))
            except (EOFError, OSError, pickle.UnpicklingError):
                answers.put(None)
                return
            except Exception as error:  # the code that waits for the answer raises it
                answers.put(error)
                return


def _ended(task: Task, died: _DeathError, times: int) -> FactparseError:
    message = (
        f"the process that converts this shard died {times} times, and no record is to blame ({died.how}); look what "
        "ends it (if it is the memory, take fewer --workers), then give the same command again"
    )
    return FactparseError("worker-died", message, source=task.shard.stem)


def _end_of(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
