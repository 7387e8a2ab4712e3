"""Converts on a cluster of Ray (the extra ``ray``). Each shard is a task in a guarded process."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from factparse.convert.dask import opened
from factparse.convert.isolation import isolated
from factparse.convert.local import OnRunning
from factparse.convert.report import Report, Task
from factparse.core.errors import FactparseError, UsageError

_RETRIES = 5  # retries of a shard whose node was lost


def on_ray(
    tasks: Sequence[Task], note: OnRunning, *, workers: int, address: str | None
) -> Generator[Report, None, None]:
    """The reports of ``tasks``, converted on the cluster at ``address``, or on one of ``workers`` that is started here.

    All nodes must see the inputs and the output under the same names. Raises :class:`~factparse.UsageError`
    (``ray-missing``, ``no-scheduler``), and what stopped a shard.
    """
    try:
        import ray
    except ImportError as error:
        raise UsageError("ray-missing", "this engine needs ray: pip install 'factparse[ray]'") from error
    here = {"num_cpus": workers or None, "include_dashboard": False} if address is None else {"address": address}
    with isolated():
        try:
            ray.init(**here, log_to_driver=False, configure_logging=False)
        except ConnectionError as error:
            raise UsageError("no-scheduler", f"no ray cluster answers at {address}: {error}") from error
    try:
        work = ray.remote(max_retries=_RETRIES)(_worker())
        waiting = [work.remote(pickle.dumps(task)) for task in tasks]
        while waiting:
            done, waiting = ray.wait(waiting)
            yield opened(ray.get(done[0]))
    finally:
        ray.shutdown()


def _worker() -> Callable[[bytes], Report | FactparseError]:
    """The function that a process of Ray calls with a task.

    Ray puts the current folder of the caller first in the ``sys.path`` of all its processes, whatever Python's own
    setting is. Code in that folder must not be imported. So this function is made inside another one: Ray then sends it
    by value, and a process can call it without an import. The function removes the folder before it imports anything.
    For the same reason the task comes as bytes.
    """
    here = str(Path.cwd())
    foreign = set() if here in sys.path else {here}

    def work(data: bytes) -> Report | FactparseError:
        import pickle
        import sys

        sys.path[:] = [path for path in sys.path if path not in foreign]
        from factparse.convert.dask import guarded

        return guarded(pickle.loads(data))

    return work
