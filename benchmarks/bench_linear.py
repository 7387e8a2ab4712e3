"""Time against size: a figure is the cost of a character at 8 times the size, where 1 is linear and 8 quadratic."""

from collections.abc import Iterator

from benchmarks._yardstick import Result, seconds
from benchmarks.hostile import HOSTILE
from factparse import parse
from factparse.extract import CELLS


def _cold(text: str) -> float:
    """The time of a page of which no cell is remembered: only those that are not too large would be."""
    CELLS.clear()
    return seconds(lambda: parse(text).to_json())


def run(quick: bool) -> Iterator[Result]:
    start = 10_000 if quick else 100_000
    for name, make in HOSTILE.items():
        times = {}
        for factor in (1, 8):
            text = make(start * factor)
            times[factor] = min(map(_cold, [text] * 3))
        yield Result(f"linear: {name}, time a character at 8 x the size", times[8] / 8 / times[1], 2, most=True)
