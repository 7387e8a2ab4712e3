"""A process that converts shards for another process: ``python -P -m factparse.convert.worker KEY``.

Tasks come on standard input, and reports go to standard output. Both are pickled. KEY names memory that both processes
share; the worker notes there how far the work is. The worker ends with its parent.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from typing import IO

from factparse.convert.report import Report, Task
from factparse.convert.shard import Fatal, run_shard
from factparse.convert.shared import mapped
from factparse.convert.watch import SIZE, Watch
from factparse.core.collector import collect_seldom
from factparse.core.errors import FactparseError
from factparse.core.plain import one_line

Order = tuple[Task, Fatal]


def main() -> None:
    """Convert one task after the other, until the parent closes standard input. An early end prints one line."""
    sys.excepthook = lambda _kind, error, _at: _tell(error)
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not mix with the answers
    orders: queue.Queue[Order] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    with mapped(sys.argv[1], SIZE) as memory:
        watch = Watch(memoryview(memory))
        while True:
            task, fatal = orders.get()
            _limit(task.settings.memory)
            pickle.dump(_answer(task, watch, fatal), answers)
            answers.flush()


def _answer(task: Task, watch: Watch, fatal: Fatal) -> Report | FactparseError:
    """The report of the task, or the error that is to stop the run."""
    try:
        return run_shard(task, watch, fatal)
    except FactparseError as error:
        return error


def _listen(stream: IO[bytes], orders: queue.Queue[Order]) -> None:
    """Take orders. When the parent is gone or wants no more, end at once, even in the middle of a record.

    This runs in a thread of its own, so that a slow record does not keep the process alive.
    """
    while True:
        try:
            orders.put(pickle.load(stream))
        except (EOFError, OSError, pickle.UnpicklingError):
            os._exit(0)
        except Exception as error:  # the order names a function that is not installed here
            _tell(error)
            os._exit(1)


def _tell(error: BaseException) -> None:
    print(one_line(f"factparse: a worker ends: {type(error).__name__}: {error}"), file=sys.stderr, flush=True)


def _limit(memory: int) -> None:
    """Let the system refuse more than ``memory`` bytes. So a large record fails, and not the machine."""
    try:
        import resource
    except ImportError:  # not on every system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


if __name__ == "__main__":
    main()
