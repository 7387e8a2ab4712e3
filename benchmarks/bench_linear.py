"""Time against size: twice the text, twice the time. A figure is the cost of a character at 8 times the size."""

from collections.abc import Callable, Iterator

from benchmarks._yardstick import Result, seconds
from factparse import parse

_HEAD = "Home\n\nMalta vs. Aruba\n\nTransnational Issues\n\nMaltaAruba\n"
_CLAUSE = "transit point for heroin bound for Western Europe; "
TEXTS: dict[str, Callable[[int], str]] = {
    "one cell that grows": lambda size: f"{_HEAD}Illicit drugs{_CLAUSE * (size // len(_CLAUSE))}",
    "rows that grow in number": lambda size: _HEAD + f"Illicit drugs{_CLAUSE}none\n" * (size // 70),
    "pipes": lambda size: f"{_HEAD}Area {'| ' * (size // 2)}",
    "nested brackets": lambda size: f"{_HEAD}Illicit drugs{'(' * (size // 2)}{')' * (size // 2)}",
    "open brackets": lambda size: f"{_HEAD}Refugees and internally displaced persons{'(a ' * (size // 3)}",
    "one character": lambda size: f"{_HEAD}Illicit drugs{'a' * size}",
}


def run(quick: bool) -> Iterator[Result]:
    start = 20_000 if quick else 100_000
    for name, make in TEXTS.items():
        times = {}
        for factor in (1, 2, 4, 8):
            text = make(start * factor)
            times[factor] = min(seconds(lambda text=text: parse(text).to_json()) for _ in range(3))  # type: ignore[misc]
        yield Result(f"linear: {name}, time a character at 8 x the size", times[8] / 8 / times[1], 2, most=True)
