"""Dumps to JSON: speed in each format, two processes against one, and memory against size.

    python -m benchmarks convert [--quick]
    python -m benchmarks.bench_convert --size 1G [FORMAT...]

The second command converts dumps of 64 MB and of the given size, and compares the peak memory of a worker process.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from benchmarks._yardstick import Result, seconds, wall_seconds, word_loop
from benchmarks.make_dump import size_of, texts, write
from benchmarks.pages import LAYOUTS, countries, page
from factparse import convert, parse
from factparse.convert.records import convert_record
from factparse.sources.files import Input, find
from factparse.sources.record import Outcome, Record

FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst", "parquet", "warc", "warc.gz", "wet.gz", "txt", "html")
SMALL = size_of("64M")
_PAGES = 200


def run(quick: bool) -> Iterator[Result]:
    size = size_of("4M" if quick else "32M")
    parse("Aruba vs. Malta\nGeography\nAruba | Malta | |\nArea | 180 sq km | 316 sq km |\n")  # all is loaded
    yield from _speeds(size, 0.0, "text that holds no page", 8.0)
    yield from _speeds(size, 0.01, "a hundredth of it pages", None)
    yield from _repeating(10 if quick else 40)
    if quick:
        return  # starting two processes takes longer than so little work
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, "dump.jsonl"), "jsonl", size * 16, share=0.02, seed=6)
        spent = {workers: [_converting(path, Path(folder), workers, size // 4) for _ in range(2)] for workers in (1, 2)}
        yield Result("two processes, in speeds of one", min(spent[1]) / min(spent[2]), 1.85)


def _speeds(size: int, share: float, what: str, wanted: float | None) -> Iterator[Result]:
    some = [text.text for text in texts(size, share, seed=5)]
    yard = min(seconds(lambda: word_loop(some)) for _ in range(3))
    for form in FORMATS:
        with tempfile.TemporaryDirectory() as folder:
            path = write(Path(folder, f"dump.{form}"), form, size, share=share, seed=5)
            yield Result(f"{form}: {what}", yard / min(_going(path, convert_record) for _ in range(2)), wanted)
            if not share:
                yield Result(f"{form}: reading alone", yard / min(_going(path, id) for _ in range(2)))


def _repeating(count: int) -> Iterator[Result]:
    """Pages of all pairs of so many countries: after the first of them, most cells have been seen on another page."""
    some = list(countries())
    random.Random(7).shuffle(some)
    pairs = list(combinations(some[:count], 2))
    random.Random(8).shuffle(pairs)
    for layout in LAYOUTS:
        records = [Record(page(layout, *pair), "dump") for pair in pairs[:_PAGES]]
        first, others = records[: len(records) // 2], records[len(records) // 2 :]
        yard = min(seconds(lambda: word_loop([each.text for each in others])) for _ in range(3))  # noqa: B023
        for record in first:
            convert_record(record)
        spent = seconds(lambda: [convert_record(record) for record in others])  # noqa: B023
        yield Result(f"pages whose cells repeat, {layout}", yard / spent, 1.0)


def _going(path: Path, work: Callable[[Outcome], object]) -> float:
    def go() -> None:
        for entry in find([path]):
            for outcome in entry.records() if isinstance(entry, Input) else ():
                work(outcome)

    return seconds(go)


def _converting(path: Path, folder: Path, workers: int, shard_bytes: int) -> float:
    def go() -> None:
        convert(path, folder / "out", workers=workers, shard_bytes=shard_bytes, resume=False)

    return wall_seconds(go)


_PEAKS = """
import sys, factparse
from pathlib import Path

def held(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)

def look(progress):
    global most
    workers = Path("/proc/self/task").glob("*/children")
    most = max([most, *(held(pid) for path in workers for pid in path.read_text().split())])

most = 0
factparse.convert(sys.argv[1], sys.argv[2], workers=1, on_progress=look)
print(most, held("self"))
"""


def peaks(path: Path) -> tuple[float, float]:
    """Return the most memory in MB of the worker that converted ``path``, and of the process above it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _PEAKS, str(path), str(Path(folder, "out.jsonl"))]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(said[0]) / 1024, float(said[1]) / 1024


def memory(size: int, forms: Sequence[str], kept: Path | None) -> Iterator[Result]:
    """Yield the peaks of each format; the dumps are made in the folder ``kept`` and stay there, or go."""
    for form in forms:
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(kept or folder, f"{n}.{form}") for n in (SMALL, size)]
            made = [
                path if path.exists() else write(path, form, n) for path, n in zip(paths, (SMALL, size), strict=True)
            ]
            (small, _), (large, above) = (peaks(path) for path in made)
        yield Result(f"{form}: peak of a worker in MB, {size / 1e6:,.0f} MB of text", large, 300, most=True)
        yield Result(f"{form}: in peaks of 64 MB", large / small, 1.1, most=True)
        yield Result(f"{form}: peak of the process above it", above)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=size_of, default=size_of("1G"))
    parser.add_argument("--keep", type=Path, help="a folder for the dumps, which are made once")
    parser.add_argument("formats", nargs="*", default=FORMATS)
    arguments = parser.parse_args()
    for result in memory(arguments.size, arguments.formats, arguments.keep):
        print(result.line(), flush=True)


if __name__ == "__main__":
    main()
