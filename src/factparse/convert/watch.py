"""Notes how far a process is with its work. Another process reads this in shared memory, and so does its own clock."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import attrs

SIZE: Final = 5 * 8


class Overdue(BaseException):  # not an Exception, so that no handler of errors catches it
    """The record at work takes too long. :func:`alarm` raises this in the middle of the work."""


@attrs.frozen
class Running:
    """Sums for the shards at work: bytes of input read, records, pages and failures."""

    size: int = 0
    records: int = 0
    pages: int = 0
    failed: int = 0

    def __add__(self, other: Running) -> Running:
        return Running(
            self.size + other.size, self.records + other.records, self.pages + other.pages, self.failed + other.failed
        )


def reading(number: int) -> int:
    """The state of a shard while its record of that ``number`` is read."""
    return 2 * number


def converting(number: int) -> int:
    """The state of a shard while that record is converted: an odd number, by which the clock knows what to stop."""
    return 2 * number + 1


def record_of(state: int) -> int:
    """The number of the record that is at work in a ``state``.

    >>> record_of(reading(7)), record_of(converting(7))
    (7, 7)
    """
    return state // 2


def between(records: int) -> int:
    """The state of a shard after ``records`` of its records, while no record is at work.

    >>> between(0), between(7)
    (-2, -16)
    """
    return -2 * (records + 1)


class Watch:
    """Five numbers in memory that can be shared. Writing them costs almost nothing, and they outlive their writer.

    The first is the *state*. It tells which record is at work and what is done to it: :func:`reading` or
    :func:`converting`. It is negative (:func:`between`) while no record is at work, because files are opened, written
    or closed.
    """

    def __init__(self, memory: bytearray | memoryview | None = None) -> None:
        self._numbers = memoryview(memory if memory is not None else bytearray(SIZE)).cast("B").cast("q")

    def release(self) -> None:
        """Release the memory, so that it can be closed. The watch cannot be used after that."""
        self._numbers.release()

    @property
    def state(self) -> int:
        """What the process is doing: the result of :func:`reading`, :func:`converting` or :func:`between`."""
        return self._numbers[0]

    @state.setter
    def state(self, state: int) -> None:
        self._numbers[0] = state

    def note(self, running: tuple[int, int, int, int]) -> None:
        """Note how far the shard is: bytes, records, pages, failures."""
        self._numbers[1], self._numbers[2], self._numbers[3], self._numbers[4] = running

    @property
    def running(self) -> Running:
        """How far the shard is, by the latest note."""
        return Running(*self._numbers[1:5])

    def clear(self) -> None:
        """Set all five numbers to where a shard begins."""
        self.state = between(0)
        self.note((0, 0, 0, 0))


@contextmanager
def alarm(watch: Watch, seconds: float) -> Iterator[None]:
    """Raise :class:`Overdue` in the code that converts a record for longer than ``seconds``.

    A clock ticks and looks at the state, so a record costs nothing. The clock needs the main thread of the process and
    a free ``SIGALRM``. Without them there is no alarm. Worker processes always have one.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGALRM"):
        yield
        return
    if signal.getsignal(signal.SIGALRM) is not signal.SIG_DFL:  # other code uses the signal
        yield
        return
    seen, since = -1, 0.0  # the state at the last tick, and when it was seen first

    def tick(_number: int, _frame: FrameType | None) -> None:
        nonlocal seen, since
        if watch.state != seen:
            seen, since = watch.state, time.monotonic()
        # Only a record that is being converted is stopped. What reads one may be waiting for a slow disk.
        elif seen % 2 and time.monotonic() - since >= seconds:
            seen = -1
            raise Overdue

    every = min(seconds / 4, 1.0)  # seconds by which a record may exceed its limit
    signal.signal(signal.SIGALRM, tick)
    signal.setitimer(signal.ITIMER_REAL, every, every)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
