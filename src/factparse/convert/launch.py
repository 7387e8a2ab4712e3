"""Chooses an engine. An engine takes tasks, converts them somewhere, and yields their reports."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Literal, get_args

from factparse.convert.local import OnRunning, inline, supervised
from factparse.convert.report import Report, Task
from factparse.core.errors import UsageError

Engine = Literal["local", "dask", "ray"]

Run = Callable[[Sequence[Task], OnRunning], Generator[Report, None, None]]


def launched(engine: Engine, workers: int, scheduler: str | None) -> Run:
    """The function that runs tasks on ``engine`` with ``workers``. 0 means this process, or lets the cluster choose.

    Raises :class:`~factparse.UsageError`: ``no-such-engine``, ``no-scheduler`` if the local engine is given one,
    ``bad-option`` if ``workers`` is no number of processes.
    A missing package of an engine is an error only when tasks are run.
    """
    if engine not in get_args(Engine):
        raise UsageError("no-such-engine", f"there is no engine {engine!r}; there are {', '.join(get_args(Engine))}")
    if not isinstance(workers, int) or workers < 0:
        raise UsageError("bad-option", f"workers must be a number of processes, 0 or more, not {workers!r}")
    if engine == "dask":
        from factparse.convert.dask import on_dask

        return partial(on_dask, workers=workers, scheduler=scheduler)
    if engine == "ray":
        from factparse.convert.ray import on_ray

        return partial(on_ray, workers=workers, address=scheduler)
    if scheduler is not None:
        raise UsageError("no-scheduler", "the local engine has no scheduler; name an engine that has one")
    return partial(supervised, workers=workers) if workers else inline
