"""Converts on a cluster of dask.distributed (the extra ``dask``). Each shard is a task in a guarded process."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from factparse.convert.guard import Guard
from factparse.convert.isolation import isolated
from factparse.convert.local import OnRunning
from factparse.convert.report import Report, Task
from factparse.core.errors import FactparseError, UsageError

if TYPE_CHECKING:
    from distributed import Client

_RETRIES = 5  # retries of a shard whose node was lost
_SECONDS = 10  # seconds to wait for a scheduler


def on_dask(
    tasks: Sequence[Task], note: OnRunning, *, workers: int, scheduler: str | None
) -> Generator[Report, None, None]:
    """The reports of ``tasks``, converted on the cluster at ``scheduler``, or on one of ``workers`` started here.

    All nodes must see the inputs and the output under the same names. Raises :class:`~factparse.UsageError`
    (``dask-missing``, ``no-scheduler``), and what stopped a shard.
    """
    with _client(workers, scheduler) as client:
        from distributed import as_completed

        futures = client.map(guarded, tasks, pure=False, retries=_RETRIES)
        for future in as_completed(futures):
            yield opened(future.result())
            future.release()


def guarded(task: Task) -> Report | FactparseError:
    """The report of a shard, converted in a guarded process, or the error that must stop the run.

    An error is returned, not raised. If it were raised, dask would try the shard again.
    """
    with Guard() as guard:
        try:
            return guard.run(task)
        except FactparseError as error:
            return error


def opened(result: Report | FactparseError) -> Report:
    """``result``, if it is a report. If it is an error, the error is raised."""
    if isinstance(result, FactparseError):
        raise result
    return result


@contextmanager
def _client(workers: int, scheduler: str | None) -> Iterator[Client]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise UsageError("dask-missing", "this engine needs dask: pip install 'factparse[dask]'") from error
    if scheduler is None:
        with (
            isolated(),
            LocalCluster(n_workers=workers or None, threads_per_worker=1, dashboard_address=":0") as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=_SECONDS)
    except (OSError, ValueError) as error:
        raise UsageError("no-scheduler", f"no dask scheduler answers at {scheduler}: {error}") from error
    with client:
        yield client
