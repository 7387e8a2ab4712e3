"""Ten times the input takes about ten times as long, whatever it holds: the square would be a hundred times.

It is counted in processor time, and what looks too slow is run again before it is believed. ``python -m
benchmarks.scaling`` does the same with more of everything, and a closer bound.
"""

import pytest

from benchmarks.scaling import PARTS, growth, kinds

SIZE, MOST = 1_000, 50.0


@pytest.mark.parametrize(("part", "kind"), [(part, kind) for part in PARTS for kind, _ in kinds(part)])
def test_time_grows_with_the_size_and_no_faster(part: str, kind: str) -> None:
    measure = dict(kinds(part))[kind]
    assert measure(SIZE, MOST).ratio <= MOST


def test_the_square_is_found_out() -> None:
    def square(text: str) -> None:
        for _ in text:
            text.count("b")

    assert growth(lambda size: "a" * size, square, SIZE, MOST).ratio > MOST
