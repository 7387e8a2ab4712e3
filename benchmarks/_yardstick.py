"""The yardstick W: one pass of a word pattern over the same text, in the same run, on the same machine.

A speed of 0.5 means: half as many characters a second as that pass. Machines differ, the ratio hardly does.
"""

import time
from collections.abc import Callable, Iterable, Sequence

import attrs
import regex

_WORDS = regex.compile(r"\w+|[^\w\s]")


@attrs.frozen
class Result:
    """One figure: ``value`` is a ratio, ``wanted`` the least (or with ``most`` the greatest) it should be."""

    name: str
    value: float
    wanted: float | None = None
    most: bool = False

    def line(self) -> str:
        bound = "" if self.wanted is None else f"  ({'<=' if self.most else '>='} {self.wanted:g})"
        good = self.wanted is None or (self.value <= self.wanted if self.most else self.value >= self.wanted)
        return f"{self.name:<64} {self.value:8.3f}{bound}{'' if good else '  MISSED'}"


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that ``work`` takes in this process: what else the machine does is not counted."""
    start = time.process_time()
    work()
    return time.process_time() - start


def wall_seconds(work: Callable[[], object]) -> float:
    """Return the time by the clock that ``work`` takes, with whatever it does in other processes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def word_loop(texts: Iterable[str]) -> None:
    for text in texts:
        for _ in _WORDS.finditer(text):
            pass


def speed(texts: Sequence[str], work: Callable[[str], object], *, times: int = 1) -> float:
    """Return how fast ``work`` goes through ``texts`` compared with the word loop; the best of ``times`` of each.

    With ``times=1`` every text is worked on once: cold, if they have not been seen before in this process.
    """

    def all_of_them() -> None:
        for text in texts:
            work(text)

    yard = min(seconds(lambda: word_loop(texts)) for _ in range(3))
    return yard / min(seconds(all_of_them) for _ in range(times))
