"""What starting costs, against an interpreter that does nothing."""

import subprocess
import sys
from collections.abc import Iterator

from benchmarks._yardstick import Result, wall_seconds

PAGE = "Malta vs. Aruba\nGeography\nMalta | Aruba | |\nArea | 316 sq km | 180 sq km |\n"


def best(times: int, *arguments: str) -> float:
    def start() -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)

    start()  # byte code and disk cache
    return min(wall_seconds(start) for _ in range(times))


def run(quick: bool) -> Iterator[Result]:
    times = 5 if quick else 20
    bare = best(times, "-c", "pass")
    yield Result("start: import factparse", best(times, "-c", "import factparse") / bare, 5, most=True)
    yield Result(
        "start: from factparse import parse", best(times, "-c", "from factparse import parse") / bare, 14, most=True
    )
    yield Result("start: factparse --help", best(times, "-m", "factparse", "--help") / bare, 12, most=True)
    first = f"import factparse; factparse.parse({PAGE!r}).to_json()"
    yield Result("start: the first page parsed", best(times, "-c", first) / bare)
