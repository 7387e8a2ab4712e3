"""See that time grows with the size of hostile inputs and no faster: each is read at one size and at ten times it.

    python -m benchmarks.scaling [--size N] [--most RATIO] [--part text|html|extract|sources] [NAME...]

Told is, of each kind, by how much the tenfold takes longer, the worst first; where that is more than ``--most``, the
exit status is 1. It is counted in processor time of this process, of which the least of several runs is taken, without
Python's search for reference cycles. What looks too slow is run again, up to ten times, before it is believed: another
program can make a run longer, but none shorter. ``NAME`` is a part of the names of the kinds to run.
"""

import argparse
import gc
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple, TypeVar

from benchmarks._yardstick import seconds as seconds_of
from benchmarks.hostile import FIELDS, HOSTILE, HTML, SOURCES
from factparse import extract, parse, parse_html, parse_tree
from factparse.extract import CELLS
from factparse.reading import record_pages
from factparse.sources.compression import BROKEN, opened
from factparse.sources.files import formats
from factparse.sources.record import Options, Record

Made = TypeVar("Made")

Measured = Callable[[int, float], "Growth"]

PARTS = ("text", "html", "extract", "sources")
TIMES = 10
_RUNS, _TRIES = 2, 10
_AT_ONCE = 0.002  # seconds: a tenfold that takes less is fast, whatever its ratio is


class Growth(NamedTuple):
    """By how much the tenfold of an input takes longer, and how long that takes."""

    ratio: float
    seconds: float


def _least(before: float, work: Callable[[Made], object], given: Made) -> float:
    gc.disable()  # what others left behind is looked through again and again: that is not this input's time
    try:
        return min(before, seconds_of(lambda: work(given)))
    finally:
        gc.enable()


def growth(make: Callable[[int], Made], work: Callable[[Made], object], size: int, most: float) -> Growth:
    """Return how the time of ``work`` grows from what ``make`` makes of ``size`` to the tenfold of that."""
    once, tenfold = make(size), make(TIMES * size)
    work(once)  # tables are loaded, and grammars built
    small = large = float("inf")
    for run in range(_TRIES):
        small, large = _least(small, work, once), _least(large, work, tenfold)
        if large < _AT_ONCE:
            return Growth(1.0, large)
        if run + 1 >= _RUNS and not most < large / small < 3 * most:  # clear
            break
    return Growth(large / small, large)


def read_text(text: str) -> None:
    """Read a page in every way, with no cell remembered: only those that are not too large would be."""
    CELLS.clear()
    parse(text).to_json()
    parse_tree(text)


def read_html(html: str) -> None:
    CELLS.clear()
    parse_html(html).to_json()


def read_field(cell: tuple[str, str]) -> None:
    CELLS.clear()
    extract(*cell, subject="Malta")


def read_source(name: str) -> Callable[[bytes], None]:
    """Return what reads a file whose suffixes ``name`` begins with: its records, and their pages."""
    suffix, _, packed = name.split()[0].partition(".")
    records = formats()[f".{suffix}"].records

    def read(data: bytes) -> None:
        CELLS.clear()
        stream = io.BufferedReader(io.BytesIO(data))
        with suppress(*BROKEN):  # what is cut off is told when the rest has been read
            for outcome in records(opened(stream, f".{packed}") if packed else stream, name, Options()):
                if isinstance(outcome, Record):
                    record_pages(outcome)

    return read


def kinds(part: str) -> Iterator[tuple[str, Measured]]:
    """Yield the name of each kind of input of a ``part``, and what measures its growth from a size."""

    def measured(make: Callable[[int], Made], work: Callable[[Made], object]) -> Measured:
        return lambda size, most: growth(make, work, size, most)

    if part == "text":
        yield from ((kind, measured(make, read_text)) for kind, make in HOSTILE.items())
    elif part == "html":
        yield from ((kind, measured(make, read_html)) for kind, make in HTML.items())
    elif part == "extract":
        yield from ((kind, measured(make, read_field)) for kind, make in FIELDS.items())
    else:
        yield from ((kind, measured(make, read_source(kind))) for kind, make in SOURCES.items())


def grown(
    size: int, most: float, parts: Sequence[str] = PARTS, names: Sequence[str] = ()
) -> Iterator[tuple[str, Growth]]:
    """Yield the name of each kind of hostile input, and its growth; of the kinds with ``names`` in theirs, if given."""
    for part in parts:
        for kind, measure in kinds(part):
            name = f"{part}: {kind}"
            if not names or any(each in name for each in names):
                yield name, measure(size, most)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*")
    options.add_argument(
        "--size", type=int, default=20_000, metavar="N", help="characters of the smaller input (20,000)"
    )
    options.add_argument(
        "--most", type=float, default=12.0, metavar="RATIO", help="what the tenfold may take longer (12)"
    )
    options.add_argument("--part", choices=PARTS)
    given = options.parse_args()
    found = []
    for name, growing in grown(given.size, given.most, [given.part] if given.part else PARTS, given.names):
        found.append((growing, name))
        if growing.ratio > given.most:
            print(f"{name:<64} {growing.ratio:6.1f} x  {growing.seconds:8.3f} s  TOO SLOW", flush=True)
    for growing, name in sorted(found, reverse=True)[:20]:
        print(f"{name:<64} {growing.ratio:6.1f} x  {growing.seconds:8.3f} s")
    slow = sum(growing.ratio > given.most for growing, _ in found)
    print(f"{len(found)} kinds, {slow} of them more than {given.most:g} x")
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
