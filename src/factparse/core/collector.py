"""The collector of reference cycles, paused while much is made that lives on."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


def uncollected(work: Callable[Given, Made]) -> Callable[Given, Made]:
    """``work``, which runs without Python looking for cycles among the objects it makes.

    A page makes thousands of rows and facts, which refer to nothing that refers back. Python would look through them
    again and again: a fifth to a third of the time. Where the collector is off already it stays off.

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
