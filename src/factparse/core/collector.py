"""Pauses Python's search for reference cycles while many objects are made that live on."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


def uncollected(work: Callable[Given, Made]) -> Callable[Given, Made]:
    """The function ``work``, run with Python's collector of reference cycles off. It is a decorator.

    A page makes thousands of rows and facts, which are in no cycle. Python would still look through them again and
    again, which is a fifth to a third of the time. A collector that is off already stays off.

    >>> gc.isenabled(), uncollected(gc.isenabled)(), gc.isenabled()
    (True, False, True)
    """

    @wraps(work)
    def paused(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        if not gc.isenabled():
            return work(*args, **kwargs)
        gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            gc.enable()

    return paused
