"""Read inputs that nobody would write, and see that every promise holds: texts, HTML, cells, dumps of every format.

    python tools/fuzz.py [--seconds N | --inputs N] [--seed N] [--kind PATTERN]... [--save FOLDER] [--log]
    python tools/fuzz.py --table

An input is made of the fixtures and of small dumps of them, by cutting, repeating, mixing and breaking bytes; the same
seed makes the same ones. The ``short`` kinds are made of bits of them: a hundred times as many can be read. Each kind
has its turn, for ``--seconds`` in all (60), or for ``--inputs`` each; what the run read before it neither reads nor
counts again. What breaks a promise, or takes far too long, is made as small as it can be and written to ``--save``
(``fixtures/found``), where the tests read it from then on; the exit status is 1. ``--log`` adds how many inputs of each
kind were read to ``tools/fuzzing/log.tsv``, and ``--table`` writes their sums into docs/reliability.md.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

import attrs

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.fuzzing import log
from tools.fuzzing.kinds import FIXTURES, Kind, kinds

FOUND = FIXTURES / "found"
LOG = Path(__file__).resolve().parent / "fuzzing" / "log.tsv"
DOCUMENT = FIXTURES.parent / "docs" / "reliability.md"
_MOST = 1 << 16  # bytes of an input
_FOREVER = 2.0  # seconds, and a ten-thousandth more for each byte: a hundred times what any text takes
_AS_OBJECTS = 0.9  # of the inputs that have edits of their own
_WORDS = """
    < > </ <td> <tr> <table> <!-- --> <![CDATA[ &amp; &# <script> | || ( ) [ ] { } " "" ' ; : , - -- / . % $ = \\
    \\ud800 NA none total: note: Tier 2009 (2019) (est.) 5 1,234 9007199254740993 1e309 -0 million and vs. rank WARC/1.0
    Content-Length: {"text":" } ] Source: Malta Aruba \u202e e\u0301
"""
_SPACES_AND_BYTES = (b" ", b"\n", b"\n\n", b"\r", b"\t", b"\xc2\xa0", b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80")
_PIECES = (*_WORDS.encode().split(), *_SPACES_AND_BYTES)


@attrs.frozen
class Fault:
    """An input that broke a promise, made small, and what was raised."""

    kind: str
    data: bytes
    error: str


def _insert(data: bytes, at: int, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[:at] + chance.choice(_PIECES) + data[at:]


def _cut(data: bytes, at: int, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[:at] + data[at + chance.choice((1, 3, 20, 300)) :]


def _repeat(data: bytes, at: int, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[:at] + data[at : at + chance.choice((1, 5, 40, 300))] * chance.choice((2, 3, 30)) + data[at:]


def _flip(data: bytes, at: int, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _mix(data: bytes, at: int, chance: random.Random, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    start = chance.randrange(len(other) + 1)
    return data[:at] + other[start : start + chance.choice((10, 100, 2000))] + data[at:]


def _end(data: bytes, at: int, _chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[:at]


_EDITS: tuple[Callable[[bytes, int, random.Random, Sequence[bytes]], bytes], ...]
_EDITS = (_insert, _insert, _cut, _repeat, _flip, _mix, _end)


def mutated(kind: Kind, chance: random.Random) -> bytes:
    """Return one of the inputs that ``kind`` begins with, after a few edits that ``chance`` chose."""
    seeds = kind.seeds
    data = chance.choice(seeds)
    if kind.edited is not None and chance.random() < _AS_OBJECTS:
        return kind.edited(data, chance, seeds)[:_MOST]
    for _ in range(chance.choice((1, 2, 4, 12))):
        data = chance.choice(_EDITS)(data, chance.randrange(len(data) + 1), chance, seeds)
    return data[:_MOST]


def tried(kind: Kind, data: bytes) -> str | None:
    """Return what is wrong with the reading of ``data``, ``None`` if all promises hold."""
    start = time.process_time()
    try:
        kind.check(data)
    except Exception as error:  # whatever it is, it is a fault
        return f"{type(error).__name__}: {error}"
    taken = time.process_time() - start
    return f"it takes {taken:.1f} s" if taken > _FOREVER + len(data) / 10_000 else None


def smallest(kind: Kind, data: bytes, error: str) -> bytes:
    """Return ``data`` without all that can be left out of it while the same kind of error stays."""
    wanted = error.partition(":")[0].partition(" takes")[0]
    step = len(data) // 2
    while step:
        before, at = len(data), 0
        while at < len(data):
            shorter = data[:at] + data[at + step :]
            if (tried(kind, shorter) or "").startswith(wanted):
                data = shorter
            else:
                at += step
        if len(data) == before:
            step //= 2
    return data


def fuzz(some: Sequence[Kind], seed: int, seconds: float, inputs: int | None, counts: Counter[str]) -> Iterator[Fault]:
    """Yield the faults that inputs made by ``seed`` show; add to ``counts`` how many of each kind were read.

    Each kind has ``inputs`` of them, or its share of the ``seconds``. What was made before is not read again.
    """
    for kind in some:
        told: set[str] = set()
        for data in _made(kind, seed, seconds / len(some), inputs):
            counts[kind.name] += 1
            error = tried(kind, data)
            if error is not None and error[:40] not in told:
                told.add(error[:40])
                yield Fault(kind.name, smallest(kind, data, error), error)


def _made(kind: Kind, seed: int, seconds: float, inputs: int | None) -> Iterator[bytes]:
    """Inputs that differ: ``inputs`` of them, or as many as there is time for."""
    chance = random.Random(f"{seed} {kind.name}")
    until = time.monotonic() + seconds
    seen: set[int] = set()
    while len(seen) < inputs if inputs is not None else time.monotonic() < until:
        data = mutated(kind, chance)
        if (known := hash(data)) not in seen:
            seen.add(known)
            yield data


def save(fault: Fault, folder: Path) -> Path:
    """Write the input of a fault into ``folder``, by its kind; return its path."""
    path = folder / fault.kind.removeprefix("short ") / f"{hashlib.sha256(fault.data).hexdigest()[:12]}.bin"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(fault.data)
    return path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--inputs", type=int)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--kind", action="append", help="a name, or a pattern as of a shell")
    options.add_argument("--save", type=Path, default=FOUND)
    options.add_argument("--log", action="store_true")
    options.add_argument("--table", action="store_true")
    given = options.parse_args()
    if given.table:
        log.write(DOCUMENT, log.table(LOG))
        return
    some = [kind for kind in kinds() if any(fnmatch(kind.name, pattern) for pattern in given.kind or "*")]
    if not some:
        options.error(f"no kind is named {given.kind}; there are {', '.join(kind.name for kind in kinds())}")
    counts: Counter[str] = Counter()
    faults = 0
    for fault in fuzz(some, given.seed, given.seconds, given.inputs, counts):
        faults += 1
        print(f"{save(fault, given.save)}: {fault.error!a}", flush=True)
    if given.log:
        log.add(LOG, f"{datetime.now(UTC):%Y-%m-%d}", given.seed, faults, counts)
    print(", ".join(f"{kind} {count:,}" for kind, count in counts.items()))
    print(f"{counts.total():,} inputs, {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
