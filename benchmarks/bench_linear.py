"""Time against size: a figure is the cost of a character at 8 times the size, where 1 is linear and 8 quadratic."""

from collections.abc import Iterator

from benchmarks._yardstick import Result, seconds
from benchmarks.hostile import HOSTILE
from factparse import parse


def run(quick: bool) -> Iterator[Result]:
    start = 10_000 if quick else 100_000
    for name, make in HOSTILE.items():
        times = {}
        for factor in (1, 8):
            text = make(start * factor)
            times[factor] = min(seconds(lambda text=text: parse(text).to_json()) for _ in range(3))  # type: ignore[misc]
        yield Result(f"linear: {name}, time a character at 8 x the size", times[8] / 8 / times[1], 2, most=True)
